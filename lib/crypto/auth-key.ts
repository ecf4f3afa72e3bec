import { createHash } from 'node:crypto'
import { env } from '@/lib/env'

/** One of our secrets, and the id under which rows and links name it: eight hex digits. */
export type AuthKey = { id: string; secret: string }

export const KEY_ID_BYTES = 4

let known: { secrets: readonly string[]; keys: AuthKey[] } | undefined

function nameKey(secret: string): AuthKey {
  const id = createHash('sha256').update(`bobjool auth key ${secret}`).digest('hex')
  return { id: id.slice(0, 2 * KEY_ID_BYTES), secret }
}

/** Our secrets in the order of AUTH_SECRET: the first one signs, all of them verify. */
export function listAuthKeys(): readonly AuthKey[] {
  if (known?.secrets !== env.AUTH_SECRET)
    known = { secrets: env.AUTH_SECRET, keys: env.AUTH_SECRET.map(nameKey) }
  return known.keys
}

/** The key that signs. */
export function signingKey(): AuthKey {
  const [key] = listAuthKeys()
  if (!key) throw new Error('AUTH_SECRET is empty')
  return key
}
