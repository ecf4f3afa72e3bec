import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * Whether a request carries this bearer secret, as the operator's own machines do; compared in constant
 * time. Without a secret none does.
 */
export function carriesBearer(headers: Headers, secret: string | undefined): boolean {
  if (!secret) return false
  return timingSafeEqual(digest(headers.get('authorization') ?? ''), digest(`Bearer ${secret}`))
}
