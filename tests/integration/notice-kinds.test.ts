import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { queueDaySheets } from '@/domain/booking/day-sheet.commands'
import { sweepReservations } from '@/domain/booking/sweep.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createSlot,
  createStaff,
  createTable,
  readToday,
} from '@/prisma/factories'
import {
  actorOf,
  beginReservation,
  book,
  move,
  setUpRestaurant,
} from '../support/booking-restaurant'
import { bookAs, createDinerIds, runOutHolds } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { correct } from '../support/floor-scene'
import { useInbox } from '../support/inbox'
import { makeAllDue } from '../support/notices'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

const HOUR_MS = 60 * 60_000

/** Notices queued or sent, each with its due time on the restaurant's wall clock. */
const listTold = () =>
  database.query<{ kind: string; state: string; dueOn: string; because: string | null }>(
    `SELECT n.kind, n.state::text, dropped_because AS because,
            to_char(n.due_at AT TIME ZONE r.time_zone, 'YYYY-MM-DD HH24:MI') AS "dueOn"
       FROM notices n JOIN restaurants r ON r.id = n.restaurant_id ORDER BY n.ordinal`,
  )

const subjects = () => inbox.listMails().map((mail) => mail.subject.split(' · ')[0])

/**
 * A restaurant in a time zone of its own with one slot that many hours from now; the service date
 * is the slot's day.
 */
async function setUpFuture({ hours, timeZone }: { hours: number; timeZone: string }) {
  const { id: restaurantId } = await createRestaurant(pool, { timeZone, dayCutMinutes: 0 })
  const startsAt = new Date(Math.ceil((Date.now() + hours * HOUR_MS) / 60_000) * 60_000)
  const [day] = await database.query<{ date: string; before: string; wall: string }>(
    `SELECT ($1::timestamptz AT TIME ZONE $2)::date::text AS date,
            (($1::timestamptz AT TIME ZONE $2)::date - 1)::text AS before,
            to_char(($1::timestamptz - interval '2 hours') AT TIME ZONE $2, 'YYYY-MM-DD HH24:MI') AS wall`,
    [startsAt, timeZone],
  )
  if (!day) throw new Error('Expected a day.')
  const table = await createTable(pool, { restaurantId })
  await createSlot(pool, { tableId: table.id, startsAt, serviceDate: day.date })
  const [dinerId = ''] = await createDinerIds(1)
  return { scene: { restaurantId, serviceDate: day.date, startsAt, slotIds: [] }, dinerId, ...day }
}

describe('a hold', () => {
  it('G16: is mailed with its deadline, and the sweep mails once that it expired', async () => {
    const { scene, dinerId } = await setUpRestaurant(undefined, { confirmWithinMinutes: 10 })
    await book(dinerId, scene)
    await drainOutbox()
    expect(subjects()[0]).toMatch(/까지 확정해 주세요$/)
    await runOutHolds()
    await sweepReservations()
    await sweepReservations()
    await drainOutbox()
    expect(subjects()[0]).toBe('확정 시간이 지났어요')
    expect(inbox.listMails()).toHaveLength(2)
    const file = inbox.listMails()[0]?.attachments[0]?.content.toString('utf8')
    expect(file).toContain('METHOD:CANCEL')
    expect(file).toContain('SEQUENCE:1')
  })

  it('G5: that expired is mailed without a sweep, when the next diner takes its table', async () => {
    const { scene, dinerId, otherId } = await setUpRestaurant([{ maxParty: 2 }], {
      confirmWithinMinutes: 10,
    })
    await book(dinerId, scene)
    await runOutHolds()
    await book(otherId, scene)
    expect((await listTold()).map(({ kind }) => kind)).toEqual([
      'RESERVATION_HELD',
      'RESERVATION_EXPIRED',
      'RESERVATION_HELD',
    ])
    expect(await drainOutbox()).toMatchObject({ sent: 2, dropped: 1 })
  })

  it('confirmed before its mail went out is mailed only as confirmed', async () => {
    const { scene, dinerId } = await setUpRestaurant(undefined, { confirmWithinMinutes: 10 })
    const { id } = await book(dinerId, scene)
    await move(id, 'CONFIRM', dinerId, 'diner')
    expect(await drainOutbox()).toMatchObject({ sent: 1, dropped: 1 })
    expect(subjects()).toEqual(['예약이 확정됐어요'])
  })
})

describe('reminders', () => {
  it('come the evening before and two hours before, by the restaurant’s wall clock', async () => {
    const { scene, dinerId, before, wall } = await setUpFuture({
      hours: 60,
      timeZone: 'Pacific/Chatham',
    })
    expect(await bookAs(dinerId, scene)).toMatchObject({ ok: true })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    const told = await listTold()
    expect(told.slice(1).map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['RESERVATION_TOMORROW', `${before} 18:00`],
      ['RESERVATION_SOON', wall],
    ])
  })

  it('come once, two hours before, for a same-day booking', async () => {
    // In a zone where it is just past midnight, so that the day has room for the slot.
    const hour = new Date().getUTCHours()
    const offset = hour > 12 ? hour - 24 : hour
    const timeZone = `Etc/GMT${offset >= 0 ? '+' : '-'}${Math.abs(offset)}`
    const { scene, dinerId, wall } = await setUpFuture({ hours: 8, timeZone })
    expect(await bookAs(dinerId, scene)).toMatchObject({ ok: true })
    await drainOutbox()
    expect((await listTold()).map(({ kind, dueOn }) => [kind, dueOn]).slice(1)).toEqual([
      ['RESERVATION_SOON', wall],
    ])
  })

  it('do not come for a booking made just before', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    await book(dinerId, scene)
    await drainOutbox()
    expect((await listTold()).map(({ kind }) => kind)).toEqual(['RESERVATION_CONFIRMED'])
  })

  it('are dropped when the reservation has moved on, and hold up nothing else', async () => {
    const { scene, dinerId } = await setUpFuture({ hours: 60, timeZone: 'Asia/Seoul' })
    const booked = await bookAs(dinerId, scene)
    if (!booked.ok) throw new Error(booked.reason)
    await drainOutbox()
    await move(booked.value.reservation.id, 'CANCEL', dinerId, 'diner')
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 0, dropped: 2 })
    expect((await listTold()).map(({ kind, because }) => [kind, because])).toEqual([
      ['RESERVATION_CONFIRMED', null],
      ['RESERVATION_TOMORROW', 'cancelled'],
      ['RESERVATION_SOON', 'cancelled'],
      ['RESERVATION_CANCELLED', null],
    ])
  })

  it('arrive when due, and not after the table’s time', async () => {
    const { scene, dinerId } = await setUpFuture({ hours: 60, timeZone: 'Asia/Seoul' })
    await bookAs(dinerId, scene)
    await drainOutbox()
    inbox.clear()
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 2 })
    expect(subjects().toSorted()).toEqual(['곧 예약 시간이에요', '내일 예약이 있어요'])

    await database.query(
      `UPDATE notices SET state = 'QUEUED', sent_at = NULL WHERE kind LIKE 'RESERVATION_%O%W'`,
    )
    await database.query(`UPDATE reservations SET starts_at = now() - interval '1 ms'`)
    expect(await drainOutbox()).toMatchObject({ sent: 0, dropped: 1 })
  })
})

describe('a cancellation by staff', () => {
  async function setUpCancelled() {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    await drainOutbox()
    inbox.clear()
    await move(id, 'CANCEL', ownerId)
    return { id, ownerId }
  }

  it('that was corrected before its mail went out is not told', async () => {
    const { id, ownerId } = await setUpCancelled()
    expect(await correct(id, 'CONFIRMED', ownerId)).toMatchObject({ ok: true })
    await makeAllDue(database)
    await database.query(`UPDATE audit_events SET at = at - interval '11 seconds'`)
    expect(await drainOutbox()).toMatchObject({ sent: 1, dropped: 1 })
    expect(subjects()).toEqual(['예약이 확정됐어요'])
    expect(await listTold()).toContainEqual(
      expect.objectContaining({ kind: 'RESERVATION_CANCELLED', because: 'stands' }),
    )
  })

  it('waits while its correction can be undone, and is told once that is undone', async () => {
    const { id, ownerId } = await setUpCancelled()
    const corrected = await correct(id, 'CONFIRMED', ownerId)
    if (!corrected.ok) throw new Error(corrected.reason)
    await database.query(`UPDATE notices SET due_at = now() WHERE kind = 'RESERVATION_CANCELLED'`)
    expect(await drainOutbox()).toMatchObject({ sent: 0, dropped: 0 })
    expect(await undoAct({ actId: corrected.value.actId, actor: actorOf(ownerId) })).toMatchObject({
      ok: true,
    })
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(subjects()).toEqual(['식당이 예약을 취소했어요'])
  })
})

describe('a no-show', () => {
  it('is mailed after the ten seconds in which it can be undone', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    await drainOutbox()
    await beginReservation(id)
    expect(await move(id, 'NO_SHOW', ownerId)).toMatchObject({ ok: true })
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(subjects()[0]).toBe('오시지 않은 예약으로 표시됐어요')
  })

  it('is never mailed when it was undone, and the audit log says so', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    await beginReservation(id)
    const moved = await move(id, 'NO_SHOW', ownerId)
    if (!moved.ok) throw new Error(moved.reason)
    expect(await undoAct({ actId: moved.value.actId, actor: actorOf(ownerId) })).toMatchObject({
      ok: true,
    })
    expect((await listTold()).at(-1)).toMatchObject({
      kind: 'RESERVATION_NO_SHOW',
      state: 'DROPPED',
      because: 'undone',
    })
  })
})

describe('the owner’s day sheet', () => {
  /** A time zone where it is now between about 8:30 and 9:30 in the morning. */
  function zoneOfMorning(): string {
    const hours = (9 - new Date().getUTCHours() + 24) % 24
    const east = hours > 12 ? hours - 24 : hours
    return `Etc/GMT${east >= 0 ? '-' : '+'}${Math.abs(east)}`
  }

  async function setUpMorning(given = {}) {
    const owner = await createAccount(pool, { role: 'OWNER' })
    const restaurant = await createRestaurant(pool, {
      timeZone: zoneOfMorning(),
      name: '아침식당',
      ownerId: owner.id,
      ...given,
    })
    const slot = await createSlot(pool, { restaurantId: restaurant.id })
    return { owner, restaurant, slot }
  }

  it('comes in the morning, once, to owners who want it, with the parties and their notes', async () => {
    const { owner, restaurant, slot } = await setUpMorning()
    const other = await createAccount(pool, { role: 'OWNER' })
    await createStaff(pool, {
      restaurantId: restaurant.id,
      accountId: other.id,
      wantsDaySheet: false,
    })
    const floor = await createAccount(pool)
    await createStaff(pool, { restaurantId: restaurant.id, accountId: floor.id, role: 'STAFF' })
    const diner = await createAccount(pool, { name: '김하늘' })
    await createReservation(pool, { slotId: slot.id, dinerId: diner.id, note: '창가 <자리>' })
    expect(await queueDaySheets()).toEqual({ queued: 1 })
    expect(await queueDaySheets()).toEqual({ queued: 0 })
    await drainOutbox()
    const [mail, ...more] = inbox.listMails()
    expect(more).toEqual([])
    expect(mail?.recipients).toEqual([owner.email])
    expect(mail?.subject).toContain('아침식당 · 오늘 예약 1건, 2명')
    expect(mail?.text).toContain('김하늘 2명')
    expect(mail?.text).toContain('창가 <자리>')
  })

  it('is queued once by two sweeps at once', async () => {
    await setUpMorning()
    const queued = await Promise.all([queueDaySheets(), queueDaySheets(), queueDaySheets()])
    expect(queued.reduce((sum, each) => sum + each.queued, 0)).toBe(1)
  })

  it('does not come at other hours, on closed days, or where same-day bookings would leave it empty', async () => {
    const { restaurant } = await setUpMorning({ sameDayOnly: true })
    expect(await queueDaySheets()).toEqual({ queued: 0 })
    await setUpMorning({ timeZone: 'Asia/Seoul', dayCutMinutes: 0 })
    await database.query(
      `UPDATE restaurants SET time_zone = 'Etc/GMT' || CASE WHEN h < 12 THEN '-' || (12 - h) ELSE '+' || (h - 12) END
         FROM extract(hour FROM now() AT TIME ZONE 'UTC') AS h WHERE id <> $1`,
      [restaurant.id],
    )
    expect(await queueDaySheets()).toEqual({ queued: 0 })
    const { restaurant: closed } = await setUpMorning()
    await database.query('UPDATE service_dates SET closed = true WHERE restaurant_id = $1', [
      closed.id,
    ])
    expect(await readToday(pool, closed.id)).toBeTruthy()
    expect(await queueDaySheets()).toEqual({ queued: 0 })
  })
})
