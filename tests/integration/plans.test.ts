import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createDiners } from '@/prisma/factories'
import { setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { setUpLine } from '../support/line-scene'

const database = useDatabase()
const diners: string[] = []

/** Only a superuser may have the server say each time that it plans. */
let connection: pg.Client
let plans = 0

beforeAll(async () => {
  connection = new pg.Client({ connectionString: database.superuserUrl })
  await connection.connect()
  connection.on('notice', ({ message }) => {
    if (message?.startsWith('PLANNER STATISTICS')) plans += 1
  })
})
afterAll(() => connection.end())
beforeEach(async () => {
  await database.truncateAll()
  diners.splice(0)
  const made = await createDiners(database.pool, { count: 30 })
  diners.push(...made.map(({ id }) => id))
})

/** PL/pgSQL tries five plans for its parameters before it decides whether to keep one. */
const TRIED = 10

/** How often each call plans a statement, its own included, once the connection has settled. */
async function countPlans(call: (index: number) => Promise<unknown>): Promise<number[]> {
  for (let index = 0; index < TRIED; index += 1) await call(index)
  await connection.query('SET client_min_messages = log')
  await connection.query('SET log_planner_stats = on')
  const counts: number[] = []
  for (let index = TRIED; index < TRIED + 5; index += 1) {
    plans = 0
    await call(index)
    counts.push(plans)
  }
  await connection.query('RESET log_planner_stats')
  await connection.query('RESET client_min_messages')
  return counts
}

it('locking a line plans the statement that calls it, and nothing inside', async () => {
  const { restaurantId } = await setUpLine()
  await connection.query(
    `INSERT INTO lines (restaurant_id, service_date)
     SELECT id, service_date_at(now(), time_zone, day_cut_minutes) FROM restaurants`,
  )
  const counts = await countPlans(() =>
    connection.query(
      'SELECT lock_line(restaurant_id, service_date) FROM lines WHERE restaurant_id = $1',
      [restaurantId],
    ),
  )
  expect(counts).toEqual([1, 1, 1, 1, 1])
})

it('joining a line plans two statements: its own, and whether the session goes on', async () => {
  const { restaurantId } = await setUpLine()
  await database.query('ANALYZE')
  const counts = await countPlans(async (index) => {
    const { rows } = await connection.query<{ answer: { isNew: boolean } }>(
      `SELECT take_ticket($1, 'ONLINE', $2, 0, NULL, $3, 'h', 2, 'IN_STORE', NULL, NULL, 'ko', NULL) AS answer`,
      [restaurantId, diners[index], randomUUID()],
    )
    expect(rows[0]?.answer).toMatchObject({ isNew: true })
  })
  expect(Math.max(...counts)).toBeLessThanOrEqual(2)
})

it('a booking plans the statement that calls it, and nothing inside', async () => {
  const scene = await setUpSeating({ tables: diners.map(() => ({ maxParty: 4 })) })
  await database.query('ANALYZE')
  const counts = await countPlans(async (index) => {
    const { rows } = await connection.query<{ answer: { replayed: boolean } }>(
      `SELECT place_reservation(
         p_diner => $1, p_key => $2, p_request_hash => 'h', p_restaurant => $3, p_service_date => $4,
         p_starts_at => $5, p_party_size => 2, p_slot => NULL, p_note => NULL, p_address => NULL) AS answer`,
      [diners[index], randomUUID(), scene.restaurantId, scene.serviceDate, scene.startsAt],
    )
    expect(rows[0]?.answer).toMatchObject({ replayed: false })
  })
  expect(counts).toEqual([1, 1, 1, 1, 1])
})
