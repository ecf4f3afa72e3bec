import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { undoAct } from '@/domain/booking/undo.commands'
import { SEAT_CONSTRAINTS, seatParty } from '@/domain/booking/walk-in.commands'
import type { SeatRefusal } from '@/domain/booking/walk-in-place.commands'
import { seatTicket } from '@/domain/line/seat.commands'
import { pool } from '@/lib/db/database'
import { databaseErrorCode } from '@/lib/db/database-error'
import { runTransaction, type Stop } from '@/lib/db/transaction'
import { createReservation } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { actorOf, walkIn } from '../support/booking-restaurant'
import { setUpPlan } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { act, correct, createOtherStaff, forget, setUpEvening } from '../support/floor-scene'
import { askerOf, joinLine, setUpLine } from '../support/line-scene'
import { stormRuns } from '../support/storm-runs'
import { countSharedTables, withoutOnePartyPerTable } from '../support/unprotected-floor'
import { withoutForgottenLocks } from '../support/unprotected-off-plan'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 12
/** A control goes on until it has failed. */
const MOST_TRIES = 100

async function setUp() {
  const evening = await setUpEvening()
  const [table] = evening.slots
  if (!table) throw new Error('a table was made')
  const colleagueId = await createOtherStaff(evening.restaurantId)
  return { ...evening, table, colleagueId }
}

const reasonsOf = (answers: ({ ok: true } | { ok: false; reason: string })[]) =>
  answers.map((answer) => (answer.ok ? 'seated' : answer.reason)).toSorted()

/** Two staff seat two parties on one table at the same moment, each on a slot of its own. */
async function seatTwice() {
  const { scene, table, ownerId, colleagueId } = await setUp()
  return Promise.all([
    walkIn(scene, [table.running], ownerId),
    walkIn(scene, [table.next], colleagueId),
  ])
}

describe('G21: no table has two seated parties', () => {
  test('G21: two staff seat two parties on one table at once: one sits', async () => {
    for (let round = 0; round < ROUNDS; round++)
      expect(reasonsOf(await seatTwice())).toEqual(['seated', 'table-occupied'])
    expect(await countSharedTables()).toBe(0)
    expect(await findContradictions()).toEqual([])
  })

  test('G21, control: looking first and seating later puts two parties on one table', async () => {
    const shared = await withoutOnePartyPerTable(database, async () => {
      for (let round = 0; round < ROUNDS; round++) await seatTwice()
      return countSharedTables()
    })
    expect(shared).toBeGreaterThan(0)
  })

  test('G21: a booked party, a walk-in and one from the line want a table at once: one sits', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { scene, restaurantId, table, ownerId, colleagueId } = await setUp()
      await setUpLine({ restaurantId })
      const ticket = await joinLine({ restaurantId, ownerId })
      const { id } = await createReservation(pool, { slotId: table.next })
      const answers = await Promise.all([
        act(id, 'SEAT', ownerId),
        walkIn(scene, [table.running], colleagueId),
        seatTicket({ ticketId: ticket.id, slotIds: [table.running], asker: askerOf(ownerId) }),
      ])
      const reasons = reasonsOf(answers)
      expect(reasons.filter((reason) => reason === 'seated')).toHaveLength(1)
      for (const reason of reasons)
        expect(['seated', 'table-occupied', 'slot-taken']).toContain(reason)
    }
    expect(await findContradictions()).toEqual([])
  })

  test('G21: parties at several tables, seated in opposite order and leaving, deadlock nowhere', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const evening = await setUpEvening({ tables: 3 })
      const { scene, ownerId, slots } = evening
      const [a, b, c] = slots
      if (!a || !b || !c) throw new Error('three tables were made')
      const first = await walkIn(scene, [a.running, b.running, c.running], ownerId)
      if (!first.ok) throw new Error(first.reason)
      const answers = await Promise.all([
        act(first.value.id, 'LEAVE', ownerId),
        walkIn(scene, [c.next, a.next], ownerId),
        walkIn(scene, [b.next, c.next], ownerId),
        walkIn(scene, [a.next, b.next], ownerId),
      ])
      expect(answers[0]?.ok).toBe(true)
    }
    expect(await findContradictions()).toEqual([])
  })

  test('G21: several at once seat where one party was forgotten over two tables: it is closed once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { scene, ownerId, slots } = await setUpEvening({ tables: 2 })
      const [a, b] = slots
      if (!a || !b) throw new Error('two tables were made')
      const old = await walkIn(scene, [a.running, b.running], ownerId)
      if (!old.ok) throw new Error(old.reason)
      await forget(old.value.id)
      const answers = await Promise.all([
        walkIn(scene, [a.next], ownerId),
        walkIn(scene, [b.next], ownerId),
        pool.query('SELECT end_overdue_reservation($1)', [old.value.id]).then(() => ({
          ok: true as const,
        })),
      ])
      expect(answers.every(({ ok }) => ok)).toBe(true)
      expect(
        await database.query(
          `SELECT 1 FROM audit_events WHERE subject_id = $1 AND act = 'CLOSE_DAY'`,
          [old.value.id],
        ),
      ).toHaveLength(1)
    }
    expect(await findContradictions()).toEqual([])
  })
})

/** A party that sat at two tables off the plan was forgotten, and what gave way to it is past. */
async function forgetOffPlan() {
  const { restaurantId, ownerId, cellAt } = await setUpPlan({ seatings: 1, days: 1, inMinutes: 40 })
  const numbers = [0, 1].map((table) => cellAt(0, table, 0).tableNumber)
  const seat = (tableNumbers: number[]) =>
    runTransaction(
      (tx, stop: Stop<SeatRefusal>) =>
        seatParty(tx, {
          restaurantId,
          seats: { tableNumbers },
          partySize: 1,
          intent: {},
          note: null,
          actor: actorOf(ownerId),
          by: 'OWNER',
          stop,
        }),
      { constraints: SEAT_CONSTRAINTS },
    )
  const old = await seat(numbers)
  if (!old.ok) throw new Error(old.reason)
  await forget(old.value.id)
  await pool.query(
    `UPDATE slots SET starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day'`,
  )
  return { numbers, seat }
}

/** Two walk-ins at once, each at one of the tables; `lost`: a deadlock, or a lock not had in time. */
async function crossAtForgotten(): Promise<string[]> {
  const { numbers, seat } = await forgetOffPlan()
  const answers = numbers.map((number) =>
    seat([number]).then(
      (answer) => (answer.ok ? 'seated' : answer.reason),
      (error: unknown) => {
        const code = databaseErrorCode(error)
        if (code !== '40P01' && code !== '55P03') throw error
        return 'lost'
      },
    ),
  )
  return Promise.all(answers)
}

describe('G21: walk-ins where one party was forgotten off the plan, over both their tables', () => {
  test('G21: both sit at the first try, and what gave way is back', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      expect(await crossAtForgotten()).toEqual(['seated', 'seated'])
      expect(await database.query('SELECT 1 FROM slots WHERE gave_way')).toEqual([])
    }
    expect(await findContradictions()).toEqual([])
  })

  test('G21, control: locking what it gives back only then, they deadlock', async () => {
    const answers = await withoutForgottenLocks(database, async () => {
      const all: string[] = []
      for (let round = 0; round < MOST_TRIES && !all.includes('lost'); round++) {
        await database.truncateAll()
        all.push(...(await crossAtForgotten()))
      }
      return all
    })
    expect(answers).toContain('lost')
  })
})

const steps = [
  'SEAT',
  'LEAVE',
  'WALK_IN',
  'TO_BOOKED',
  'TO_SEATED',
  'CANCEL',
  'UNDO',
  'DAY_CUT',
] as const
type Step = { step: (typeof steps)[number]; party: number; slot: number }

const arbitrary = fc.record({
  step: fc.constantFrom(...steps),
  party: fc.nat(5),
  slot: fc.nat(3),
})

/** An evening of two tables with a booking on every slot's successor, and the acts of its staff. */
async function openEvening() {
  const { scene, ownerId, slots } = await setUpEvening({ tables: 2 })
  const slotIds = slots.flatMap(({ running, next }) => [running, next])
  const parties = [
    (await createReservation(pool, { slotId: slotIds[0] ?? '' })).id,
    (await createReservation(pool, { slotId: slotIds[3] ?? '' })).id,
  ]
  const acts: string[] = []
  const note = (moved: { ok: true; value: { actId: string } } | { ok: false; reason: string }) => {
    if (moved.ok) acts.push(moved.value.actId)
    return moved.ok ? 'done' : moved.reason
  }
  const perform = async ({ step, party, slot }: Step): Promise<string> => {
    const id = parties[party % parties.length] ?? ''
    switch (step) {
      case 'WALK_IN': {
        const seated = await walkIn(scene, [slotIds[slot] ?? ''], ownerId)
        if (seated.ok) parties.push(seated.value.id)
        return note(seated)
      }
      case 'TO_BOOKED':
        return note(await correct(id, 'CONFIRMED', ownerId))
      case 'TO_SEATED':
        return note(await correct(id, 'SEATED', ownerId))
      case 'UNDO': {
        const undone = await undoAct({ actId: acts.at(-1) ?? id, actor: actorOf(ownerId) })
        return undone.ok ? 'done' : undone.reason
      }
      case 'DAY_CUT':
        await forget(id)
        return 'done'
      default:
        return note(await act(id, step, ownerId))
    }
  }
  return { scene, slotIds, parties, perform }
}

/** Who sits at which table, by its number. */
async function readSeated(): Promise<Map<number, string>> {
  const rows = await database.query<{ number: number; reservation: string }>(
    `SELECT t.number, o.reservation_id::text AS reservation FROM occupancies o
       JOIN restaurant_tables t ON t.id = o.table_id JOIN restaurants r ON r.id = o.restaurant_id
      WHERE o.ended_at IS NULL AND o.service_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes)`,
  )
  return new Map(rows.map(({ number, reservation }) => [number, reservation]))
}

describe('G21: a storm over one evening', () => {
  test('G21: one act after the other answers as the tables are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitrary, { minLength: 4, maxLength: 16 }), async (storm) => {
        await database.truncateAll()
        const evening = await openEvening()
        for (const wished of storm) {
          const before = await readSeated()
          const answer = await evening.perform(wished)
          const after = await readSeated()
          if (wished.step === 'WALK_IN') {
            const table = wished.slot < 2 ? 1 : 2
            // An occupied table is refused whatever its slots say, and nothing moves.
            if (before.has(table)) expect(answer).toBe('table-occupied')
            if (answer === 'done') expect(after.get(table)).toBe(evening.parties.at(-1))
          }
          if (answer !== 'done') expect(after).toEqual(before)
          for (const [table, party] of before)
            if (after.has(table) && after.get(table) !== party)
              throw new Error(`${wished.step} put a party on another at table ${table}`)
        }
        expect(await findContradictions()).toEqual([])
      }),
      { numRuns: stormRuns(30) },
    )
  })

  test('G21: four at a time leave no contradiction and no deadlock', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitrary, { minLength: 8, maxLength: 24 }), async (storm) => {
        await database.truncateAll()
        const evening = await openEvening()
        for (let at = 0; at < storm.length; at += 4)
          await Promise.all(storm.slice(at, at + 4).map(evening.perform))
        expect(await countSharedTables()).toBe(0)
        expect(await findContradictions()).toEqual([])
      }),
      { numRuns: stormRuns(30) },
    )
  })
})
