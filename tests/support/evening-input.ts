import { expect } from 'vitest'
import { pool } from '@/lib/db/database'
import { askApi, expectProblem, readJson } from './api-client'
import { fingerprintRows, setUpRestaurant } from './http-scene'

export const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
export const DAY_MINUTES = 24 * 60
export const nobody = '00000000-0000-4000-8000-000000000000'

export const addArea = async (restaurantId: string, numbers: number[]) => {
  const { rows } = await pool.query<{ id: string }>(
    `WITH made AS (INSERT INTO restaurant_areas (restaurant_id, name, position) VALUES ($1, '테라스', 0) RETURNING id),
          put AS (UPDATE restaurant_tables t SET area_id = made.id FROM made
                   WHERE t.restaurant_id = $1 AND t.number = ANY($2))
     SELECT id FROM made`,
    [restaurantId, numbers],
  )
  return rows[0]?.id ?? ''
}

/** Three tables whose seating is in an hour, a fourth that is out of use, and the first closed until then. */
export async function setUpClosedTable({ url }: { url: string }) {
  const restaurant = await setUpRestaurant({
    inMinutes: 60,
    tables: [{ maxParty: 4 }, { maxParty: 4 }, { maxParty: 4 }, { maxParty: 4 }],
  })
  const { restaurantId, owner } = restaurant
  await pool.query(
    'UPDATE restaurant_tables SET deleted_at = now() WHERE restaurant_id = $1 AND number = 4',
    [restaurantId],
  )
  const slots = restaurant.slotIds.map(String)
  await pool.query('UPDATE slots SET deleted_at = now() WHERE id = $1', [slots[3]])
  const ask = (
    method: string,
    path: string,
    { token = owner.token, ...given }: Omit<Parameters<typeof askApi>[0], 'url' | 'path'> = {},
  ) =>
    askApi({
      url,
      method,
      path: `/api/v1/restaurants/${restaurantId}/${path}`,
      token,
      ...given,
    })
  const close = (body: unknown, given: object = {}) => ask('POST', 'closures', { body, ...given })
  const closed = async (tableNumbers: number[]) => {
    const answer = await close({ tableNumbers, from: inMinutes(0), to: inMinutes(240) })
    expect(answer.status, answer.text).toBe(201)
    return readJson(answer)
  }
  const closureId = String((await closed([1])).id)
  return { ...restaurant, slots, ask, close, closed, closureId }
}
export type ClosedTable = Awaited<ReturnType<typeof setUpClosedTable>>

export const invalid = { status: 422, reason: 'invalid' } as const
export const notFound = { status: 404, reason: 'not-found' } as const
export const noSuchTable = { status: 422, reason: 'no-such-table' } as const
export const pastTime = { status: 422, reason: 'past-time' } as const
export const alreadyClosed = { status: 409, reason: 'already-closed' } as const
export const signedOut = { status: 401, reason: 'signed-out' } as const
export const badParameter = { status: 400, reason: 'invalid-parameter' } as const
export type Refused = Parameters<typeof expectProblem>[1]

/** Asked for, refused, and nothing is another than before. */
export async function expectRefused(
  asking: () => ReturnType<typeof askApi>,
  refused: Refused,
): Promise<void> {
  const before = await fingerprintRows()
  expectProblem(await asking(), refused)
  expect(await fingerprintRows()).toEqual(before)
}
