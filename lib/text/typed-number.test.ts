import { describe, expect, it } from 'vitest'
import { tidyNumber } from './typed'
import { readCount, readDecimal } from './typed-number'

describe('what people type: numbers of staff, whatever keyboard they came from', () => {
  it.each([
    ['4', 4],
    ['４', 4],
    ['１２', 12],
    [' 12 ', 12],
    ['\u00a012\u3000', 12],
    ['1 2', 12],
    ['\ufeff12\u200b', 12],
    ['٤٢', 42],
    ['1,000', 1000],
    ['１，０００', 1000],
    ['0', 0],
    ['007', 7],
  ])('a whole number %j is %i', (typed, count) => {
    expect(readCount(typed)).toBe(count)
    expect(readDecimal(typed)).toBe(count)
  })

  it.each([
    '',
    ' ',
    '-',
    '-4',
    '4-5',
    '1.5',
    '1,5',
    '1e3',
    '0x10',
    '네',
    '4명',
    'Infinity',
    '1,00',
  ])('no whole number: %j', (typed) => {
    expect(readCount(typed)).toBeNaN()
  })

  it.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['０．５', 0.5],
    ['３０，５', 30.5],
    ['1,000.5', 1000.5],
    ['１，２３４，５６７', 1_234_567],
  ])('a rate %j is %d', (typed, rate) => {
    expect(readDecimal(typed)).toBe(rate)
  })

  it.each(['', '.', '.5', '5.', '1.2.3', '-1', 'half'])('no rate: %j', (typed) => {
    expect(readDecimal(typed)).toBeNaN()
  })
})

it('what people type: a receipt is the same with line breaks, spaces and full-width letters', () => {
  const receipt = 'eyJlIjoiNGY_-0.c2ln_bmF0-dXJl'
  const wide = (text: string) =>
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  for (const pasted of [
    ` ${receipt}\n`,
    `${receipt.slice(0, 9)}\r\n ${receipt.slice(9)}`,
    `\ufeff${receipt}\u200b`,
    wide(receipt),
  ])
    expect(tidyNumber(pasted)).toBe(receipt)
})
