import { tidyNumber } from './typed'

/** Numbers as people type them into a field: in either width, grouped by commas or spaces. */

const GROUPED = /^\d{1,3}(?:,\d{3})+(?=\.|$)/

function readPlain(text: string): string {
  const number = tidyNumber(text)
  return GROUPED.test(number) ? number.replaceAll(',', '') : number
}

/** NaN: the text is no whole number. The server refuses it at its field. */
export function readCount(text: string): number {
  const number = readPlain(text)
  return /^\d{1,9}$/.test(number) ? Number(number) : Number.NaN
}

/** The same with a fraction, after a point or a comma. */
export function readDecimal(text: string): number {
  const number = readPlain(text)
  return /^\d{1,9}([.,]\d+)?$/.test(number) ? Number(number.replace(',', '.')) : Number.NaN
}
