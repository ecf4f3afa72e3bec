import { beforeEach, describe, expect, test } from 'vitest'
import { sayLate, sayLateByLink } from '@/domain/booking/lateness.commands'
import { findOwnReservation } from '@/domain/booking/queries'
import { readDay } from '@/domain/floor/queries'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import {
  actorOf,
  beginReservation,
  book,
  move,
  setUpRestaurant,
} from '../support/booking-restaurant'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUp() {
  const { scene, dinerId, otherId, ownerId } = await setUpRestaurant()
  const { id } = await book(dinerId, scene)
  const say = (minutes: number, accountId = dinerId, key: string | null = null) =>
    sayLate({ reservationId: id, minutes, actor: actorOf(accountId), scope: 'either', key })
  const party = async () => {
    const day = await readDay({ restaurantId: scene.restaurantId, accountId: ownerId })
    if (!day.ok) throw new Error(day.reason)
    return day.value.parties[0]
  }
  return { scene, dinerId, otherId, ownerId, id, say, party }
}

describe('a party says how late it will be', () => {
  test('its diner does, the board knows at once, and the diner sees it too', async () => {
    const { id, dinerId, say, party } = await setUp()
    expect(await say(15)).toEqual({ ok: true, value: { id, lateMinutes: 15 } })
    expect(await party()).toMatchObject({ lateMinutes: 15, minutesLate: 15 })
    expect(await findOwnReservation({ dinerId, reservationId: id })).toMatchObject({
      lateMinutes: 15,
    })
    await beginReservation(id)
    await database.query(`UPDATE reservations SET starts_at = now() - interval '20 minutes'`)
    expect(await party()).toMatchObject({ lateMinutes: 15, minutesLate: 20 })
  })

  test('zero takes it back, and the same again changes nothing', async () => {
    const { say, party, id } = await setUp()
    await say(15)
    await say(15)
    expect(
      await database.query(
        `SELECT details FROM audit_events WHERE subject_id = $1 AND act = 'SAY_LATE'`,
        [id],
      ),
    ).toEqual([{ details: { minutes: 15 } }])
    expect(await say(0)).toMatchObject({ value: { lateMinutes: null } })
    expect(await party()).toMatchObject({ lateMinutes: null, minutesLate: 0 })
  })

  test('staff note what a guest has said; strangers find nothing', async () => {
    const { say, ownerId, otherId } = await setUp()
    expect(await say(30, ownerId)).toMatchObject({ ok: true })
    expect(await say(30, otherId)).toEqual({ ok: false, reason: 'not-found' })
  })

  test('the mailed link does, and only while its mailbox is the diner’s', async () => {
    const { id, dinerId, party } = await setUp()
    const [diner] = await database.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = $1',
      [dinerId],
    )
    const token = signMailboxLink({ kind: 'cancel', id, mailbox: diner?.email ?? '' })
    expect(await sayLateByLink({ token, minutes: 15, address: null })).toMatchObject({ ok: true })
    expect(await party()).toMatchObject({ lateMinutes: 15 })
    await pool.query(`UPDATE accounts SET email = 'moved@bobjool.test' WHERE id = $1`, [dinerId])
    expect(await sayLateByLink({ token, minutes: 5, address: null })).toMatchObject({
      reason: 'cancel-link-moved',
    })
    expect(await sayLateByLink({ token: 'nonsense', minutes: 5, address: null })).toMatchObject({
      reason: 'link-unknown',
    })
  })

  test('not once it sits, is gone, or its day is over', async () => {
    const { say, id, ownerId, scene } = await setUp()
    await move(id, 'SEAT', ownerId)
    expect(await say(15)).toEqual({
      ok: false,
      reason: 'cannot-move',
      details: { present: 'SEATED' },
    })
    await move(id, 'CORRECT_SEAT', ownerId)
    await database.query(
      `INSERT INTO service_dates (restaurant_id, service_date) VALUES ($1, $2::date - 1)`,
      [scene.restaurantId, scene.serviceDate],
    )
    await database.query('UPDATE reservations SET service_date = service_date - 1')
    expect(await say(15)).toMatchObject({ reason: 'day-closed' })
  })

  test('an arrived party is not late any more', async () => {
    const { say, id, ownerId, party } = await setUp()
    await say(15)
    expect(await move(id, 'ARRIVE', ownerId)).toMatchObject({ value: { status: 'CONFIRMED' } })
    expect(await party()).toMatchObject({ minutesLate: 0, lateMinutes: 15 })
    expect((await party())?.arrivedAt).not.toBeNull()
  })
})
