import { beforeEach, describe, expect, test } from 'vitest'
import { listOwnReservations } from '@/domain/booking/queries'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createSlot } from '@/prisma/factories'
import type { ReservationStatus } from '@/prisma/generated/client'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** That many hours from now; a reservation lasts ninety minutes. */
type Wish = [name: string, hours: number, status: ReservationStatus]

/** One diner's reservations, each at its own restaurant and named by its note. */
async function setUpList(wishes: Wish[]): Promise<string> {
  const { id: dinerId } = await createAccount(pool)
  for (const [note, hours, status] of wishes) {
    const startsAt = new Date(Date.now() + hours * 3_600_000)
    const { id: slotId } = await createSlot(pool, { startsAt })
    await createReservation(pool, { slotId, dinerId, status, note })
  }
  return dinerId
}

async function readAll(dinerId: string, limit: number): Promise<(string | null)[]> {
  const notes: (string | null)[] = []
  let cursor: string | undefined
  do {
    const page = await listOwnReservations({ dinerId, cursor, limit })
    notes.push(...page.items.map(({ note }) => note))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return notes
}

const MIXED: Wish[] = [
  ['cancelled tomorrow', 24, 'CANCELLED'],
  ['in a week', 24 * 7, 'CONFIRMED'],
  ['at the table', -1, 'SEATED'],
  ['last month', -24 * 30, 'LEFT'],
  ['missed', -24 * 2, 'NO_SHOW'],
  ['soon', 2, 'CONFIRMED'],
  ['yesterday', -24, 'LEFT'],
  ['ran out', 30, 'EXPIRED'],
  ['held', 3, 'HELD'],
  ['forgotten', -5, 'CONFIRMED'],
]
const SORTED = [
  ...['at the table', 'soon', 'held', 'in a week'],
  ...['forgotten', 'yesterday', 'missed', 'last month'],
  ...['ran out', 'cancelled tomorrow'],
]

describe('a diner’s list of reservations', () => {
  test.each([1, 2, 3, 4, 50])(
    'begins with the next one, then past ones, then cancelled ones, in pages of %i',
    async (limit) => {
      expect(await readAll(await setUpList(MIXED), limit)).toEqual(SORTED)
    },
  )

  test('begins with the next one however many there are', async () => {
    const many = Array.from(
      { length: 24 },
      (_, index): Wish => [`later ${index}`, 48 + index, 'CONFIRMED'],
    )
    const dinerId = await setUpList([...many, ['next', 1, 'CONFIRMED']])
    const { items } = await listOwnReservations({ dinerId, limit: 20 })
    expect(items[0]?.note).toBe('next')
  })

  test('lists none twice and leaves none out when one ends between two pages', async () => {
    const dinerId = await setUpList(MIXED)
    const first = await listOwnReservations({ dinerId, limit: 4 })
    await database.query(
      `UPDATE reservations SET ends_at = now() - interval '1 ms' WHERE status = 'SEATED'`,
    )
    const cursor = first.nextCursor ?? undefined
    const second = await listOwnReservations({ dinerId, cursor, limit: 50 })
    const notes = [...first.items, ...second.items].map(({ note }) => note)
    expect(new Set(notes).size).toBeGreaterThanOrEqual(SORTED.length)
  })

  test('orders those that begin at one instant by their id, page by page', async () => {
    const dinerId = await setUpList(
      Array.from({ length: 5 }, (_, index): Wish => [`${index}`, 5, 'CONFIRMED']),
    )
    await database.query(`UPDATE reservations SET starts_at = '2099-01-01', ends_at = '2099-01-02'`)
    const notes = await readAll(dinerId, 2)
    expect(notes.toSorted()).toEqual(['0', '1', '2', '3', '4'])
  })

  test('a cursor that is not ours means the first page', async () => {
    const dinerId = await setUpList(MIXED)
    for (const cursor of ['', 'x', 'WyJhIl0', Buffer.from('["2026-01-01"]').toString('base64url')])
      expect(
        (await listOwnReservations({ dinerId, cursor, limit: 1 })).items.map(({ note }) => note),
      ).toEqual(['at the table'])
  })
})
