import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'

/**
 * What a link opens. It is part of the signed text, so a link of one kind can't be used as another.
 */
export type LinkKind = 'account' | 'invitation' | 'sign-up' | 'cancel' | 'ticket'

const MAC_BYTES = 16
const ID_BYTES = 16

function sealOf({ kind, id, secret }: { kind: LinkKind; id: Buffer; secret: string }): Buffer {
  const seal = createHmac('sha256', secret).update(`bobjool link ${kind} `).update(id).digest()
  return seal.subarray(0, MAC_BYTES)
}

/**
 * A row's id with our signature, 43 URL-safe characters. Reading the database or a backup is not
 * enough to forge one. The same id always gives the same token, so a resent mail is identical.
 */
export function signLink({ kind, id }: { kind: LinkKind; id: string }): string {
  const [secret] = env.AUTH_SECRET
  if (!secret) throw new Error('AUTH_SECRET is empty')
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  if (bytes.length !== ID_BYTES) throw new Error(`expected a UUID, found ${id}`)
  return Buffer.concat([bytes, sealOf({ kind, id: bytes, secret })]).toString('base64url')
}

/** The id in a link signed with any of our secrets. Null for anything else. */
export function readLink({ kind, token }: { kind: LinkKind; token: string }): string | null {
  if (!/^[\w-]{43}$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  const id = bytes.subarray(0, ID_BYTES)
  const seal = bytes.subarray(ID_BYTES)
  const isOurs = env.AUTH_SECRET.some((secret) =>
    timingSafeEqual(seal, sealOf({ kind, id, secret })),
  )
  return isOurs
    ? id.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
    : null
}
