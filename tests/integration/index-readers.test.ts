import { beforeAll, describe, expect, test, vi } from 'vitest'
import { readService } from '@/domain/admin/metrics.queries'
import { listAuditLog, readTodayFigures } from '@/domain/admin/queries'
import { auditLogQuery } from '@/domain/admin/schema'
import { listReservationsOf } from '@/domain/booking/search.queries'
import { readDay, watchDay } from '@/domain/floor/queries'
import { listNotices, listNoticesAbout, listNoticesOf } from '@/domain/notification/history.queries'
import { noticeQuery } from '@/domain/notification/history.schema'
import { readNextDueMs } from '@/domain/notification/outbox.queries'
import { pool } from '@/lib/db/database'
import { createAccount, createStaff } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { type QueuedNotice, queueBooking, queueConfirmed } from '../support/notices'

const database = useDatabase()

let told: QueuedNotice
let staffId: string

/** Tables that are long enough for an index to be worth its while, and one booking just made. */
beforeAll(async () => {
  await database.truncateAll()
  told = await queueConfirmed(pool)
  staffId = (await createAccount(pool, { role: 'OWNER' })).id
  await createStaff(pool, { restaurantId: told.restaurantId, accountId: staffId })
  const { accountId, restaurantId, reservationId } = told
  await database.query(
    `INSERT INTO audit_events (at, actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status)
     SELECT now() - n * interval '1 minute', a.id, 'DINER', CASE n % 3 WHEN 0 THEN '203.0.113.7' WHEN 1 THEN '203.0.113.0/24' END,
            r.id, 'RESERVATION', gen_random_uuid(), 'BOOK', 'CONFIRMED'
       FROM generate_series(1, 20000) n
       LEFT JOIN restaurants r ON r.id = $1 AND n % 100 = 0 LEFT JOIN accounts a ON a.id = $2 AND n % 100 = 0`,
    [restaurantId, accountId],
  )
  await database.query(
    `INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, payload, state, sent_at, due_at)
     SELECT e.id, CASE WHEN n % 2 = 0 THEN 'RESERVATION_CONFIRMED' ELSE 'RESERVATION_SOON' END, e.actor_id, e.restaurant_id, e.subject_id,
            'a@bobjool.test', 'ko', '{}', CASE WHEN n % 2 = 0 THEN 'SENT' ELSE 'QUEUED' END::notice_state,
            CASE WHEN n % 2 = 0 THEN now() END, now() + n * interval '1 minute'
       FROM (SELECT *, row_number() OVER () AS n FROM audit_events WHERE act = 'BOOK') AS e`,
  )
  await database.query(
    `INSERT INTO reservations (restaurant_id, diner_id, service_date, starts_at, ends_at, party_size, status)
     SELECT restaurant_id, CASE WHEN n % 100 = 0 THEN diner_id END, date '2010-01-01' + n % 4000, timestamptz '2010-01-01' + n * interval '1 hour',
            timestamptz '2010-01-01' + (n + 1) * interval '1 hour', 2, 'LEFT'
       FROM reservations, generate_series(1, 20000) n WHERE id = $1`,
    [reservationId],
  )
  await queueBooking(pool)
  await database.query('ANALYZE')
})

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }

const listScans = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' ? [String(plan['Relation Name'])] : []),
  ...(plan.Plans ?? []).flatMap(listScans),
]

const LONG = ['audit_events', 'notices', 'reservations']

async function listWholeReads(statements: readonly unknown[][]): Promise<string[]> {
  const scans: string[] = []
  for (const [text, values] of statements) {
    const { rows } = await database.pool.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      `EXPLAIN (FORMAT JSON) ${String(text)}`,
      Array.isArray(values) ? values : [],
    )
    scans.push(
      ...rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan: plan }) => listScans(plan))),
    )
  }
  return scans.filter((table) => LONG.includes(table))
}

/** Of the statements of a reading, the long tables that the planner would read as a whole. */
async function readAndExplain(read: () => Promise<unknown>): Promise<string[]> {
  const watched = vi.spyOn(pool, 'query')
  await read()
  const statements = [...watched.mock.calls]
  watched.mockRestore()
  expect(statements.length).toBeGreaterThan(0)
  return listWholeReads(statements)
}

const every = { accountId: null, restaurantId: null, timeZone: 'Asia/Seoul' }
const query = noticeQuery.parse({})
const events = { ...auditLogQuery.parse({}), accountId: null, restaurantId: null }

const readings: Record<string, () => Promise<unknown>> = {
  'everybody’s notices': () => listNotices({ ...every, query }),
  'a restaurant’s notices': () => listNotices({ ...every, restaurantId: told.restaurantId, query }),
  'a person’s notices': () => listNoticesOf({ accountId: told.accountId, cursor: null }),
  'notices about a reservation': () => listNoticesAbout(told.reservationId),
  'when the next notice is due': readNextDueMs,
  'the audit log': () => listAuditLog(events),
  'a restaurant’s audit log': () => listAuditLog({ ...events, restaurantId: told.restaurantId }),
  'a person’s audit log': () => listAuditLog({ ...events, accountId: told.accountId }),
  'today’s figures': readTodayFigures,
  'a diner’s reservations': () => listReservationsOf({ dinerId: told.accountId, cursor: null }),
  'a day of the board': () =>
    readDay({ restaurantId: told.restaurantId, date: '2015-03-04', accountId: staffId }),
  'the poll of a board': () =>
    watchDay({
      restaurantId: told.restaurantId,
      date: '2015-03-04',
      session: { accountId: staffId, epoch: 0, sessionId: told.accountId },
    }),
}

describe('what a booking enters fewer indexes for is read along one all the same', () => {
  test.each(Object.entries(readings))('%s', async (_, read) => {
    expect(await readAndExplain(read)).toEqual([])
  })

  test('control: without its index the history is read as a whole', async () => {
    await database.query('BEGIN; DROP INDEX notices_ordinal_idx; COMMIT')
    expect(await readAndExplain(() => listNotices({ ...every, query }))).toEqual(['notices'])
    await database.query(
      `CREATE INDEX notices_ordinal_idx ON notices (ordinal) WHERE channel <> 'NONE' OR state <> 'QUEUED'`,
    )
  })
})

describe('what Prometheus reads', () => {
  test('goes along indexes to what is open, however much there was before', async () => {
    await database.query(
      `UPDATE notices SET state = 'SENT', sent_at = now() WHERE state = 'QUEUED' AND channel <> 'NONE' AND kind = 'RESERVATION_SOON'`,
    )
    await database.query('ANALYZE')
    expect(await readAndExplain(readService)).toEqual([])
  })

  test('control: without their index waiting notices are looked for among all', async () => {
    await database.query('DROP INDEX notices_lanes_idx, notices_to_send_idx')
    expect(await readAndExplain(readService)).toContain('notices')
  })
})
