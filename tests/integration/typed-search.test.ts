import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toInitials, toKey } from '@/lib/text/search'
import { tidyName } from '@/lib/text/typed'
import { useDatabase } from '../support/database'

const database = useDatabase()

test('what people type is read alike by the database and by browsers', async () => {
  const letters = fc.string({
    unit: fc.constantFrom(
      ...[
        '김',
        '값',
        '과',
        '의',
        '앉',
        '없',
        'ㄱ',
        'ㅎ',
        '꽃',
        '뷁',
        'A',
        'é',
        'ｋ',
        '7',
        '-',
        '–',
        ' ',
        '\u3000',
      ],
      ...["'", '%', '_', '\\', '닭'.normalize('NFD'), '🍜', '.', 'ﬁ', 'カ'],
    ),
    maxLength: 8,
  })
  const texts = [...new Set(fc.sample(letters, { numRuns: 500, seed: 7 }).map(tidyName))]
  const rows = await database.query<{ key: string; initials: string }>(
    `SELECT typed_key(text) AS key, typed_initials(text) AS initials
       FROM unnest($1::text[]) WITH ORDINALITY AS given (text, n) ORDER BY n`,
    [texts],
  )
  expect(rows.map(({ key, initials }) => [key.replaceAll(' ', ''), initials])).toEqual(
    texts.map((text) => [toKey(text), toInitials(text)]),
  )
})
