import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'

/**
 * What a link opens. It is part of the signed text, so a link of one kind can't be used as another.
 */
export type LinkKind = 'account' | 'invitation' | 'sign-up' | 'link-request' | 'ticket' | 'passkey'
/**
 * What is good for one mailbox: a link only as long as its person reads the mailbox that it was
 * mailed to, and a browser's sign that the account with that address has signed in on it.
 */
export type MailboxLinkKind = 'cancel' | 'device'

const MAC_BYTES = 16
const ID_BYTES = 16
const MARK_BYTES = 8

type Sealed = { kind: LinkKind | MailboxLinkKind; id: Buffer; secret: string }

function sealOf({ kind, id, secret }: Sealed): Buffer {
  const seal = createHmac('sha256', secret).update(`bobjool link ${kind} `).update(id).digest()
  return seal.subarray(0, MAC_BYTES)
}

/** Which mailbox it is, to nobody but us. */
function markOf({ mailbox, secret }: { mailbox: string; secret: string }): Buffer {
  const mark = createHmac('sha256', secret).update(`bobjool mailbox ${mailbox.toLowerCase()}`)
  return mark.digest().subarray(0, MARK_BYTES)
}

function firstSecret(): string {
  const [secret] = env.AUTH_SECRET
  if (!secret) throw new Error('AUTH_SECRET is empty')
  return secret
}

function toBytes(id: string): Buffer {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  if (bytes.length !== ID_BYTES) throw new Error(`expected a UUID, found ${id}`)
  return bytes
}

const toId = (bytes: Buffer) =>
  bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')

/**
 * A row's id with our signature, 43 URL-safe characters. Reading the database or a backup is not
 * enough to forge one. The same id always gives the same token, so a resent mail is identical.
 */
export function signLink({ kind, id }: { kind: LinkKind; id: string }): string {
  const bytes = toBytes(id)
  return Buffer.concat([bytes, sealOf({ kind, id: bytes, secret: firstSecret() })]).toString(
    'base64url',
  )
}

/** As `signLink`, bound to the mailbox to which it is mailed: 54 characters. */
export function signMailboxLink({
  kind,
  id,
  mailbox,
}: {
  kind: MailboxLinkKind
  id: string
  mailbox: string
}): string {
  const secret = firstSecret()
  const bound = Buffer.concat([toBytes(id), markOf({ mailbox, secret })])
  return Buffer.concat([bound, sealOf({ kind, id: bound, secret })]).toString('base64url')
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
  return isOurs ? toId(id) : null
}

/** A link of ours, and whether it was mailed to a given mailbox. Null for anything else. */
export function readMailboxLink({
  kind,
  token,
}: {
  kind: MailboxLinkKind
  token: string
}): { id: string; isMailedTo: (mailbox: string) => boolean } | null {
  if (!/^[\w-]{54}$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  const bound = bytes.subarray(0, ID_BYTES + MARK_BYTES)
  const seal = bytes.subarray(ID_BYTES + MARK_BYTES)
  const secret = env.AUTH_SECRET.find((each) =>
    timingSafeEqual(seal, sealOf({ kind, id: bound, secret: each })),
  )
  if (!secret) return null
  const mark = bound.subarray(ID_BYTES)
  return {
    id: toId(bound.subarray(0, ID_BYTES)),
    isMailedTo: (mailbox) => timingSafeEqual(mark, markOf({ mailbox, secret })),
  }
}
