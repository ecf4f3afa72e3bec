import { describe, expect, test } from 'vitest'
import { declareMessages, findMessageFaults, type Words } from './declarations'

const korean: Words = {
  asOf: '{time} 기준',
  size: '{count}명',
  days: ['월', '화'],
  seat: { no: '없음' },
}
const english: Words = {
  asOf: 'As of {time}',
  size: '{count, plural, one {# guest} other {# guests}}',
  days: ['Mon', 'Tue'],
  seat: { no: 'None' },
}
const findFaults = (en: Words, more: Record<string, Words> = {}) =>
  findMessageFaults({
    ko: { 'board.json': korean },
    en: { 'board.json': en },
    ...Object.fromEntries(
      Object.entries(more).map(([locale, words]) => [locale, { 'board.json': words }]),
    ),
  })

describe('the check of the messages', () => {
  test('finds nothing to say where the languages agree', () => {
    expect(findFaults(english)).toEqual([])
  })

  test('names the key that a language lacks, and the one that has no Korean', () => {
    expect(findFaults({ ...english, seat: { none: 'None' } })).toEqual([
      'messages/en/board.json seat.no: is missing',
      'messages/en/board.json seat.none: has no Korean',
    ])
    expect(findFaults({ ...english, days: ['Mon'] })).toEqual([
      'messages/en/board.json days.1: is missing',
    ])
  })

  test('names the place that a translation lacks, and the one that it made up', () => {
    expect(findFaults({ ...english, asOf: 'As of {tiem}' })).toEqual([
      'messages/en/board.json asOf: lacks {time}',
      'messages/en/board.json asOf: has {tiem}, and the Korean has not',
    ])
  })

  test('lets a count that only chooses a word stand where Korean needs none', () => {
    const asOf = '{count, plural, one {Table} other {Tables}} as of {time}'
    expect(findFaults({ ...english, asOf })).toEqual([])
    const counted = {
      ...english,
      asOf: '{count, plural, one {# table} other {# tables}} as of {time}',
    }
    expect(findFaults(counted)).toEqual([
      'messages/en/board.json asOf: has {count}, and the Korean has not',
    ])
  })

  test.each(['{time', 'As of {time}}', '{time, date, short}', '{time, plural, other {#}}'])(
    'refuses a brace that begins no place: %s',
    (asOf) => {
      expect(findFaults({ ...english, asOf })).toContain(
        'messages/en/board.json asOf: has a brace that begins no place',
      )
    },
  )

  test('lets only those languages choose between one and other that have nothing else', () => {
    expect(findFaults(english, { de: english })).toEqual([])
    for (const locale of ['fr', 'pl', 'ja'])
      expect(findFaults(english, { [locale]: english })).toEqual([
        `messages/${locale}/board.json size: chooses between one and other, which are not all this language has`,
      ])
  })
})

describe('the types of the messages', () => {
  const declared = declareMessages({
    en: { 'board.json': english },
    ko: { 'board.json': korean },
  })

  test('know the places of each message, whichever language needs a number there', () => {
    expect(declared).toContain(`"asOf": Message<'time', never>`)
    expect(declared).toContain(`"size": Message<never, 'count'>`)
    expect(declared).toContain(`"days": string[]`)
    expect(declared).toContain(`"no": string`)
  })

  test('are one for all languages', () => {
    expect(declared).toContain(`declare module '@/messages/ko/board.json' {`)
    expect(declared).toContain(
      `declare module '@/messages/en/board.json' {\nimport words from '@/messages/ko/board.json'`,
    )
  })
})
