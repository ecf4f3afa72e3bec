import { z } from 'zod'
import { formVersion, lineOf, secureUrl } from './schema'

const LARGEST_PARTY = 100
const LARGEST_NUMBER = 9_999
/** More than the largest halls have; a schedule of sixty days must fit on one page. */
export const MOST_TABLES = 200

const party = z.int().min(1).max(LARGEST_PARTY)
export const partyRange = { minParty: party, maxParty: party }
export const isRange = ({ minParty, maxParty }: { minParty: number; maxParty: number }) =>
  minParty <= maxParty
export const wrongRange = {
  error: 'must not be smaller than the smallest party',
  path: ['maxParty'],
}

export const tableNumber = z.int().min(1).max(LARGEST_NUMBER)

const edited = { restaurantId: z.uuid(), version: z.int().min(0) }

/** Tables of one class, numbered from `firstNumber`, or after the highest number. */
export const tablesToAdd = z
  .strictObject({
    ...edited,
    ...partyRange,
    count: z.int().min(1).max(50),
    firstNumber: tableNumber.optional(),
  })
  .refine(isRange, wrongRange)

export const tableChange = z
  .strictObject({
    ...edited,
    ...partyRange,
    tableId: z.uuid(),
    number: tableNumber,
  })
  .refine(isRange, wrongRange)

export type TablesToAdd = z.infer<typeof tablesToAdd>
export type TableChange = z.infer<typeof tableChange>

/** A table in use. */
export type Table = { id: string; number: number; minParty: number; maxParty: number }

/** Tables for the same party sizes, which a diner chooses among. */
export type TableClass = { minParty: number; maxParty: number; tables: Table[] }

const LAST_MINUTE = 2879
const MOST_STRETCHES = 42

/** One stretch of the regular week in which parties are seated. */
export const hoursStretch = z.strictObject({
  /** ISO 8601: 1 is Monday, 7 is Sunday. */
  weekday: z.int().min(1).max(7),
  /**
   * Wall minutes from the midnight on which the service date begins; past 1440 is the night after.
   */
  fromMinutes: z.int().min(0).max(LAST_MINUTE),
  toMinutes: z.int().min(0).max(LAST_MINUTE),
})

/** The whole week; a weekday without a stretch is a day off. */
export const weekOfHours = z.array(hoursStretch).max(MOST_STRETCHES)

export const hoursChange = z.strictObject({
  restaurantId: z.uuid(),
  version: z.int().min(0),
  hours: weekOfHours,
})

export type HoursStretch = z.infer<typeof hoursStretch>
export type HoursChange = z.infer<typeof hoursChange>

/** The fault of a stretch, and which stretch it is. */
export type HoursFault = {
  reason: 'hours-empty' | 'hours-overlap' | 'before-day-cut' | 'beyond-day-cut'
  stretch: HoursStretch
}

/** The number of positions the table allows. */
export const MOST_PICTURES = 10

/** A picture is hosted elsewhere; only browsers ever fetch it. */
const picture = z.strictObject({ url: secureUrl, alt: lineOf({ most: 200 }) })

export const picturesForm = z.strictObject({
  restaurantId: z.uuid(),
  version: formVersion,
  /** In display order. */
  pictures: z.array(picture).max(MOST_PICTURES),
})

export type Picture = z.output<typeof picture>
