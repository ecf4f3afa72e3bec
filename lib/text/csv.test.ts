import { expect, test } from 'vitest'
import { CSV_BEGIN, writeCsvLine } from './csv'

test.each([
  ['=HYPERLINK("http://x","click")', `"'=HYPERLINK(""http://x"",""click"")"`],
  ['+82 10-1234-5678', `"'+82 10-1234-5678"`],
  ['-1+1|cmd', `"'-1+1|cmd"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1+1', `"'\t=1+1"`],
  ['  =1+1', `"'  =1+1"`],
  ['\u200b=1+1', `"'\u200b=1+1"`],
  ['＝1+1', `"'＝1+1"`],
  ['\r\n=1+1', `"'\r\n=1+1"`],
  ['|calc', `"'|calc"`],
])('no typed text is run as a formula: %j', (typed, written) => {
  expect(writeCsvLine([typed])).toBe(`${written}\r\n`)
})

test('ordinary text, numbers and nothing stay what they are', () => {
  expect(writeCsvLine(['김밥 "특", 둘', 3, -2, true, null, 'a=b', '2026-11-29'])).toBe(
    '"김밥 ""특"", 둘",3,-2,true,,"a=b","2026-11-29"\r\n',
  )
})

test('a line break inside a cell does not end its line', () => {
  expect(writeCsvLine(['첫 줄\n둘째 줄', '끝'])).toBe('"첫 줄\n둘째 줄","끝"\r\n')
})

test('Excel recognises the file as UTF-8', () => {
  expect([...Buffer.from(CSV_BEGIN)]).toEqual([0xef, 0xbb, 0xbf])
})
