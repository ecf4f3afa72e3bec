import { afterEach, describe, expect, test } from 'vitest'
import { type ReplayPlan, runReplay } from '@/bench/replay/replay'
import { countMostOfCalm } from '@/bench/replay/tally'
import { useReplayEnvironment } from '../support/replay-environment'

const environment = useReplayEnvironment()
/** Half a minute each on an otherwise idle machine. */
const WITHIN = { timeout: 240_000 }

/** The lobby's last minutes and the first seconds after it, compressed. */
const PLAN: Omit<ReplayPlan, 'diners'> = {
  lobbyMs: 6_000,
  lateMs: 3_000,
  botShare: 0.02,
  seed: 20_241_010,
  beacon: null,
  turnsPerSecond: 60,
  pollsPerSecond: 2_000,
  mostMs: 90_000,
  faults: [],
}

async function replay(change: Partial<ReplayPlan> & { diners: number }) {
  const { diners } = change
  const prepared = await environment.prepare(diners)
  return runReplay({ environment: prepared, plan: { ...PLAN, ...change }, report: () => {} })
}

afterEach(() => expect(environment.listBugs()).toEqual([]))

describe('the day Bobjool is built for, on two processes', () => {
  test(
    'G1, G13, G14, G15, G17: 2,000 diners: all seats sold, nobody passed over, everybody told',
    WITHIN,
    async () => {
      const replayed = await replay({ diners: 2_000 })
      const { findings, course } = replayed
      expect(findings).toEqual([])
      expect(course.truth.reservations).toHaveLength(200)
      expect(countMostOfCalm(replayed)).toMatchObject({ enter: 1, turn: 1, book: 1 })
    },
  )

  test('hard case 7: Redis loses everything, twice, in mid-opening', WITHIN, async () => {
    const { findings } = await replay({
      diners: 1_000,
      faults: [
        { when: ({ entered }) => entered > 300, happen: environment.flushRedis },
        { when: ({ booked }) => booked > 50, happen: environment.flushRedis },
      ],
    })
    expect(findings).toEqual([])
  })

  test(
    'one of two processes is killed in mid-opening, and another is started',
    WITHIN,
    async () => {
      const { findings } = await replay({
        diners: 1_000,
        faults: [{ when: ({ booked }) => booked > 50, happen: environment.replaceProcess }],
      })
      expect(findings).toEqual([])
    },
  )

  test('Postgres is restarted in mid-opening', WITHIN, async () => {
    const { findings } = await replay({
      diners: 1_000,
      faults: [{ when: ({ booked }) => booked > 50, happen: environment.restartPostgres }],
    })
    expect(findings).toEqual([])
  })
})
