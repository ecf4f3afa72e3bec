/**
 * The constraints that commands turn into a refusal. A violation of any other is a bug of ours. A
 * test looks each one up in the migrated database.
 */
export const constraintNames = [
  'accounts_email_key',
  'closed_tables_no_overlap',
  'external_logins_pkey',
  'guest_imports_one_running',
  'guests_merged_fkey',
  'guests_one_per_mailbox',
  'guests_one_per_phone',
  'occupancies_one_party_per_table',
  'openings_one_per_date',
  'passkeys_credential_key',
  'push_subscriptions_session_fkey',
  'reservations_one_active_per_diner',
  'reservations_one_coming_per_guest',
  'restaurant_combinations_in_use',
  'restaurant_combinations_same_set',
  'restaurant_combinations_seats',
  'restaurant_hours_no_overlap',
  'restaurant_tables_cell_once',
  'restaurant_tables_combined_seats',
  'restaurant_tables_number_once',
  'restaurants_slug_key',
  'restaurants_time_zone_known',
  // Raised by a trigger: prisma/functions/opening/keep_opening_instant.sql.
  'service_dates_opens_with_opening',
  'slots_no_overlap',
  // Raised by a trigger: prisma/functions/schedule/close_new_slot.sql.
  'slots_table_is_open',
  'tickets_one_active_per_diner',
  'tickets_one_active_per_mailbox',
  'tickets_one_active_per_phone',
] as const

export type ConstraintName = (typeof constraintNames)[number]

/** SQLSTATE class 23: the row violates a constraint. */
const IS_VIOLATION = /^23/

/**
 * A constraint refused a row. Prisma drops the constraint's name from an error that looks like the
 * driver's, and passes on unchanged one without a code of its own; the driver's error is the cause.
 */
class ConstraintViolation extends Error {
  constructor(
    readonly constraint: string,
    cause: Error,
  ) {
    super(cause.message, { cause })
  }
}

/** The driver's error, with the constraint's name, if any, preserved through Prisma. */
export function keepConstraint(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && 'constraint' in error)) return error
  const { code, constraint } = error
  if (typeof code !== 'string' || !IS_VIOLATION.test(code)) return error
  return typeof constraint === 'string' ? new ConstraintViolation(constraint, error) : error
}
