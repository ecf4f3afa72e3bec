import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { constraintNames } from '@/lib/db/constraint'
import { agreementRefusals } from '../support/agreement-refusals'
import { channelRefusals } from '../support/channel-refusals'
import { closureRefusals } from '../support/closure-refusals'
import {
  createScene,
  DATE,
  ENDS_AT,
  fillIds,
  insertAccount,
  insertEvent,
  insertInvitation,
  insertKey,
  insertLink,
  insertNotice,
  insertRequest,
  insertReservation,
  insertRestaurant,
  insertSlot,
  reservationOf,
  type Scene,
  STARTS_AT,
  setAll,
  takeSlot,
} from '../support/constraint-scene'
import { useDatabase } from '../support/database'
import { disputeRefusals } from '../support/dispute-refusals'
import { guestBookRefusals } from '../support/guest-book-refusals'
import { guestRefusals } from '../support/guest-refusals'
import { keyRefusals } from '../support/key-refusals'
import { lineGuarantees, lineRefusals } from '../support/line-refusals'
import { occupancyRefusals } from '../support/occupancy-refusals'
import { openingRefusals } from '../support/opening-constraints'
import { passkeyRefusals } from '../support/passkey-refusals'
import { pinRefusals } from '../support/pin-refusals'
import { notingTriggers, readingIndexes } from '../support/reading-indexes'
import { sessionRefusals } from '../support/session-refusals'
import { tableGroupRefusals } from '../support/table-group-refusals'

const database = useDatabase()

/** Every constraint and unique index with what it refuses; each statement violates only that one. */
const refusals: Record<string, string[]> = {
  ...lineRefusals,
  ...channelRefusals,
  ...passkeyRefusals,
  ...pinRefusals,
  ...keyRefusals,
  ...sessionRefusals,
  ...occupancyRefusals,
  ...guestRefusals,
  ...guestBookRefusals,
  ...closureRefusals,
  ...tableGroupRefusals,
  ...disputeRefusals,
  account_links_account_fkey: [insertLink('account_id', '{nobody}')],
  account_links_email_lower_case: setAll('account_links', [`email = 'Upper@bobjool.test'`]),
  account_links_expires_later: setAll('account_links', ['expires_at = created_at']),
  account_links_pkey: [insertLink('account_id, id', '{diner}, {link}')],
  link_requests_expires_later: setAll('link_requests', ['expires_at = created_at']),
  link_requests_five_tries: setAll('link_requests', ['code_tries = 6', 'code_tries = -1']),
  link_requests_link_fkey: [insertRequest('link_id', '{nobody}')],
  link_requests_link_key: [insertRequest('link_id', '{link}')],
  link_requests_pkey: [insertRequest('id', '(SELECT id FROM link_requests)')],
  link_requests_purpose_known: setAll('link_requests', [`purpose = 'CHANGE_ADDRESS'`]),
  link_requests_return_here: setAll('link_requests', [
    `return_path = ''`,
    `return_path = '//evil.example'`,
    `return_path = '/\\evil.example'`,
    `return_path = 'https://evil.example/'`,
  ]),
  link_requests_three_choices: setAll('link_requests', [
    'number = 14',
    `choices = '{11,12}'`,
    `choices = '{11,12,13,14}'`,
  ]),
  account_links_purpose_known: setAll('account_links', [`purpose = 'OTHER'`]),
  accounts_email_key: setAll('accounts', [`email = 'same@bobjool.test'`]),
  accounts_email_lower_case: setAll('accounts', [`email = 'Upper-' || id || '@bobjool.test'`]),
  accounts_locale_known: setAll('accounts', [`locale = 'jp'`, `locale = 'KO'`, `locale = ''`]),
  accounts_name_length: setAll('accounts', [`name = ''`, `name = repeat('밥', 101)`]),
  accounts_only_owners_approved: [
    ...setAll('accounts', [`role = 'ADMIN', owner_approved_at = now()`]),
    'UPDATE accounts SET owner_approved_at = now() WHERE id = {diner}',
    `UPDATE accounts SET role = 'DINER' WHERE id = {owner}`,
  ],
  accounts_owner_answered_once: [
    `UPDATE accounts SET owner_refused_at = now(), owner_refusal = 'no' WHERE id = {owner}`,
  ],
  accounts_owner_refusal_length: setAll('accounts', [
    `owner_approved_at = NULL, owner_refused_at = now(), owner_refusal = ''`,
    `owner_approved_at = NULL, owner_refused_at = now(), owner_refusal = repeat('밥', 501)`,
  ]),
  accounts_owner_refusal_whole: setAll('accounts', [
    'owner_approved_at = NULL, owner_refused_at = now()',
    `owner_refusal = 'no'`,
  ]),
  accounts_phone_length: setAll('accounts', [`phone = repeat('0', 31)`]),
  accounts_pkey: [insertAccount(', id', ', {diner}')],
  ...agreementRefusals,
  audit_events_actor_fkey: [insertEvent('actor_role, actor_id', `'DINER', {nobody}`)],
  audit_events_actor_role_known: [
    insertEvent('actor_role', `'GUEST'`),
    insertEvent('actor_role', `''`),
  ],
  audit_events_pkey: [insertEvent('actor_role, id', `'DINER', {event}`)],
  audit_events_request_id: [
    insertEvent('actor_role, request_id', `'DINER', 'short'`),
    insertEvent('actor_role, request_id', `'DINER', repeat('x', 65)`),
    insertEvent('actor_role, request_id', `'DINER', 'has space in it'`),
  ],
  external_logins_account_fkey: [`INSERT INTO external_logins VALUES ('naver', '2', {nobody})`],
  external_logins_one_per_provider: [`INSERT INTO external_logins VALUES ('kakao', '2', {diner})`],
  external_logins_pkey: [`INSERT INTO external_logins VALUES ('kakao', '1', {owner})`],
  external_logins_provider_known: setAll('external_logins', [`provider = 'other'`]),
  idempotency_keys_account_fkey: [insertKey('{nobody}', `'k'`)],
  idempotency_keys_key_length: [
    insertKey('{diner}', `''`),
    insertKey('{diner}', `repeat('k', 201)`),
  ],
  idempotency_keys_once_per_account: [insertKey('{diner}', `'k'`)],
  idempotency_keys_one_asker: [
    insertKey('NULL', `'k'`),
    'UPDATE idempotency_keys SET ticket_id = {ticket}',
  ],
  mail_refusals_address_lower_case: [
    `INSERT INTO mail_refusals (address, kind, reason) VALUES ('A@b.test', 'BOUNCE', 'x')`,
  ],
  mail_refusals_kind_known: [
    `INSERT INTO mail_refusals (address, kind, reason) VALUES ('a@b.test', 'MOOD', 'x')`,
  ],
  mail_refusals_pkey: [
    `INSERT INTO mail_refusals (address, kind, reason) VALUES ('a@b.test', 'BOUNCE', 'x'), ('a@b.test', 'BOUNCE', 'y')`,
  ],
  mail_reports_id_length: [`INSERT INTO mail_reports (id) VALUES ('')`],
  forgotten_counts_pkey: [`INSERT INTO forgotten_counts (what) VALUES ('a'), ('a')`],
  backups_pkey: [`INSERT INTO backups (ended_at) VALUES ('2026-11-30'), ('2026-11-30')`],
  sweeps_pkey: [`INSERT INTO sweeps (what, took_ms, failed_jobs) VALUES ('a', 1, 0), ('a', 1, 0)`],
  mail_reports_pkey: [`INSERT INTO mail_reports (id) VALUES ('a'), ('a')`],
  notices_account_fkey: [insertNotice({ account: '{nobody}' })],
  notices_channel_known: setAll('notices', [`channel = 'PIGEON'`]),
  notices_dropped_has_reason: setAll('notices', [`dropped_because = 'past'`]),
  notices_event_fkey: [insertNotice({ event: '{nobody}' })],
  notices_event_known: setAll('notices', ['event_id = NULL']),
  notices_lease_whole: setAll('notices', [
    'lease_token = gen_random_uuid()',
    'lease_until = now()',
  ]),
  notices_locale_known: setAll('notices', [`locale = 'jp'`]),
  notices_once_per_event: [
    `INSERT INTO notices (event_id, kind, subject_id, recipient, locale, payload)
     VALUES ({event}, 'RESERVATION_CONFIRMED', {reservation}, 'to@bobjool.test', 'en', '{}')`,
  ],
  notices_pkey: [insertNotice({ id: '{notice}' })],
  notices_sent_has_instant: setAll('notices', [`state = 'SENT'`, 'sent_at = now()']),
  ...openingRefusals,
  reservation_slots_one_active_per_slot: [
    `WITH second AS (${insertReservation({})} RETURNING id) INSERT INTO reservation_slots SELECT id, {slot} FROM second`,
  ],
  reservation_slots_pkey: ['INSERT INTO reservation_slots VALUES ({reservation}, {slot}, now())'],
  reservation_slots_reservation_fkey: [takeSlot('{nobody}', '{late}')],
  reservation_slots_slot_fkey: [
    takeSlot('{reservation}', '{nobody}'),
    'DELETE FROM slots WHERE id = {slot}',
  ],
  reservations_allergies_length: setAll('reservations', [
    `allergies = ''`,
    `allergies = repeat('밥', 201)`,
  ]),
  reservations_cancelled_by_known: [
    reservationOf('CANCELLED'),
    reservationOf('CANCELLED', ', cancelled_by', `, 'GUEST'`),
    reservationOf('CONFIRMED', ', cancelled_by', `, 'DINER'`),
  ],
  reservations_diner_fkey: [insertReservation({ diner: '{nobody}' })],
  reservations_end_after_start: setAll('reservations', [
    'ends_at = starts_at',
    `starts_at = 'infinity'`,
  ]),
  reservations_entry_shape: setAll('reservations', [`entry_id = 'nobody'`]),
  reservations_hold_has_deadline: [reservationOf('HELD'), reservationOf('EXPIRED')],
  reservations_note_length: setAll('reservations', [`note = repeat('밥', 501)`]),
  reservations_one_active_per_diner: [
    insertReservation({ diner: '{diner}' }),
    insertReservation({
      diner: '{diner}',
      status: 'HELD',
      columns: ', hold_expires_at',
      values: `, '2020-01-01'`,
    }),
  ],
  reservations_party_range: setAll('reservations', [
    'party_size = 0',
    'party_size = -1',
    'party_size = 101',
  ]),
  reservations_pkey: [reservationOf('CONFIRMED', ', id', ', {reservation}')],
  reservations_restaurant_fkey: [insertReservation({ restaurant: '{nobody}' })],
  reservations_staff_note_length: setAll('reservations', [
    `staff_note = ''`,
    `staff_note = repeat('밥', 501)`,
  ]),
  reservations_walk_in_has_no_diner: setAll('reservations', ['walk_in = true']),
  restaurant_closures_pkey: [`INSERT INTO restaurant_closures VALUES ({restaurant}, '${DATE}')`],
  restaurant_closures_reason_length: setAll('restaurant_closures', [
    `reason = ''`,
    `reason = repeat('밥', 101)`,
  ]),
  restaurant_closures_restaurant_fkey: [
    `INSERT INTO restaurant_closures VALUES ({nobody}, '${DATE}')`,
  ],
  restaurant_hours_no_overlap: [
    'INSERT INTO restaurant_hours VALUES ({restaurant}, 5, 1000, 1100)',
    'INSERT INTO restaurant_hours VALUES ({restaurant}, 5, 1319, 1400)',
  ],
  restaurant_hours_pkey: ['INSERT INTO restaurant_hours VALUES ({restaurant}, 5, 1020, 1021)'],
  restaurant_hours_range: [
    'INSERT INTO restaurant_hours VALUES ({restaurant}, 6, 600, 600)',
    'INSERT INTO restaurant_hours VALUES ({restaurant}, 6, -1, 600)',
    'INSERT INTO restaurant_hours VALUES ({restaurant}, 6, 600, 2880)',
  ],
  restaurant_hours_restaurant_fkey: ['INSERT INTO restaurant_hours VALUES ({nobody}, 5, 600, 700)'],
  restaurant_hours_weekday_range: [
    'INSERT INTO restaurant_hours VALUES ({restaurant}, 0, 600, 700)',
    'INSERT INTO restaurant_hours VALUES ({restaurant}, 8, 600, 700)',
  ],
  restaurant_pictures_alt_length: setAll('restaurant_pictures', [
    `alt = ''`,
    `alt = repeat('밥', 201)`,
  ]),
  restaurant_pictures_pkey: [
    `INSERT INTO restaurant_pictures VALUES ({restaurant}, 0, 'https://e.example/b.jpg', '국')`,
  ],
  restaurant_pictures_position_range: setAll('restaurant_pictures', [
    'position = -1',
    'position = 10',
  ]),
  restaurant_pictures_restaurant_fkey: [
    `INSERT INTO restaurant_pictures VALUES ({nobody}, 0, 'https://e.example/b.jpg', '국')`,
  ],
  restaurant_pictures_url_secure: setAll('restaurant_pictures', [
    `url = 'http://e.example/a.jpg'`,
    `url = 'javascript:alert(1)'`,
  ]),
  restaurant_staff_account_fkey: [
    'INSERT INTO restaurant_staff VALUES ({restaurant}, {nobody}, $$OWNER$$)',
  ],
  restaurant_staff_pkey: ['INSERT INTO restaurant_staff VALUES ({restaurant}, {owner}, $$STAFF$$)'],
  restaurant_staff_restaurant_fkey: [
    'INSERT INTO restaurant_staff VALUES ({nobody}, {owner}, $$OWNER$$)',
  ],
  // Only a target for foreign keys: what violates it violates the primary key first.
  restaurants_confirm_range: setAll('restaurants', [
    'confirm_within_minutes = 0',
    'confirm_within_minutes = 1441',
  ]),
  restaurants_day_cut_in_night: setAll('restaurants', [
    'day_cut_minutes = -1',
    'day_cut_minutes = 721',
  ]),
  restaurants_guest_note_en_length: setAll('restaurants', [
    `guest_note_en = ''`,
    `guest_note_en = repeat('a', 1001)`,
  ]),
  restaurants_guest_note_length: setAll('restaurants', [
    `guest_note = ''`,
    `guest_note = repeat('밥', 1001)`,
  ]),
  restaurants_hidden_reason_length: setAll('restaurants', [
    `published = false, hidden_at = now(), hidden_reason = ''`,
    `published = false, hidden_at = now(), hidden_reason = repeat('밥', 501)`,
  ]),
  restaurants_hidden_unpublished: setAll('restaurants', [
    `hidden_at = now(), hidden_reason = 'why'`,
  ]),
  restaurants_hidden_whole: setAll('restaurants', [
    'published = false, hidden_at = now()',
    `published = false, hidden_reason = 'why'`,
  ]),
  restaurants_horizon_range: setAll('restaurants', ['horizon_days = -1', 'horizon_days = 366']),
  restaurants_map_url_secure: setAll('restaurants', [`map_url = 'http://map.example'`]),
  restaurants_name_length: setAll('restaurants', [`name = ''`, `name = repeat('밥', 101)`]),
  restaurants_opens_days_range: setAll('restaurants', [
    'opens_days_before = -1',
    'opens_days_before = 366',
  ]),
  restaurants_opens_in_day: setAll('restaurants', ['opens_minutes = -1', 'opens_minutes = 1440']),
  restaurants_pkey: [insertRestaurant(', id', ', {restaurant}')],
  restaurants_seating_range: setAll('restaurants', [
    'seating_minutes = 14',
    'seating_minutes = 721',
  ]),
  restaurants_slug_key: setAll('restaurants', [`slug = 'same'`]),
  restaurants_time_zone_known: setAll('restaurants', [`time_zone = 'Asia/Nowhere'`]),
  restaurants_slug_shape: setAll('restaurants', [
    ...[`slug = 'Upper'`, `slug = '1st'`, `slug = 'a'`, `slug = 'a/b'`, `slug = E'ab\\n'`],
    `slug = repeat('a', 61)`,
  ]),
  service_dates_opens_with_opening: setAll('service_dates', [`opens_at = '2026-12-04T01:00:01Z'`]),
  service_dates_pkey: [`INSERT INTO service_dates VALUES ({restaurant}, '${DATE}')`],
  service_dates_restaurant_fkey: [`INSERT INTO service_dates VALUES ({nobody}, '${DATE}')`],
  slots_deleted_is_not_taken: ['UPDATE slots SET deleted_at = now() WHERE id = {slot}'],
  slots_gave_way_is_of_the_plan: ['UPDATE slots SET gave_way = true WHERE id = {late}'],
  slots_off_plan_is_taken: [
    // Never free, never a hold, never blocked: nothing can offer it.
    'UPDATE slots SET off_plan = true WHERE id = {late}',
    "UPDATE slots SET off_plan = true, held_until = now() + interval '1 hour' WHERE id = {slot}",
    'UPDATE slots SET off_plan = true, blocked = true WHERE id = {slot}',
  ],
  slots_end_after_start: [
    insertSlot({ from: ENDS_AT, to: ENDS_AT, table: '{empty}' }),
    insertSlot({ from: STARTS_AT, to: '2026-12-04T21:00:00.001Z', table: '{empty}' }),
  ],
  slots_held_is_taken: ['UPDATE slots SET held_until = now() WHERE id = {late}'],
  slots_no_overlap: [
    insertSlot({ from: STARTS_AT, to: ENDS_AT }),
    insertSlot({ from: '2026-12-04T09:30:00Z', to: '2026-12-04T10:00:00Z' }),
    insertSlot({ from: '2026-12-04T08:00:00Z', to: '2026-12-04T11:00:00Z' }),
    insertSlot({ from: '2026-12-04T08:00:00Z', to: '2026-12-04T09:00:00.001Z' }),
    insertSlot({ from: '2026-12-04T10:29:59.999Z', to: '2026-12-04T11:00:00Z' }),
    `UPDATE slots SET starts_at = '2026-12-04T10:00:00Z' WHERE id = {late}`,
  ],
  slots_party_range: setAll('slots', ['min_party = 0', 'min_party = 5', 'max_party = 101']),
  slots_pkey: [insertSlot({ columns: ', id', values: ', {slot}' })],
  slots_service_date_fkey: [insertSlot({ date: '2026-12-05' })],
  slots_table_fkey: [
    insertSlot({ table: '{nobody}' }),
    `WITH day AS (INSERT INTO service_dates VALUES ({other}, '${DATE}')) ${insertSlot({ restaurant: '{other}' })}`,
    'DELETE FROM restaurant_tables WHERE id = {table}',
  ],
  staff_invitations_email_lower_case: setAll('staff_invitations', [`email = 'Upper@bobjool.test'`]),
  staff_invitations_expires_later: setAll('staff_invitations', ['expires_at = created_at']),
  staff_invitations_inviter_fkey: setAll('staff_invitations', ['invited_by = {nobody}']),
  staff_invitations_one_end: setAll('staff_invitations', [
    'accepted_at = now(), revoked_at = now()',
  ]),
  staff_invitations_one_open: [insertInvitation('restaurant_id', '{restaurant}')],
  staff_invitations_pkey: [insertInvitation('restaurant_id, id', '{other}, {invitation}')],
  staff_invitations_restaurant_fkey: [insertInvitation('restaurant_id', '{nobody}')],
}

const guarantees: Record<string, string> = {
  ...lineGuarantees,
  slots_no_overlap: 'G1: ',
  reservation_slots_one_active_per_slot: 'G1: ',
  occupancies_one_party_per_table: 'G21: ',
  reservations_one_active_per_diner: 'G2: ',
}

describe('the list', () => {
  it('names every constraint, every unique index and every guarding trigger of the database', async () => {
    // PostgreSQL 18 lists NOT NULL as constraints too; the columns already say those.
    const found = await database.query<{ name: string }>(
      `SELECT conname AS name FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
        WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> '_prisma_migrations' AND c.contype <> 'n'
       UNION
       SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> '_prisma_migrations' AND i.indisunique
       UNION
       SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname <> ALL ($1)`,
      [notingTriggers],
    )
    expect(found.map(({ name }) => name).toSorted()).toEqual(Object.keys(refusals).toSorted())
  })

  it('has every constraint to which a command gives a meaning', () => {
    expect(Object.keys(refusals)).toEqual(expect.arrayContaining([...constraintNames]))
  })

  it('names every index that speeds up reading', async () => {
    const found = await database.query<{ name: string }>(
      `SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisunique AND NOT i.indisexclusion`,
    )
    expect(found.map(({ name }) => name).toSorted()).toEqual(readingIndexes)
  })
})

describe('refused by the database, whatever the code does', () => {
  let scene: Scene
  beforeAll(async () => {
    await database.truncateAll()
    scene = await createScene(database)
  })

  const attempts = Object.entries(refusals).flatMap(([name, statements]) =>
    statements.map((statement, index): [string, { name: string; statement: string }] => [
      `${guarantees[name] ?? ''}${name}${index > 0 ? ` (${index + 1})` : ''}`,
      { name, statement },
    ]),
  )
  it.each(attempts)('%s', async (_, { name, statement }) => {
    const sql = fillIds({ scene, sql: statement })
    const error: unknown = await database.query(sql).catch((caught: unknown) => caught)
    expect(error, sql).toBeInstanceOf(pg.DatabaseError)
    expect(error).toMatchObject({ constraint: name })
  })
})
