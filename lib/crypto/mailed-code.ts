import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'

/** What a code is asked for. It is part of the signed text, so that one serves no other purpose. */
export type CodeKind = 'link-request'

const DIGITS = 6

function codeOf({ kind, id, secret }: { kind: CodeKind; id: string; secret: string }): string {
  const mac = createHmac('sha256', secret).update(`bobjool code ${kind} ${id}`).digest()
  // Of 2^48 values a million take their share evenly to one in 280 million.
  return String(mac.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/**
 * The six digits mailed for a row. They are an HMAC of its id, so no row, notice or backup has
 * them, and a resent mail has the same ones.
 */
export function makeCode({ kind, id }: { kind: CodeKind; id: string }): string {
  const [secret] = env.AUTH_SECRET
  if (!secret) throw new Error('AUTH_SECRET is empty')
  return codeOf({ kind, id, secret })
}

/** Whether these are the row's six digits, by any of our secrets. The caller counts the tries. */
export function isCode({ kind, id, code }: { kind: CodeKind; id: string; code: string }): boolean {
  if (!/^[0-9]{6}$/.test(code)) return false
  const isRight = env.AUTH_SECRET.map((secret) =>
    timingSafeEqual(Buffer.from(code), Buffer.from(codeOf({ kind, id, secret }))),
  )
  return isRight.includes(true)
}
