import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { BookingRequest } from '@/domain/booking/schema'
import { SESSION_SECONDS, type SessionClaims, signSession } from '@/lib/crypto/session-token'
import { pool } from '@/lib/db/database'
import { pickLocale } from '@/lib/i18n/locale'
import { createAccount, createStaff } from '@/prisma/factories'
import type { Account } from '@/prisma/generated/client'
import { type Answer, askApi } from './api-client'
import { type AppPlan, type RunningApps, startApps } from './app-server'
import { type BookingScene, requestFor, setUpSeating } from './booking-scene'
import { useDatabase } from './database'
import { useInbox } from './inbox'
import { useGateway } from './stack-gateway'

/** The build may have to be made first, beside whatever else the machine does. */
export const START_WITHIN_MS = 1_200_000

/** Production processes on this file's own stores, from its first test to its last. */
export function useApps(wish: Partial<AppPlan> | (() => Promise<Partial<AppPlan>>) = {}) {
  const database = useDatabase()
  const gateway = useGateway()
  const inbox = useInbox()
  let running: RunningApps | null = null
  beforeAll(async () => {
    const change = typeof wish === 'function' ? await wish() : wish
    running = await startApps({
      databaseUrl: database.databaseUrl,
      gateway,
      smtpUrl: inbox.smtpUrl,
      ...change,
    })
  }, START_WITHIN_MS)
  afterAll(() => running?.stop())
  const appAt = (index: number) => {
    const app = running?.apps[index]
    if (!app) throw new Error(`application process ${index} is not running`)
    return app
  }
  return {
    urlOf: (index = 0) => appAt(index).url,
    outputOf: (index = 0) => appAt(index).readOutput().join('\n'),
  }
}

/** A bearer token as it was given before sessions had rows: it lives until it expires. */
export function signTokenFor(
  account: Pick<Account, 'id' | 'email'>,
  change: Partial<SessionClaims> = {},
): Promise<string> {
  const { id: accountId, email } = account
  return signSession({
    accountId,
    email,
    name: '손님',
    role: 'DINER',
    locale: 'ko',
    epoch: 0,
    awaitsApproval: false,
    sessionId: null,
    endsAt: Math.floor(Date.now() / 1000) + SESSION_SECONDS,
    ...change,
  })
}

export interface Person {
  id: string
  email: string
  token: string
}

/** Opens a session as signing in with a password does, without the cost of hashing one. */
export async function openSessionOf(
  account: Pick<Account, 'id' | 'email'>,
  {
    device = { browser: 'CHROME', system: 'MAC' },
    ...change
  }: Partial<SessionClaims> & {
    device?: { browser: string; system: string }
  } = {},
): Promise<{ token: string; sessionId: string }> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO sessions (account_id, epoch, browser, system, expires_at, proof, proved_at)
     SELECT id, session_epoch, $2, $3, now() + interval '30 days', 'PASSWORD', now()
       FROM accounts WHERE id = $1 RETURNING id`,
    [account.id, device.browser, device.system],
  )
  const sessionId = rows[0]?.id
  if (!sessionId) throw new Error('no account to open a session for')
  return { sessionId, token: await signTokenFor(account, { sessionId, ...change }) }
}

/** A person with a session, proved by a password a moment ago. */
export async function createPerson(
  change: Partial<Account> = {},
): Promise<Person & { sessionId: string }> {
  const { id, email, role, name, locale } = await createAccount(pool, change)
  const claims = { role, name, locale: pickLocale(locale) }
  return { id, email, ...(await openSessionOf({ id, email }, claims)) }
}

/** A restaurant with one seating today, its approved owner, and a diner without reservations. */
export async function setUpRestaurant(plan: Partial<Parameters<typeof setUpSeating>[0]> = {}) {
  const owner = await createPerson({ role: 'OWNER', name: '이사장' })
  const scene = await setUpSeating({ tables: [{ maxParty: 4 }], ...plan })
  await createStaff(pool, { restaurantId: scene.restaurantId, accountId: owner.id })
  return { ...scene, owner, diner: await createPerson() }
}

/** Asks for a table as the page does, with a key of its own unless one is given. */
export function bookOver({
  url,
  token,
  scene,
  key = randomUUID(),
  attempt,
  headers,
  ...change
}: {
  url: string
  token?: string
  scene: BookingScene
  key?: string
  attempt?: number
  headers?: Record<string, string>
} & Partial<BookingRequest>): Promise<Answer> {
  return askApi({
    url,
    method: 'POST',
    path: '/api/v1/reservations',
    token,
    headers: {
      'idempotency-key': key,
      ...(attempt !== undefined && { 'idempotency-attempt': String(attempt) }),
      ...headers,
    },
    body: requestFor(scene, change),
  })
}

const TABLES = [
  ...['accounts', 'account_links', 'audit_events', 'external_logins', 'idempotency_keys'],
  'link_requests',
  'sessions',
  'agreements',
  ...['reservations', 'reservation_slots', 'restaurant_closures', 'restaurant_hours'],
  ...['restaurant_areas', 'restaurant_combinations'],
  ...['restaurant_pictures', 'restaurant_staff', 'restaurant_tables', 'restaurants'],
  ...['occupancies', 'service_dates', 'slots', 'staff_invitations'],
  ...['kiosks', 'line_settings', 'lines', 'tickets'],
  ...['guests', 'guest_tags', 'guest_tag_marks', 'guest_diets'],
  ...['guest_imports', 'guest_import_parts'],
  ...['guest_devices', 'push_subscriptions'],
  ...['staff_pins', 'pin_tries', 'tablet_authors'],
  ...['table_closures', 'closed_tables', 'shift_notes'],
]
/**
 * The rest of the row is written as notices from earlier are claimed and delivered meanwhile; bookings'
 * notices become mails then, and their reminders are made.
 */
const TOLD = `(
  SELECT id, coalesce(event_id, id) AS event_id, kind, CASE channel WHEN 'NONE' THEN 'MAIL' ELSE channel END AS channel,
         CASE channel WHEN 'NONE' THEN (SELECT diner_id FROM reservations v WHERE v.id = subject_id) ELSE account_id END AS account_id,
         subject_id
    FROM notices WHERE kind NOT IN ('RESERVATION_TOMORROW', 'RESERVATION_SOON'))`

/** All rows of every table: equal before and after means that nothing was written. */
export async function fingerprintRows(): Promise<Record<string, string>> {
  const sources = [...TABLES.map((table) => [table, table]), ['notices', TOLD]]
  const parts = sources.map(
    ([name, source]) =>
      `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS rows
         FROM ${source} t`,
  )
  const { rows } = await pool.query<{ name: string; rows: string }>(parts.join(' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, rows: content }) => [name, content]))
}
