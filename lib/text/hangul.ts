/** Hangul as keyboards know it: syllables taken apart into the letters that are typed for them. */

export const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
const FINALS = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'
const FIRST_SYLLABLE = 0xac00
const SYLLABLES = INITIALS.length * VOWELS.length * (FINALS.length + 1)

/** Letters that are two strokes on a keyboard. */
const PAIRS = new Map(
  [
    'ㄳㄱㅅ',
    'ㄵㄴㅈ',
    'ㄶㄴㅎ',
    'ㄺㄹㄱ',
    'ㄻㄹㅁ',
    'ㄼㄹㅂ',
    'ㄽㄹㅅ',
    'ㄾㄹㅌ',
    'ㄿㄹㅍ',
    'ㅀㄹㅎ',
    'ㅄㅂㅅ',
  ]
    .concat(['ㅘㅗㅏ', 'ㅙㅗㅐ', 'ㅚㅗㅣ', 'ㅝㅜㅓ', 'ㅞㅜㅔ', 'ㅟㅜㅣ', 'ㅢㅡㅣ'])
    .map(([pair = '', ...strokes]) => [pair, strokes.join('')]),
)
const JOINED = new Map(Array.from(PAIRS, ([pair, strokes]) => [strokes, pair]))

/** The letters of the two-set keyboard, at their place on the English one. */
const KEYS = new Map(
  Array.from('rRseEfaqQtTdwWczxvgkoiOjpuPhynbml', (key, index) => [
    key,
    'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ'.charAt(index),
  ]),
)
const KEYS_OF = new Map(Array.from(KEYS, ([key, letter]) => [letter, key]))

export const isConsonant = (letter: string) => INITIALS.includes(letter)

const strokesOf = (letter: string) => PAIRS.get(letter) ?? letter

/** '값' → 'ㄱㅏㅂㅅ', 'ㄳ' → 'ㄱㅅ'; everything else stays. The text is composed. */
export function toStrokes(text: string): string {
  return Array.from(text, (letter) => {
    const index = letter.charCodeAt(0) - FIRST_SYLLABLE
    if (index < 0 || index >= SYLLABLES) return strokesOf(letter)
    const final = index % (FINALS.length + 1)
    const vowel = Math.floor(index / (FINALS.length + 1)) % VOWELS.length
    return toInitial(letter) + strokesOf(VOWELS.charAt(vowel)) + strokesOf(FINALS.charAt(final - 1))
  }).join('')
}

/** '김' → 'ㄱ'; everything else stays. */
export function toInitial(letter: string): string {
  const index = letter.charCodeAt(0) - FIRST_SYLLABLE
  if (index < 0 || index >= SYLLABLES) return letter
  return INITIALS.charAt(Math.floor(index / (VOWELS.length * (FINALS.length + 1))))
}

const isSyllable = (letter: string) => toInitial(letter) !== letter

function composeSyllable(strokes: string): string {
  const [, initial = '', vowels = '', finals = ''] =
    /^(.)([ㅏ-ㅣ]{1,2})([ㄱ-ㅎ]{0,2})$/.exec(strokes) ?? []
  const vowel = VOWELS.indexOf(JOINED.get(vowels) ?? vowels)
  const final = FINALS.indexOf(JOINED.get(finals) ?? finals)
  const index = INITIALS.indexOf(initial) * VOWELS.length + vowel
  return String.fromCharCode(
    FIRST_SYLLABLE + index * (FINALS.length + 1) + (finals ? final + 1 : 0),
  )
}

/** A syllable of strokes; its final consonants are those that no vowel follows. */
const SYLLABLE =
  /[ㄱ-ㅎ](?:ㅗ[ㅏㅐㅣ]|ㅜ[ㅓㅔㅣ]|ㅡㅣ|[ㅏ-ㅣ])(?:(?:ㄱㅅ|ㄴ[ㅈㅎ]|ㄹ[ㄱㅁㅂㅅㅌㅍㅎ]|ㅂㅅ|[ㄱ-ㅎ])(?![ㅏ-ㅣ])|(?:[ㄱㄴㄹㅂ](?=[ㄱ-ㅎ][ㅏ-ㅣ])))?/g

/**
 * What the keys of an English keyboard write on a Korean one: 'rmadydlf' → '금요일'. Null: no Korean
 * word, since a vowel would stand alone.
 */
export function readAsKorean(text: string): string | null {
  // With caps lock on, a key is the same letter as without.
  const keys = text === text.toUpperCase() ? text.toLowerCase() : text
  const strokes = Array.from(
    keys,
    (key) => KEYS.get(key) ?? KEYS.get(key.toLowerCase()) ?? key,
  ).join('')
  if (!/[ㄱ-ㅣ]/.test(strokes)) return null
  const korean = strokes.replace(SYLLABLE, composeSyllable)
  return /[ㅏ-ㅣ]/.test(korean) ? null : korean
}

/**
 * What the keys of a Korean keyboard write on an English one: 'ㄹ갸ㅇ묘' → 'friday'. Null: the text
 * could be Korean.
 */
export function readAsEnglish(text: string): string | null {
  const letters = Array.from(text)
  const isWord = letters.some(isSyllable) && letters.some((letter) => /[ㄱ-ㅣ]/.test(letter))
  const keys = Array.from(toStrokes(text), (letter) => KEYS_OF.get(letter)?.toLowerCase() ?? letter)
  return isWord && keys.length >= 5 ? keys.join('') : null
}
