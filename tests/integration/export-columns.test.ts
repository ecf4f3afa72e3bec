import type pg from 'pg'
import { describe, expect, test } from 'vitest'
import { accountExport } from '@/domain/privacy/schema'
import { useDatabase } from '../support/database'
import { addMarkedRows, type MarkedColumn, withoutRules } from '../support/marked-rows'

const database = useDatabase()

const ACCOUNT = 'aaaaaaaa-0000-4000-8000-000000000001'
const RESTAURANT = 'bbbbbbbb-0000-4000-8000-000000000002'
const OPENING = 'cccccccc-0000-4000-8000-000000000003'
const GUEST = 'dddddddd-0000-4000-8000-000000000004'
const EMAIL = 'marked-person@bobjool.test'

/** Columns by which a row is the person's, or belongs to something that the export names. */
const LINKS: Record<string, string> = {
  'accounts.id': ACCOUNT,
  'accounts.email': EMAIL,
  'audit_events.subject_id': ACCOUNT,
  'audit_events.actor_id': ACCOUNT,
  'guest_diets.guest_id': GUEST,
  'guests.email': EMAIL,
  'guests.id': GUEST,
  'link_requests.email': EMAIL,
  'mail_refusals.address': EMAIL,
  'opening_entries.entry_id': 'mark-entry',
  'opening_turns.entry_id': 'mark-entry',
  'openings.id': OPENING,
  'reservations.diner_id': ACCOUNT,
  'restaurants.id': RESTAURANT,
  'staff_invitations.email': EMAIL,
  'staff_invitations.invited_by': ACCOUNT,
  'tickets.asker_id': ACCOUNT,
}
const linkOf = (table: string, column: string) =>
  LINKS[`${table}.${column}`] ??
  { account_id: ACCOUNT, restaurant_id: RESTAURANT, opening_id: OPENING }[column]

/** Tables that hold nothing of an account's person, or nothing that other parts don't say. */
const NOT_THEIRS: Record<string, string> = {
  auth_keys: 'keys of the service',
  closed_tables: 'a restaurant’s',
  forgotten_counts: 'counts',
  guest_devices: 'browsers of guests without an account',
  backups: 'when backups ended',
  guest_import_parts: 'lines that become guests, which are there, and are gone after a day',
  guest_imports: 'a restaurant’s, gone after a day',
  guest_tag_marks: 'the restaurant’s own, like its notes',
  guest_tags: 'a restaurant’s',
  idempotency_keys: 'answers that repeat other parts, for two days',
  kiosks: 'a restaurant’s tablets',
  line_settings: 'a restaurant’s',
  lines: 'a restaurant’s',
  mail_reports: 'ids of reports',
  occupancies: 'tables of a restaurant; the reservation tells when its party sat and left',
  opening_cohorts: 'numbers and hashes of many',
  opening_rates: 'a restaurant’s',
  opening_rehearsals: 'a restaurant’s; the acts tell who had them',
  openings: 'a restaurant’s; its entries tell the date',
  passkey_challenges: 'random numbers that wait for an answer, for minutes',
  recurring_openings: 'a restaurant’s',
  sweeps: 'when the service last tidied up',
  reservation_slots: 'tables of a restaurant; the reservation tells the time',
  restaurant_areas: 'a restaurant’s',
  restaurant_closures: 'a restaurant’s',
  restaurant_combinations: 'a restaurant’s',
  restaurant_hours: 'a restaurant’s',
  restaurant_pictures: 'a restaurant’s',
  restaurant_tables: 'a restaurant’s',
  restaurants: 'a restaurant’s, and public; its name stands with each visit',
  service_dates: 'a restaurant’s',
  shift_notes: 'the restaurant’s own, like its notes; the acts tell who wrote them',
  slack_hooks: 'a restaurant’s, and a secret',
  slots: 'a restaurant’s',
  table_closures: 'a restaurant’s, with its reason',
}

const NAMES_THE_ROW = 'names the row, and nothing of the person'
const IS_SECRET = 'a secret, which a copy would give away'
const IS_OURS = 'how the service does its work, and nothing of the person'

/** Columns of the person’s tables that the export leaves out, and why. */
const LEFT_OUT: Record<string, string> = {
  'accounts.password_hash': IS_SECRET,
  'accounts.session_epoch': 'a count of how often every session was ended, which the acts tell',
  'account_links.id': IS_SECRET,
  'agreements.id': NAMES_THE_ROW,
  'audit_events.id': NAMES_THE_ROW,
  'audit_events.tablet_id': IS_SECRET,
  'guests.merged_into': 'what the restaurant takes for one person, for which it is the controller',
  'guests.note': 'the restaurant’s own note, for which it is the controller',
  'guests.version': IS_OURS,
  'link_requests.choices': IS_SECRET,
  'link_requests.id': IS_SECRET,
  'link_requests.link_id': IS_SECRET,
  'link_requests.number': IS_SECRET,
  'link_requests.picked_number': IS_SECRET,
  'link_requests.session_id': IS_SECRET,
  'notices.event_id': NAMES_THE_ROW,
  'notices.give_up_at': IS_OURS,
  'notices.id': NAMES_THE_ROW,
  'notices.lease_token': IS_OURS,
  'notices.lease_until': IS_OURS,
  'opening_reminders.computed_from': IS_OURS,
  'opening_reminders.id': NAMES_THE_ROW,
  'passkeys.id': NAMES_THE_ROW,
  'push_subscriptions.auth': IS_SECRET,
  'push_subscriptions.endpoint': IS_SECRET,
  'push_subscriptions.endpoint_hash': IS_SECRET,
  'push_subscriptions.id': NAMES_THE_ROW,
  'push_subscriptions.p256dh': IS_SECRET,
  'push_subscriptions.session_id': IS_SECRET,
  'reservations.entry_id': 'of a diner whose account is deleted',
  'reservations.guest_id': NAMES_THE_ROW,
  'reservations.is_extra': IS_OURS,
  'reservations.sequence': IS_OURS,
  'reservations.staff_note': 'the restaurant’s own note, for which it is the controller',
  'sessions.epoch': IS_OURS,
  'sessions.id': IS_SECRET,
  'sessions.key_id': IS_OURS,
  'sessions.wrong_pins': 'of the people at a shared tablet',
  'sessions.wrong_pins_since': 'of the people at a shared tablet',
  'staff_pins.id': NAMES_THE_ROW,
  'staff_pins.pin_hash': IS_SECRET,
  'tablet_authors.id': IS_SECRET,
  'tablet_authors.session_id': IS_SECRET,
  'staff_invitations.id': IS_SECRET,
  'tickets.guest_id': NAMES_THE_ROW,
  'tickets.kiosk_id': 'of a ticket that no account took',
  'tickets.quote_ahead': 'what the service learns its estimates from',
  'tickets.quote_basis_minutes': 'what the service learns its estimates from',
  'tickets.rank': 'the order in the line, whose numbers are other people’s',
  'tickets.taken_hash': IS_OURS,
  'tickets.taken_key': IS_OURS,
  'tickets.third_told_by': IS_OURS,
}

async function exportOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ exported: object }>(
    'SELECT export_account(p_account => $1) AS exported',
    [ACCOUNT],
  )
  const acts = await client.query<{ item: unknown }>(
    `SELECT item FROM list_account_acts(p_account => $1, p_until => 'infinity', p_after_at => '-infinity', p_after_id => $2, p_limit => 9)`,
    [ACCOUNT, '00000000-0000-0000-0000-000000000000'],
  )
  const exported = { ...rows[0]?.exported, acts: acts.rows.map(({ item }) => item) }
  return JSON.stringify(accountExport.parse(exported))
}

/** The columns of the person's tables that the export does not show, as `table.column`. */
async function listUnseen(client: pg.Client): Promise<string[]> {
  const { columns, change } = await addMarkedRows(client, linkOf)
  const before = await exportOf(client)
  const isSeen = async (column: MarkedColumn) => {
    if (column.spellings) return column.spellings.some((spelling) => spelling.test(before))
    await client.query('SAVEPOINT changed')
    await change(column)
    const after = await exportOf(client)
    await client.query('ROLLBACK TO changed')
    return after !== before
  }
  const unseen: string[] = []
  for (const column of columns.filter(({ table }) => !NOT_THEIRS[table]))
    if (!(await isSeen(column))) unseen.push(`${column.table}.${column.column}`)
  return unseen.toSorted()
}

describe('a person’s export', () => {
  test('shows every column of every table that holds something of them, but for the listed ones', async () => {
    const unseen = await withoutRules(database, listUnseen)
    expect(unseen).toEqual(Object.keys(LEFT_OUT).toSorted())
  })

  const without: [what: string, written: string, instead: string, column: string][] = [
    ['an instant', 'passkey_at AS "passkeyAt"', '1 AS "passkeyAt"', 'sessions.passkey_at'],
    ['a text', 'v.note, v.allergies', 'v.note', 'reservations.allergies'],
    ['an array', 'transports, counter', 'counter', 'passkeys.transports'],
    ['a jsonb', 'ELSE payload END', `ELSE '{}' END`, 'notices.payload'],
    ['bytes', 'encode(public_key,', `encode('',`, 'passkeys.public_key'],
    ['a boolean', 'needs_passkey AS', 'true AS', 'accounts.needs_passkey'],
    ['an enum', 's.role, s.wants', 's.wants', 'restaurant_staff.role'],
    ['a number', 'code_tries AS', '0 AS', 'link_requests.code_tries'],
    ['an id', 't.reservation_id AS', 'NULL AS', 'tickets.reservation_id'],
  ]
  test.each(without)('control: sees that %s is missing', async (_, written, instead, column) => {
    const unseen = await withoutRules(database, async (client) => {
      const { rows } = await client.query<{ sql: string }>(
        `SELECT pg_get_functiondef('export_account'::regproc) AS sql`,
      )
      const sql = rows[0]?.sql ?? ''
      expect(sql).toContain(written)
      await client.query(sql.replace(written, instead))
      return listUnseen(client)
    })
    expect(unseen.filter((each) => !LEFT_OUT[each])).toEqual([column])
  })

  test('knows every table: a new one is the person’s unless it is listed', async () => {
    const tables = await database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    )
    const names = tables.map(({ name }) => name)
    expect(Object.keys(NOT_THEIRS).filter((name) => !names.includes(name))).toEqual([])
    expect(names.length).toBeGreaterThan(Object.keys(NOT_THEIRS).length + 15)
  })
})
