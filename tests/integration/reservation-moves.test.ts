import { beforeEach, describe, expect, test } from 'vitest'
import { findOwnReservation, listOwnReservations } from '@/domain/booking/queries'
import { sweepReservations } from '@/domain/booking/sweep.commands'
import { reservationActs } from '@/domain/booking/types'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { beginReservation, book, move, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const noticeStates = () =>
  database.query<{ kind: string; state: string }>(
    'SELECT kind, state::text FROM notices ORDER BY queued_at, kind',
  )

describe('moves along the table of statuses', () => {
  test('a diner’s evening: booked, seated, left; the board is right each time', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    expect(await move(id, 'SEAT', ownerId)).toMatchObject({ ok: true, value: { status: 'SEATED' } })
    expect(await move(id, 'LEAVE', ownerId)).toMatchObject({ ok: true, value: { status: 'LEFT' } })
    expect(await findContradictions()).toEqual([])
    expect(await move(id, 'SEAT', ownerId)).toMatchObject({
      reason: 'cannot-move',
      details: { present: 'LEFT' },
    })
  })

  test('a hold is confirmed in time, and expires otherwise', async () => {
    const { scene, dinerId, otherId } = await setUpRestaurant(undefined, {
      confirmWithinMinutes: 10,
    })
    const { id } = await book(dinerId, scene)
    const held = { kind: 'RESERVATION_HELD', state: 'QUEUED' }
    expect(await noticeStates()).toEqual([held])
    expect(await move(id, 'CONFIRM', dinerId, 'diner')).toMatchObject({
      ok: true,
      value: { status: 'CONFIRMED' },
    })
    expect(await noticeStates()).toEqual([held, { kind: 'RESERVATION_CONFIRMED', state: 'QUEUED' }])
    const late = await book(otherId, scene)
    await database.query(
      `UPDATE reservations SET hold_expires_at = now() - interval '1 ms' WHERE id = $1`,
      [late.id],
    )
    expect(await move(late.id, 'CONFIRM', otherId, 'diner')).toMatchObject({
      reason: 'hold-expired',
    })
    expect(await findOwnReservation({ dinerId: otherId, reservationId: late.id })).toMatchObject({
      status: 'EXPIRED',
    })
    expect(await sweepReservations()).toMatchObject({ ended: 1 })
    expect(
      await database.query('SELECT status FROM reservations WHERE id = $1', [late.id]),
    ).toEqual([{ status: 'EXPIRED' }])
  })

  test('G21: at the slot’s end a seated party still sits', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    await move(id, 'SEAT', ownerId)
    await database.query(
      `UPDATE reservations SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 ms'`,
    )
    expect(await sweepReservations()).toMatchObject({ ended: 0 })
    expect(await database.query('SELECT status FROM reservations')).toEqual([{ status: 'SEATED' }])
  })

  test('a corrected no-show gets its table back, unless it is gone', async () => {
    const { scene, dinerId, otherId, ownerId } = await setUpRestaurant([{ maxParty: 2 }])
    const { id } = await book(dinerId, scene)
    await beginReservation(id)
    await move(id, 'NO_SHOW', ownerId)
    expect(await move(id, 'CORRECT_NO_SHOW', ownerId)).toMatchObject({
      ok: true,
      value: { status: 'CONFIRMED' },
    })
    await move(id, 'NO_SHOW', ownerId)
    await book(otherId, scene)
    expect(await move(id, 'CORRECT_NO_SHOW', ownerId)).toMatchObject({ reason: 'slot-taken' })
    expect(await findContradictions()).toEqual([])
  })

  test('a party can be a no-show only from its time on', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id, startsAt } = await book(dinerId, scene)
    expect(await move(id, 'NO_SHOW', ownerId)).toEqual({
      ok: false,
      reason: 'before-start',
      details: { startsAt },
    })
    expect(await database.query('SELECT status FROM reservations')).toEqual([
      { status: 'CONFIRMED' },
    ])
    await beginReservation(id)
    expect(await move(id, 'NO_SHOW', ownerId)).toMatchObject({ value: { status: 'NO_SHOW' } })
  })

  test('a corrected no-show who has booked again meanwhile keeps the new booking (G2)', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    await beginReservation(id)
    await move(id, 'NO_SHOW', ownerId)
    await book(dinerId, scene)
    const corrected = await move(id, 'CORRECT_NO_SHOW', ownerId)
    expect(['slot-taken', 'already-booked']).toContain(corrected.ok || corrected.reason)
    expect(await findContradictions()).toEqual([])
  })

  test('G11-like: two staff tapping at once get one move and one clear refusal', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    await beginReservation(id)
    const answers = await Promise.all([move(id, 'SEAT', ownerId), move(id, 'NO_SHOW', ownerId)])
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: 'cannot-move' })
  })
})

describe('G19: other people’s reservations are not found', () => {
  test.each(reservationActs)(
    'G19: %s by another diner, another owner or an unapproved one is not-found',
    async (act) => {
      const { scene, dinerId, otherId } = await setUpRestaurant()
      const { id } = await book(dinerId, scene)
      const stranger = await createAccount(pool, { role: 'OWNER' })
      const unapproved = await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null })
      await pool.query(`INSERT INTO restaurant_staff VALUES ($1, $2, 'OWNER')`, [
        scene.restaurantId,
        unapproved.id,
      ])
      for (const accountId of [otherId, stranger.id, unapproved.id])
        for (const scope of ['diner', 'staff', 'either'] as const)
          expect(await move(id, act, accountId, scope)).toEqual({ ok: false, reason: 'not-found' })
      expect(await findOwnReservation({ dinerId: otherId, reservationId: id })).toBeNull()
      expect((await listOwnReservations({ dinerId: otherId, limit: 20 })).items).toEqual([])
    },
  )

  test('G19: a diner can’t do what staff do, even to their own reservation', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    for (const act of ['SEAT', 'LEAVE', 'NO_SHOW'] as const) {
      expect(await move(id, act, dinerId, 'staff')).toMatchObject({ reason: 'not-found' })
      expect(await move(id, act, dinerId, 'either')).toMatchObject({ reason: 'cannot-move' })
    }
  })
})
