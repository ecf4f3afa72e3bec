const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
/**
 * Syllables with the same initial consonant are contiguous, and within them those with the same
 * vowel.
 */
const PER_INITIAL = 588
const PER_VOWEL = 28

/** The consonants a syllable can begin with, in syllable order. */
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
/** Keyboards merge two consonants typed in a row into one letter; no syllable begins with these. */
const PAIRS: Record<string, string> = {
  ㄳ: 'ㄱㅅ',
  ㄵ: 'ㄴㅈ',
  ㄶ: 'ㄴㅎ',
  ㄺ: 'ㄹㄱ',
  ㄻ: 'ㄹㅁ',
  ㄼ: 'ㄹㅂ',
  ㄽ: 'ㄹㅅ',
  ㄾ: 'ㄹㅌ',
  ㄿ: 'ㄹㅍ',
  ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
}
/** Some keyboards send conjoining consonants, the components of syllables. */
const FIRST_CONJOINING = 0x1100

/** Korean words to their translations in the page's language. */
export type Translations = Record<string, string>

export type KeywordPatterns = {
  /** Regular expressions, one per word; each must match some field of a restaurant. */
  anywhere: string[]
  /** The same for words of initial consonants, which would match half of any longer text. */
  inNames: string[]
  /** The whole keyword at the beginning of a name. */
  atStart: string
}

/**
 * The patterns a keyword is searched by. A consonant alone stands for every syllable it begins, the
 * last syllable may still lack its final consonant, and everything else is literal.
 */
export function readKeyword({
  keyword = '',
  translations = {},
}: {
  keyword?: string | undefined
  translations?: Translations
}): KeywordPatterns {
  const words = splitPairs(keyword)
    .split(/\s+/)
    .filter((word) => word !== '')
  const isInitials = (word: string) => [...word].some((letter) => INITIALS.includes(letter))
  return {
    anywhere: words.filter((word) => !isInitials(word)).map((word) => among(word, translations)),
    inNames: words.filter(isInitials).map(toPattern),
    atStart: `^${toPattern(words.join(''))}`,
  }
}

function splitPairs(text: string): string {
  return Array.from(text, (letter) => {
    const conjoining = letter.charCodeAt(0) - FIRST_CONJOINING
    return PAIRS[letter] ?? INITIALS[conjoining] ?? letter
  }).join('')
}

/** Matches the word itself, or a Korean word whose translation contains it. */
function among(word: string, translations: Translations): string {
  const asked = word.toLowerCase()
  const known = Object.entries(translations)
    .filter(([, translated]) => asked.length > 2 && translated.toLowerCase().includes(asked))
    .map(([korean]) => quote(korean.replaceAll(' ', '')))
  return [toPattern(word), ...known].join('|')
}

function toPattern(word: string): string {
  const letters = [...word]
  return letters
    .map((letter, index) => matchLetter({ letter, isLast: index === letters.length - 1 }))
    .join('')
}

function matchLetter({ letter, isLast }: { letter: string; isLast: boolean }): string {
  const initial = INITIALS.indexOf(letter)
  if (initial >= 0) {
    const first = FIRST_SYLLABLE + initial * PER_INITIAL
    return `[${letter}${spanSyllables(first, PER_INITIAL)}]`
  }
  const code = letter.charCodeAt(0)
  const isSyllable = FIRST_SYLLABLE <= code && code <= LAST_SYLLABLE
  const isOpen = isSyllable && (code - FIRST_SYLLABLE) % PER_VOWEL === 0
  return isLast && isOpen ? `[${spanSyllables(code, PER_VOWEL)}]` : quote(letter)
}

function spanSyllables(first: number, count: number): string {
  return `${String.fromCharCode(first)}-${String.fromCharCode(first + count - 1)}`
}

/** Escapes the characters that have a meaning in a Postgres regular expression. */
function quote(text: string): string {
  return text.replace(/[\\^$.|?*+(){}[\]]/g, '\\$&')
}
