import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { BrokenCsv, type CsvRecord, decodeText, readCsv } from './csv-file'

async function readAll(text: string) {
  const records: CsvRecord[] = []
  for await (const record of readCsv(text)) records.push(record)
  return records
}

describe('the letters of a file', () => {
  const text = '이름,메모\n똠방각하,펲시 뷁'
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
    ['CP949, also the syllables that EUC-KR lacks', iconv.encode(text, 'cp949')],
  ])('are read in %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(text)
  })

  test.each([
    [
      'two encodings',
      Buffer.concat([Buffer.from('이름\n김밥\n'), iconv.encode('홍길동', 'cp949')]),
    ],
    ['a syllable cut in half', Buffer.from('이름\n김').subarray(0, -1)],
    ['a NUL', Buffer.from('이름\u0000')],
    ['UTF-16', Buffer.from('\uFEFF이름', 'utf16le')],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0xfd])],
  ])('%s is no text', (_, bytes) => {
    expect(decodeText(bytes)).toBeNull()
  })
})

describe('the lines of a file', () => {
  test('have the numbers that an editor shows, with quotes, breaks and empty lines between', async () => {
    expect(await readAll('a,b\r\n1,"x\r\n""y"""\r\n\r\n\n2\r3,4,5')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', 'x\r\n"y"'] },
      { line: 6, cells: ['2'] },
      { line: 7, cells: ['3', '4', '5'] },
    ])
  })

  test.each([
    ['a quote without its end', 'a,b\n1,2\n3,"4\n5,6\n7,8\n', 3],
    ['a quote without its end in a long file', `a,b\n1,"2\n${'3,4\n'.repeat(20_000)}`, 2],
    ['a quote inside a cell', 'a,b\n1,2"3\n', 2],
    ['a line without an end', `a\n${'가'.repeat(40_000)}`, 2],
  ])('%s breaks off where it begins', async (_, text, line) => {
    const error = await readAll(text).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(BrokenCsv)
    expect(error).toMatchObject({ line })
  })

  test('letters of two halves stay whole, wherever the text is cut', async () => {
    const records = await readAll('🍚\n'.repeat(50_000))
    expect(new Set(records.map(({ cells }) => cells.join()))).toEqual(new Set(['🍚']))
  })

  test('a million columns are read, and left to who knows how many there should be', async () => {
    const [only] = await readAll(','.repeat(1_000_000))
    expect(only?.cells).toHaveLength(1_000_001)
  })
})
