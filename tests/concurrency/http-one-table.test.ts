import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { type Answer, askApi, countOutcomes, nameOutcome, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { findHalfChanged } from '../support/change-scene'
import { combineTables, listHalfCombined } from '../support/combined-scene'
import { useDatabase } from '../support/database'
import { createOtherStaff, setUpEvening } from '../support/floor-scene'
import { signTokenFor, useApps } from '../support/http-scene'
import { listLostSlots } from '../support/off-plan-scene'
import { useGateway } from '../support/stack-gateway'
import { STORMS, stormRuns } from '../support/storm-runs'
import { countSharedTables, withoutOnePartyPerTable } from '../support/unprotected-floor'

const database = useDatabase()
const gateway = useGateway()
// Other tests cover the mails of these acts.
const apps = useApps({ count: 2, smtpUrl: null })

/** A few dozen meet every outcome. */
const RUNS = stormRuns(40)
const MINUTE_MS = 60_000
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

/**
 * An evening of three tables, of which the last two can be pushed together, with a party booked at the
 * first two, and two of its staff, each at a process.
 */
async function openEvening() {
  const { restaurantId, serviceDate, ownerId, dinerId, otherId, slots } = await setUpEvening({
    tables: 3,
  })
  const slotIds = slots.flatMap(({ running, next }) => [running, next])
  const places = await readPlacesOf(slotIds)
  const tableNumbers = [places[2], places[4]].map((place) => place?.tableNumber ?? 0)
  const combinations = [{ tableNumbers, minParty: 5, maxParty: 8 }]
  await combineTables({ restaurantId, ownerId, combinations })
  const staff = [ownerId, await createOtherStaff(restaurantId)]
  const tokens = await Promise.all(
    staff.map((id) => signTokenFor({ id, email: 'staff@bobjool.test' })),
  )
  const diners = await Promise.all(
    [dinerId, otherId].map((id) => signTokenFor({ id, email: 'diner@bobjool.test' })),
  )
  const ask = (index: number, path: string, body: object = {}, token = tokens[index % 2]) =>
    askApi({
      url: apps.urlOf(index % 2),
      method: 'POST',
      path: `/api/v1/${path}`,
      token,
      headers: { 'idempotency-key': randomUUID() },
      body,
    })
  const dated = { serviceDate, partySize: 2 }
  /** A diner books the time of a slot, and gets whichever table fits best then. */
  const book = (index: number, party: number, slot: number) =>
    ask(
      index,
      'reservations',
      { restaurantId, ...dated, startsAt: places[slot]?.startsAt },
      diners[party % diners.length],
    )
  /** A caller gets a slot's table; off the plan for half an hour that begins later than the slot. */
  const phone = (index: number, party: number, slot: number, isOffPlan = false) => {
    const { startsAt = '', tableNumber = 0 } = places[slot] ?? {}
    // Off the plan a party comes at a whole minute.
    const minute = Math.floor(Date.parse(startsAt) / MINUTE_MS) + 20
    const later = new Date(minute * MINUTE_MS).toISOString()
    return ask(index, `restaurants/${restaurantId}/reservations`, {
      ...dated,
      ...(isOffPlan ? { startsAt: later, minutes: 30, override: true } : { startsAt }),
      tableNumbers: [tableNumber],
      guest: { name: '김단골', phone: `010-2345-678${party % 3}` },
      source: 'PHONE',
      notify: false,
    })
  }
  /** A caller whose party no table alone is for gets the combination at the time of a slot. */
  const combine = (index: number, party: number, slot: number) =>
    ask(index, `restaurants/${restaurantId}/reservations`, {
      ...{ serviceDate, partySize: 5 + (party % 4), startsAt: places[slot]?.startsAt },
      guest: { name: '김단체', phone: `010-3456-789${party}` },
      source: 'PHONE',
      notify: false,
    })
  const change = (index: number, id: string, slot: number) => {
    const { startsAt, tableNumber } = places[slot] ?? {}
    return ask(index, `reservations/${id}/change`, { startsAt, tableNumbers: [tableNumber] })
  }
  const seatWalkIn = (index: number, slot: number) =>
    ask(index, `restaurants/${restaurantId}/walk-ins`, { partySize: 2, slotIds: [slotIds[slot]] })
  const parties = [
    (await createReservation(pool, { slotId: slotIds[0] ?? '' })).id,
    (await createReservation(pool, { slotId: slotIds[3] ?? '' })).id,
  ]
  return { ask, seatWalkIn, book, phone, combine, change, parties }
}

/** When and at which table each slot is, in the order asked for. */
function readPlacesOf(slotIds: string[]) {
  return database.query<{ startsAt: string; tableNumber: number }>(
    `SELECT iso_instant(s.starts_at) AS "startsAt", t.number AS "tableNumber"
       FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place)
       JOIN slots s ON s.id = asked.id JOIN restaurant_tables t ON t.id = s.table_id ORDER BY asked.place`,
    [slotIds],
  )
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
  'book',
  'phone',
  'combined',
  'off plan',
  'change',
  'swap',
] as const
const arbitrary = fc.record({
  step: fc.constantFrom(...steps),
  party: fc.nat(4),
  slot: fc.nat(5),
})
type Step = { step: (typeof steps)[number]; party: number; slot: number }

/** What an act may say, whatever the others at the same moment do: never a failure of ours. */
const EXPECTED = [
  '200',
  '201',
  '404 not-found',
  // Several want the same at one moment: one may be asked to try again, and nothing has happened.
  '409 all-being-booked',
  '409 already-booked',
  '409 cannot-move',
  '409 cannot-swap',
  '409 in-progress',
  '409 slot-taken',
  '409 sold-out',
  '409 table-occupied',
  '409 too-late',
  '422 beyond-day-cut',
  '422 no-such-time',
  '422 outside-hours',
  '422 party-size',
  '422 past-time',
  '422 swap-with-itself',
  // A diner who asks many times at once.
  '429 rate-limited',
]

/** Tables that go together are not waited for: after a few tries the caller is asked to try again. */
const expectedOf = (act: Step | undefined) =>
  act?.step === 'combined' ? [...EXPECTED, '503 busy'] : EXPECTED

/** A party sits, leaves and sits again: rare among random steps. */
const seatedAgain: Step[] = (['seat', 'leave', 'to seated'] as const).flatMap((step) => [
  { step, party: 0, slot: 0 },
  ...Array.from({ length: AT_ONCE - 1 }, (): Step => ({ step: 'arrive', party: 1, slot: 0 })),
])

/** The steps that have been done, and not only refused. */
const performed = new Set<Step['step']>()

async function storm(acts: Step[]): Promise<Answer[]> {
  const { ask, seatWalkIn, book, phone, combine, change, parties } = await openEvening()
  const done: string[] = []
  const perform = async ({ step, party, slot }: Step, index: number): Promise<Answer> => {
    const id = parties[party % parties.length] ?? ''
    if (step === 'book') return book(index, party, slot)
    if (step === 'phone' || step === 'off plan')
      return phone(index, party, slot, step === 'off plan')
    if (step === 'combined') return combine(index, party, slot)
    if (step === 'change') return change(index, id, slot)
    if (step === 'swap') {
      const swapWith = parties[(party + slot) % parties.length] ?? id
      return ask(index, `reservations/${id}/change`, { swapWith })
    }
    if (step === 'walk-in') return seatWalkIn(index, slot)
    if (step === 'undo') return ask(index, 'undo', { actId: done.at(-1) ?? id })
    if (step === 'to booked') return ask(index, `reservations/${id}/correct`, { to: 'CONFIRMED' })
    if (step === 'to seated') return ask(index, `reservations/${id}/correct`, { to: 'SEATED' })
    return ask(index, `reservations/${id}/${step}`)
  }
  const answers: Answer[] = []
  for (let at = 0; at < acts.length; at += AT_ONCE) {
    const group = acts.slice(at, at + AT_ONCE)
    const wave = await Promise.all(group.map(perform))
    for (const [place, { step }] of group.entries())
      if ((wave[place]?.status ?? 500) < 300) performed.add(step)
    for (const answer of wave.filter(({ status }) => status < 300)) {
      const { id, actId } = readJson(answer)
      if (typeof actId === 'string') done.push(actId)
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
    `G21, G22: ${RUNS} evenings of diners and staff who book, change, swap, seat, correct, cancel and undo at once: no table has two parties, nothing is lost or half changed, no deadlock reaches them`,
    WITHIN,
    async () => {
      const told = new Set<string>()
      let evenings = 0
      await fc.assert(
        fc.asyncProperty(fc.array(arbitrary, { minLength: 4, maxLength: 12 }), async (acts) => {
          if (evenings % TOGETHER === 0) await database.truncateAll()
          evenings += 1
          for (const [at, answer] of (await storm(acts)).entries()) {
            expect(expectedOf(acts[at])).toContain(nameOutcome(answer))
            told.add(nameOutcome(answer))
          }
          expect(await countSharedTables()).toBe(0)
          expect(await findContradictions()).toEqual([])
          expect(await findHalfChanged()).toEqual([])
          expect(await listLostSlots()).toEqual([])
          expect(await listHalfCombined()).toEqual([])
        }),
        { numRuns: RUNS, examples: [[seatedAgain]], endOnFailure: true },
      )
      // The evenings were stormy enough to meet what they are about.
      expect([...told]).toEqual(
        expect.arrayContaining(['200', '201', '409 slot-taken', '409 table-occupied']),
      )
      expect([...performed].toSorted()).toEqual(steps.toSorted())
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

  /** A party of two tables sits down while the other member of staff seats a walk-in at one of them. */
  async function seatBesideCombined(): Promise<Answer[]> {
    const { combine, seatWalkIn, ask } = await openEvening()
    const { id } = readJson(await combine(0, 0, 4))
    return Promise.all([ask(0, `reservations/${id}/seat`), seatWalkIn(1, 5)])
  }

  test(
    `G21: a combined party and a walk-in at one of its tables, ${ROUNDS} times: one sits`,
    WITHIN,
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const answers = await seatBesideCombined()
        expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
        expect(answers.map(nameOutcome)).toContain('409 table-occupied')
      }
      expect(await countSharedTables()).toBe(0)
      expect(await findContradictions()).toEqual([])
    },
  )

  test(
    'G21, control: looking first and seating later puts a walk-in on a table of theirs',
    WITHIN,
    async () => {
      const shared = await withoutOnePartyPerTable(database, async () => {
        for (let round = 0; round < ROUNDS; round += 1) await seatBesideCombined()
        return countSharedTables()
      })
      expect(shared).toBeGreaterThan(0)
    },
  )

  test(
    `G1: two callers for the same tables at once, ${ROUNDS} times: one has both, the other none`,
    WITHIN,
    async () => {
      const answers: Answer[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const { combine } = await openEvening()
        answers.push(...(await Promise.all([combine(0, 0, 4), combine(1, 1, 4)])))
      }
      const { 201: booked, ...refused } = countOutcomes(answers)
      expect(booked).toBe(ROUNDS)
      for (const outcome of Object.keys(refused))
        expect(['409 slot-taken', '503 busy']).toContain(outcome)
      expect(await listHalfCombined()).toEqual([])
      expect(await findContradictions()).toEqual([])
    },
  )
})
