import { beforeEach, describe, expect, test } from 'vitest'
import { cancelByLink } from '@/domain/booking/cancel-link.commands'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { previewDeletion } from '@/domain/booking/queries'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { beginReservation, book, move, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const readStatus = async (id: string) =>
  (await database.query('SELECT status::text FROM reservations WHERE id = $1', [id]))[0]?.status

/** The reservation began that many minutes ago. */
const moveStart = (id: string, minutes: number) =>
  pool.query(
    `UPDATE reservations SET starts_at = now() - make_interval(mins => $2), ends_at = now() + interval '1 hour' WHERE id = $1`,
    [id, minutes],
  )

describe('a diner’s cancellation after the start', () => {
  test.each([0, 1, 24 * 60])('is refused %i minutes after it, by every way', async (minutes) => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    await moveStart(id, minutes)
    for (const scope of ['diner', 'either'] as const)
      expect(await move(id, 'CANCEL', dinerId, scope)).toEqual({
        ok: false,
        reason: 'after-start',
        details: { startsAt: expect.any(String) },
      })
    const [diner] = await database.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = $1',
      [dinerId],
    )
    const token = signMailboxLink({ kind: 'cancel', id, mailbox: diner?.email ?? '' })
    expect(await cancelByLink({ token, address: null })).toMatchObject({
      reason: 'cancel-link-over',
    })
    expect(await readStatus(id)).toBe('CONFIRMED')
    expect(await database.query(`SELECT 1 FROM notices WHERE kind LIKE '%CANCELLED'`)).toEqual([])
  })

  test('leaves the no-show to the staff, who may still cancel', async () => {
    const { scene, dinerId, otherId, ownerId } = await setUpRestaurant()
    const missed = await book(dinerId, scene)
    const excused = await book(otherId, scene)
    for (const { id } of [missed, excused]) await beginReservation(id)
    await move(missed.id, 'CANCEL', dinerId, 'either')
    expect(await move(missed.id, 'NO_SHOW', ownerId)).toMatchObject({ ok: true })
    expect(await move(excused.id, 'CANCEL', ownerId, 'either')).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('staff who booked at their own restaurant cancel as staff, an admin as the diner', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const { id: adminId } = await createAccount(pool, { role: 'ADMIN' })
    const own = await book(ownerId, scene)
    const admins = await book(adminId, scene)
    for (const { id } of [own, admins]) await beginReservation(id)
    expect(await move(own.id, 'CANCEL', ownerId, 'either')).toMatchObject({ ok: true })
    expect(await move(admins.id, 'CANCEL', adminId, 'either')).toMatchObject({
      reason: 'after-start',
    })
  })

  test('is not made by deleting the account either', async () => {
    const { scene } = await setUpRestaurant()
    const { id: dinerId, email } = await createAccount(pool, { passwordHash: null })
    const { id } = await book(dinerId, scene)
    await beginReservation(id)
    expect(await previewDeletion(dinerId)).toMatchObject({ coming: 0 })
    const proof = { password: '', email }
    expect(await deleteAccount({ accountId: dinerId, email, proof })).toMatchObject({
      value: { cancelled: 0 },
    })
    expect(await readStatus(id)).toBe('CONFIRMED')
    expect(await findContradictions()).toEqual([])
  })
})
