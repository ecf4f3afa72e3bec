import { readSpellings, readWanted, type Wanted } from './search'
import { listDigits } from './typed-phone'

/**
 * Searches of the words that `typed_words` lists for an index, as Postgres' `tsquery`. Everything a
 * person typed is quoted.
 */

/** As many letters of a part as the index holds. */
const LONGEST = 24
/** Longer words are no two that were run together, but text that was pasted. */
const LONGEST_RUN_TOGETHER = 12
const MOST_RUN_TOGETHER = 3
const MOST_WORDS = 10
const FEWEST_DIGITS = 3

const quote = (text: string) => `'${text.replace(/[\\']/g, '$&$&')}'`
const all = (queries: string[]) => `(${queries.join(' & ')})`
const any = (queries: string[]) => `(${[...new Set(queries)].join(' | ')})`

function beginsWith(text: string, mark = ''): string {
  const letters = Array.from(text)
  const pieces = Array.from({ length: Math.ceil(letters.length / LONGEST) }, (_, index) =>
    letters.slice(index * LONGEST, (index + 1) * LONGEST).join(''),
  )
  return all(pieces.map((piece) => `${quote(mark + piece)}:*`))
}

const contains = ({ parts, initials }: Wanted, mark = '', initialsMark = '#') =>
  all([
    ...parts.map((part) => beginsWith(part, mark)),
    ...(initials === null ? [] : [beginsWith(initials, initialsMark)]),
  ])

/** All ways to read a word as some that were run together: '망원카레' is also '망원' and '카레'. */
function splitWord(word: string, most = MOST_RUN_TOGETHER): string[][] {
  const letters = Array.from(word)
  const fewest = /[a-z]/i.test(word) ? 4 : 2
  if (most === 1 || letters.length < 2 * fewest || letters.length > LONGEST_RUN_TOGETHER) return []
  const places = Array.from(
    { length: letters.length - 2 * fewest + 1 },
    (_, index) => index + fewest,
  )
  return places.flatMap((place) => {
    const first = letters.slice(0, place).join('')
    const rest = letters.slice(place).join('')
    return [[first, rest], ...splitWord(rest, most - 1).map((words) => [first, ...words])]
  })
}

/** Finds what contains a keyword as one word, its spaces left out. Null: it is empty. */
export function findWord(keyword: string): string | null {
  const wanted = readWanted(keyword)
  return wanted.length === 0 ? null : any(wanted.map((each) => contains(each)))
}

/**
 * Finds what contains every word of a keyword, also where words were run together. `others` gives
 * further words that mean the same. Null: the keyword is empty.
 */
export function findWords({
  keyword,
  others = () => [],
}: {
  keyword: string
  others?: (word: string) => string[]
}): string | null {
  const words = keyword
    .split(/\s+/)
    .slice(0, MOST_WORDS)
    .filter((word) => readWanted(word).length > 0)
  const queries = words.map((word) => {
    const meant = [word, ...others(word)].flatMap((each) =>
      readWanted(each).map((wanted) => contains(wanted)),
    )
    const runTogether = readSpellings(word)
      .flatMap((spelling) => splitWord(spelling))
      .map((parts) => all(parts.map((part) => findWord(part) ?? quote(part))))
    return any([...meant, ...runTogether])
  })
  return queries.length === 0 ? null : all(queries)
}

/** Finds what has a keyword in its name, as one word. Null: it is empty. */
export function findNames(keyword: string): string | null {
  const wanted = readWanted(keyword)
  return wanted.length === 0 ? null : any(wanted.map((each) => contains(each, '=')))
}

/** Finds people by a part of their name or address, or by digits of their phone. */
export function findPersonWords(keyword: string): string | null {
  const found = findWord(keyword)
  const digits = listDigits({ typed: keyword, fewest: FEWEST_DIGITS })
  return found && any([found, ...digits.map((each) => beginsWith(each))])
}

/**
 * Finds guests of one restaurant's book by a part of their name, as `guest_words` lists it: `book` is the
 * restaurant's id without its dashes. Null: the keyword is empty.
 */
export function findGuestNames({ keyword, book }: { keyword: string; book: string }) {
  const wanted = readWanted(keyword)
  return wanted.length === 0 ? null : any(wanted.map((each) => contains(each, book, `${book}#`)))
}

/** The same by the last digits of their phone, any of these. Null: none are given. */
export function findGuestPhones({ digits, book }: { digits: string[]; book: string }) {
  const queries = digits.map(
    (each) => `${quote(`${book}~${Array.from(each).reverse().join('')}`)}:*`,
  )
  return queries.length === 0 ? null : any(queries)
}

/** How many letters of a key may be wrong: of a short one none, since too much is near to it. */
export function countErrors(key: string): number {
  if (key.length < 5) return 0
  return key.length < 10 ? 1 : 2
}

/**
 * Finds names that may contain a key with so many errors: of one piece more than there are errors,
 * one at least is spelt right. Null: a key too short to be misspelt.
 */
export function findNearNames(key: string): string | null {
  const errors = countErrors(key)
  if (errors === 0) return null
  const length = Math.ceil(key.length / (errors + 1))
  const pieces = Array.from({ length: errors + 1 }, (_, index) =>
    key.slice(index * length, (index + 1) * length),
  )
  return any(pieces.map((piece) => `${quote(`=${piece.slice(0, LONGEST - 1)}`)}:*`))
}
