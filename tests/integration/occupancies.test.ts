import { beforeEach, describe, expect, test } from 'vitest'
import { sweepReservations } from '@/domain/booking/sweep.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { readDay } from '@/domain/floor/queries'
import { seatTicket } from '@/domain/line/seat.commands'
import { pool } from '@/lib/db/database'
import { createReservation, createSlot } from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'
import { findContradictions } from '../support/booking-books'
import { actorOf, walkIn } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { act, correct, forget, runOver, setUpEvening } from '../support/floor-scene'
import { askerOf, joinLine, setUpLine } from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUp(restaurant: Partial<Restaurant> = {}) {
  const evening = await setUpEvening({ tables: 2, ...restaurant })
  const [one, two] = evening.slots
  if (!one || !two) throw new Error('two tables were made')
  const day = async () => {
    const { restaurantId, ownerId: accountId } = evening
    const read = await readDay({ restaurantId, accountId })
    if (!read.ok) throw new Error(read.reason)
    return read.value
  }
  const party = async (id: string) => {
    const found = (await day()).parties.find(({ reservationId }) => reservationId === id)
    if (!found) throw new Error('the party is not listed')
    return found
  }
  return { ...evening, one, two, day, party }
}

/** A walk-in that sits; its reservation's id. */
async function seat(evening: Awaited<ReturnType<typeof setUp>>, slotIds: string[]) {
  const seated = await walkIn(evening.scene, slotIds, evening.ownerId)
  if (!seated.ok) throw new Error(seated.reason)
  return seated.value
}

const countOpen = async () =>
  (await database.query('SELECT 1 FROM occupancies WHERE ended_at IS NULL')).length

describe('G21: a table is occupied from the moment a party is seated until staff say it has left', () => {
  test('G21: past its slot’s end a party stays seated, with its minutes, until staff say it has left', async () => {
    const evening = await setUp()
    const { id } = await seat(evening, [evening.one.running])
    await runOver(id)
    expect(await sweepReservations()).toEqual({ ended: 0 })
    expect(await evening.party(id)).toMatchObject({
      status: 'SEATED',
      minutesOver: 12,
      leftAt: null,
    })
    expect(await walkIn(evening.scene, [evening.one.next], evening.ownerId)).toEqual({
      ok: false,
      reason: 'table-occupied',
      details: { tableNumbers: [1] },
    })
    expect(await act(id, 'LEAVE', evening.ownerId)).toMatchObject({ ok: true })
    expect(await evening.party(id)).toMatchObject({
      status: 'LEFT',
      minutesOver: 0,
      leftByDayCut: false,
    })
    expect((await evening.party(id)).leftAt).not.toBeNull()
    expect(await walkIn(evening.scene, [evening.one.next], evening.ownerId)).toMatchObject({
      ok: true,
    })
    expect(await findContradictions()).toEqual([])
  })

  test('G21: a party seated before its slot has the table, and no walk-in is put on top of it', async () => {
    const evening = await setUp()
    const { one, two, ownerId } = evening
    const { id } = await createReservation(pool, { slotId: one.next, dinerId: evening.dinerId })
    expect(await act(id, 'SEAT', ownerId)).toMatchObject({ ok: true })
    expect(await walkIn(evening.scene, [one.running], ownerId)).toMatchObject({
      reason: 'table-occupied',
    })
    expect(await walkIn(evening.scene, [two.running, one.running], ownerId)).toMatchObject({
      reason: 'table-occupied',
      details: { tableNumbers: [1] },
    })
    expect((await evening.day()).tables).toMatchObject([
      { number: 1, seatedReservationId: id },
      { number: 2, seatedReservationId: null },
    ])
  })

  test('G21: a booked party is not seated at an occupied table', async () => {
    const evening = await setUp()
    const sitting = await seat(evening, [evening.one.running])
    const { id } = await createReservation(pool, { slotId: evening.one.next })
    expect(await act(id, 'SEAT', evening.ownerId)).toEqual({
      ok: false,
      reason: 'table-occupied',
      details: { tableNumbers: [1] },
    })
    await act(sitting.id, 'LEAVE', evening.ownerId)
    expect(await act(id, 'SEAT', evening.ownerId)).toMatchObject({ ok: true })
  })

  test('G21: a party at several tables has each of them', async () => {
    const evening = await setUp()
    const { id } = await seat(evening, [evening.one.running, evening.two.running])
    expect(await countOpen()).toBe(2)
    expect(await walkIn(evening.scene, [evening.two.next], evening.ownerId)).toMatchObject({
      reason: 'table-occupied',
      details: { tableNumbers: [2] },
    })
    await act(id, 'LEAVE', evening.ownerId)
    expect(await countOpen()).toBe(0)
  })

  test('G21: a party from the line is refused on an occupied table, and keeps its place', async () => {
    const line = await setUpLine()
    const { restaurantId, ownerId } = line
    const slots = await database.query<{ id: string }>(
      `SELECT id FROM slots WHERE restaurant_id = $1`,
      [restaurantId],
    )
    expect(slots).toEqual([])
    const table = await createSlot(pool, { restaurantId })
    const later = await createSlot(pool, {
      tableId: table.tableId,
      startsAt: table.endsAt,
    })
    await createReservation(pool, { slotId: table.id, walkIn: true })
    const ticket = await joinLine(line)
    const seated = await seatTicket({
      ticketId: ticket.id,
      slotIds: [later.id],
      asker: askerOf(ownerId),
    })
    expect(seated).toMatchObject({ ok: false, reason: 'table-occupied' })
    expect(
      await database.query('SELECT status::text FROM tickets WHERE id = $1', [ticket.id]),
    ).toEqual([{ status: 'WAITING' }])
  })

  test('an undone or corrected seating frees its table, and its undoing takes it back', async () => {
    const evening = await setUp()
    const { ownerId, one } = evening
    const { id } = await createReservation(pool, { slotId: one.running })
    const seated = await act(id, 'SEAT', ownerId)
    if (!seated.ok) throw new Error(seated.reason)
    const { seatedAt } = await evening.party(id)
    const corrected = await correct(id, 'CONFIRMED', ownerId)
    expect(await countOpen()).toBe(0)
    if (!corrected.ok) throw new Error(corrected.reason)
    expect(await evening.party(id)).toMatchObject({ status: 'CONFIRMED', seatedAt: null })
    const undone = await undoAct({ actId: corrected.value.actId, actor: actorOf(ownerId) })
    expect(undone).toMatchObject({ value: { status: 'SEATED' } })
    // It sits since then, on one row.
    expect((await evening.party(id)).seatedAt).toBe(seatedAt)
    expect(await database.query('SELECT 1 FROM occupancies')).toHaveLength(1)
  })

  test('an undone leaving is refused once another party sits there', async () => {
    const evening = await setUp()
    const { ownerId, one } = evening
    const { id } = await seat(evening, [one.running])
    const left = await act(id, 'LEAVE', ownerId)
    if (!left.ok) throw new Error(left.reason)
    await seat(evening, [one.next])
    expect(await undoAct({ actId: left.value.actId, actor: actorOf(ownerId) })).toMatchObject({
      reason: 'table-occupied',
    })
    expect(await findContradictions()).toEqual([])
  })

  test('diners’ bookings ignore who sits at the table', async () => {
    const evening = await setUp()
    const { one, two, scene, dinerId } = evening
    await seat(evening, [one.running, two.running])
    const [next] = await database.query<{ startsAt: string }>(
      'SELECT iso_instant(starts_at) AS "startsAt" FROM slots WHERE id = $1',
      [one.next],
    )
    const asked = { startsAt: String(next?.startsAt), slotId: one.next }
    expect(await bookAs(dinerId, scene, asked)).toMatchObject({ ok: true })
  })
})

describe('G21: only the day cut closes what was forgotten, and says so', () => {
  test('G21: a forgotten party has left for every reader, before any sweep', async () => {
    const evening = await setUp()
    const { id } = await seat(evening, [evening.one.running])
    await forget(id)
    expect(await evening.party(id)).toMatchObject({
      status: 'LEFT',
      leftAt: null,
      leftByDayCut: true,
    })
    expect((await evening.day()).tables[0]).toMatchObject({ seatedReservationId: null })
    expect(await act(id, 'LEAVE', evening.ownerId)).toMatchObject({
      reason: 'cannot-move',
      details: { present: 'LEFT' },
    })
    expect(await correct(id, 'SEATED', evening.ownerId)).toMatchObject({ reason: 'day-closed' })
  })

  test('G21: seating a party closes what was forgotten at its tables, and the audit log says so', async () => {
    const evening = await setUp()
    const forgotten = await seat(evening, [evening.one.running, evening.two.running])
    await forget(forgotten.id)
    await seat(evening, [evening.one.next])
    expect(
      await database.query(
        `SELECT actor_role, from_status, to_status FROM audit_events WHERE subject_id = $1 AND act = 'CLOSE_DAY'`,
        [forgotten.id],
      ),
    ).toEqual([{ actor_role: 'SERVICE', from_status: 'SEATED', to_status: 'LEFT' }])
    // Both of its tables are free, since the day cut.
    expect(
      await database.query(
        `SELECT count(*)::int AS rows, count(DISTINCT o.ended_at)::int AS ends, bool_and(o.by_day_cut) AS cut,
                bool_and(service_date_at(o.ended_at, r.time_zone, r.day_cut_minutes) = o.service_date + 1
                         AND service_date_at(o.ended_at - interval '1 ms', r.time_zone, r.day_cut_minutes) = o.service_date) AS at_the_cut
           FROM occupancies o JOIN restaurants r ON r.id = o.restaurant_id WHERE o.reservation_id = $1`,
        [forgotten.id],
      ),
    ).toEqual([{ rows: 2, ends: 1, cut: true, at_the_cut: true }])
    expect(await findContradictions()).toEqual([])
  })

  test('the sweep records it', async () => {
    const evening = await setUp()
    const { id } = await seat(evening, [evening.one.running])
    await forget(id)
    expect(await sweepReservations()).toEqual({ ended: 1 })
    expect(await sweepReservations()).toEqual({ ended: 0 })
    expect(await countOpen()).toBe(0)
    expect(await evening.party(id)).toMatchObject({ status: 'LEFT', leftByDayCut: true })
  })

  test('a seating that waited in a tablet until the next day occupies nothing', async () => {
    // The restaurant's day began less than an hour ago; the tap was before that.
    const timeZone = await zoneJustAfterMidnight()
    const evening = await setUp({ timeZone, dayCutMinutes: 0 })
    const { id } = await createReservation(pool, { slotId: evening.one.running })
    await seat(evening, [evening.one.next])
    const tappedAt = new Date(Date.now() - 90 * 60_000).toISOString()
    const late = await act(id, 'SEAT', evening.ownerId, { tappedAt, override: true })
    expect(late).toMatchObject({ ok: true })
    expect(
      await database.query('SELECT 1 FROM occupancies WHERE reservation_id = $1', [id]),
    ).toEqual([])
  })
})

/** A zone in which midnight was less than an hour ago. */
async function zoneJustAfterMidnight(): Promise<string> {
  const [zone] = await database.query<{ name: string }>(
    `SELECT name FROM pg_timezone_names
      WHERE name LIKE 'Etc/GMT%' AND extract(hour FROM now() AT TIME ZONE name) = 0 ORDER BY name LIMIT 1`,
  )
  if (!zone) throw new Error('it is always just after midnight somewhere')
  return zone.name
}
