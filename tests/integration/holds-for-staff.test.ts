import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { decideDispute, disputeNoShow } from '@/domain/booking/dispute.commands'
import { enterUnbooked } from '@/domain/booking/entry.commands'
import { findObstacle, findOwnReservation } from '@/domain/booking/queries'
import { sweepReservations } from '@/domain/booking/sweep.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { readDay } from '@/domain/floor/queries'
import { drainOutbox } from '@/domain/notification/commands'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, readToday } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { actorOf, move, setUpRestaurant } from '../support/booking-restaurant'
import { bookAs, createDinerIds, runOutHolds } from '../support/booking-scene'
import { type Cell, change, setUpPlan, toTime } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { miss } from '../support/no-show-scene'
import { makeAllDue } from '../support/notices'
import { createOpening } from '../support/opening-scene'
import { missYesterday, setUpStaffHolds } from '../support/staff-hold-scene'

const database = useDatabase()
const inbox = useInbox()
afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

/** Once in six months is enough. */
const RULE = { noShowLimit: 1, noShowMonths: 6, holdsAfterNoShows: true }

const listSlots = () =>
  database.query<{ taken: boolean; isHeld: boolean }>(
    'SELECT taken, held_until IS NOT NULL AS "isHeld" FROM slots ORDER BY max_party',
  )
/** The diner books that time themselves. */
async function bookAhead(
  { serviceDate, startsAt }: Cell,
  { dinerId, restaurantId }: { dinerId: string; restaurantId: string },
) {
  const at = { restaurantId, serviceDate, startsAt: new Date(startsAt), slotIds: [] }
  const booked = await bookAs(dinerId, at)
  if (!booked.ok) throw new Error(booked.reason)
  return booked.value.reservation.id
}

/** The acts are long over, and their notices due. */
const settle = async () => {
  await makeAllDue(database)
  await database.query(`UPDATE audit_events SET at = at - interval '1 minute'`)
  return drainOutbox()
}
const titles = () => inbox.listMails().map(({ subject }) => subject.split(' · ')[0])

describe('after so many no-shows a booking is a hold that staff confirm', () => {
  test('at the limit it waits for staff, up to its start; below it, it is confirmed at once', async () => {
    const { book, scene, dinerId, otherId } = await setUpStaffHolds()
    const held = await book()
    expect(held).toMatchObject({
      status: 'HELD',
      awaitsStaff: true,
      holdExpiresAt: scene.startsAt.toISOString(),
    })
    expect(await book(otherId)).toMatchObject({
      status: 'CONFIRMED',
      awaitsStaff: false,
      holdExpiresAt: null,
    })
    expect(await findOwnReservation({ dinerId, reservationId: held.id })).toMatchObject({
      status: 'HELD',
      awaitsStaff: true,
    })
    expect(await findContradictions()).toEqual([])
  })

  test.each([2, 3, 5, 10])(
    'number %i: with one fewer a booking is confirmed, with that many it waits for staff',
    async (limit) => {
      const { scene, dinerId } = await setUpRestaurant(undefined, { ...RULE, noShowLimit: limit })
      const { restaurantId } = scene
      const today = await readToday(pool, restaurantId)
      const missAgo = (days: number) =>
        miss({ dinerId, restaurantId, serviceDate: addDays({ date: today, days: -days }) })
      const book = async () => {
        const booked = await bookAs(dinerId, scene)
        if (!booked.ok) throw new Error(booked.reason)
        return booked.value.reservation
      }
      for (let days = 1; days < limit; days += 1) await missAgo(days)
      const below = await book()
      expect(below).toMatchObject({ status: 'CONFIRMED', awaitsStaff: false })
      await move(below.id, 'CANCEL', dinerId, 'diner')
      await missAgo(limit)
      expect(await book()).toMatchObject({ status: 'HELD', awaitsStaff: true })
    },
  )

  test('staff have a day for a booking further ahead', async () => {
    const plan = await setUpPlan({ days: 3, ...RULE })
    const { restaurantId, dinerId } = plan
    await missYesterday({ dinerId, restaurantId })
    const id = await bookAhead(plan.cellAt(2, 0, 0), plan)
    expect(
      await database.query(
        `SELECT awaits_staff AS waits, hold_expires_at - created_at BETWEEN interval '1439 minutes' AND interval '1441 minutes' AS "isADay"
           FROM reservations WHERE id = $1`,
        [id],
      ),
    ).toEqual([{ waits: true, isADay: true }])
  })

  test('also where bookings are holds for their diners: these are for staff, the others as before', async () => {
    const { book, otherId } = await setUpStaffHolds({ restaurant: { confirmWithinMinutes: 10 } })
    expect(await book()).toMatchObject({ status: 'HELD', awaitsStaff: true })
    const own = await book(otherId)
    expect(own).toMatchObject({ status: 'HELD', awaitsStaff: false })
    expect(await move(own.id, 'CONFIRM', otherId, 'diner')).toMatchObject({ ok: true })
  })

  test('asked again with its key, the answer is the same hold', async () => {
    const { scene, dinerId } = await setUpStaffHolds()
    const ask = () => bookAs(dinerId, scene, { key: 'the-key' })
    const first = await ask()
    expect(await ask()).toEqual(first.ok && { ok: true, value: { ...first.value, replayed: true } })
  })

  test('nothing stands in the way beforehand, nor at an opening’s lobby', async () => {
    const { scene, dinerId } = await setUpStaffHolds()
    const asked = { ...scene, startsAt: scene.startsAt.toISOString() }
    expect(await findObstacle({ ...asked, dinerId })).toBeNull()
    const { openingId, restaurantId } = await createOpening()
    await database.query(
      'UPDATE restaurants SET no_show_limit = 1, no_show_months = 2, holds_after_no_shows = true WHERE id = $1',
      [restaurantId],
    )
    await missYesterday({ dinerId, restaurantId })
    expect(
      await enterUnbooked({ openingId, accountId: dinerId, epoch: 0, sessionId: null }),
    ).toMatchObject({ ok: true })
  })

  test('a granted dispute: the next booking is confirmed at once', async () => {
    const { scene, book, missed, dinerId, ownerId } = await setUpStaffHolds()
    const asked = { reservationId: missed }
    await disputeNoShow({ ...asked, text: '갔어요.', actor: actorOf(dinerId) })
    const held = await book()
    expect(held).toMatchObject({ awaitsStaff: true })
    await move(held.id, 'CANCEL', dinerId, 'diner')
    await decideDispute({ ...asked, grant: true, actor: actorOf(ownerId) })
    expect(await bookAs(dinerId, scene)).toMatchObject({
      value: { reservation: { status: 'CONFIRMED', awaitsStaff: false } },
    })
  })

  test('never across restaurants', async () => {
    const { dinerId } = await setUpStaffHolds()
    const elsewhere = await setUpRestaurant(undefined, RULE)
    expect(await bookAs(dinerId, elsewhere.scene)).toMatchObject({
      value: { reservation: { status: 'CONFIRMED' } },
    })
  })
})

describe('a hold that awaits staff', () => {
  test('its diner can’t confirm it, other staff don’t know it, its own confirm it', async () => {
    const { book, dinerId, ownerId } = await setUpStaffHolds()
    const { id } = await book()
    const stranger = await createAccount(pool, { role: 'OWNER' })
    expect(await move(id, 'CONFIRM', dinerId, 'either')).toMatchObject({
      reason: 'cannot-move',
      details: { present: 'HELD' },
    })
    expect(await move(id, 'CONFIRM', stranger.id, 'either')).toMatchObject({ reason: 'not-found' })
    expect(await move(id, 'CONFIRM', ownerId)).toMatchObject({ value: { status: 'CONFIRMED' } })
    expect(await listSlots()).toMatchObject([{ taken: true, isHeld: false }, { taken: false }])
    expect(await findContradictions()).toEqual([])
  })

  test('the board says that it waits for staff, and offers them to confirm it or not', async () => {
    const { book, restaurantId, ownerId } = await setUpStaffHolds()
    const { id } = await book()
    const day = await readDay({ restaurantId, accountId: ownerId })
    expect(day.ok && day.value.parties).toMatchObject([
      { reservationId: id, status: 'HELD', awaitsStaff: true, acts: ['CONFIRM', 'CANCEL'] },
    ])
  })

  test('confirmed for another date, staff need not insist', async () => {
    const plan = await setUpPlan({ days: 3, ...RULE })
    const { restaurantId, dinerId, ownerId } = plan
    await missYesterday({ dinerId, restaurantId })
    const id = await bookAhead(plan.cellAt(2, 0, 0), plan)
    expect(await move(id, 'CONFIRM', ownerId)).toMatchObject({ ok: true })
  })

  test('a confirmation undone is the same hold again, and its table free once that is over', async () => {
    const { scene, book, otherId, ownerId } = await setUpStaffHolds({ tables: [{ maxParty: 2 }] })
    const { id } = await book()
    const confirmed = await move(id, 'CONFIRM', ownerId)
    if (!confirmed.ok) throw new Error(confirmed.reason)
    const undo = () => undoAct({ actId: confirmed.value.actId, actor: actorOf(ownerId) })
    expect(await undo()).toMatchObject({ ok: true, value: { status: 'HELD' } })
    expect(await listSlots()).toEqual([{ taken: true, isHeld: true }])
    expect(await findContradictions()).toEqual([])
    await runOutHolds()
    expect(await bookAs(otherId, scene)).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('a confirmation is not undone once the hold would be over', async () => {
    const { book, ownerId } = await setUpStaffHolds()
    const { id } = await book()
    const confirmed = await move(id, 'CONFIRM', ownerId)
    if (!confirmed.ok) throw new Error(confirmed.reason)
    await database.query(`UPDATE reservations SET hold_expires_at = now() - interval '1 ms'
                           WHERE status = 'CONFIRMED'`)
    expect(await undoAct({ actId: confirmed.value.actId, actor: actorOf(ownerId) })).toMatchObject({
      reason: 'hold-expired',
    })
    expect(await database.query('SELECT status FROM reservations WHERE id = $1', [id])).toEqual([
      { status: 'CONFIRMED' },
    ])
  })

  test('G5: past its deadline the table is free at once, and staff can’t confirm it any more', async () => {
    const { scene, book, ownerId, otherId } = await setUpStaffHolds({ tables: [{ maxParty: 2 }] })
    const { id } = await book()
    expect(await bookAs(otherId, scene)).toMatchObject({ reason: 'all-being-booked' })
    await runOutHolds()
    expect(await move(id, 'CONFIRM', ownerId)).toMatchObject({ reason: 'hold-expired' })
    expect(await bookAs(otherId, scene)).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('its diner changes it, and it still awaits staff', async () => {
    const plan = await setUpPlan({ days: 3, ...RULE })
    const { restaurantId, dinerId } = plan
    await missYesterday({ dinerId, restaurantId })
    const id = await bookAhead(plan.cellAt(0, 1, 0), plan)
    const asked = toTime(plan.cellAt(0, 0, 2))
    expect(await change(id, asked, dinerId, { scope: 'diner' })).toMatchObject({ ok: true })
    expect(await findOwnReservation({ dinerId, reservationId: id })).toMatchObject({
      status: 'HELD',
      awaitsStaff: true,
    })
  })
})

describe('everybody is told', () => {
  test('the diner why and until when, the owners that it waits, without a name', async () => {
    const { book, ownerId } = await setUpStaffHolds()
    const { id } = await book()
    await drainOutbox()
    expect(titles().toSorted()).toEqual([
      '식당이 예약을 확인하고 있어요',
      '확정을 기다리는 예약이 있어요',
    ])
    const [owner] = await database.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = $1',
      [ownerId],
    )
    const mail = inbox.listMails(owner?.email)[0]
    expect(mail?.text).toContain(`party=${id}`)
    const [diner] = await database.query<{ name: string }>(
      `SELECT a.name FROM accounts a JOIN reservations v ON v.diner_id = a.id WHERE v.id = $1`,
      [id],
    )
    expect(JSON.stringify(mail)).not.toContain(diner?.name)
  })

  test('confirmed: the diner, by the mail of any confirmation', async () => {
    const { book, ownerId } = await setUpStaffHolds()
    const { id } = await book()
    await move(id, 'CONFIRM', ownerId)
    await settle()
    // What was true before is not mailed any more.
    expect(titles()).toEqual(['예약이 확정됐어요'])
  })

  test('not answered in time: the diner, that staff did not confirm it', async () => {
    const { book } = await setUpStaffHolds()
    await book()
    await drainOutbox()
    inbox.clear()
    await runOutHolds()
    await sweepReservations()
    await settle()
    expect(titles()).toEqual(['예약이 확정되지 않았어요'])
    expect(inbox.listMails()[0]?.text).toContain('식당이')
  })
})

test('a diner who has no no-shows is held for nobody, whatever the rule', async () => {
  const { book } = await setUpStaffHolds()
  const [fresh = ''] = await createDinerIds(1)
  expect(await book(fresh)).toMatchObject({ status: 'CONFIRMED', awaitsStaff: false })
})
