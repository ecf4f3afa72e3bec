import { PLACE } from '@/lib/i18n/message'

/** What is in a file of messages. */
export type Words = string | Words[] | { [key: string]: Words }
/** By locale and file name: `{ ko: { 'booking.json': … } }`. */
export type MessageFiles = Record<string, Record<string, Words>>

/** Where a message stands: `booking.json board.asOf`. */
type Sentences = Map<string, string>
/** `choosers` are counts that only choose a word, `{count, plural, one {Table} other {Tables}}`. */
type Places = { names: Set<string>; counts: Set<string>; choosers: Set<string> }

const SOURCE = 'ko'

/**
 * The types of the messages, by which `fillIn` knows the places of each, as ambient modules in the
 * place of what the compiler would infer from the JSON: the languages share one type each file.
 */
export function declareMessages(locales: MessageFiles): string {
  const all = Object.values(locales).map(listSentences)
  const declareWords = (words: Words, at: string): string => {
    if (typeof words === 'string') return declareSentence(all.map((it) => it.get(at) ?? ''))
    if (Array.isArray(words)) return 'string[]'
    const members = Object.entries(words).map(
      ([key, inner]) => `${JSON.stringify(key)}: ${declareWords(inner, join(at, key))}`,
    )
    return `{\n${members.join('\n')}\n}`
  }
  const { [SOURCE]: source = {}, ...others } = locales
  const modules = Object.entries(source).flatMap(([file, words]) => [
    declareModule({
      name: `${SOURCE}/${file}`,
      lines: [
        "import type { Message } from '@/lib/i18n/message'",
        `const words: ${declareWords(words, `${file} `)}`,
      ],
    }),
    ...Object.keys(others).map((locale) =>
      declareModule({
        name: `${locale}/${file}`,
        lines: [`import words from '@/messages/${SOURCE}/${file}'`],
      }),
    ),
  ])
  return `// Made from messages/ by messages/generate.ts.\n${modules.join('')}`
}

function declareModule({ name, lines }: { name: string; lines: string[] }): string {
  const body = [...lines, 'export default words'].join('\n')
  return `declare module '@/messages/${name}' {\n${body}\n}\n`
}

/** A place that takes a number in one language takes a number. */
function declareSentence(translations: string[]): string {
  const counts = new Set(translations.flatMap((it) => [...readPlaces(it).counts]))
  const names = new Set(translations.flatMap(readNames).filter((name) => !counts.has(name)))
  if (names.size + counts.size === 0) return 'string'
  return `Message<${[names, counts].map(declareUnion).join(', ')}>`
}

function declareUnion(names: Set<string>): string {
  return names.size === 0 ? 'never' : [...names].map((name) => `'${name}'`).join(' | ')
}

/** What is wrong with the messages: keys or places that languages don't share, and stray braces. */
export function findMessageFaults(locales: MessageFiles): string[] {
  const source = listSentences(locales[SOURCE] ?? {})
  return Object.entries(locales).flatMap(([locale, files]) => {
    const sentences = listSentences(files)
    const tell = (at: string, what: string) => `messages/${locale}/${at.trim()}: ${what}`
    const missing = [...source.keys()].filter((at) => !sentences.has(at))
    return [
      ...missing.map((at) => tell(at, 'is missing')),
      ...[...sentences].flatMap(([at, sentence]) =>
        findFaults({ sentence, locale, source: source.get(at) }).map((what) => tell(at, what)),
      ),
    ]
  })
}

function findFaults({
  sentence,
  source,
  locale,
}: {
  sentence: string
  source: string | undefined
  locale: string
}): string[] {
  if (source === undefined) return ['has no Korean']
  const wanted = new Set(readNames(source))
  const names = new Set(readNames(sentence))
  const { choosers, counts } = readPlaces(sentence)
  const faults = [
    ...[...wanted].filter((name) => !names.has(name)).map((name) => `lacks {${name}}`),
    ...[...names]
      .filter((name) => !wanted.has(name) && !choosers.has(name))
      .map((name) => `has {${name}}, and the Korean has not`),
  ]
  if (/[{}]/.test(sentence.replace(PLACE, ''))) faults.push('has a brace that begins no place')
  if (counts.size > 0 && !isOneAlone(locale))
    faults.push('chooses between one and other, which are not all this language has')
  return faults
}

/** Whether "one" is 1 and nothing else, as `fillIn` takes it without a library's tables. */
function isOneAlone(locale: string): boolean {
  const rules = new Intl.PluralRules(locale)
  return Array.from({ length: 201 }, (_, count) => count).every(
    (count) => rules.select(count) === (count === 1 ? 'one' : 'other'),
  )
}

function readNames(sentence: string): string[] {
  const { names, counts } = readPlaces(sentence)
  return [...names, ...counts]
}

function readPlaces(sentence: string): Places {
  const places: Places = { names: new Set(), counts: new Set(), choosers: new Set() }
  for (const [, name = '', one, other] of sentence.matchAll(PLACE)) {
    ;(other === undefined ? places.names : places.counts).add(name)
    if (other !== undefined && !`${one}${other}`.includes('#')) places.choosers.add(name)
  }
  return places
}

function listSentences(files: Record<string, Words>): Sentences {
  const sentences: Sentences = new Map()
  const walk = (words: Words, at: string) => {
    if (typeof words === 'string') sentences.set(at, words)
    else for (const [key, inner] of Object.entries(words)) walk(inner, join(at, key))
  }
  for (const [file, words] of Object.entries(files)) walk(words, `${file} `)
  return sentences
}

function join(at: string, key: string): string {
  return at.endsWith(' ') ? `${at}${key}` : `${at}.${key}`
}
