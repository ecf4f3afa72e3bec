import { beforeAll, describe, expect, test } from 'vitest'
import { type OpeningLog, openingLog } from '@/domain/proof/schema'
import { useDatabase } from '../support/database'
import { type Forgery, followUp, one, seal, shift, stranger } from '../support/forgeries'
import { makeUpRound, runOpeningDay, saveSnapshot } from '../support/opening-day'
import { runVerifier } from '../support/verifier'

const database = useDatabase()

let day: Awaited<ReturnType<typeof runOpeningDay>>
let snapshot: string
beforeAll(async () => {
  day = await runOpeningDay(database, 'cohorts')
  snapshot = await saveSnapshot(day.openingId)
}, 60_000)

describe('G13–G15: the log of an opening whose latecomers were drawn', () => {
  test('is accepted by the verifier, with every receipt and a saved snapshot', async () => {
    const receipts = day.receipts.map(({ receipt }) => receipt)
    const snapshots = [snapshot]
    const { code, said, failed } = await runVerifier({ text: day.text, receipts, snapshots })
    expect({ failed, code }, said).toEqual({ failed: [], code: 0 })
    expect(said).toContain('✓  turns  {"count":8}')
    expect(said).toContain('✓  late  {"drawn":2}')
    expect(said).toContain('✓  entries  {"count":30,"late":8}')
  })

  test('matches the API’s schema', () => {
    expect(openingLog.safeParse(day.log).error).toBeUndefined()
    expect(day.log).toMatchObject({ format: 'bobjool-opening-log/2', numbered: [] })
    expect(day.log.cohorts.map(({ cohort, entryCount }) => [cohort, entryCount])).toEqual([
      [1, 4],
      [2, 3],
    ])
    for (const { entry, dueAt } of day.log.turns) expect(dueAt, entry).not.toBeNull()
  })
})

const cohortOf = ({ cohorts }: OpeningLog, at = 0) => cohorts[at] ?? expect.fail('no such cohort')
const inCohort = ({ late }: OpeningLog, cohort: number | null) =>
  late.find((it) => it.cohort === cohort) ?? expect.fail('nobody in it')
const toLobby = (log: OpeningLog) => {
  const { entry } = inCohort(log, 1)
  log.late = log.late.filter((it) => it.entry !== entry)
  log.entries = [...log.entries, entry].toSorted()
}
const leaveOut = (log: OpeningLog) => {
  const taken = new Set(log.turns.map(({ entry }) => entry))
  const { entry } = log.late.find((it) => it.cohort === 2 && !taken.has(it.entry)) ?? one([])
  log.late = log.late.filter((it) => it.entry !== entry)
}
const moveOn = (log: OpeningLog) => {
  const moved = inCohort(log, 1)
  moved.cohort = 2
  log.late.sort((a, b) => Number(a.cohort) - Number(b.cohort) || (a.entry < b.entry ? -1 : 1))
}

const forgeries: Forgery[] = [
  ['a latecomer moved into the lobby', 'entries', toLobby],
  [
    'a latecomer moved into the lobby, and all that follows',
    'receipt',
    (log) => [toLobby(log), followUp(log)],
    'receipt',
  ],
  [
    'a latecomer moved into the lobby, and all that follows, before somebody’s eyes',
    'snapshot',
    (log) => [toLobby(log), followUp(log)],
    'snapshot',
  ],
  ['a latecomer moved to the next cohort', 'entries', moveOn],
  [
    'a latecomer moved to the next cohort, and all that follows',
    'late',
    (log) => [moveOn(log), followUp(log)],
  ],
  [
    'a latecomer moved to the next cohort, with another instant',
    'receipt',
    (log) => {
      const { entry } = inCohort(log, 1)
      moveOn(log)
      const moved = log.late.find((it) => it.entry === entry)
      if (moved) moved.enteredAt = shift(log.announcement.opensAt, 25_000)
      followUp(log)
    },
    'receipt',
  ],
  ['a latecomer left out of the draw', 'entries', leaveOut],
  [
    'a latecomer left out of the draw, and all that follows',
    'receipt',
    (log) => [leaveOut(log), followUp(log)],
    'receipt',
  ],
  [
    'a latecomer invented',
    'entries',
    (log) => log.late.unshift({ ...inCohort(log, 1), entry: stranger }),
  ],
  [
    'a latecomer let in without a draw',
    'late',
    (log) => {
      inCohort(log, 2).cohort = null
      followUp(log)
    },
  ],
  [
    'a whole cohort left out',
    'late',
    (log) => {
      log.cohorts.shift()
    },
  ],
  ['a cohort’s count changed', 'entries', (log) => Object.assign(cohortOf(log), { entryCount: 5 })],
  [
    'a cohort’s hash changed',
    'entries',
    (log) => Object.assign(cohortOf(log), { entriesHash: 'cd'.repeat(32) }),
  ],
  [
    'a cohort’s seed changed',
    'seed',
    (log) => Object.assign(cohortOf(log), { orderSeed: 'cd'.repeat(32) }),
  ],
  [
    'a cohort’s secret changed',
    'secret',
    (log) => {
      cohortOf(log).secret = 'cd'.repeat(32)
      followUp(log)
    },
  ],
  [
    'a cohort drawn with the lobby’s secret',
    'secret',
    (log) => {
      cohortOf(log).secret = log.secret
      followUp(log)
    },
  ],
  [
    'a cohort’s order changed: the second drawn first',
    'late',
    (log) => {
      log.cohorts.reverse()
    },
  ],
  [
    'a cohort’s number changed',
    'secret',
    (log) => {
      cohortOf(log, 1).cohort = 3
    },
  ],
  [
    'another length of the cohorts',
    'announcement',
    (log) => Object.assign(log.announcement, { cohortSeconds: 30 }),
  ],
  [
    'another length of the cohorts, and all that follows',
    'receipt',
    (log) => [Object.assign(log.announcement, { cohortSeconds: 30 }), followUp(log)],
    'receipt',
  ],
  [
    'latecomers said to have been numbered',
    'announcement',
    (log) => Object.assign(log.announcement, { cohortSeconds: null }),
  ],
  [
    'a cohort frozen after its round was known',
    'instants',
    (log) => {
      const late = cohortOf(log)
      late.frozenAt = shift(log.announcement.opensAt, 29_500)
      late.drawnAt = shift(late.frozenAt, 1_000)
    },
  ],
  [
    'a lobby frozen after its round was known',
    'instants',
    (log) => {
      log.frozenAt = shift(log.announcement.opensAt, 9_500)
    },
  ],
  [
    'a cohort frozen while it could still be entered',
    'instants',
    (log) => {
      cohortOf(log).frozenAt = shift(log.announcement.opensAt, 21_000)
    },
  ],
  [
    'a lobby frozen while it could still be entered',
    'instants',
    (log) => {
      log.frozenAt = shift(log.announcement.opensAt, 500)
    },
  ],
  [
    'a cohort drawn before it was frozen',
    'instants',
    (log) => {
      cohortOf(log).drawnAt = shift(cohortOf(log).frozenAt, -1)
    },
  ],
  [
    'another round for a cohort',
    'beacon',
    (log) => {
      const late = cohortOf(log)
      late.beaconRound = Number(late.beaconRound) + 1
    },
  ],
  [
    'a round for a cohort from before its end',
    'beacon',
    (log) => {
      const late = cohortOf(log)
      late.beaconRound = Number(late.beaconRound) - 4
    },
  ],
  [
    'another value for a cohort',
    'beacon',
    (log) => {
      cohortOf(log).beaconValue = 'cd'.repeat(32)
      followUp(log)
    },
  ],
  [
    'another value for a cohort, and all that follows, before somebody’s eyes',
    'snapshot',
    (log) => {
      const { value: beaconValue, proof: beaconProof } = makeUpRound()
      Object.assign(cohortOf(log), { beaconValue, beaconProof })
      followUp(log)
    },
    'snapshot',
  ],
  [
    'a latecomer’s turn given before their cohort’s draw',
    'turns',
    (log) => {
      const entries = new Set(log.late.filter((it) => it.cohort === 1).map(({ entry }) => entry))
      const turn = log.turns.find(({ entry }) => entries.has(entry)) ?? one(log.turns)
      turn.givenAt = shift(cohortOf(log).drawnAt, -1_000)
    },
  ],
  [
    'draws said to have ended while turns were to come',
    'late',
    (log) => {
      log.directFrom = shift(cohortOf(log, 1).drawnAt, 1)
    },
  ],
  [
    'draws ended although a crowd waited',
    'late',
    (log) => {
      // The eleventh is one more than a second has turns.
      const enteredAt = shift(log.announcement.opensAt, 41_000)
      for (let count = 0; count < 11; count += 1)
        log.late.push({ entry: String(count).padStart(32, '0'), cohort: 3, enteredAt })
    },
  ],
]

describe('G13–G15: the verifier rejects', () => {
  test.each(forgeries)('%s', async (_, found, change, kept) => {
    const log = structuredClone(day.log)
    change(log)
    const receipts = kept === 'receipt' ? day.receipts.map(({ receipt }) => receipt) : []
    const snapshots = kept === 'snapshot' ? [seenWithCohorts(day.log, snapshot)] : []
    const { code, said, failed } = await runVerifier({ text: seal(log), receipts, snapshots })
    expect(code, said).toBe(1)
    expect(failed, said).not.toContain('seal')
    expect(failed, said).toContain(found)
  })
})

/** As it was while the turns of the cohorts were still to come. */
function seenWithCohorts(log: OpeningLog, seen: string): string {
  const snapshot = JSON.parse(seen)
  const cohorts = log.cohorts.map(({ cohort, entryCount, entriesHash, orderSeed, drawnAt }) => {
    return { cohort, entryCount, entriesHash, orderSeed, drawnAt, turnsFrom: drawnAt }
  })
  return JSON.stringify({ ...snapshot, late: { ...snapshot.late, cohorts } })
}
