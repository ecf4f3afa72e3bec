import { FIRST_CONSONANTS, isOfFirstConsonants, SYLLABLES_A_CONSONANT } from './party.rules'

const HANGUL_START = 0xac00

/** 'ㄱ' → '[가-깋]': every syllable that begins with the consonant. */
function toSyllables(consonant: string): string {
  const first = HANGUL_START + FIRST_CONSONANTS.indexOf(consonant) * SYLLABLES_A_CONSONANT
  return `[${String.fromCharCode(first)}-${String.fromCharCode(first + SYLLABLES_A_CONSONANT - 1)}]`
}

/**
 * The database search for a guest at the door: part of the name without blanks, as a regular
 * expression, and at least the last four digits of the phone, because two would match half of all
 * past guests. Null: the text is no such search.
 */
export function planSearch(search: string): { name: string | null; digits: string | null } {
  const wanted = search.normalize('NFC').replace(/\s+/g, '')
  const digits = wanted.replace(/-/g, '')
  if (/^\d+$/.test(digits)) return { name: null, digits: digits.length < 4 ? null : digits }
  const name = isOfFirstConsonants(wanted)
    ? [...wanted].map(toSyllables).join('')
    : wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return { name, digits: null }
}
