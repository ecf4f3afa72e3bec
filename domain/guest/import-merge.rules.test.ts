import { expect, test } from 'vitest'
import { LONGEST_DIET, LONGEST_NOTE } from './entry.types'
import type { ImportedLine } from './import.schema'
import { addToEntry, type KnownEntry } from './import-merge.rules'

const entry: KnownEntry = {
  ...{ id: 'a', name: '김단골', email: null, takesEmail: false, tags: [] },
  ...{ note: null, allergies: null, dislikes: null },
  own: { note: null, allergies: null, dislikes: null },
}

const lineOf = (given: Partial<ImportedLine>): ImportedLine => ({
  ...{ line: 2, name: '김단골', phone: '+821023456789', email: null, locale: null },
  ...{ tags: [], note: null, diet: null, warnings: [] },
  ...given,
})

/** Two units of a JavaScript string, one character of the field and of the database. */
const EMOJI = '🥜'
const dietOf = (allergies: string, dislikes: string | null = null) => ({
  diet: { allergies, dislikes, way: 'PHONE', on: '2026-01-05' },
})

test('a note is as long as its characters: 300 emoji are added, also to what is there', () => {
  const note = EMOJI.repeat(300)
  expect(addToEntry({ asked: lineOf({ note }), entry })).toMatchObject({
    ...{ addition: { note }, isChanged: true, warnings: [] },
  })
  const noted = { ...entry, note: '창가', own: { ...entry.own, note: '창가' } }
  expect(addToEntry({ asked: lineOf({ note }), entry: noted })).toMatchObject({
    ...{ addition: { note: `창가\n${note}` }, warnings: [] },
  })
})

test('a note of the longest is added, one character more is not', () => {
  const longest = EMOJI.repeat(LONGEST_NOTE)
  const add = (note: string) => addToEntry({ asked: lineOf({ note }), entry })
  expect(add(longest)).toMatchObject({ addition: { note: longest }, warnings: [] })
  expect(add(`${longest}!`)).toMatchObject({ addition: { note: null }, warnings: ['note-full'] })
})

test.each(['allergies', 'dislikes'] as const)(
  '%s of the longest are added, one character more are not',
  (kind) => {
    const longest = EMOJI.repeat(LONGEST_DIET)
    const add = (text: string) =>
      addToEntry({
        asked: lineOf(kind === 'allergies' ? dietOf(text) : dietOf('땅콩', text)),
        entry,
      })
    expect(add(longest)).toMatchObject({ addition: { diet: { [kind]: longest } }, warnings: [] })
    expect(add(`${longest}!`)).toMatchObject({ addition: { diet: null }, warnings: ['diet-full'] })
  },
)
