import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'
import { z } from 'zod'
import { nameListedZone } from '@/lib/i18n/moment'
import { stripPhone } from './typed-phone'

/**
 * Phone numbers, for servers only: what is known of every country's numbers would weigh on diners'
 * pages. They are stored as E.164, '+821012345678'.
 */

/** Where numbers without a country code are from, unless their restaurant's zone tells otherwise. */
const HOME: CountryCode = 'KR'
/** Numbers of a Korean forwarding service, which people write with four digits first. */
const FORWARDED = /^50(\d)(\d{3,4})(\d{4})$/

function listZones(country: CountryCode): unknown {
  const region: Intl.Locale & { timeZones?: unknown; getTimeZones?: () => unknown } =
    new Intl.Locale(`und-${country}`)
  return region.getTimeZones?.() ?? region.timeZones
}

let countries: Map<string, CountryCode> | undefined

/** The country a time zone is in, read once from what the runtime knows. */
function countryOf(timeZone: string | undefined): CountryCode {
  if (timeZone === undefined) return HOME
  countries ??= new Map(
    getCountries().flatMap((country) => {
      const zones = listZones(country)
      return Array.isArray(zones) ? zones.map((zone) => [String(zone), country]) : []
    }),
  )
  const country = countries.get(timeZone) ?? countries.get(nameListedZone(timeZone)) ?? HOME
  countries.set(timeZone, country)
  return country
}

function parse(text: string, country: CountryCode): PhoneNumber | null {
  const options = { defaultCountry: country, extract: false }
  const number = parsePhoneNumberFromString(text, options)
  return number?.isValid() && number.ext === undefined ? number : null
}

/**
 * A typed number as E.164. One without a country code is of the restaurant's country, whose time
 * zone is given, or else a Korean one: guests abroad write theirs as they dial it at home. Null: no
 * such number exists.
 */
export function readPhone({
  typed,
  timeZone,
}: {
  typed: string
  timeZone?: string | undefined
}): string | null {
  const text = stripPhone(typed)
  const country = countryOf(timeZone)
  const abroad = text.startsWith('00') ? parse(`+${text.slice(2)}`, country) : null
  return (abroad ?? parse(text, country) ?? parse(text, HOME))?.number ?? null
}

/**
 * A stored number as people of the restaurant's country write it: their own as they dial it, others
 * with the country code. What is not E.164, since no one could read it, is shown as it is.
 */
export function showPhone({ phone, timeZone }: { phone: string; timeZone?: string | undefined }) {
  const number = phone.startsWith('+') ? parse(phone, HOME) : null
  if (!number) return phone
  if (number.countryCallingCode !== getCountryCallingCode(countryOf(timeZone)))
    return number.formatInternational()
  const forwarded = number.country === 'KR' && FORWARDED.exec(number.nationalNumber)
  return forwarded ? `050${forwarded.slice(1).join('-')}` : number.formatNational()
}

/** The same of what has a phone, which may be none. */
export function withShownPhone<T extends { phone: string | null }>(
  row: T,
  timeZone?: string | undefined,
): T {
  return row.phone === null ? row : { ...row, phone: showPhone({ phone: row.phone, timeZone }) }
}

const payloadOfRestaurant = z.looseObject({
  restaurant: z.looseObject({ phone: z.string(), timeZone: z.string() }),
})

/** A notice's payload with its restaurant's phone as readers know it; one without stays as it is. */
export function showPayloadPhone(payload: unknown): unknown {
  const read = payloadOfRestaurant.safeParse(payload)
  if (!read.success) return payload
  const { restaurant } = read.data
  return { ...read.data, restaurant: withShownPhone(restaurant, restaurant.timeZone) }
}
