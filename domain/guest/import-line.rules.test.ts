import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import en from '@/messages/en/guests.json'
import ko from '@/messages/ko/guests.json'
import { joinTags, writeBookCsv } from './book-file.rules'
import type { BookLine } from './book-file.schema'
import { bookColumns } from './book-file.types'
import {
  readColumn,
  readDateCell,
  readLocaleCell,
  readWayCell,
  splitTags,
} from './import-columns.rules'
import { readImportFile } from './import-file.queries'

const PLACE = { timeZone: 'Asia/Seoul', today: '2026-11-29' }
const read = (text: string | Uint8Array) =>
  readImportFile({ bytes: typeof text === 'string' ? Buffer.from(text) : text, ...PLACE })

async function readLines(text: string) {
  const file = await read(text)
  if (!file.ok) throw new Error(file.reason)
  return file.value.lines
}

const person = {
  ...{ line: 2, name: '김단골', phone: '+821012345678', email: null, locale: null, tags: [] },
  ...{ note: null, diet: null, warnings: [] },
}

describe('a file as a whole', () => {
  test.each([
    ['', 'empty-file'],
    ['이름,전화\n', 'empty-file'],
    ['\n\n', 'empty-file'],
    ['김단골,010-1234-5678\n이단골,010-2345-6789\n', 'no-header'],
    ['이름,메모\n김단골,창가\n', 'no-header'],
    ['이름,전화,휴대폰\n', 'column-twice'],
    [`이름,전화${','.repeat(1_000_000)}\n`, 'too-many-columns'],
    ['이름,전화\n김단골,"010\n', 'broken-csv'],
    ['이름,전화\n김\u0000,010\n', 'unknown-encoding'],
    [`이름,전화\n${'김단골,x\n'.repeat(50_001)}`, 'too-many-lines'],
  ])('%j is refused: %s', async (text, reason) => {
    expect(await read(text)).toMatchObject({ ok: false, reason })
  })

  test('is named the line from which it can’t be read', async () => {
    expect(await read('이름,전화\n김,010-1234-5678\n이,"010\n박,02\n')).toMatchObject({
      details: { line: 3 },
    })
  })

  test('in CP949 is read as in UTF-8, and other columns are named and left out', async () => {
    const text = '고객명,주소,휴대폰\n똠방각하,서울,010-1234-5678\n'
    const file = await read(iconv.encode(text, 'cp949'))
    expect(file).toEqual(await read(text))
    expect(file).toMatchObject({
      value: { lines: [{ name: '똠방각하' }], ignoredColumns: ['주소'] },
    })
  })
})

describe('a line', () => {
  const HEADER = 'Name,Phone,E-mail,언어,태그,메모,알러지,동의,동의일\n'
  const readLine = async (line: string) => (await readLines(HEADER + line))[0]

  test('is read as what staff type is', async () => {
    expect(
      await readLine('김 단골,1012345678,A@B.test,영어,"VIP; 단골",\'=1+1,땅콩,전화,2026. 1. 5.'),
    ).toEqual({
      ...person,
      ...{ name: '김 단골', email: 'a@b.test', locale: 'en', tags: ['VIP', '단골'], note: '=1+1' },
      diet: { allergies: '땅콩', dislikes: null, way: 'PHONE', on: '2026-01-05' },
    })
  })

  test.each([
    [',010-1234-5678,,,,,,,', 'required', 'name'],
    ['김단골,010-12,,,,,,,', 'invalid', 'phone'],
    ['김단골,,"a@x"@y,,,,,,'.replaceAll('"', ''), 'invalid', 'email'],
    ['김단골,,,,,,,,', 'no-contact', undefined],
    ['김단골,010-1234-5678', 'too-few-cells', undefined],
    ['김단골,010-1234-5678,,,,,,,,', 'too-many-cells', undefined],
    ['김단골,010-1234-5678,,프랑스어,,,,,', 'invalid', 'locale'],
    [`김단골,010-1234-5678,,,${'가'.repeat(21)},,,,`, 'too-long', 'tags'],
    [
      `김단골,010-1234-5678,,,"${Array.from({ length: 11 }, (_, n) => n).join(',')}",,,,`,
      'too-long',
      'tags',
    ],
    [`김단골,010-1234-5678,,,,${'가'.repeat(501)},,,`, 'too-long', 'note'],
    [`김단골,010-1234-5678,,,,,${'가'.repeat(201)},전화,2026-01-01`, 'too-long', 'allergies'],
    [`${'가'.repeat(51)},010-1234-5678,,,,,,,`, 'too-long', 'name'],
    ['김단골,010-1234-5678,,,,\u0007,,,', 'invalid', 'note'],
  ])('%j is refused: %s', async (line, reason, column) => {
    expect(await readLine(line)).toEqual({
      ...{ line: 2, verdict: 'REFUSED', reason, warnings: [] },
      ...(column && { column }),
    })
  })

  test.each([
    ['no way', '땅콩,,2026-01-05'],
    ['an unknown way', '땅콩,텔레파시,2026-01-05'],
    ['no day', '땅콩,전화,'],
    ['a day that is none', '땅콩,전화,2026-02-30'],
    ['a day to come', '땅콩,전화,2026-11-30'],
  ])('keeps no allergies with %s of consent, and says so', async (_, cells) => {
    expect(await readLine(`김단골,010-1234-5678,,,,,${cells}`)).toEqual({
      ...person,
      warnings: ['consent-missing'],
    })
  })

  test('about the same person as one before names that; blank ones are none', async () => {
    const lines = await readLines(
      '이름,전화,메일\n김,010-1234-5678,a@b.test\n,,\n이,+82 10 1234 5678,\n박,,A@b.test\n최,02-345-6789,a@b.test\n정,,c@d.test\n정,,c@d.test\n',
    )
    expect(lines).toMatchObject([
      { line: 2, name: '김' },
      { line: 4, verdict: 'SAME', sameAs: 2 },
      { line: 5, verdict: 'SAME', sameAs: 2 },
      { line: 6, name: '최' },
      { line: 7, name: '정' },
      { line: 8, verdict: 'SAME', sameAs: 7 },
    ])
  })
})

describe('the words of an export', () => {
  test.each([
    ['Korean', ko.file],
    ['English', en.file],
  ])('are read back in %s', (_, words) => {
    for (const column of bookColumns) expect(readColumn(words.columns[column])).toBe(column)
    for (const locale of ['ko', 'en'] as const)
      expect(readLocaleCell(words.locales[locale])).toBe(locale)
    for (const way of ['IN_PERSON', 'PHONE', 'MESSAGE', 'LINK'] as const)
      expect(readWayCell(words.ways[way])).toBe(way)
  })

  test('days of Korean and other spreadsheets are read', () => {
    for (const day of [
      '2026-1-5',
      '2026. 1. 5.',
      '2026/01/05',
      '2026.01.05',
      '2026-01-05T09:00:00Z',
    ])
      expect(readDateCell(day), day).toBe('2026-01-05')
    for (const day of ['5.1.2026', '2026-13-01', '내일', '']) expect(readDateCell(day)).toBeNull()
  })
})

/** Words as they stand in the book: tidied, and with whatever spreadsheets run or break on. */
const word = fc.string({
  unit: fc.constantFrom(...'가뷁a1=+-@\'",;\t |＝~·/'),
  minLength: 1,
  maxLength: 12,
})

/** What a file of that line, written and read back, says. */
async function sendThrough(line: BookLine, words: typeof ko.file) {
  async function* only() {
    yield line
  }
  let text = ''
  for await (const piece of writeBookCsv(only(), words)) text += piece
  const [read] = await readLines(text)
  if (!read || 'verdict' in read) throw new Error(`not read: ${JSON.stringify(read)}`)
  const { name, note, tags, diet } = read
  return { name, note, tags, allergies: diet?.allergies ?? null }
}

test('what was exported is read back as it was, guards and all', async () => {
  const person = fc.record({
    ...{ name: word.map((text) => `김${text}`), note: word.map((text) => `${text}끝`) },
    ...{ tags: fc.uniqueArray(word, { maxLength: 5 }), allergies: word.map((text) => `${text}콩`) },
  })
  await fc.assert(
    fc.asyncProperty(person, async (typed) => {
      const line: BookLine = {
        ...{ phone: null, email: 'guest@bobjool.test', locale: 'ko', dislikes: null },
        ...{ consentWay: 'PHONE', consentDate: '2026-01-05', ...typed },
      }
      // Once read, words are as the book keeps them, and stay so however often they go to and fro.
      const kept = await sendThrough(line, ko.file)
      expect(await sendThrough({ ...line, ...kept }, en.file)).toEqual(kept)
    }),
    { numRuns: 100 },
  )
})

test.each(["'=1+1", "''+82", '=HYPERLINK("http://x")', '-1', '@x', "'quoted'", '첫 줄\n둘째 줄'])(
  'a note %j comes back to the letter',
  async (note) => {
    const line: BookLine = {
      ...{ name: '김단골', phone: '010-1234-5678', email: null, locale: 'ko', tags: [], note },
      ...{ allergies: null, dislikes: null, consentWay: null, consentDate: null },
    }
    expect(await sendThrough(line, ko.file)).toMatchObject({ note })
  },
)

test('tags are told apart whatever stands in them', () => {
  fc.assert(
    fc.property(fc.array(word.map((tag) => tag.trim()).filter((tag) => tag !== '')), (tags) => {
      expect(splitTags(joinTags(tags))).toEqual(tags)
    }),
  )
})
