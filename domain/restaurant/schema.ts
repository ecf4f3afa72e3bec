import { z } from 'zod'
import { typedField, typedKeyword } from '@/lib/text/field'
import { tidyLine, tidyName, tidyText } from '@/lib/text/typed'

const DEFAULT_LIMIT = 20
const LARGEST_LIMIT = 50

const slugShape = /^[a-z][a-z0-9-]{1,59}$/

/** A restaurant's own part of its address. */
export const slug = z.string().regex(slugShape)

/** How an address identifies a restaurant. */
export const restaurantIdOrSlug = z.union([z.uuid(), slug])

/** A search word; an empty form field searches for nothing. */
const searchWord = typedKeyword({ most: 60 }).transform((text) => text || undefined)

/** One line of an owner's text: a name, a kind of food, an address. */
export const lineOf = ({ least = 1, most }: { least?: number; most: number }) =>
  typedField({ read: tidyName, least, most })

/** Several lines of it. */
export const textOf = ({ most }: { most: number }) => typedField({ read: tidyText, most })

/** A URL that a page may link to or display: https, without a user name or password. */
export const secureUrl = typedField({ read: tidyLine, most: 2_000 }).transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null
  const isFit = url?.protocol === 'https:' && url.username === '' && url.password === ''
  if (url && isFit && url.href.length <= 2_000) return url.href
  context.addIssue({ code: 'custom', message: 'must be an https address' })
  return z.NEVER
})

/** The version of the restaurant that a form was filled in on. */
export const formVersion = z.int().nonnegative()

/** The query of a list. Unknown and repeated parameters are refused rather than guessed at. */
export const restaurantListQuery = z.strictObject({
  keyword: searchWord.optional(),
  category: searchWord.optional(),
  region: searchWord.optional(),
  /** The previous page's `nextCursor`. */
  cursor: z.uuid().optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d?$/)
    .transform(Number)
    .pipe(z.number().max(LARGEST_LIMIT))
    .default(DEFAULT_LIMIT),
})

/** The query of the restaurants a person acts for. */
export const workplacePageQuery = z.strictObject({
  /** The previous page's `nextCursor`. */
  cursor: z.uuid().optional(),
})

/** A restaurant as anyone may see it. */
export const restaurant = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  /** Null: the Korean name is shown to everyone. */
  nameEn: z.string().nullable(),
  category: z.string(),
  region: z.string(),
  address: z.string(),
  phone: z.string(),
  description: z.string(),
  /** Null: the Korean description is shown to everyone. */
  descriptionEn: z.string().nullable(),
  /** IANA name; dates and times are in this zone. */
  timeZone: z.string(),
  sameDayOnly: z.boolean(),
  /** The number of days after `today` that can be booked. */
  horizonDays: z.int(),
  bookingsOn: z.boolean(),
  /**
   * Null: a booking is confirmed at once. Otherwise it has to be confirmed within this many
   * minutes.
   */
  confirmWithinMinutes: z.int().nullable(),
  /** The current service date, by the database's clock. */
  today: z.iso.date(),
  /** False: no bookings, only a waiting line. */
  hasTables: z.boolean(),
  /** Null: no tables. */
  minParty: z.int().nullable(),
  /** Null: no tables. */
  maxParty: z.int().nullable(),
  /** Its first picture. Null: it has none. */
  picture: z.object({ url: z.string(), alt: z.string() }).nullable(),
})

/** One stretch of the regular week, in wall minutes; past 1440 is the night after. */
export const restaurantHours = z.object({
  /** ISO 8601: 1 is Monday, 7 is Sunday. */
  weekday: z.int(),
  fromMinutes: z.int(),
  toMinutes: z.int(),
})

/** A service date on which it is closed although its regular week says otherwise. */
export const restaurantClosure = z.object({
  date: z.iso.date(),
  /** Null: no reason is given. */
  reason: z.string().nullable(),
})

/** Everything its own page shows. */
export const restaurantDetail = restaurant.extend({
  /** Null: the map searches for the address. */
  mapUrl: z.string().nullable(),
  /** Things to know before booking. Null: none. */
  guestNote: z.string().nullable(),
  /** Null: the Korean note is shown to everyone. */
  guestNoteEn: z.string().nullable(),
  /** Wall time at which a date's bookings open. Null: as soon as the date can be booked at all. */
  opensMinutes: z.int().nullable(),
  /** How many days before the date they open. */
  opensDaysBefore: z.int(),
  /** After so many no-shows in so many months it takes no booking without its staff. Null: it does not count them. */
  noShowLimit: z.int().nullable(),
  noShowMonths: z.int().nullable(),
  /** Then a booking is a hold that staff confirm. False: it is refused. */
  holdsAfterNoShows: z.boolean(),
  hours: z.array(restaurantHours),
  /** Closures in the next sixty days. */
  closures: z.array(restaurantClosure),
  pictures: z.array(z.object({ url: z.string(), alt: z.string() })),
  /** The number of tables by largest party, smallest first. */
  tableClasses: z.array(z.object({ maxParty: z.int(), count: z.int() })),
})

export const restaurantPage = z.object({
  items: z.array(restaurant),
  /** Null: this is the last page. */
  nextCursor: z.uuid().nullable(),
})

/** The restaurants a person acts for, and in which role. */
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
  /** Null: this is the last page. */
  nextCursor: z.uuid().nullable(),
})
