import { beforeEach, describe, expect, test } from 'vitest'
import { moveReservation } from '@/domain/booking/move.commands'
import type { ReservationAct, StaffIntent } from '@/domain/booking/types'
import { undoAct } from '@/domain/booking/undo.commands'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import { moveTicket } from '@/domain/line/move.commands'
import { seatTicket } from '@/domain/line/seat.commands'
import { pool } from '@/lib/db/database'
import { describeProblem } from '@/lib/problems/problem'
import { createReservation, createSlot } from '@/prisma/factories'
import type { ReservationStatus } from '@/prisma/generated/client'
import { findContradictions } from '../support/booking-books'
import { actorOf, move, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import { askerOf, joinLine, setUpLine } from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** `2026-11-22` and a number of days: the date that many days later. */
const shift = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)

/** A party of the date that many days from today, and a free slot of it. */
async function setUpParty(days: number, status: ReservationStatus = 'CONFIRMED') {
  const { scene, ownerId, dinerId } = await setUpRestaurant([{ maxParty: 4 }])
  const serviceDate = shift(scene.serviceDate, days)
  const startsAt = new Date(Date.now() + days * 86_400_000 - 60_000)
  const { restaurantId } = scene
  const [taken, free] = [
    await createSlot(pool, { restaurantId, serviceDate, startsAt }),
    await createSlot(pool, { restaurantId, serviceDate, startsAt }),
  ]
  const { id } = await createReservation(pool, { slotId: taken.id, status })
  const act = (done: ReservationAct, intent: StaffIntent = {}) =>
    moveReservation({
      reservationId: id,
      act: done,
      actor: actorOf(ownerId),
      scope: 'staff',
      intent,
    })
  const seat = (intent: StaffIntent = {}) =>
    seatWalkIn({
      restaurantId,
      request: { partySize: 2, slotIds: [free.id], ...intent },
      actor: actorOf(ownerId),
    })
  return { id, restaurantId, ownerId, dinerId, serviceDate, today: scene.serviceDate, act, seat }
}

const readStatus = async (id: string) =>
  (await database.query('SELECT status::text FROM reservations WHERE id = $1', [id]))[0]?.status

describe('staff and a party of another date', () => {
  test.each<[number, ReservationAct, ReservationStatus]>([
    [1, 'SEAT', 'CONFIRMED'],
    [-1, 'SEAT', 'CONFIRMED'],
    [30, 'SEAT', 'CONFIRMED'],
    [-1, 'NO_SHOW', 'CONFIRMED'],
    [1, 'NO_SHOW', 'CONFIRMED'],
    [-1, 'SEAT', 'NO_SHOW'],
    [1, 'LEAVE', 'SEATED'],
    [1, 'CORRECT_SEAT', 'SEATED'],
    [1, 'CANCEL', 'SEATED'],
    [-1, 'CANCEL', 'CONFIRMED'],
  ])(
    '%i days from today: %s from %s is refused with the date, unless they insist',
    async (days, act, status) => {
      const party = await setUpParty(days, status)
      const { serviceDate, today } = party
      expect(await party.act(act)).toEqual({
        ok: false,
        reason: 'other-date',
        details: { serviceDate, today },
      })
      expect(await readStatus(party.id)).toBe(status)
      const insisted = await party.act(act, { override: true })
      // Who insists still can't mark a party as a no-show before its time.
      if (days > 0 && act === 'NO_SHOW') expect(insisted).toMatchObject({ reason: 'before-start' })
      else expect(insisted).toMatchObject({ ok: true })
      expect(await findContradictions()).toEqual([])
    },
  )

  test('a no-show of a day that is over stays one, also for who insists', async () => {
    const party = await setUpParty(-1, 'NO_SHOW')
    const { serviceDate, today } = party
    const closed = { ok: false, reason: 'day-closed', details: { serviceDate, today } }
    expect(await party.act('CORRECT_NO_SHOW')).toEqual(closed)
    expect(await party.act('CORRECT_NO_SHOW', { override: true })).toEqual(closed)
    expect(await readStatus(party.id)).toBe('NO_SHOW')
  })

  test('a walk-in is not put on another date’s table, unless they insist', async () => {
    const party = await setUpParty(1)
    const { serviceDate, today } = party
    expect(await party.seat()).toEqual({
      ok: false,
      reason: 'other-date',
      details: { serviceDate, today },
    })
    expect(await party.seat({ override: true })).toMatchObject({ value: { status: 'SEATED' } })
  })

  test('today’s parties need no insisting, and a coming table is given back from any date', async () => {
    const now = await setUpParty(0)
    expect(await now.act('SEAT')).toMatchObject({ ok: true })
    expect(await now.seat()).toMatchObject({ ok: true })
    const coming = await setUpParty(3)
    expect(await coming.act('CANCEL')).toMatchObject({ ok: true })
  })

  test('what they insisted on is corrected: undone, or seated by a slip and booked again', async () => {
    const party = await setUpParty(1)
    const seated = await party.act('SEAT', { override: true })
    if (!seated.ok) throw new Error(seated.reason)
    const { ownerId } = party
    const undone = await undoAct({ actId: seated.value.actId, actor: actorOf(ownerId) })
    expect(undone).toMatchObject({ value: { status: 'CONFIRMED' } })
    await party.act('SEAT', { override: true })
    await database.query(`UPDATE audit_events SET at = at - interval '1 hour'`)
    expect(await party.act('CORRECT_SEAT', { override: true })).toMatchObject({
      value: { status: 'CONFIRMED' },
    })
    expect(await findContradictions()).toEqual([])
  })

  test('a walk-in has no booking to go back to: it is cancelled', async () => {
    const { seat, ownerId } = await setUpParty(0)
    const seated = await seat()
    if (!seated.ok) throw new Error(seated.reason)
    expect(await move(seated.value.id, 'CORRECT_SEAT', ownerId)).toMatchObject({
      reason: 'cannot-move',
    })
    expect(await move(seated.value.id, 'CANCEL', ownerId)).toMatchObject({ ok: true })
  })

  test('names the date in both languages', () => {
    const details = { serviceDate: '2026-11-30', today: '2026-11-28' }
    const tell = (locale: 'ko' | 'en') =>
      describeProblem({ reason: 'other-date', locale, details }).body.title
    expect(tell('ko')).toMatch(/11월 30일/)
    expect(tell('en')).toMatch(/Mon, Nov 30/)
  })
})

describe('an act that waited in a tablet', () => {
  /** A zone in which it is three at night, and a day cut that has passed this minute. */
  const cutDay = (restaurantId: string) => {
    const east = ((3 - new Date().getUTCHours() + 36) % 24) - 12
    const zone = `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`
    return database.query(
      `UPDATE restaurants SET time_zone = $2, day_cut_minutes = 180 + extract(minute FROM now()) WHERE id = $1`,
      [restaurantId, zone],
    )
  }
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

  /** A party of the day that has just ended. */
  async function setUpNight() {
    const party = await setUpParty(0)
    await cutDay(party.restaurantId)
    const [{ today } = { today: '' }] = await database.query<{ today: string }>(
      `SELECT service_date_at(now(), time_zone, day_cut_minutes)::text AS today FROM restaurants WHERE id = $1`,
      [party.restaurantId],
    )
    await moveDate(party.id, shift(today, -1))
    return party
  }

  test('counts on the date on which it was tapped', async () => {
    const party = await setUpNight()
    expect(await party.act('SEAT')).toMatchObject({ reason: 'other-date' })
    expect(await party.act('SEAT', { tappedAt: minutesAgo(20) })).toMatchObject({ ok: true })
  })

  test('a tap in the morning on a board left open is a slip all the same', async () => {
    const party = await setUpNight()
    for (const tappedAt of [minutesAgo(0), minutesAgo(-60 * 24)])
      expect(await party.act('SEAT', { tappedAt })).toMatchObject({ reason: 'other-date' })
  })

  test('a tap of days ago does not count for its date', async () => {
    const party = await setUpParty(-3)
    const tappedAt = minutesAgo(3 * 24 * 60)
    expect(await party.act('SEAT', { tappedAt })).toMatchObject({ reason: 'other-date' })
  })

  async function moveDate(id: string, date: string) {
    await database.query(
      `INSERT INTO service_dates (restaurant_id, service_date) SELECT restaurant_id, $2 FROM reservations WHERE id = $1 ON CONFLICT DO NOTHING`,
      [id, date],
    )
    await database.query('UPDATE reservations SET service_date = $2 WHERE id = $1', [id, date])
  }
})

describe('staff and a ticket of another date', () => {
  test.each(['CALL', 'LAST_CALL', 'CANCEL', 'SEAT'] as const)(
    '%s is refused with the date',
    async (act) => {
      const scene = await setUpLine()
      const { id, serviceDate } = await joinLine(scene)
      const yesterday = shift(String(serviceDate), -1)
      await database.query(`UPDATE lines SET service_date = $1`, [yesterday])
      await database.query(`UPDATE tickets SET service_date = $1`, [yesterday])
      const asker = askerOf(scene.ownerId)
      const done =
        act === 'SEAT'
          ? await seatTicket({ ticketId: id, slotIds: [], asker })
          : await moveTicket({ ticketId: id, act, asker, scope: 'staff' })
      expect(done).toEqual({
        ok: false,
        reason: 'other-date',
        details: { serviceDate: yesterday, today: serviceDate },
      })
    },
  )
})
