import type { Asked } from './history'

export type Told = Pick<Asked, 'diner' | 'act' | 'status' | 'reason' | 'startMs' | 'endMs'>

/** The content of a receipt, as its holder reads it; only the server checks its seal. */
export interface ReceiptSaid {
  e: string
  l: boolean
  n: number | null
  c: number | null
}

export function readReceipt(receipt: string): ReceiptSaid {
  const [said = ''] = receipt.split('.')
  const { e, l, n, c } = JSON.parse(Buffer.from(said, 'base64url').toString('utf8'))
  return { e: String(e), l: l === true, n: numberOf(n), c: numberOf(c) }
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)

/** The receipt in an answer; null: it has none. */
export function readReceiptOf({ act, status, said }: Asked): ReceiptSaid | null {
  const isReceipt = (act === 'enter' && status === 201) || (act === 'return' && status === 200)
  return isReceipt ? readReceipt(said) : null
}

/** A field of a JSON object as text; empty if it is missing. */
export function readField(body: string, name: string): string {
  const value: unknown = body.startsWith('{') ? JSON.parse(body)[name] : undefined
  return typeof value === 'string' ? value : ''
}
