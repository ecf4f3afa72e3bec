import { tidyNumber } from './typed'

/** What browsers and searches know of phone numbers. */

const SHAPE = /^\+?[\d().\-/]+$/
/** A number this long may begin with the 0 that is dialled only inside its country. */
const FEWEST_WITH_TRUNK = 7

/** A number without spaces, dashes and brackets: what is left is digits, if it is one. */
export function stripPhone(typed: string): string {
  return tidyNumber(typed).replace(/[-()./]/g, '')
}

/** Whether a text may be a whole number; the server knows which numbers there are. */
export const isPhoneShaped = (typed: string) => /^(?:\+[1-9]|\d)\d{7,14}$/.test(stripPhone(typed))

/**
 * The digits as `phone_key` has them: '01012345678' of '+82 10-1234-5678'. Null: the text is no
 * number and no part of one.
 */
export function toPhoneKey(typed: string): string | null {
  const number = tidyNumber(typed)
  if (!SHAPE.test(number)) return null
  return stripPhone(number)
    .replace(/^(?:\+|00)820?/, '0')
    .replace(/^(?:\+|00)/, '')
}

/**
 * Digits of which a number's key has to contain one. None: the text is no part of a number, or has
 * fewer digits, which nearly every number contains.
 */
export function listDigits({ typed, fewest }: { typed: string; fewest: number }): string[] {
  const digits = toPhoneKey(typed) ?? ''
  if (digits.length < fewest) return []
  return digits.length < FEWEST_WITH_TRUNK
    ? [digits]
    : [...new Set([digits, digits.replace(/^0/, '')])]
}
