import { pool } from '@/lib/db/database'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createServiceDate,
  createSlot,
  createStaff,
  createTable,
} from '@/prisma/factories'
import type { TestDatabase } from './database'

export const DATE = '2026-12-04'
/** In Seoul, 18:00 to 19:30; its table has another slot from 21:00 to 22:30. */
export const STARTS_AT = '2026-12-04T09:00:00Z'
export const ENDS_AT = '2026-12-04T10:30:00Z'

/** One row of each kind, by name, for the statements of the tests to run against. */
export async function createScene(database: TestDatabase) {
  const diner = await createAccount(pool)
  const owner = await createAccount(pool, { role: 'OWNER' })
  const restaurant = await createRestaurant(pool)
  const other = await createRestaurant(pool)
  await createStaff(pool, { restaurantId: restaurant.id, accountId: owner.id })
  const table = await createTable(pool, { restaurantId: restaurant.id })
  const empty = await createTable(pool, { restaurantId: restaurant.id })
  await createServiceDate(pool, { restaurantId: restaurant.id, serviceDate: DATE })
  const slot = await createSlot(pool, {
    tableId: table.id,
    serviceDate: DATE,
    startsAt: new Date(STARTS_AT),
  })
  const late = await createSlot(pool, {
    tableId: table.id,
    serviceDate: DATE,
    startsAt: new Date('2026-12-04T12:00:00Z'),
  })
  const reservation = await createReservation(pool, { slotId: slot.id, dinerId: diner.id })
  const [event] = await database.query<{ id: string }>('SELECT id FROM audit_events')
  const [notice] = await database.query<{ id: string }>(
    `INSERT INTO notices (event_id, kind, subject_id, recipient, locale, payload)
     VALUES ($1, 'RESERVATION_CONFIRMED', $2, 'to@bobjool.test', 'ko', '{}') RETURNING id`,
    [event?.id, reservation.id],
  )
  await database.query(
    `INSERT INTO idempotency_keys (account_id, key, request_hash, response) VALUES ($1, 'k', 'h', '{}')`,
    [diner.id],
  )
  const [link] = await database.query<{ id: string }>(
    `INSERT INTO account_links (account_id, purpose, email, expires_at)
     VALUES ($1, 'SIGN_IN', 'to@bobjool.test', now() + interval '1 hour') RETURNING id`,
    [diner.id],
  )
  await database.query(insertRequest('link_id', `'${link?.id}'`))
  await database.query(
    `INSERT INTO sessions (account_id, epoch, browser, system, expires_at)
     VALUES ($1, 0, 'CHROME', 'MAC', now() + interval '1 day')`,
    [diner.id],
  )
  for (const table of ['staff_pins (restaurant_id, account_id, pin_hash)', 'pin_tries'])
    await database.query(
      `INSERT INTO ${table} VALUES ($1, $2${table === 'pin_tries' ? '' : `, 'hash'`})`,
      [restaurant.id, owner.id],
    )
  await database.query(
    'INSERT INTO tablet_authors (session_id, restaurant_id, account_id) SELECT id, $1, $2 FROM sessions',
    [restaurant.id, owner.id],
  )
  const [invitation] = await database.query<{ id: string }>(
    `INSERT INTO staff_invitations (restaurant_id, email, role, expires_at)
     VALUES ($1, 'new@bobjool.test', 'STAFF', now() + interval '1 hour') RETURNING id`,
    [restaurant.id],
  )
  await database.query(insertPasskey({ account: `'${diner.id}'` }))
  await database.query(
    `INSERT INTO passkey_challenges (challenge, purpose, browser_id, account_id, expires_at)
     VALUES (decode(repeat('00', 32), 'hex'), 'ADD', gen_random_uuid(), $1, now() + interval '1 minute')`,
    [diner.id],
  )
  await database.query(
    `INSERT INTO auth_keys (key_id, public_key) VALUES ('00000000', repeat('A', 43))`,
  )
  await database.query(`INSERT INTO external_logins VALUES ('kakao', '1', $1)`, [diner.id])
  await database.query('INSERT INTO restaurant_hours VALUES ($1, 5, 1020, 1320)', [restaurant.id])
  await database.query('INSERT INTO restaurant_closures VALUES ($1, $2)', [restaurant.id, DATE])
  await database.query(
    `INSERT INTO restaurant_pictures VALUES ($1, 0, 'https://e.example/a.jpg', '밥')`,
    [restaurant.id],
  )
  const [opening] = await database.query<{ id: string }>(
    `${insertOpening({ date: DATE }).replace('{restaurant}', `'${restaurant.id}'`)} RETURNING id`,
  )
  await database.query(`INSERT INTO opening_rates VALUES ($1, '2026-12-04T01:00:00Z', 5)`, [
    opening?.id,
  ])
  await database.query(
    `INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby, number) VALUES ($1, $2, repeat('a', 32), true, 1)`,
    [opening?.id, diner.id],
  )
  await database.query(`INSERT INTO opening_turns VALUES ($1, repeat('a', 32))`, [opening?.id])
  await database.query(
    `INSERT INTO opening_reminders (opening_id, account_id, about) VALUES ($1, $2, 'TURN')`,
    [opening?.id, diner.id],
  )
  await database.query(
    `INSERT INTO opening_cohorts (opening_id, cohort, frozen_at, entry_count, entries_hash) VALUES ($1, 1, now(), 1, 'h')`,
    [opening?.id],
  )
  await database.query(
    'INSERT INTO recurring_openings (restaurant_id, opens_minutes, turns_per_second) VALUES ($1, 600, 5)',
    [restaurant.id],
  )
  const [area] = await database.query<{ id: string }>(
    `INSERT INTO restaurant_areas (restaurant_id, name, position) VALUES ($1, '홀', 0) RETURNING id`,
    [restaurant.id],
  )
  await database.query(
    `INSERT INTO shift_notes (restaurant_id, service_date, text) VALUES ($1, '2026-12-04', '케이크 9시')`,
    [restaurant.id],
  )
  const [closure] = await database.query<{ id: string }>(
    `INSERT INTO table_closures (restaurant_id, area_id, starts_at, ends_at, reason)
     VALUES ($1, $2, '2026-12-06T09:00Z', '2026-12-06T12:00Z', '비') RETURNING id`,
    [restaurant.id, area?.id],
  )
  await database.query(
    `INSERT INTO closed_tables SELECT id, $2, starts_at, ends_at FROM table_closures WHERE id = $1`,
    [closure?.id, empty.id],
  )
  const [combination] = await database.query<{ id: string }>(
    `INSERT INTO restaurant_combinations (restaurant_id, table_ids, min_party, max_party)
     VALUES ($1, $2, 5, 8) RETURNING id`,
    [restaurant.id, [table.id, empty.id].toSorted()],
  )
  const { ticket, kiosk } = await createLineScene(database, {
    restaurant: restaurant.id,
    diner: diner.id,
  })
  const [guest] = await database.query<{ id: string }>(
    `INSERT INTO guests (restaurant_id, name, phone) VALUES ($1, '이단골', '+821012345678') RETURNING id`,
    [restaurant.id],
  )
  const [tag] = await database.query<{ id: string }>(
    `INSERT INTO guest_tags (restaurant_id, name, color) VALUES ($1, 'VIP', 'ACCENT') RETURNING id`,
    [restaurant.id],
  )
  await database.query(
    'INSERT INTO guest_tag_marks (guest_id, tag_id, restaurant_id) VALUES ($1, $2, $3)',
    [guest?.id, tag?.id, restaurant.id],
  )
  await database.query(
    `INSERT INTO guest_diets (guest_id, restaurant_id, allergies, consent_way, consented_at)
     VALUES ($1, $2, '땅콩', 'PHONE', now())`,
    [guest?.id, restaurant.id],
  )
  const [imported] = await database.query<{ id: string }>(
    `INSERT INTO guest_imports (restaurant_id, account_id, dry_run, lines, counts, ignored_columns)
     VALUES ($1, $2, false, 1, '{}', '{}') RETURNING id`,
    [restaurant.id, owner.id],
  )
  await database.query(
    `INSERT INTO guest_import_parts (import_id, part, lines) VALUES ($1, 1, '[]')`,
    [imported?.id],
  )
  const devices = await createChannels(database, { restaurant: restaurant.id, diner: diner.id })
  return {
    ...devices,
    ticket,
    kiosk,
    diner: diner.id,
    owner: owner.id,
    restaurant: restaurant.id,
    other: other.id,
    table: table.id,
    empty: empty.id,
    guest: guest?.id ?? '',
    tag: tag?.id ?? '',
    import: imported?.id ?? '',
    slot: slot.id,
    late: late.id,
    reservation: reservation.id,
    event: event?.id ?? '',
    notice: notice?.id ?? '',
    link: link?.id ?? '',
    opening: opening?.id ?? '',
    invitation: invitation?.id ?? '',
    area: area?.id ?? '',
    closure: closure?.id ?? '',
    combination: combination?.id ?? '',
    nobody: '00000000-0000-4000-8000-000000000000',
  }
}

async function createLineScene(
  database: TestDatabase,
  scene: { restaurant: string; diner: string },
) {
  const { restaurant, diner } = scene
  await database.query('INSERT INTO line_settings VALUES ($1)', [restaurant])
  await database.query('INSERT INTO lines VALUES ($1, $2, 1)', [restaurant, DATE])
  const [kiosk] = await database.query<{ id: string }>(
    `INSERT INTO kiosks (restaurant_id, name, token_hash) VALUES ($1, '입구', 't1') RETURNING id`,
    [restaurant],
  )
  const [ticket] = await database.query<{ id: string }>(
    `INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel, account_id, asker_id, taken_key, taken_hash)
     VALUES ($1, $2, 1, 1, 2, 'IN_STORE', 'ONLINE', $3, $3, 'k', 'h') RETURNING id`,
    [restaurant, DATE, diner],
  )
  await database.query(
    `INSERT INTO idempotency_keys (ticket_id, key, request_hash, response) VALUES ($1, 'k', 'h', '{}')`,
    [ticket?.id],
  )
  return { ticket: ticket?.id ?? '', kiosk: kiosk?.id ?? '' }
}

/** A device of the diner, and the restaurant's Slack. */
async function createChannels(
  database: TestDatabase,
  scene: { restaurant: string; diner: string },
) {
  await database.query(
    `INSERT INTO slack_hooks (restaurant_id, url, locale) VALUES ($1, 'https://hooks.slack.com/services/1', 'ko')`,
    [scene.restaurant],
  )
  const [device] = await database.query<{ id: string }>(
    `INSERT INTO push_subscriptions (account_id, endpoint, p256dh, auth)
     VALUES ($1, 'https://push.example/1', repeat('p', 87), repeat('a', 22)) RETURNING id`,
    [scene.diner],
  )
  const [guestDevice] = await database.query<{ id: string }>(
    `INSERT INTO guest_devices (ticket_id, endpoint, p256dh, auth)
     SELECT id, 'https://push.example/1', repeat('p', 87), repeat('a', 22) FROM tickets RETURNING id`,
  )
  return { device: device?.id ?? '', guestDevice: guestDevice?.id ?? '' }
}

export type Scene = Awaited<ReturnType<typeof createScene>>

/** `{slot}` in a statement stands for the id of the scene's slot; `{nobody}` is no one's id. */
export function fillIds({ scene, sql }: { scene: Scene; sql: string }): string {
  return sql.replace(/\{(\w+)\}/g, (_, name) => {
    const id: unknown = Reflect.get(scene, name)
    if (typeof id !== 'string') throw new Error(`expected a row of the scene, found {${name}}`)
    return `'${id}'`
  })
}

export const insertAccount = (columns: string, values: string) =>
  `INSERT INTO accounts (password_hash, email, name${columns}) VALUES ('h', 'new@bobjool.test', 'n'${values})`
export const insertRestaurant = (columns: string, values: string) =>
  `INSERT INTO restaurants (name, category, region, address, phone, description, slug${columns})
   VALUES ('n', 'c', 'r', 'a', 'p', 'd', 'new-one'${values})`
export const insertTable = (columns: string, values: string) =>
  `INSERT INTO restaurant_tables (restaurant_id, min_party, max_party, ${columns}) VALUES ({restaurant}, 1, 4, ${values})`
export const insertSlot = ({
  table = '{table}',
  restaurant = '{restaurant}',
  date = DATE,
  from = '2026-12-04T15:00:00Z',
  to = '2026-12-04T16:00:00Z',
  columns = '',
  values = '',
}) =>
  `INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party${columns})
   VALUES (${restaurant}, '${date}', ${table}, '${from}', '${to}', 1, 4${values})`
export const insertReservation = ({
  diner = 'NULL',
  restaurant = '{restaurant}',
  date = DATE,
  status = 'CONFIRMED',
  columns = '',
  values = '',
}) =>
  `INSERT INTO reservations (restaurant_id, service_date, starts_at, ends_at, party_size, diner_id, status${columns})
   VALUES (${restaurant}, '${date}', '${STARTS_AT}', '${ENDS_AT}', 2, ${diner}, '${status}'${values})`
export const insertEvent = (columns: string, values: string) =>
  `INSERT INTO audit_events (subject, subject_id, act, to_status, ${columns})
   VALUES ('RESERVATION', {reservation}, 'BOOK', 'CONFIRMED', ${values})`
export const insertNotice = ({ event = '{event}', account = 'NULL', id = 'gen_random_uuid()' }) =>
  `INSERT INTO notices (id, event_id, account_id, kind, subject_id, recipient, locale, payload)
   VALUES (${id}, ${event}, ${account}, 'K', {reservation}, 'other@bobjool.test', 'ko', '{}')`
export const insertKey = (account: string, key: string) =>
  `INSERT INTO idempotency_keys (account_id, key, request_hash, response) VALUES (${account}, ${key}, 'h', '{}')`
export const insertOpening = ({
  restaurant = '{restaurant}',
  date = '2026-12-05',
  lobby = '2026-12-04T00:00:00Z',
  gate = '2026-12-04T02:00:00Z',
  secret = '00'.repeat(32),
  commitment = '',
  columns = '',
  values = '',
}) =>
  `INSERT INTO openings (restaurant_id, service_date, lobby_opens_at, opens_at, gate_until, secret, commitment${columns})
   VALUES (${restaurant}, '${date}', '${lobby}', '2026-12-04T01:00:00Z', '${gate}', decode('${secret}', 'hex'),
           '${commitment}' || encode(sha256(decode('${secret}', 'hex')), 'hex')${values})`
export const insertEntry = ({
  opening = '{opening}',
  account = '{owner}',
  entry = 'b'.repeat(32),
  number = '2',
}) => `INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby, number)
   VALUES (${opening}, ${account}, '${entry}', true, ${number})`
export const insertCohort = ({
  opening = '{opening}',
  cohort = '2',
  count = '1',
  columns = '',
  values = '',
}) => `INSERT INTO opening_cohorts (opening_id, cohort, frozen_at, entry_count, entries_hash${columns})
   VALUES (${opening}, ${cohort}, now(), ${count}, 'x'${values})`
export const insertTurn = ({ opening = '{opening}', entry = 'b'.repeat(32) }) =>
  `INSERT INTO opening_turns (opening_id, entry_id) VALUES (${opening}, '${entry}')`
export const insertReminder = ({ opening = '{opening}', account = '{owner}' }) =>
  `INSERT INTO opening_reminders (opening_id, account_id, about) VALUES (${opening}, ${account}, 'TURN')`
export const insertRecurringOpening = (
  column: string,
  value: string,
  opens = 'opens_minutes',
  restaurant = '{other}',
) =>
  `INSERT INTO recurring_openings (restaurant_id, turns_per_second, ${opens && `${opens}, `}${column})
   VALUES (${restaurant}, 5, ${opens && '600, '}${value})`
export const insertLink = (columns: string, values: string) =>
  `INSERT INTO account_links (purpose, email, expires_at, ${columns})
   VALUES ('SIGN_IN', 'a@bobjool.test', now() + interval '1 hour', ${values})`
export const insertRequest = (columns: string, values: string) =>
  `INSERT INTO link_requests (purpose, email, browser, system, return_path, number, choices, expires_at, ${columns})
   VALUES ('SIGN_IN', 'a@bobjool.test', 'CHROME', 'MAC', '/', 11, '{11,12,13}', now() + interval '1 hour', ${values})`
export const insertPasskey = ({
  account = '{diner}',
  id = 'gen_random_uuid()',
  credential = '00',
}) =>
  `INSERT INTO passkeys (account_id, id, credential_id, public_key, counter, is_synced, is_backed_up, name)
   VALUES (${account}, ${id}, decode(repeat('${credential}', 16), 'hex'), decode(repeat('00', 77), 'hex'), 0, true, true, 'n')`
export const insertInvitation = (columns: string, values: string) =>
  `INSERT INTO staff_invitations (email, role, expires_at, ${columns})
   VALUES ('new@bobjool.test', 'STAFF', now() + interval '1 hour', ${values})`
export const setAll = (table: string, assignments: string[]) =>
  assignments.map((assignment) => `UPDATE ${table} SET ${assignment}`)
export const takeSlot = (reservation: string, slot: string) =>
  `INSERT INTO reservation_slots (reservation_id, slot_id) VALUES (${reservation}, ${slot})`

export const reservationOf = (status: string, columns = '', values = '') =>
  insertReservation({ status, columns, values })

export const insertOccupancy = ({
  table = '{table}',
  restaurant = '{restaurant}',
  reservation = '{reservation}',
  columns = '',
  values = '',
}: Partial<Record<'table' | 'restaurant' | 'reservation' | 'columns' | 'values', string>>) =>
  `INSERT INTO occupancies (restaurant_id, table_id, reservation_id, service_date, seated_at${columns})
   VALUES (${restaurant}, ${table}, ${reservation}, '${DATE}', now()${values})`
