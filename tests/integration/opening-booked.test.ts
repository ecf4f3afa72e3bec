import { describe, expect, test, vi } from 'vitest'
import { enterUnbooked } from '@/domain/booking/entry.commands'
import { readOwnPlace } from '@/domain/booking/entry.queries'
import { pool } from '@/lib/db/database'
import { createDiners, createReservation, createSlot } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { createOpening } from '../support/opening-scene'

const database = useDatabase()

async function setUpLobby() {
  const scene = await createOpening()
  const [diner] = await createDiners(pool, { count: 1 })
  const accountId = diner?.id ?? ''
  const { openingId, restaurantId } = scene
  const book = async (status: 'CONFIRMED' | 'HELD' | 'CANCELLED' | 'EXPIRED' = 'CONFIRMED') => {
    const slot = await createSlot(pool, { restaurantId })
    return (await createReservation(pool, { slotId: slot.id, dinerId: accountId, status })).id
  }
  const enter = () => enterUnbooked({ openingId, accountId, epoch: 0, sessionId: null })
  const readPlace = () => readOwnPlace({ openingId, accountId })
  return { ...scene, accountId, book, enter, readPlace }
}

describe('kind 2: the lobby tells at once who can’t take part', () => {
  test.each(['CONFIRMED', 'HELD'] as const)(
    'a diner with a %s reservation of that date does not enter, and is told which one',
    async (status) => {
      const { book, enter, readPlace, openingId } = await setUpLobby()
      const reservationId = await book(status)
      const told = { reason: 'already-booked', details: { reservationId } }
      expect(await Promise.all([enter(), enter(), readPlace()])).toMatchObject([told, told, told])
      expect(
        await database.query('SELECT 1 FROM opening_entries WHERE opening_id = $1', [openingId]),
      ).toEqual([])
    },
  )

  test.each(['CANCELLED', 'EXPIRED'] as const)(
    'a %s reservation, or a hold that ran out, keeps nobody out',
    async (status) => {
      const { book, enter, readPlace, accountId } = await setUpLobby()
      await book(status)
      expect(await readPlace()).toMatchObject({ reason: 'not-found' })
      const heldId = await book('HELD')
      await pool.query(
        `UPDATE reservations SET hold_expires_at = now() - interval '1 ms' WHERE id = $1`,
        [heldId],
      )
      expect(await enter()).toMatchObject({ ok: true })
      expect(await readPlace()).toMatchObject({ ok: true, value: { reservationId: null } })
      expect(accountId).not.toBe('')
    },
  )

  test('a reservation of another date keeps nobody out', async () => {
    const { restaurantId, accountId, enter } = await setUpLobby()
    const startsAt = new Date(Date.now() + 26 * 3_600_000)
    const [day] = await database.query<{ day: string }>(
      `SELECT (service_date + 1)::text AS day FROM openings WHERE restaurant_id = $1`,
      [restaurantId],
    )
    const slot = await createSlot(pool, { restaurantId, startsAt, serviceDate: day?.day ?? '' })
    await createReservation(pool, { slotId: slot.id, dinerId: accountId })
    expect(await enter()).toMatchObject({ ok: true })
  })

  test('G15: who has entered keeps the place, and every device learns of the booking', async () => {
    const { book, enter, readPlace } = await setUpLobby()
    const first = await enter()
    const reservationId = await book()
    expect(await enter()).toEqual(first)
    expect(await readPlace()).toMatchObject({ ok: true, value: { reservationId } })
    await pool.query(
      `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER' WHERE id = $1`,
      [reservationId],
    )
    expect(await readPlace()).toMatchObject({ ok: true, value: { reservationId: null } })
  })

  test('an ended session learns nothing of a booking', async () => {
    const { book, openingId, accountId } = await setUpLobby()
    await book()
    expect(await enterUnbooked({ openingId, accountId, epoch: 7, sessionId: null })).toMatchObject({
      reason: 'signed-out',
    })
  })

  test('entering stays one round trip to Postgres, also when it is refused', async () => {
    const { book, enter } = await setUpLobby()
    await book()
    const queries = vi.spyOn(pool, 'query')
    const acquired = vi.fn()
    pool.on('acquire', acquired)
    await enter()
    pool.off('acquire', acquired)
    expect([queries.mock.calls.length, acquired.mock.calls.length]).toEqual([0, 1])
    vi.restoreAllMocks()
  })
})
