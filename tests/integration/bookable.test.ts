import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { book, setUpRestaurant } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('G3: the slot fits, is offered and has not begun, by the database’s clock', () => {
  const refusals: [string, string, Record<string, unknown>?][] = [
    ['party-size', 'SELECT 1', { partySize: 5 }],
    ['past-time', `UPDATE slots SET starts_at = now() - interval '1 ms'`],
    ['no-such-time', `UPDATE slots SET starts_at = starts_at + interval '1 minute'`],
    ['no-such-time', 'UPDATE slots SET deleted_at = now()'],
    ['sold-out', 'UPDATE slots SET blocked = true'],
    ['bookings-off', 'UPDATE restaurants SET bookings_on = false'],
    ['closed-day', 'UPDATE service_dates SET closed = true'],
    ['not-found', 'UPDATE restaurants SET deleted_at = now()'],
    ['not-found', 'SELECT 1', { restaurantId: randomUUID() }],
    ['no-such-time', 'SELECT 1', { slotId: randomUUID() }],
    ['past-date', 'SELECT 1', { serviceDate: '2020-01-01' }],
    ['beyond-horizon', 'SELECT 1', { serviceDate: '2090-01-01' }],
    ['not-today', 'UPDATE restaurants SET same_day_only = true', { serviceDate: '2090-01-01' }],
  ]
  test.each(refusals)('G3: %s after %s', async (reason, sql, change = {}) => {
    const { scene, dinerId } = await setUpRestaurant()
    await database.query(sql)
    const startsAt = await database.query<{ at: Date }>('SELECT starts_at AS at FROM slots LIMIT 1')
    const request =
      reason === 'past-time' ? { startsAt: startsAt[0]?.at.toISOString(), ...change } : change
    expect(await bookAs(dinerId, scene, request)).toMatchObject({ ok: false, reason })
    expect(await database.query('SELECT 1 FROM reservations')).toHaveLength(0)
  })

  test('G3: a booking one millisecond before the opening gets not-open-yet with opensAt, at the opening a table', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const [row] = await database.query<{ opens: Date }>(
      `UPDATE service_dates SET opens_at = now() + interval '1 hour' RETURNING opens_at AS opens`,
    )
    expect(await bookAs(dinerId, scene)).toMatchObject({
      reason: 'not-open-yet',
      details: { opensAt: row?.opens.toISOString() },
    })
    // Whole milliseconds: now() itself could round up to an instant still to come.
    await database.query(`UPDATE service_dates SET opens_at = date_trunc('milliseconds', now())`)
    expect(await bookAs(dinerId, scene)).toMatchObject({ ok: true })
  })

  test('G3: the smallest class that fits is taken first, in whatever order the tables stand', async () => {
    const { scene, dinerId, otherId } = await setUpRestaurant([{ maxParty: 6 }, { maxParty: 2 }])
    expect((await book(dinerId, scene)).slotId).toBe(scene.slotIds[1])
    expect((await book(otherId, scene)).slotId).toBe(scene.slotIds[0])
  })
})
