import { isConsonant, readAsEnglish, readAsKorean, toInitial, toStrokes } from './hangul'
import { tidyName } from './typed'

/**
 * How typed words find names, in a browser and in the database alike: `typed_key` and
 * `typed_initials` are the same readings in SQL.
 */

/** What a name has to contain: parts of its key, and of its initials. */
export type Wanted = { parts: string[]; initials: string | null }

const HYPHENS = /[\u0300-\u036F\u2010-\u2015\u2212-]/g

/** In lower case, of one width, without accents, hyphens and spaces; Hangul is composed. */
function fold(text: string): string {
  return tidyName(text)
    .normalize('NFKD')
    .toLowerCase()
    .replace(HYPHENS, '')
    .replace(/\s+/g, '')
    .normalize('NFC')
}

/** A name as searches compare it: '김 민수' → 'ㄱㅣㅁㅁㅣㄴㅅㅜ'. */
export function toKey(text: string): string {
  return toStrokes(splitConjoining(fold(text)))
}

/** '김 민수' → 'ㄱㅁㅅ' */
export function toInitials(text: string): string {
  return Array.from(splitConjoining(fold(text)), toInitial).join('')
}

/** Folding leaves a lone consonant as the first part of a syllable. */
function splitConjoining(text: string): string {
  return text.replace(/[\u1100-\u1112\u1161-\u1175\u11A8-\u11C2]/g, compatible)
}

const CONJOINING = new Map(
  Array.from({ length: 0x33 }, (_, index) => String.fromCharCode(0x3131 + index)).map((letter) => [
    letter.normalize('NFKD'),
    letter,
  ]),
)
/** Final consonants have code points of their own; letters on keyboards do not. */
const compatible = (letter: string) =>
  CONJOINING.get(letter) ?? CONJOINING.get(letter.normalize('NFKD')) ?? letter

/**
 * A word that has consonants of their own, 'ㄱㅅㅁ' or '김ㅅ', stands for names whose syllables begin
 * like that; every other word for names that contain it, whose last syllable may go on.
 */
function readSpelling(word: string): Wanted {
  const strokes = Array.from(word, (letter) =>
    toInitial(letter) === letter ? toStrokes(letter) : letter,
  ).join('')
  if (!Array.from(strokes).some(isConsonant)) return { parts: [toStrokes(strokes)], initials: null }
  return {
    parts: strokes
      .split(/[ㄱ-ㅎ]+/)
      .filter((part) => part !== '')
      .map(toStrokes),
    initials: Array.from(strokes, toInitial).join(''),
  }
}

/** A keyword as one word: as it is, or as typed with the other keyboard. None: it is empty. */
export function readSpellings(keyword: string): string[] {
  const word = splitConjoining(fold(keyword))
  const keys = tidyName(keyword).replace(/\s+/g, '')
  return [word, readAsKorean(keys), readAsEnglish(word)].flatMap((spelling) => spelling || [])
}

/** What names a keyword stands for have to contain, for each of its spellings. */
export function readWanted(keyword: string): Wanted[] {
  return readSpellings(keyword).map(readSpelling)
}

/** Escapes the characters that have a meaning in a regular expression, of Postgres too. */
const quote = (text: string) => text.replace(/[\\^$.|?*+(){}[\]#]/g, '\\$&')

/**
 * A regular expression, of Postgres too, for a name's key and initials with a line break between
 * them. Null: the keyword is empty.
 */
export function toNamePattern(keyword: string): string | null {
  const wanted = readWanted(keyword).map(({ parts, initials }) => {
    const inKey = parts.map((part) => `(?=[^\\n]*${quote(part)})`)
    return `^${inKey.join('')}${initials === null ? '' : `[^\\n]*\\n.*${quote(initials)}`}`
  })
  return wanted.length === 0 ? null : wanted.join('|')
}

/** Whether a name is one that a keyword stands for. */
export function matchesName({ name, keyword }: { name: string; keyword: string }): boolean {
  const pattern = toNamePattern(keyword)
  return pattern !== null && new RegExp(pattern).test(`${toKey(name)}\n${toInitials(name)}`)
}
