import { beforeEach, describe, expect, test } from 'vitest'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { type WalkInRequest, walkInRequest } from '@/domain/booking/schema'
import { undoAct } from '@/domain/booking/undo.commands'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import { seatRequest } from '@/domain/line/schema'
import { seatTicket } from '@/domain/line/seat.commands'
import { pool } from '@/lib/db/database'
import { createTable } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { actorOf } from '../support/booking-restaurant'
import { expectUntouched, setUpPlan } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { act, correct } from '../support/floor-scene'
import { newCaller, noLater } from '../support/guest-scene'
import { askerOf, joinLine, setUpLine } from '../support/line-scene'
import { listLostSlots } from '../support/off-plan-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const MINUTE_MS = 60_000

/** A table for two and one for four; their only seating begins in so many minutes. */
async function setUp(inMinutes = 40) {
  const plan = await setUpPlan({
    tables: [2, 4],
    seatings: 1,
    days: 1,
    inMinutes,
  })
  const { restaurantId, ownerId, cellAt } = plan
  const sit = (asked: Partial<WalkInRequest> = {}, accountId = ownerId) =>
    seatWalkIn({
      restaurantId,
      request: { partySize: 2, tableNumbers: [numberOf(0)], ...asked },
      actor: actorOf(accountId),
    })
  const numberOf = (table: number) => cellAt(0, table, 0).tableNumber
  const seated = async (asked: Partial<WalkInRequest> = {}) => {
    const answer = await sit(asked)
    if (!answer.ok) throw new Error(answer.reason)
    return answer.value
  }
  return { ...plan, sit, seated, numberOf }
}
type SetUp = Awaited<ReturnType<typeof setUp>>

/** Where a party sits, and for how many minutes from now. */
async function readStay(id: string) {
  const { rows } = await pool.query(
    `SELECT v.status::text, v.walk_in AS "walkIn",
            round(extract(epoch FROM v.ends_at - date_trunc('minute', now())) / 60)::int AS minutes,
            v.starts_at = date_trunc('minute', v.starts_at) AND v.starts_at <= now() AS "isFromNow",
            (SELECT array_agg(DISTINCT t.number ORDER BY t.number) FROM occupancies o JOIN restaurant_tables t ON t.id = o.table_id
              WHERE o.reservation_id = v.id AND o.ended_at IS NULL) AS tables,
            (SELECT bool_and(s.off_plan) FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
              WHERE c.reservation_id = v.id AND c.released_at IS NULL) AS "isOffPlan"
       FROM reservations v WHERE v.id = $1`,
    [id],
  )
  return rows[0]
}

const offered = async () =>
  (
    await database.query(
      'SELECT 1 FROM slots WHERE deleted_at IS NULL AND NOT off_plan AND NOT taken AND NOT gave_way',
    )
  ).length

async function expectWhole() {
  expect(await findContradictions()).toEqual([])
  expect(await listLostSlots()).toEqual([])
}

describe('a walk-in at a table now, where the plan has no slot at this hour', () => {
  test('sits there from this minute, as long as usual', async () => {
    const { seated, numberOf } = await setUp(300)
    const { id } = await seated()
    expect(await readStay(id)).toMatchObject({
      status: 'SEATED',
      walkIn: true,
      isFromNow: true,
      isOffPlan: true,
      tables: [numberOf(0)],
    })
    expect((await readStay(id))?.minutes).toBeGreaterThan(60)
    await expectWhole()
  })

  test('has what is left of the time until the next booking', async () => {
    const { seated, cellAt, bookCell } = await setUp(40)
    await bookCell(cellAt(0, 0, 0))
    const { id } = await seated()
    expect((await readStay(id))?.minutes).toBeOneOf([40, 41])
    await expectWhole()
  })

  test('is refused with what comes next when the time is too short', async () => {
    const { sit, cellAt, bookCell, numberOf } = await setUp(5)
    await bookCell(cellAt(0, 0, 0))
    const refused = {
      reason: 'next-party-soon',
      details: { tableNumbers: [numberOf(0)], nextAt: cellAt(0, 0, 0).startsAt },
    }
    expect(await expectUntouched(() => sit())).toMatchObject(refused)
    expect(await sit({ tableNumbers: [numberOf(1)] })).toMatchObject({ ok: true })
  })

  test('has the length that staff name, or is told how long is left', async () => {
    const { sit, seated, cellAt, bookCell } = await setUp(40)
    await bookCell(cellAt(0, 0, 0))
    expect(await expectUntouched(() => sit({ minutes: 60 }))).toMatchObject({
      reason: 'next-party-soon',
      details: { minutes: expect.toBeOneOf([39, 40]) },
    })
    const { id } = await seated({ minutes: 30 })
    expect((await readStay(id))?.minutes).toBe(30)
  })

  test('gets no table at which others sit', async () => {
    const { sit, seated, numberOf } = await setUp()
    await seated({ tableNumbers: [numberOf(1)] })
    const both = { tableNumbers: [numberOf(0), numberOf(1)] }
    expect(await expectUntouched(() => sit(both))).toMatchObject({
      reason: 'table-occupied',
      details: { tableNumbers: [numberOf(1)] },
    })
  })

  test('gets no table whose party is late', async () => {
    const { sit, cellAt, bookCell, numberOf } = await setUp(-20)
    await bookCell(cellAt(0, 0, 0))
    expect(await expectUntouched(() => sit())).toMatchObject({
      reason: 'slot-taken',
      details: { tableNumbers: [numberOf(0)] },
    })
  })

  test('sits at several tables, where it has room at them', async () => {
    const { sit, seated, numberOf } = await setUp()
    const tableNumbers = [numberOf(1), numberOf(0)]
    expect(await expectUntouched(() => sit({ partySize: 7, tableNumbers }))).toMatchObject({
      reason: 'party-size',
      details: { seats: 6 },
    })
    const { id } = await seated({ partySize: 6, tableNumbers })
    expect((await readStay(id))?.tables).toEqual([numberOf(0), numberOf(1)])
  })

  test('what it overlaps gives way, and comes back when it leaves or is taken back', async () => {
    const { seated, ownerId } = await setUp(20)
    expect(await offered()).toBe(2)
    const first = await seated()
    expect(await offered()).toBe(1)
    await act(first.id, 'LEAVE', ownerId)
    expect(await offered()).toBe(2)
    const second = await seated()
    expect(await undoAct({ actId: second.actId ?? '', actor: actorOf(ownerId) })).toMatchObject({
      ok: true,
      value: { status: 'CANCELLED' },
    })
    expect(await offered()).toBe(2)
    expect(await correct(first.id, 'SEATED', ownerId)).toMatchObject({ ok: true })
    expect(await offered()).toBe(1)
    await expectWhole()
  })

  test('sits since the tap that waited for the network', async () => {
    const { seated } = await setUp(300)
    const tappedAt = new Date(Date.now() - 30 * MINUTE_MS).toISOString()
    const { id } = await seated({ minutes: 40, tappedAt })
    expect((await readStay(id))?.minutes).toBeOneOf([9, 10, 11])
    await expectWhole()
  })

  test('a tap that waited until its time was over seats nobody', async () => {
    const { sit } = await setUp(300)
    const tappedAt = new Date(Date.now() - 30 * MINUTE_MS).toISOString()
    expect(await expectUntouched(() => sit({ minutes: 20, tappedAt }))).toMatchObject({
      reason: 'past-time',
    })
  })

  test('is done once, however often it is asked', async () => {
    const { restaurantId, ownerId, numberOf } = await setUp()
    const ask = () =>
      seatWalkIn({
        restaurantId,
        request: { partySize: 2, tableNumbers: [numberOf(0)] },
        actor: actorOf(ownerId),
        key: 'a-tap',
      })
    const first = await ask()
    expect(await ask()).toEqual(first)
    expect(await database.query('SELECT 1 FROM reservations')).toHaveLength(1)
  })
})

describe('refused, and nothing is changed', () => {
  const cases: [string, (scene: SetUp) => Promise<Partial<WalkInRequest>>, string][] = [
    ['a table that is not there', async () => ({ tableNumbers: [99] }), 'no-such-table'],
    [
      'one that is out of use',
      async ({ numberOf }) => {
        await database.query('UPDATE restaurant_tables SET deleted_at = now() WHERE number = $1', [
          numberOf(0),
        ])
        return {}
      },
      'no-such-table',
    ],
    [
      'another restaurant’s',
      async () => {
        const { restaurantId } = await setUpPlan({ tables: [] })
        await createTable(pool, { restaurantId, number: 77 })
        return { tableNumbers: [77] }
      },
      'no-such-table',
    ],
    ['over the day cut', async () => ({ minutes: 720 * 2 }), 'beyond-day-cut'],
    [
      'a date without a schedule',
      async () => {
        await database.query('DELETE FROM slots')
        await database.query('DELETE FROM service_dates')
        return {}
      },
      'no-such-time',
    ],
  ]
  test.each(cases)('%s', async (_, prepare, reason) => {
    const scene = await setUp()
    const asked = await prepare(scene)
    expect(await expectUntouched(() => scene.sit(asked))).toMatchObject({ reason })
  })

  test('by strangers', async () => {
    const { sit, dinerId } = await setUp()
    expect(await expectUntouched(() => sit({}, dinerId))).toMatchObject({ reason: 'not-found' })
  })

  test.each([
    ['neither slots nor tables', {}],
    ['both', { slotIds: [crypto.randomUUID()], tableNumbers: [1] }],
    ['a table twice', { tableNumbers: [1, 1] }],
    ['a length of slots', { slotIds: [crypto.randomUUID()], minutes: 30 }],
    ['no length', { tableNumbers: [1], minutes: 0 }],
  ])('%s', (_, asked) => {
    expect(walkInRequest.safeParse({ partySize: 2, ...asked }).success).toBe(false)
    if (Object.keys(asked).length > 0) expect(seatRequest.safeParse(asked).success).toBe(false)
  })
})

describe('a party from the line', () => {
  async function setUpWaiting() {
    const plan = await setUp()
    const { restaurantId, ownerId, numberOf } = plan
    await setUpLine({ restaurantId })
    const { id } = await joinLine({ restaurantId, ownerId })
    const seat = (asked: object) =>
      seatTicket({ ticketId: id, asker: askerOf(ownerId), slotIds: [], ...asked })
    return { ...plan, id, seat, tableNumbers: [numberOf(0)] }
  }

  test('sits at a table now, where the plan has no slot at this hour', async () => {
    const { seat, tableNumbers } = await setUpWaiting()
    expect(await seat({ tableNumbers })).toMatchObject({ ok: true, value: { status: 'SEATED' } })
    const [party] = await database.query<{ id: string }>('SELECT id FROM reservations')
    expect(await readStay(party?.id ?? '')).toMatchObject({ status: 'SEATED', isOffPlan: true })
    await expectWhole()
  })

  test('waits on where others sit, or the next party comes soon', async () => {
    const { seat, seated, tableNumbers, ownerId } = await setUpWaiting()
    const { id } = await seated()
    expect(await expectUntouched(() => seat({ tableNumbers }))).toMatchObject({
      reason: 'table-occupied',
      details: { tableNumbers },
    })
    await act(id, 'LEAVE', ownerId)
    expect(await seat({ tableNumbers })).toMatchObject({ ok: true })
  })
})

describe('G21: at one table at once', () => {
  test('of several walk-ins and callers one is there, and nothing deadlocks', async () => {
    for (let round = 0; round < 8; round++) {
      await database.truncateAll()
      const { sit, restaurantId, ownerId, numberOf, today, cellAt } = await setUp(20)
      const [a, b] = [numberOf(0), numberOf(1)]
      const call = () =>
        bookForGuest({
          restaurantId,
          actor: actorOf(ownerId),
          later: noLater,
          request: {
            serviceDate: today,
            startsAt: cellAt(0, 0, 0).startsAt,
            minutes: 17,
            partySize: 2,
            tableNumbers: [b, a],
            guest: newCaller(),
            source: 'PHONE',
            notify: false,
            override: true,
          },
        })
      const answers = await Promise.all([
        sit({ tableNumbers: [a, b] }),
        sit({ tableNumbers: [b, a] }),
        sit({ tableNumbers: [a], minutes: 30 }),
        call(),
      ])
      for (const answer of answers)
        expect(answer.ok || answer.reason).toBeOneOf([
          true,
          'table-occupied',
          'slot-taken',
          'next-party-soon',
        ])
      const sitting = answers.slice(0, 3).filter(({ ok }) => ok)
      expect(sitting.length).toBeLessThanOrEqual(1)
      expect(await findContradictions()).toEqual([])
    }
  })
})
