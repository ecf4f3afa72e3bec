import { createHmac, timingSafeEqual } from 'node:crypto'
import { type AuthKey, KEY_ID_BYTES, listAuthKeys, signingKey } from './auth-key'

/**
 * What a link opens. It is part of the signed text, so a link of one kind can't be used as another.
 */
export type LinkKind =
  | 'account'
  | 'author'
  | 'invitation'
  | 'link-request'
  | 'passkey'
  | 'sign-up'
  | 'ticket'
/**
 * What is good for one mailbox: a link only as long as its person reads the mailbox that it was
 * mailed to, and a browser's sign that the account with that address has signed in on it.
 */
export type MailboxLinkKind = 'cancel' | 'reservation' | 'device'

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

function toBytes(id: string): Buffer {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  if (bytes.length !== ID_BYTES) throw new Error(`expected a UUID, found ${id}`)
  return bytes
}

const toId = (bytes: Buffer) =>
  bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')

/** A link names the key it is signed with, so that it can be told which one it still needs. */
function pack({ kind, bound, key }: { kind: Sealed['kind']; bound: Buffer; key: AuthKey }): string {
  const seal = sealOf({ kind, id: bound, secret: key.secret })
  return Buffer.concat([Buffer.from(key.id, 'hex'), bound, seal]).toString('base64url')
}

/**
 * What a link of `boundBytes` bytes binds, and the key it is signed with. Null for anything but a
 * link of ours. One mailed before links named their key is tried with all of them.
 */
function unpack({
  kind,
  token,
  boundBytes,
}: {
  kind: Sealed['kind']
  token: string
  boundBytes: number
}): { bound: Buffer; key: AuthKey } | null {
  if (!/^[\w-]+$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.toString('base64url') !== token) return null
  const nameless = boundBytes + MAC_BYTES
  const isNamed = bytes.length === nameless + KEY_ID_BYTES
  if (!isNamed && bytes.length !== nameless) return null
  const rest = bytes.subarray(isNamed ? KEY_ID_BYTES : 0)
  const named = bytes.toString('hex', 0, KEY_ID_BYTES)
  const bound = rest.subarray(0, boundBytes)
  const seal = rest.subarray(boundBytes)
  const key = listAuthKeys()
    .filter(({ id }) => !isNamed || id === named)
    .find(({ secret }) => timingSafeEqual(seal, sealOf({ kind, id: bound, secret })))
  return key ? { bound, key } : null
}

/**
 * A row's id with our signature, 48 URL-safe characters. Reading the database or a backup is not
 * enough to forge one. The same id always gives the same token, so a resent mail is identical until
 * keys are rotated.
 */
export function signLink({ kind, id }: { kind: LinkKind; id: string }): string {
  return pack({ kind, bound: toBytes(id), key: signingKey() })
}

/** As `signLink`, bound to the mailbox to which it is mailed: 59 characters. */
export function signMailboxLink({
  kind,
  id,
  mailbox,
}: {
  kind: MailboxLinkKind
  id: string
  mailbox: string
}): string {
  const key = signingKey()
  const bound = Buffer.concat([toBytes(id), markOf({ mailbox, secret: key.secret })])
  return pack({ kind, bound, key })
}

/** The id in a link that we signed. Null for anything else. */
export function readLink({ kind, token }: { kind: LinkKind; token: string }): string | null {
  const link = unpack({ kind, token, boundBytes: ID_BYTES })
  return link && toId(link.bound)
}

/** A link of ours, and whether it was mailed to a given mailbox. Null for anything else. */
export function readMailboxLink({
  kind,
  token,
}: {
  kind: MailboxLinkKind
  token: string
}): { id: string; isMailedTo: (mailbox: string) => boolean } | null {
  const link = unpack({ kind, token, boundBytes: ID_BYTES + MARK_BYTES })
  if (!link) return null
  const { secret } = link.key
  const mark = link.bound.subarray(ID_BYTES)
  return {
    id: toId(link.bound.subarray(0, ID_BYTES)),
    isMailedTo: (mailbox) => timingSafeEqual(mark, markOf({ mailbox, secret })),
  }
}
