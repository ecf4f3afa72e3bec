import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { hashRequest } from '@/domain/identity/idempotency.commands'
import { createRestaurant, createSlot, createTable } from '@/prisma/factories'
import { createDinerIds } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { TIME_ZONE } from '../support/time-zone'
import { countWritten } from '../support/wal'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** Tables free at seven in the evening, some days from now on the restaurant's wall. */
async function setUpEvening({
  tables,
  timeZone = TIME_ZONE,
  inDays = 5,
}: {
  tables: number
  timeZone?: string
  inDays?: number
}) {
  const { id: restaurantId } = await createRestaurant(database.pool, { timeZone })
  const [evening] = await database.query<{ date: string; startsAt: Date }>(
    `SELECT date::text, (date + time '19:00') AT TIME ZONE $2 AS "startsAt"
       FROM (SELECT service_date_at(now(), $2, day_cut_minutes) + $3::int AS date FROM restaurants WHERE id = $1) AS r`,
    [restaurantId, timeZone, inDays],
  )
  const { date = '', startsAt = new Date() } = evening ?? {}
  for (let made = 0; made < tables; made += 1) {
    const { id: tableId } = await createTable(database.pool, { restaurantId, maxParty: 4 })
    await createSlot(database.pool, { tableId, startsAt, serviceDate: date })
  }
  return { restaurantId, date, startsAt }
}

/** A zone in which that hour has begun. */
function zoneAt(hour: number): string {
  const ahead = (hour - new Date().getUTCHours() + 24) % 24
  return ahead <= 12 ? `Etc/GMT-${ahead}` : `Etc/GMT+${24 - ahead}`
}

/** A Slack of the restaurant, which is told of bookings too. */
const connectSlack = (restaurantId: string) =>
  database.query(
    `INSERT INTO slack_hooks (restaurant_id, url, locale) VALUES ($1, 'https://hooks.slack.com/services/1', 'ko')`,
    [restaurantId],
  )

/** As long as every request's. */
const HASH = hashRequest({})

const sum = (counts: Record<string, number>) =>
  Object.values(counts).reduce((total, count) => total + count, 0)

const book = ({
  dinerId,
  evening: { restaurantId, date, startsAt },
}: {
  dinerId: string
  evening: Awaited<ReturnType<typeof setUpEvening>>
}) =>
  countWritten({
    database,
    sql: `SELECT CASE WHEN set_config('bobjool.request_id', $7, true) IS NOT NULL THEN place_reservation(
            p_diner => $1, p_key => $2, p_request_hash => $6, p_restaurant => $3, p_service_date => $4,
            p_starts_at => $5, p_party_size => 2, p_slot => NULL, p_note => NULL, p_address => '203.0.113.7',
            p_one_notice => true) END AS answer`,
    values: [dinerId, randomUUID(), restaurantId, date, startsAt, HASH, randomUUID()],
  })

/** Of most bookings: now and then one splits a full page of an index. */
const middle = (bytes: number[]) => bytes.toSorted((a, b) => a - b)[bytes.length >> 1]

/** Before and after six, when the evening before is still to come or over; five days ahead, and one. */
test.each([
  [0, 5],
  [12, 5],
  [17, 1],
  [18, 1],
  [23, 1],
])(
  'G16: a booking at %i o’clock, %i days ahead, writes no more rows, entries and bytes than it needs',
  async (hour, inDays) => {
    const evening = await setUpEvening({ tables: 6, timeZone: zoneAt(hour), inDays })
    await connectSlack(evening.restaurantId)
    const walBytes: number[] = []
    for (const dinerId of await createDinerIds(6)) {
      const { answer, written } = await book({ dinerId, evening })
      expect(answer).toMatchObject({ replayed: false })
      const told = JSON.stringify(written)
      expect(written.rows, told).toEqual({
        audit_events: 1,
        idempotency_keys: 1,
        notices: 1,
        reservation_slots: 1,
        reservations: 1,
      })
      expect(sum(written.entries), told).toBeLessThanOrEqual(15)
      walBytes.push(written.walBytes)
    }
    // The first makes the tables' pages.
    expect(middle(walBytes.slice(1)), `${walBytes}`).toBeLessThan(3_000)
  },
)

test('a booking of a diner whom the restaurant knows writes as much as anybody’s', async () => {
  const evening = await setUpEvening({ tables: 6 })
  const { restaurantId } = evening
  const [first = '', ...known] = await createDinerIds(6)
  // It makes the tables' pages.
  await book({ dinerId: first, evening })
  await database.query(
    `INSERT INTO guests (restaurant_id, name, note, account_id)
     SELECT $1, '김단골', '창가 자리', id FROM unnest($2::uuid[]) AS known (id)`,
    [restaurantId, known],
  )
  const readEntries = () => database.query('SELECT * FROM guests ORDER BY id')
  const before = await readEntries()
  const walBytes: number[] = []
  for (const dinerId of known) {
    const { written } = await book({ dinerId, evening })
    const told = JSON.stringify(written)
    expect(written.rows, told).toEqual({
      audit_events: 1,
      idempotency_keys: 1,
      notices: 1,
      reservation_slots: 1,
      reservations: 1,
    })
    expect(sum(written.entries), told).toBeLessThanOrEqual(15)
    walBytes.push(written.walBytes)
  }
  expect(middle(walBytes), `${walBytes}`).toBeLessThan(3_000)
  expect(await readEntries()).toEqual(before)
})

test('what a diner’s booking is not looked up by holds no entry of it', async () => {
  const { restaurantId, date, startsAt } = await setUpEvening({ tables: 1 })
  const [dinerId] = await createDinerIds(1)
  const { written } = await countWritten({
    database,
    sql: `SELECT place_reservation(
            p_diner => $1, p_key => 'k', p_request_hash => 'h', p_restaurant => $2, p_service_date => $3,
            p_starts_at => $4, p_party_size => 2, p_slot => NULL, p_note => NULL, p_address => NULL, p_one_notice => true) AS answer`,
    values: [dinerId, restaurantId, date, startsAt],
  })
  const without = [
    'notices_dead_idx',
    'notices_kept_idx',
    'notices_allergies_idx',
    'notices_to_send_idx',
  ]
  const ofHistory = ['notices_ordinal_idx', 'notices_restaurant_idx', 'notices_account_idx']
  const ofGuests = ['reservations_guest_idx', 'reservations_one_coming_per_guest']
  for (const name of [...without, ...ofHistory, ...ofGuests, 'audit_events_addresses_idx'])
    expect(written.entries, name).not.toHaveProperty(name)
})
