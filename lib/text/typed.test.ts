import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countCharacters,
  readDigits,
  tidyAddress,
  tidyLine,
  tidyName,
  tidyNumber,
  tidyText,
} from './typed'

const pasted = [
  '\u200B',
  '\u200D',
  '\u200C',
  '\uFEFF',
  '\u200E',
  '\u200F',
  '\u202E',
  '\u00AD',
  '\u2060',
  '\u3164',
  '\uFE0F',
]
const spaces = [
  ' ',
  '\u00A0',
  '\u3000',
  '\u2003',
  '\u202F',
  '\u205F',
  '\t',
  '\n',
  '\u2028',
  '\u2800',
]
const dashes = [
  '-',
  '\u2010',
  '\u2011',
  '\u2012',
  '\u2013',
  '\u2014',
  '\u2015',
  '\u2212',
  '\uFF0D',
  '\uFE63',
]

describe('what people type: letters', () => {
  it('is composed before its characters are counted', () => {
    const typed = '닭'.repeat(21).normalize('NFD')
    expect(countCharacters(typed)).toBe(63)
    for (const read of [tidyText, tidyLine, tidyName, tidyAddress, tidyNumber])
      expect(countCharacters(read(typed))).toBe(21)
    expect(tidyName('\u1100\u1161')).toBe('가')
    expect(tidyName('ﾡￂ')).toBe('가')
  })

  it.each([
    ['ＫＩＭ　Ｍｉｎｓｕ', 'KIM Minsu'],
    ['김 민수 ３', '김 민수 3'],
    ['Ｂａｒ＆Ｇｒｉｌｌ', 'Bar&Grill'],
    ['ｶﾌｪ', 'カフェ'],
  ])('%s of full or half width is %s', (typed, name) => expect(tidyName(typed)).toBe(name))

  it('every kind of space is one, and every kind of hyphen', () => {
    for (const space of spaces)
      expect(tidyName(`${space}김${space}${space}민수${space}`)).toBe('김 민수')
    for (const dash of dashes) expect(tidyName(`Anne${dash}Marie`)).toBe('Anne-Marie')
    expect(tidyName('ラーメン')).toBe('ラーメン')
  })

  it('invisible marks that were pasted along are gone', () => {
    for (const mark of pasted) {
      expect(tidyName(`${mark}김${mark}민수${mark}`), JSON.stringify(mark)).toBe('김민수')
      expect(tidyName(`O${mark}'Brien`)).toBe("O'Brien")
      expect(tidyText(`a${mark}\n${mark}b`)).toBe('a\nb')
      expect(tidyAddress(`${mark}haneul${mark}@example.com${mark}`)).toBe('haneul@example.com')
      expect(tidyNumber(`${mark}010${mark}1234`)).toBe('0101234')
    }
    expect(tidyName('ㄱ\u200Bㅏ')).toBe('ㄱㅏ')
    expect(tidyName('\u1100\u200B\u1161')).toBe('가')
  })

  it('a joiner that is part of an emoji or a letter stays', () => {
    for (const name of [
      '여울👩‍🍳',
      '👨‍👩‍👧‍👦',
      '❤️‍🔥',
      '🧑🏽‍🚀',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      '1️⃣',
      '葛󠄀城',
      'می‌خواهم',
      'श्री‍मान',
    ])
      expect(tidyName(name)).toBe(name)
  })

  it.each(['', ' \t', '\u200B\u2060', '\u3164', '\u2800', '\u200F', '\uE000'])(
    '%j has no visible character',
    (typed) => expect(tidyName(typed)).toBe(''),
  )
})

describe('what people type: addresses and codes', () => {
  it.each([
    ['ｈａｎｅｕｌ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'haneul@example.com'],
    ['\u00A0haneul@example.com\u3000', 'haneul@example.com'],
    ['haneul@exam\u2011ple.com', 'haneul@exam-ple.com'],
    ['haneul@example。com', 'haneul@example.com'],
    ['ha neul@example.com', 'ha neul@example.com'],
  ])('%j is the address %s', (typed, address) => expect(tidyAddress(typed)).toBe(address))

  it.each([
    ['123 456', '123456'],
    ['１２３\u3000４５６', '123456'],
    ['123–456', '123456'],
    ['\u200E123\u00AD456\uFEFF', '123456'],
    ['123ー456', '123456'],
    ['123ㅡ456', '123456'],
    ['١٢٣٤٥٦', '123456'],
    ['۱۲۳۴۵۶', '123456'],
    ['12 34 56\n', '123456'],
  ])('the digits of the code %j are %s', (typed, digits) => expect(readDigits(typed)).toBe(digits))

  it.each(['', '12a456', '12.456', '-', '+123456'])('%j is no code', (typed) => {
    expect(readDigits(typed)).toBeNull()
  })
})

/** Letters on which one step of the reading can undo another. */
const tricky = fc.string({
  unit: fc.constantFrom(
    ...[
      ...pasted,
      ...spaces,
      ...dashes,
      'ᄀ',
      'ᅡ',
      'ᆨ',
      '가',
      'ㄳ',
      'ﾡ',
      'ￂ',
      'ｶ',
      'ﾞ',
      'Ａ',
      '１',
      '1',
    ],
    ...[
      '👩',
      '🍳',
      '🏽',
      '🏴',
      '\u{E0067}',
      '\u{E007F}',
      '葛',
      '\u{E0100}',
      'क',
      '\u093C',
      '\u094D',
      '\u0301',
      'a',
    ],
    ...['\u0958', '\uD800', '\r', '\u0000', '\uFFE3', '\u20E3'],
  ),
  maxLength: 12,
})
const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })
const countGraphemes = (text: string) => Array.from(graphemes.segment(text)).length

describe.each([
  ['a text', tidyText, 'as pictures'],
  ['a line', tidyLine, 'as pictures'],
  ['a name', tidyName, 'as pictures'],
  // Nothing invisible is a part of these: pictures that were joined stand apart.
  ['an address', tidyAddress, 'apart'],
  ['a number', tidyNumber, 'apart'],
])('what people type: %s of any characters', (_, read, joined) => {
  it.each([
    ['any', fc.string({ unit: 'binary' })],
    ['tricky', fc.oneof(tricky, fc.string({ unit: 'grapheme' }))],
  ])('reads the same when it is read again, is NFC and never longer (%s)', (__, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const tidied = read(text)
        expect(read(tidied)).toBe(tidied)
        expect(tidied.normalize('NFC')).toBe(tidied)
        expect(tidied.isWellFormed()).toBe(true)
        expect(tidied.trim()).toBe(tidied)
        if (joined === 'as pictures')
          expect(countGraphemes(tidied)).toBeLessThanOrEqual(countGraphemes(text))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('tidying user input', () => {
  it('keeps pictures together when an invisible mark stood between them', () => {
    expect(tidyName('🍳\u{E0100}\u200D🏴')).toBe('🍳\u200D🏴')
    expect(tidyName('👩🏽\uFE0F\u{E0100}\u200D🍳')).toBe('👩🏽\u200D🍳')
  })

  it('G18: leaves no line break in a line, whichever character breaks it', () => {
    expect(tidyLine('금요식당\r\nBcc: a@b.test')).toBe('금요식당 Bcc: a@b.test')
    for (const lineBreak of ['\r', '\n', '\r\n', '\u0085', '\u2028', '\u2029']) {
      expect(tidyLine(`a${lineBreak}b`)).toBe('a b')
    }
  })

  it('G18: drops control characters and those that change the reading direction', () => {
    expect(tidyLine('a\u0000\u0007b\u202ec\u2066d\u009b')).toBe('abcd')
    expect(tidyText('한 줄\r\n두 줄\u0000')).toBe('한 줄\n두 줄')
  })

  it('keeps right-to-left names, emoji joined by invisible characters, and quotes', () => {
    for (const name of ['مطعم الجمعة', '👩‍🍳 "셰프"', "O'Brien & <Söhne>"]) {
      expect(tidyLine(name)).toBe(name)
    }
  })

  it('G18: gives well-formed text without control characters for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const tidied = tidyLine(text)
        expect(tidied).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect(tidied.isWellFormed()).toBe(true)
        expect(tidyLine(tidied)).toBe(tidied)
      }),
    )
  })
})
