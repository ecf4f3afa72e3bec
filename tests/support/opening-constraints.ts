import {
  DATE,
  insertCohort,
  insertEntry,
  insertOpening,
  insertRecurringOpening,
  insertReminder,
  insertTurn,
  setAll,
} from './constraint-scene'

/** Each constraint of openings with what it refuses; part of the list in `constraints.test.ts`. */
export const openingRefusals: Record<string, string[]> = {
  opening_entries_account_fkey: [insertEntry({ account: '{nobody}' })],
  opening_cohorts_drawn_whole: [insertCohort({ columns: ', order_seed', values: `, 'x'` })],
  opening_cohorts_frozen_stays: setAll('opening_cohorts', [
    'entry_count = 2',
    `entries_hash = 'x'`,
  ]),
  opening_cohorts_not_empty: [insertCohort({ count: '0' }), insertCohort({ cohort: '0' })],
  opening_cohorts_opening_fkey: [insertCohort({ opening: '{nobody}' })],
  opening_cohorts_pkey: [insertCohort({ cohort: '1' })],
  opening_entries_cohort_is_late: setAll('opening_entries', ['cohort = 1']),
  opening_entries_id_shape: [insertEntry({ entry: 'A'.repeat(32) }), insertEntry({ entry: 'ab' })],
  opening_entries_number_once: [insertEntry({ number: '1' })],
  opening_entries_one_per_account: [insertEntry({ account: '{diner}' })],
  opening_entries_opening_fkey: [insertEntry({ opening: '{nobody}' })],
  opening_entries_pkey: [insertEntry({ entry: 'a'.repeat(32) })],
  recurring_openings_days_range: [insertRecurringOpening('opens_days_before', '-1')],
  recurring_openings_gate_range: [insertRecurringOpening('gate_minutes', '0')],
  recurring_openings_lobby_range: [insertRecurringOpening('lobby_minutes', '0')],
  recurring_openings_opens_range: [insertRecurringOpening('opens_minutes', '1440', '')],
  recurring_openings_order_known: [insertRecurringOpening('order_by', `'MONEY'`)],
  recurring_openings_pkey: [
    insertRecurringOpening('order_by', `'DRAW'`, 'opens_minutes', '{restaurant}'),
  ],
  recurring_openings_rate_range: [
    'INSERT INTO recurring_openings (restaurant_id, opens_minutes, turns_per_second) VALUES ({other}, 600, 0)',
  ],
  recurring_openings_restaurant_fkey: [
    insertRecurringOpening('order_by', `'DRAW'`, 'opens_minutes', '{nobody}'),
  ],
  opening_rates_opening_fkey: ['INSERT INTO opening_rates VALUES ({nobody}, now(), 1)'],
  opening_rates_pkey: ['INSERT INTO opening_rates SELECT * FROM opening_rates'],
  opening_rates_range: setAll('opening_rates', [
    'turns_per_second = 0',
    `turns_per_second = 'NaN'`,
  ]),
  opening_rehearsals_opening_fkey: [
    `INSERT INTO opening_rehearsals (opening_id, outcome) VALUES ({nobody}, '{}')`,
  ],
  opening_rehearsals_pkey: [
    `INSERT INTO opening_rehearsals (id, opening_id, outcome) VALUES ({opening}, {opening}, '{}'), ({opening}, {opening}, '{}')`,
  ],
  opening_reminders_about_known: setAll('opening_reminders', [
    `about = 'LUNCH', comes_at = now(), due_at = now()`,
  ]),
  opening_reminders_account_fkey: [insertReminder({ account: '{nobody}' })],
  opening_reminders_due_whole: setAll('opening_reminders', ['due_at = now()', `about = 'OPENING'`]),
  opening_reminders_once: [insertReminder({ account: '{diner}' })],
  opening_reminders_opening_fkey: [insertReminder({ opening: '{nobody}' })],
  opening_reminders_pkey: [
    `INSERT INTO opening_reminders (id, opening_id, account_id, about) SELECT id, opening_id, {owner}, about FROM opening_reminders`,
  ],
  opening_turns_entry_shape: [insertTurn({ entry: 'A'.repeat(32) })],
  opening_turns_opening_fkey: [insertTurn({ opening: '{nobody}' })],
  opening_turns_pkey: ['INSERT INTO opening_turns SELECT * FROM opening_turns'],
  openings_announced_rate_stays: setAll('openings', ['announced_turns_per_second = 6']),
  openings_announced_stays: setAll('openings', [
    ...['opens_at', 'lobby_opens_at', 'gate_until'].map(
      (at) => `${at} = ${at} + interval '1 second'`,
    ),
    `order_by = 'ARRIVAL'`,
    `entry_by = 'ACCOUNT'`,
  ]),
  openings_beacon_whole: [insertOpening({ columns: ', beacon', values: `, 'local'` })],
  openings_cancelled_before: setAll('openings', [`cancelled_at = opens_at, cancelled_for = 'why'`]),
  openings_cancelled_for_length: setAll('openings', [
    `cancelled_at = '2026-12-01', cancelled_for = ''`,
    `cancelled_at = '2026-12-01', cancelled_for = repeat('밥', 201)`,
  ]),
  openings_cancelled_whole: setAll('openings', [
    `cancelled_at = '2026-12-01'`,
    `cancelled_for = 'why'`,
  ]),
  openings_cohorts_of_a_draw: [
    insertOpening({ columns: ', cohort_seconds, order_by', values: `, 20, 'ARRIVAL'` }),
    insertOpening({ columns: ', cohort_seconds', values: ', 0' }),
  ],
  openings_commitment_holds: [insertOpening({ commitment: 'x' })],
  openings_direct_after_draw: [insertOpening({ columns: ', direct_from', values: ', now()' })],
  openings_drawn_whole: [insertOpening({ columns: ', order_seed', values: `, 'x'` })],
  openings_entry_by_known: [insertOpening({ columns: ', entry_by', values: `, 'PERSON'` })],
  openings_frozen_after_opening: [
    insertOpening({
      columns: ', frozen_at, entry_count, entries_hash',
      values: `, '2000-01-01', 0, 'x'`,
    }),
  ],
  openings_frozen_whole: [insertOpening({ columns: ', entries_hash', values: `, 'x'` })],
  openings_instants_in_order: [
    insertOpening({ lobby: '2026-12-04T01:00:00Z' }),
    insertOpening({ gate: '2026-12-04T01:00:00Z' }),
    insertOpening({ lobby: '2026-11-01T01:00:00Z' }),
  ],
  openings_one_per_date: [insertOpening({ date: DATE })],
  openings_order_known: [insertOpening({ columns: ', order_by', values: `, 'MONEY'` })],
  openings_pkey: [insertOpening({ columns: ', id', values: ', {opening}' })],
  openings_restaurant_fkey: [insertOpening({ restaurant: '{nobody}' })],
  openings_secret_length: [insertOpening({ secret: 'abcd' })],
}
