import { z } from 'zod'
import { tidyLine, tidyText } from '@/domain/notification/rules'

const DEFAULT_LIMIT = 20
const LARGEST_LIMIT = 50

const slugShape = /^[a-z][a-z0-9-]{1,59}$/

/** A restaurant's own word in addresses. */
export const slug = z.string().regex(slugShape)

/** What an address names a restaurant by. */
export const restaurantIdOrSlug = z.union([z.uuid(), slug])

/**
 * A word to look for. Macs type Korean decomposed and the database holds it composed; Postgres has
 * no text with NUL in it; an empty field of a form asks for nothing.
 */
const searchWord = z
  .string()
  .max(60)
  .refine((text) => !text.includes('\0'), { error: 'must not contain NUL' })
  .normalize('NFC')
  .trim()
  .transform((text) => (text === '' ? undefined : text))

/** As Postgres counts: an emoji is one or two, and not the four of a JavaScript string. */
function countCharacters(text: string): number {
  return Array.from(text).length
}

/**
 * What an owner writes into a field of one line: without line breaks and what only machines see,
 * such as marks that turn the reading direction of all that follows.
 */
export function lineOf({ least = 1, most }: { least?: number; most: number }) {
  return z
    .string()
    .transform((text) => tidyLine(text).normalize('NFC'))
    .refine((text) => countCharacters(text) >= least, { error: 'must not be empty' })
    .refine((text) => countCharacters(text) <= most, { error: `at most ${most} characters` })
}

/** The same with its line breaks. */
export function textOf({ most }: { most: number }) {
  return z
    .string()
    .transform((text) => tidyText(text).normalize('NFC'))
    .refine((text) => countCharacters(text) <= most, { error: `at most ${most} characters` })
}

/** An address on the web that a page may lead to or show: https, and no name and password in it. */
export const secureUrl = z
  .string()
  .trim()
  .max(2_000)
  .transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : null
    const isFit = url?.protocol === 'https:' && url.username === '' && url.password === ''
    if (url && isFit && url.href.length <= 2_000) return url.href
    context.addIssue({ code: 'custom', message: 'must be an https address' })
    return z.NEVER
  })

/** Which version of a restaurant a form was filled in on. */
export const formVersion = z.int().nonnegative()

/** The query of a list. Unknown and repeated parameters are refused rather than half understood. */
export const restaurantListQuery = z.strictObject({
  keyword: searchWord.optional(),
  category: searchWord.optional(),
  region: searchWord.optional(),
  /** The `nextCursor` of the page before. */
  cursor: z.uuid().optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d?$/)
    .transform(Number)
    .pipe(z.number().max(LARGEST_LIMIT))
    .default(DEFAULT_LIMIT),
})

/** Of the restaurants somebody acts for. */
export const workplacePageQuery = z.strictObject({
  /** The `nextCursor` of the page before. */
  cursor: z.uuid().optional(),
})

/** A restaurant as anybody may see it. */
export const restaurant = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  /** Null: the Korean name is shown to everybody. */
  nameEn: z.string().nullable(),
  category: z.string(),
  region: z.string(),
  address: z.string(),
  phone: z.string(),
  description: z.string(),
  /** Null: the Korean description is shown to everybody. */
  descriptionEn: z.string().nullable(),
  /** IANA name; dates and times are of this zone. */
  timeZone: z.string(),
  sameDayOnly: z.boolean(),
  /** How many days after `today` can be booked. */
  horizonDays: z.int(),
  bookingsOn: z.boolean(),
  /** Null: a booking is confirmed at once. Otherwise it has to be confirmed within so many minutes. */
  confirmWithinMinutes: z.int().nullable(),
  /** The service date at this moment, by the database's clock. */
  today: z.iso.date(),
  /** False: takes no bookings, only a waiting line. */
  hasTables: z.boolean(),
  /** Null: no tables. */
  minParty: z.int().nullable(),
  /** Null: no tables. */
  maxParty: z.int().nullable(),
  /** The first of its pictures. Null: it has none. */
  picture: z.object({ url: z.string(), alt: z.string() }).nullable(),
})

/** One stretch of an ordinary week, in wall minutes; past 1440 is the night after. */
export const restaurantHours = z.object({
  /** ISO 8601: 1 is Monday, 7 is Sunday. */
  weekday: z.int(),
  fromMinutes: z.int(),
  toMinutes: z.int(),
})

/** A service date on which it is closed although its week says otherwise. */
export const restaurantClosure = z.object({
  date: z.iso.date(),
  /** Null: nothing is said. */
  reason: z.string().nullable(),
})

/** Everything its own page tells. */
export const restaurantDetail = restaurant.extend({
  /** Null: a search for the address. */
  mapUrl: z.string().nullable(),
  /** What to know before booking. Null: nothing. */
  guestNote: z.string().nullable(),
  /** Null: the Korean note is shown to everybody. */
  guestNoteEn: z.string().nullable(),
  /** Wall time at which bookings of a date open. Null: as soon as the date can be booked at all. */
  opensMinutes: z.int().nullable(),
  /** How many days before the date they open then. */
  opensDaysBefore: z.int(),
  hours: z.array(restaurantHours),
  /** Those of the next sixty days. */
  closures: z.array(restaurantClosure),
  pictures: z.array(z.object({ url: z.string(), alt: z.string() })),
  /** How many tables there are for at most so many, the smallest first. */
  tableClasses: z.array(z.object({ maxParty: z.int(), count: z.int() })),
})

export const restaurantPage = z.object({
  items: z.array(restaurant),
  /** Null: this was the last page. */
  nextCursor: z.uuid().nullable(),
})

/** The restaurants somebody acts for, and as what. */
export const workplacePage = z.object({
  items: z.array(
    restaurant
      .pick({
        id: true,
        slug: true,
        name: true,
        nameEn: true,
        timeZone: true,
        today: true,
        hasTables: true,
      })
      .extend({ role: z.enum(['OWNER', 'STAFF', 'ADMIN']) }),
  ),
  /** Null: this was the last page. */
  nextCursor: z.uuid().nullable(),
})
