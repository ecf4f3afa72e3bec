import { z } from 'zod'

const EARLIEST_DATE = '1970-01-01'
const LATEST_DATE = '2999-12-31'

/**
 * A restaurant's business day, 'YYYY-MM-DD' in the restaurant's own time zone. Refuses dates that
 * no calendar has (2026-02-30), and years in which somebody must have mistyped: those would also
 * reach beyond what some time zone's rules are known for.
 */
export const serviceDate = z.iso
  .date()
  .refine((date) => EARLIEST_DATE <= date && date <= LATEST_DATE, {
    error: 'must be a date between 1970 and 2999',
  })

/**
 * The time on the restaurant's wall, 'HH:MM', counted from the midnight its service date begins
 * with. A service that runs past midnight goes on counting: 01:30 at night is '25:30'.
 */
export const wallTime = z
  .string()
  .regex(/^(?:[0-3]\d|4[0-7]):[0-5]\d$/, { error: 'must be a time from 00:00 to 47:59' })

/** What a column of Postgres holds; which party fits is a table's to say. */
export const partySize = z.int().min(1).max(2_147_483_647)
const EARLIEST_MS = Date.parse('1970-01-01T00:00:00Z')
const LATEST_MS = Date.parse('3000-01-01T00:00:00Z')

/**
 * An instant, written in UTC whatever offset it came with: equal instants are equal requests, and
 * Postgres knows fewer years and offsets than ISO 8601.
 */
export const startsAt = z.iso
  .datetime({ offset: true })
  .refine((text) => EARLIEST_MS <= Date.parse(text) && Date.parse(text) < LATEST_MS, {
    error: 'must be an instant between 1970 and 2999',
    abort: true,
  })
  .transform((text) => new Date(text).toISOString())
