import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { type Answer, askApi, countOutcomes, nameOutcome, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { useDatabase } from '../support/database'
import { createOtherStaff, setUpEvening } from '../support/floor-scene'
import { signTokenFor, useApps } from '../support/http-scene'
import { useGateway } from '../support/stack-gateway'
import { STORMS, stormRuns } from '../support/storm-runs'
import { countSharedTables, withoutOnePartyPerTable } from '../support/unprotected-floor'

const database = useDatabase()
const gateway = useGateway()
// Other tests cover the mails of these acts.
const apps = useApps({ count: 2, smtpUrl: null })

/** A few dozen meet every outcome. */
const RUNS = stormRuns(40)
const ROUNDS = 15
/** Acts that meet at one moment, every other one at the second process. */
const AT_ONCE = 4
/** Evenings, each at a restaurant of its own, whose rows are judged and cleared away together. */
const TOGETHER = 25
const WITHIN = { timeout: 240_000 * STORMS }

beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
})

/** An evening of two tables with a party booked at each, and two of its staff, each at a process. */
async function openEvening() {
  const { restaurantId, ownerId, slots } = await setUpEvening({ tables: 2 })
  const slotIds = slots.flatMap(({ running, next }) => [running, next])
  const staff = [ownerId, await createOtherStaff(restaurantId)]
  const tokens = await Promise.all(
    staff.map((id) => signTokenFor({ id, email: 'staff@bobjool.test' })),
  )
  const ask = (index: number, path: string, body: object = {}) =>
    askApi({
      url: apps.urlOf(index % 2),
      method: 'POST',
      path: `/api/v1/${path}`,
      token: tokens[index % 2],
      body,
    })
  const seatWalkIn = (index: number, slot: number) =>
    ask(index, `restaurants/${restaurantId}/walk-ins`, { partySize: 2, slotIds: [slotIds[slot]] })
  const parties = [
    (await createReservation(pool, { slotId: slotIds[0] ?? '' })).id,
    (await createReservation(pool, { slotId: slotIds[3] ?? '' })).id,
  ]
  return { ask, seatWalkIn, parties }
}

const steps = [
  'seat',
  'leave',
  'arrive',
  'cancel',
  'walk-in',
  'to booked',
  'to seated',
  'undo',
] as const
const arbitrary = fc.record({
  step: fc.constantFrom(...steps),
  party: fc.nat(4),
  slot: fc.nat(3),
})
type Step = { step: (typeof steps)[number]; party: number; slot: number }

/** What an act may say, whatever the others at the same moment do: never a failure of ours. */
const EXPECTED = [
  '200',
  '201',
  '404 not-found',
  '409 already-booked',
  '409 cannot-move',
  '409 slot-taken',
  '409 table-occupied',
  '409 too-late',
]

async function storm(acts: Step[]): Promise<Answer[]> {
  const { ask, seatWalkIn, parties } = await openEvening()
  const done: string[] = []
  const perform = async ({ step, party, slot }: Step, index: number): Promise<Answer> => {
    const id = parties[party % parties.length] ?? ''
    if (step === 'walk-in') return seatWalkIn(index, slot)
    if (step === 'undo') return ask(index, 'undo', { actId: done.at(-1) ?? id })
    if (step === 'to booked') return ask(index, `reservations/${id}/correct`, { to: 'CONFIRMED' })
    if (step === 'to seated') return ask(index, `reservations/${id}/correct`, { to: 'SEATED' })
    return ask(index, `reservations/${id}/${step}`)
  }
  const answers: Answer[] = []
  for (let at = 0; at < acts.length; at += AT_ONCE) {
    const wave = await Promise.all(acts.slice(at, at + AT_ONCE).map(perform))
    for (const answer of wave.filter(({ status }) => status < 300)) {
      const { id, actId } = readJson(answer)
      done.push(String(actId))
      if (answer.status === 201) parties.push(String(id))
    }
    answers.push(...wave)
  }
  const kept = await database.query('SELECT FROM reservations WHERE id = ANY($1)', [parties])
  expect(kept, 'no reservation is lost').toHaveLength(parties.length)
  return answers
}

describe('G21 over HTTP, on two processes', () => {
  test(
    `G21: ${RUNS} evenings of staff who seat, correct, cancel and undo at once: no table has two parties, nothing is lost, no deadlock reaches them`,
    WITHIN,
    async () => {
      const told = new Set<string>()
      let evenings = 0
      await fc.assert(
        fc.asyncProperty(fc.array(arbitrary, { minLength: 4, maxLength: 12 }), async (acts) => {
          if (evenings % TOGETHER === 0) await database.truncateAll()
          evenings += 1
          for (const answer of await storm(acts)) {
            expect(EXPECTED).toContain(nameOutcome(answer))
            told.add(nameOutcome(answer))
          }
          expect(await countSharedTables()).toBe(0)
          expect(await findContradictions()).toEqual([])
        }),
        { numRuns: RUNS },
      )
      // The evenings were stormy enough to meet what they are about.
      expect([...told]).toEqual(
        expect.arrayContaining(['200', '201', '409 slot-taken', '409 table-occupied']),
      )
    },
  )

  /** Two of the staff, each at a process, seat two parties on one table at the same moment. */
  async function seatTwice(): Promise<Answer[]> {
    const { seatWalkIn, parties, ask } = await openEvening()
    await ask(0, `reservations/${parties[0]}/cancel`)
    return Promise.all([seatWalkIn(0, 0), seatWalkIn(1, 1)])
  }

  test(`G21: two parties at one table at once, ${ROUNDS} times: one sits`, WITHIN, async () => {
    const answers: Answer[] = []
    for (let round = 0; round < ROUNDS; round += 1) answers.push(...(await seatTwice()))
    expect(countOutcomes(answers)).toEqual({ 201: ROUNDS, '409 table-occupied': ROUNDS })
    expect(await countSharedTables()).toBe(0)
  })

  test('G21, control: looking first and seating later puts two on one table', WITHIN, async () => {
    const shared = await withoutOnePartyPerTable(database, async () => {
      for (let round = 0; round < ROUNDS; round += 1) await seatTwice()
      return countSharedTables()
    })
    expect(shared).toBeGreaterThan(0)
  })
})
