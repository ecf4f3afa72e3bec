import { toLikePattern } from '@/lib/db/like-pattern'
import { toKey } from '@/lib/text/search'
import { tidyName } from '@/lib/text/typed'
import { countErrors, findNearNames, findWords } from '@/lib/text/word-query'

/** Korean words to their translations in the page's language. */
export type Translations = Record<string, string>

export type KeywordQuery = {
  /** What each word has to be found by, as a `tsquery`. Null: nothing is searched for. */
  found: string | null
  /** Names that may be meant where nothing was found. Null: too short to be misspelt. */
  near: string | null
  /** What such a name contains, with at most `errors` errors. */
  key: string
  errors: number
  /** LIKE patterns of keys: a name that begins with the keyword, and each of its words in a name. */
  atStart: string
  inNames: string[]
}

/** The searches for a keyword: its words, also of the page's language, and what is near to it. */
export function readKeyword({
  keyword = '',
  translations = {},
}: {
  keyword?: string | undefined
  translations?: Translations
}): KeywordQuery {
  const key = toKey(keyword)
  const words = keyword
    .split(/\s+/)
    .map(toKey)
    .filter((word) => word !== '')
  return {
    found: findWords({
      keyword,
      others: (word) => [...listTranslated({ word, translations }), ...listPlaces(word)],
    }),
    near: findNearNames(key),
    key,
    errors: countErrors(key),
    atStart: toLikePattern(key).slice(1),
    inNames: words.map(toLikePattern),
  }
}

/** '연남동' and '연남역' are both at '연남', as restaurants name their region. */
const PLACE = /^(?<name>[가-힣]{2,})[동역구시]$/

function listPlaces(word: string): string[] {
  const name = PLACE.exec(tidyName(word))?.groups?.name
  return name === undefined ? [] : [name]
}

/** Korean words whose translation contains the word. */
function listTranslated({ word, translations }: { word: string; translations: Translations }) {
  const asked = word.toLowerCase()
  return Object.entries(translations)
    .filter(([, translated]) => asked.length > 2 && translated.toLowerCase().includes(asked))
    .map(([korean]) => korean)
}
