import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { PLACE, pluralise } from '@/lib/i18n/message'
import type { Words } from './declarations'

/** Places that hold text, clock times, dates and names of things: whatever is none of it counts. */
const TEXTS = new Set(
  `address age ahead allergies app at browser by column columns cut date day digits directFrom done dueAt email end entry from givenAt
  host hours
  keyword label length line lines lobby month most name number numbers opens party phone place proposal provider
  reason restaurant restaurants role round search size slug state status step table tables takenAt
  time times to until weekday what when words zone`.split(/\s+/),
)
/** Places of that name count in these sentences all the same. */
const COUNTED = new Set(['schedule month.made tables', 'schedule month.made times'])

/** Words that stay as they are after any number. */
const UNINFLECTED =
  /^(min|s|h|d|ago|of|per|in|after|a|ahead|late|more|today|available|booked|new|removed|unchanged|not|were|to|seated)$/

/** How Korean counts what English names by this noun. */
const COUNTERS: Record<string, RegExp> = {
  action: /^건/,
  attempt: /^번/,
  booking: /^건/,
  cancellation: /^건/,
  entry: /^건/,
  combination: /^개/,
  day: /^일/,
  draw: /^번/,
  guest: /^명/,
  hour: /^시간/,
  minute: /^분/,
  month: /^개월/,
  party: /^팀/,
  person: /^명/,
  picture: /^장/,
  reservation: /^건/,
  seating: /^개/,
  second: /^초/,
  service: /^번/,
  // Of `no-show`, as the words are split.
  show: /^번/,
  table: /^개/,
  thing: /^가지/,
  time: /^(번|개)/,
  try: /^번/,
  turn: /^(번|명)/,
  visit: /^번/,
}

const PLURAL = /\{\w+, plural, one \{[^{}]*\} other \{[^{}]*\}\}/g

type Sentence = { at: string; text: string }

function listSentences(locale: string): Sentence[] {
  const folder = path.join(import.meta.dirname, locale)
  const walk = (words: Words, at: string): Sentence[] =>
    typeof words === 'string'
      ? [{ at, text: words }]
      : Object.entries(words).flatMap(([key, inner]) => walk(inner, `${at}${key}.`))
  return readdirSync(folder).flatMap((file) =>
    walk(
      JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
      `${file.replace('.json', '')} `,
    ).map(({ at, text }) => ({ at: at.slice(0, -1), text })),
  )
}

const isCount = (at: string, name: string) => !TEXTS.has(name) || COUNTED.has(`${at} ${name}`)

type Plural = { name: string; one: string; other: string; noun: string }

/** The plurals of a sentence, each with the noun it counts: the first word of one that other lacks. */
function listPlurals(text: string): Plural[] {
  return [...text.matchAll(PLACE)].flatMap(([, name = '', one = '', other]) => {
    if (other === undefined) return []
    const others = new Set(other.split(/\W+/))
    const noun = one.split(/\W+/).find((word) => word !== '' && !others.has(word)) ?? ''
    return [{ name, one, other, noun }]
  })
}

const english = listSentences('en')
const korean = new Map(listSentences('ko').map(({ at, text }) => [at, text]))
const counting = english.filter(({ at, text }) =>
  [...text.matchAll(PLACE)].some(([, name = '']) => isCount(at, name)),
)
const nouns = new Set(english.flatMap(({ text }) => listPlurals(text).map(({ noun }) => noun)))

/** The sentence with that number in each place that counts, and a word in the others. */
function render({ at, text }: Sentence, count: number): string {
  return text.replace(PLACE, (_, name: string, one: string, other?: string) => {
    if (other !== undefined) return pluralise(count, { one, other })
    return isCount(at, name) ? String(count) : 'Kim'
  })
}

/** "1 parties", "1 are", "2 party", "0 more time". */
function findSlips(text: string): string[] {
  const many = text.match(
    /\b1 (more |new |other |upcoming )?(?!is\b|was\b|has\b|this\b)(\w+s|people|parties|are|were|have)\b/g,
  )
  const single = [...text.matchAll(/\b[02] (?:more |new |other |upcoming )?(\w+)\b/g)]
    .filter(([, word = '']) => nouns.has(word) || /^(is|was|has)$/.test(word))
    .map(([slip]) => slip)
  return [...(many ?? []), ...single]
}

describe('plurals: a count in English', () => {
  test('is looked for in many sentences', () => {
    expect(counting.length).toBeGreaterThan(90)
    expect([...nouns]).toEqual(expect.arrayContaining(['party', 'guest', 'person', 'time']))
  })

  test.each([0, 1, 2])('of %i reads right in every sentence', (count) => {
    const slips = counting.flatMap((sentence) =>
      findSlips(render(sentence, count)).map((slip) => `${sentence.at}: ${slip}`),
    )
    expect(slips).toEqual([])
  })

  test('chooses its form wherever a word follows that has two', () => {
    const plain = counting.flatMap(({ at, text }) =>
      [...text.replace(PLURAL, '#').matchAll(/\{(\w+)\} ([a-z]+)/g)]
        .filter(([, name = '', word = '']) => isCount(at, name) && !UNINFLECTED.test(word))
        .map(([place]) => `${at}: ${place}`),
    )
    expect(plain).toEqual([])
  })

  test('is refused by this test where its noun does not follow it', () => {
    const told = [
      '1 parties wait',
      '1 more times',
      '1 people',
      '1 are in',
      '2 party',
      '0 more time',
    ]
    for (const text of told) expect(findSlips(text), text).toHaveLength(1)
    for (const text of ['1 party waits', '1 more time', '0 guests', '2 people', 'Ticket 2 is next'])
      expect(findSlips(text.replace('Ticket 2', 'Kim')), text).toEqual([])
  })
})

describe('plurals: a count in Korean', () => {
  test('has the counter of what it counts', () => {
    const wrong = english.flatMap(({ at, text }) =>
      listPlurals(text).flatMap(({ name, one, noun }) => {
        const counted = COUNTERS[noun] ?? COUNTERS[one.split(' ').at(-1) ?? '']
        const after = korean.get(at)?.split(`{${name}}`)[1]
        if (after === undefined) return one.includes('#') ? [`${at}: lacks {${name}}`] : []
        if (counted === undefined) return [`${at}: nothing is known of ${noun}`]
        return counted.test(after) ? [] : [`${at}: {${name}}${after.slice(0, 6)}`]
      }),
    )
    expect(wrong).toEqual([])
  })
})
