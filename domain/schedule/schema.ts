import { z } from 'zod'

const EARLIEST_DATE = '1970-01-01'
const LATEST_DATE = '2999-12-31'

/**
 * A restaurant's business day, 'YYYY-MM-DD' in the restaurant's time zone. Refuses dates that do
 * not exist (2026-02-30), and years that must be typing errors, for which some time zones' rules
 * are not known either.
 */
export const serviceDate = z.iso
  .date()
  .refine((date) => EARLIEST_DATE <= date && date <= LATEST_DATE, {
    error: 'must be a date between 1970 and 2999',
  })

/**
 * The time on the restaurant's wall, 'HH:MM', counted from the midnight on which its service date
 * begins. A service past midnight keeps counting: 01:30 at night is '25:30'.
 */
export const wallTime = z
  .string()
  .regex(/^(?:[0-3]\d|4[0-7]):[0-5]\d$/, { error: 'must be a time from 00:00 to 47:59' })

/** Limited by the Postgres column; the table decides which party fits. */
export const partySize = z.int().min(1).max(2_147_483_647)
const EARLIEST_MS = Date.parse('1970-01-01T00:00:00Z')
const LATEST_MS = Date.parse('3000-01-01T00:00:00Z')

/**
 * An instant, converted to UTC whatever its offset: equal instants are equal requests, and Postgres
 * supports fewer years and offsets than ISO 8601.
 */
export const startsAt = z.iso
  .datetime({ offset: true })
  .refine((text) => EARLIEST_MS <= Date.parse(text) && Date.parse(text) < LATEST_MS, {
    error: 'must be an instant between 1970 and 2999',
    abort: true,
  })
  .transform((text) => new Date(text).toISOString())
