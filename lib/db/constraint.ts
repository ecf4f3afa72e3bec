/**
 * The constraints that a command gives a meaning to. Any other that refuses a row is there to catch
 * our bugs. A test looks each up in the migrated database.
 */
export const constraintNames = [
  'accounts_email_key',
  'external_logins_pkey',
  'openings_one_per_date',
  'reservations_one_active_per_diner',
  'restaurant_hours_no_overlap',
  'restaurant_tables_number_once',
  'restaurants_slug_key',
  'restaurants_time_zone_known',
  // Raised by a trigger: prisma/functions/opening/keep_opening_instant.sql.
  'service_dates_opens_with_opening',
  'slots_no_overlap',
  'tickets_one_active_per_diner',
] as const

export type ConstraintName = (typeof constraintNames)[number]

/** SQLSTATE class 23: the row that was to be written is refused. */
const IS_VIOLATION = /^23/

/**
 * A constraint refused a row. Prisma drops the constraint's name of an error that looks like the
 * driver's, and throws one that has no code of its own as it is; the driver's is the cause.
 */
class ConstraintViolation extends Error {
  constructor(
    readonly constraint: string,
    cause: Error,
  ) {
    super(cause.message, { cause })
  }
}

/** An error of the driver, with the constraint's name kept through Prisma where it has one. */
export function keepConstraint(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && 'constraint' in error)) return error
  const { code, constraint } = error
  if (typeof code !== 'string' || !IS_VIOLATION.test(code)) return error
  return typeof constraint === 'string' ? new ConstraintViolation(constraint, error) : error
}
