import { DATE, setAll } from './constraint-scene'

const insertTicket = ({
  restaurant = '{restaurant}',
  date = DATE,
  number = '2',
  rank = '2',
  account = 'NULL',
  channel = 'KIOSK',
  key = 'k2',
  columns = '',
  values = '',
}) =>
  `INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel, account_id, asker_id, taken_key, taken_hash${columns})
   VALUES (${restaurant}, '${date}', ${number}, ${rank}, 2, 'IN_STORE', '${channel}', ${account}, {diner}, '${key}', 'h'${values})`
/** Two guests at the door with one contact. */
const twiceInLine = (column: string, first: string, second: string) => [
  `WITH first AS (${insertTicket({ columns: `, ${column}`, values: `, ${first}` })} RETURNING id)
   ${insertTicket({ number: '3', rank: '3', key: 'k3', columns: `, ${column}`, values: `, ${second}` })}`,
]
const insertTicketKey = (ticket: string, key: string) =>
  `INSERT INTO idempotency_keys (ticket_id, key, request_hash, response) VALUES (${ticket}, ${key}, 'h', '{}')`
const insertKiosk = (columns: string, values: string) =>
  `INSERT INTO kiosks (name, token_hash${columns}) VALUES ('k', ${values})`

/** Every constraint and unique index of the line's tables, and what it refuses. */
export const lineRefusals: Record<string, string[]> = {
  idempotency_keys_once_per_ticket: [insertTicketKey('{ticket}', `'k'`)],
  idempotency_keys_ticket_fkey: [insertTicketKey('{nobody}', `'k'`)],
  kiosks_name_length: setAll('kiosks', [`name = ''`, `name = repeat('밥', 51)`]),
  kiosks_pkey: [insertKiosk(', restaurant_id, id', `'t2', {restaurant}, {kiosk}`)],
  kiosks_restaurant_fkey: [insertKiosk(', restaurant_id', `'t2', {nobody}`)],
  kiosks_token_hash_key: [insertKiosk(', restaurant_id', `'t1', {other}`)],
  line_settings_longest_range: setAll('line_settings', ['longest = 0', 'longest = 10001']),
  line_settings_opens_before_range: setAll('line_settings', [
    'opens_before_minutes = -1',
    'opens_before_minutes = 241',
  ]),
  line_settings_pkey: ['INSERT INTO line_settings VALUES ({restaurant})'],
  line_settings_reason_length: setAll('line_settings', [
    `reason = ''`,
    `reason = repeat('밥', 101)`,
  ]),
  line_settings_restaurant_fkey: ['INSERT INTO line_settings VALUES ({nobody})'],
  lines_counts_possible: setAll('lines', ['ahead = -1', 'ahead = active + 1']),
  lines_last_number_positive: setAll('lines', ['last_number = -1']),
  lines_pkey: [`INSERT INTO lines VALUES ({restaurant}, '${DATE}')`],
  lines_restaurant_fkey: [`INSERT INTO lines VALUES ({nobody}, '${DATE}')`],
  tickets_account_fkey: [insertTicket({ account: '{nobody}', channel: 'ONLINE' })],
  tickets_called_has_instant: setAll('tickets', [
    `status = 'CALLED'`,
    `status = 'LAST_CALLED', lapses_at = now()`,
  ]),
  tickets_cancel_reason_length: setAll('tickets', [
    `cancel_reason = 'why'`,
    `status = 'CANCELLED', ended_at = now(), cancelled_by = 'OWNER', cancel_reason = ''`,
    `status = 'CANCELLED', ended_at = now(), cancelled_by = 'OWNER', cancel_reason = repeat('밥', 201)`,
  ]),
  tickets_cancelled_by_known: setAll('tickets', [
    `status = 'CANCELLED', ended_at = now()`,
    `status = 'CANCELLED', ended_at = now(), cancelled_by = 'GUEST'`,
    `cancelled_by = 'DINER'`,
  ]),
  tickets_channel_known: setAll('tickets', [`channel = 'PHONE', account_id = NULL`]),
  tickets_contact_length: [
    insertTicket({ columns: ', contact_phone', values: `, repeat('0', 31)` }),
    insertTicket({ columns: ', contact_email', values: `, repeat('a', 255)` }),
  ],
  tickets_dining_known: setAll('tickets', [`dining = 'DELIVERY'`]),
  tickets_ended_has_instant: setAll('tickets', [`status = 'SEATED'`, 'ended_at = now()']),
  tickets_guest_fkey: [insertTicket({ columns: ', guest_id', values: ', {nobody}' })],
  tickets_key_length: [insertTicket({ key: '' }), insertTicket({ key: 'k'.repeat(201) })],
  tickets_key_once: [insertTicket({ key: 'k' })],
  tickets_kiosk_fkey: [insertTicket({ columns: ', kiosk_id', values: ', {nobody}' })],
  tickets_kiosk_has_no_account: [insertTicket({ account: '{owner}' })],
  tickets_last_call_has_deadline: setAll('tickets', [
    `status = 'LAST_CALLED', called_at = now()`,
    `status = 'LAPSED', ended_at = now()`,
  ]),
  tickets_line_fkey: [
    insertTicket({ date: '2026-12-05' }),
    insertTicket({ restaurant: '{other}' }),
  ],
  tickets_locale_known: setAll('tickets', [`locale = 'jp'`]),
  tickets_number_once: [insertTicket({ number: '1' })],
  tickets_number_positive: setAll('tickets', ['number = 0']),
  tickets_one_active_per_diner: [insertTicket({ account: '{diner}', channel: 'ONLINE' })],
  tickets_one_active_per_mailbox: twiceInLine(
    'contact_email',
    `'a.b+c@gmail.com'`,
    `'ab@gmail.com'`,
  ),
  tickets_one_active_per_phone: twiceInLine('contact_phone', `'+821022223333'`, `'+821022223333'`),
  tickets_one_person: [
    insertTicket({
      account: '{owner}',
      channel: 'ONLINE',
      columns: ', guest_id',
      values: ', {guest}',
    }),
  ],
  tickets_online_is_of_account: setAll('tickets', [
    `contact_phone = '010'`,
    `contact_email = 'a@bobjool.test'`,
    'kiosk_id = {kiosk}',
  ]),
  tickets_party_range: setAll('tickets', ['party_size = 0', 'party_size = 101']),
  tickets_pkey: [insertTicket({ columns: ', id', values: ', {ticket}' })],
  tickets_postponed_twice_at_most: setAll('tickets', [
    'postponements = 3, postponed_behind = 2',
    'postponements = -1, postponed_behind = 2',
  ]),
  tickets_postponed_whole: setAll('tickets', ['postponements = 1', 'postponed_behind = 2']),
  tickets_quote_basis_whole: setAll('tickets', [
    'quote_ahead = 1',
    'quote_basis_minutes = 1',
    'quote_ahead = -1, quote_basis_minutes = 1',
    'quote_ahead = 0, quote_basis_minutes = 0',
  ]),
  tickets_quote_whole: setAll('tickets', [
    'quote_from_minutes = 5',
    'quote_to_minutes = 5',
    'quote_from_minutes = 6, quote_to_minutes = 5',
    'quote_from_minutes = -1, quote_to_minutes = 5',
  ]),
  tickets_rank_once: [insertTicket({ rank: '1.0' })],
  tickets_rank_positive: setAll('tickets', ['rank = 0']),
  tickets_reservation_fkey: setAll('tickets', [
    `status = 'SEATED', ended_at = now(), reservation_id = {nobody}`,
  ]),
  tickets_table_only_seated: setAll('tickets', ['reservation_id = {reservation}']),
}

export const lineGuarantees: Record<string, string> = {
  tickets_number_once: 'G8: ',
  tickets_one_active_per_diner: 'G9: ',
  tickets_one_active_per_mailbox: 'G9: ',
  tickets_one_active_per_phone: 'G9: ',
  tickets_key_once: 'G9: ',
  idempotency_keys_once_per_ticket: 'G4: ',
  tickets_rank_once: 'G10: ',
  tickets_postponed_twice_at_most: 'G10: ',
  tickets_last_call_has_deadline: 'G12: ',
}
