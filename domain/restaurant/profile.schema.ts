import { z } from 'zod'
import { phone as anyPhone } from '@/domain/identity/schema'
import { isTimeZone } from '@/lib/i18n/moment'
import { typedField } from '@/lib/text/field'
import { tidyAddress, tidyLine } from '@/lib/text/typed'
import { formVersion, lineOf, secureUrl, slug, textOf } from './schema'
import { isFreeForSlug } from './slug.rules'

const orNothing = (text: string) => (text === '' ? null : text)

const phone = anyPhone.transform((typed, context) => {
  if (typed !== null) return typed
  context.addIssue({ code: 'custom', message: 'must be a phone number' })
  return z.NEVER
})

const introduction = {
  name: lineOf({ most: 100 }),
  nameEn: lineOf({ least: 0, most: 100 }).transform(orNothing),
  category: lineOf({ most: 30 }),
  region: lineOf({ most: 30 }),
  address: lineOf({ most: 200 }),
  phone,
}

/** The texts that diners read about a restaurant. An empty optional field means there is none. */
export const profileFields = z.strictObject({
  ...introduction,
  description: textOf({ most: 2_000 }),
  descriptionEn: textOf({ most: 2_000 }).transform(orNothing),
  guestNote: textOf({ most: 1_000 }).transform(orNothing),
  guestNoteEn: textOf({ most: 1_000 }).transform(orNothing),
  mapUrl: z.union([typedField({ read: tidyLine, most: 0 }).transform(() => null), secureUrl]),
})

/** An IANA time zone name. Not an offset: Postgres reads "+09" with the opposite sign. */
const timeZone = z
  .string()
  .max(60)
  .regex(/^[A-Z][\w+-]*(\/[\w+-]+)*$/, { error: 'must be an IANA time zone' })
  .refine(isTimeZone, { error: 'must be an IANA time zone' })

/**
 * When and how a restaurant can be booked. Dates already scheduled keep what they promised. A
 * restaurant that takes same-day bookings only opens them on that day.
 */
export const bookingRules = z
  .strictObject({
    timeZone,
    seatingMinutes: z.int().min(15).max(720),
    dayCutMinutes: z.int().min(0).max(720),
    sameDayOnly: z.boolean(),
    horizonDays: z.int().min(0).max(365),
    opensMinutes: z.int().min(0).max(1_439).nullable(),
    opensDaysBefore: z.int().min(0).max(365),
    confirmWithinMinutes: z.int().min(1).max(1_440).nullable(),
    /** After so many no-shows in so many months a diner can't book here without staff. Both null: never. */
    noShowLimit: z.int().min(1).max(10).nullable(),
    noShowMonths: z.int().min(1).max(24).nullable(),
    /** Then a booking is a hold that staff confirm. False: it is refused. */
    holdsAfterNoShows: z.boolean(),
  })
  .transform((rules) =>
    rules.sameDayOnly || rules.opensMinutes === null ? { ...rules, opensDaysBefore: 0 } : rules,
  )
  .refine(({ opensDaysBefore, horizonDays }) => opensDaysBefore <= horizonDays, {
    path: ['opensDaysBefore'],
    error: 'must not be earlier than the horizon reaches',
  })
  .refine(({ noShowLimit, noShowMonths }) => (noShowLimit === null) === (noShowMonths === null), {
    path: ['noShowMonths'],
    error: 'must be given with the limit, or neither',
  })

/** The fields required to open a restaurant; the rest has good defaults. */
export const newRestaurant = z.strictObject({
  ...introduction,
  slug: typedField({ read: tidyAddress, most: 60 })
    .pipe(slug)
    .refine(isFreeForSlug, { error: 'must be a word of its own' }),
})

const saved = { restaurantId: z.uuid(), version: formVersion }
export const profileForm = z.strictObject({ ...saved, profile: profileFields })
export const bookingRulesForm = z.strictObject({ ...saved, rules: bookingRules })
