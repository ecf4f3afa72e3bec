import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { z } from 'zod'
import { env } from '@/lib/env'
import { listAuthKeys } from './auth-key'

/** PKCS #8 around a raw Ed25519 seed (RFC 8410, 7). */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

type KeyPair = { id: string; privateKey: KeyObject; publicKey: KeyObject }
let keys: KeyPair[] | undefined

/** One key pair per secret, so that both rotate together: the first signs, all verify. */
function receiptKeys(): KeyPair[] {
  keys ??= listAuthKeys().map(({ id, secret }) => {
    const seed = createHash('sha256').update(`bobjool receipt ${secret}`).digest()
    const der = Buffer.concat([ED25519_PREFIX, seed])
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    return { id, privateKey, publicKey: createPublicKey(privateKey) }
  })
  return keys
}

/** A key by its id, with the public half that verifies what it signs, raw and base64url. */
export type PublicKey = { id: string; publicKey: string }

/** Ours, in the order of AUTH_SECRET. The first belongs to the signing key. */
export function listPublicKeys(): PublicKey[] {
  return receiptKeys().map(({ id, publicKey }) => ({
    id,
    publicKey: publicKey.export({ format: 'jwk' }).x ?? '',
  }))
}

/** The public keys that verify receipts: ours, the signing one first, then those of the past. */
export function mergePublicKeys(published: readonly string[]): string[] {
  return [...new Set([...listPublicKeys().map(({ publicKey }) => publicKey), ...published])]
}

const receiptClaims = z.object({
  /** Opening, account, entry. */
  o: z.uuid(),
  a: z.uuid(),
  e: z.string(),
  /** The instant of the entry, ISO 8601, by the database's clock. */
  t: z.string(),
  /** Whether the entry came while the lobby was open, or late. */
  l: z.boolean(),
  /** The number Postgres assigned. Null: the order is drawn. */
  n: z.int().nullable(),
  /** The cohort of latecomers it is drawn with. Null: none. Receipts of numbered latecomers lack it. */
  c: z.int().nullable().optional(),
  /** sha256 of the announcement, hex. Receipts from before announcements lack it. */
  h: z.string().optional(),
})

export type ReceiptClaims = z.infer<typeof receiptClaims>

/**
 * The signed answer to entering an opening (G15). It is signed with a private key, not a shared
 * secret, so a diner whose entry went missing can prove it to anyone.
 */
export function signReceipt(claims: ReceiptClaims): string {
  const [key] = receiptKeys()
  if (!key) throw new Error('AUTH_SECRET is empty')
  const said = Buffer.from(JSON.stringify(receiptClaims.parse(claims)))
  return `${said.toString('base64url')}.${sign(null, said, key.privateKey).toString('base64url')}`
}

/** Signs a public statement with the key that signs receipts, so that anyone can verify it. */
export function signStatement(statement: string): string {
  const [key] = receiptKeys()
  if (!key) throw new Error('AUTH_SECRET is empty')
  return sign(null, Buffer.from(`bobjool statement\n${statement}`), key.privateKey).toString(
    'base64url',
  )
}

/** The claims of a receipt we signed. Null for anything else. */
export function readReceipt(receipt: string): ReceiptClaims | null {
  const [said = '', seal = '', ...rest] = receipt.split('.')
  if (rest.length > 0 || !/^[\w-]{86}$/.test(seal)) return null
  const [bytes, signature] = [Buffer.from(said, 'base64url'), Buffer.from(seal, 'base64url')]
  if (!receiptKeys().some(({ publicKey }) => verify(null, bytes, publicKey, signature))) return null
  return receiptClaims.parse(JSON.parse(bytes.toString('utf8')))
}

type Turn = { openingId: string; accountId: string; expiresAtMs: number }

function sealTurn({ turn, secret }: { turn: Turn; secret: string }): Buffer {
  const { openingId, accountId, expiresAtMs } = turn
  const said = `bobjool turn ${openingId} ${accountId} ${expiresAtMs}`
  return createHmac('sha256', secret).update(said).digest()
}

/** The right to book until an instant (milliseconds since 1970, by the database's clock). */
export function signTurn(turn: Turn): string {
  const [secret] = env.AUTH_SECRET
  if (!secret) throw new Error('AUTH_SECRET is empty')
  return `${turn.expiresAtMs}.${sealTurn({ turn, secret }).toString('base64url')}`
}

/**
 * When a turn ends (milliseconds since 1970, by the database's clock), if we gave it to this person
 * for this opening. Null for anything else. No I/O.
 */
export function readTurn({
  token,
  openingId,
  accountId,
}: {
  token: string
  openingId: string
  accountId: string
}): number | null {
  const [expiry = '', seal = ''] = token.split('.')
  if (!/^\d{1,15}$/.test(expiry) || !/^[\w-]{43}$/.test(seal)) return null
  const turn = { openingId, accountId, expiresAtMs: Number(expiry) }
  const given = Buffer.from(seal, 'base64url')
  const isOurs = env.AUTH_SECRET.some((secret) =>
    timingSafeEqual(given, sealTurn({ turn, secret })),
  )
  return isOurs ? turn.expiresAtMs : null
}

/** The oldest of our secrets named entries before openings named their key. */
const oldestSecret = () => env.AUTH_SECRET.at(-1) ?? ''

/**
 * The key by which `name_mailbox_entry` names the entries of an opening: the inner and the outer
 * block of HMAC (RFC 2104). It names nothing else, and nothing of our secret follows from it.
 */
export function makeMailboxKey({
  openingId,
  secret = oldestSecret(),
}: {
  openingId: string
  secret?: string
}): Buffer {
  const key = createHmac('sha256', secret).update(`bobjool mailbox ${openingId}`).digest()
  const block = Buffer.concat([key, Buffer.alloc(64 - key.length)])
  return Buffer.concat([block.map((byte) => byte ^ 0x36), block.map((byte) => byte ^ 0x5c)])
}

/**
 * Names an account's entry in an opening announced before entries were a mailbox's. The account
 * can't choose the name, and nobody else can recognise the account by it (G13).
 */
export function nameEntry({
  openingId,
  accountId,
  secret = oldestSecret(),
}: {
  openingId: string
  accountId: string
  secret?: string
}): string {
  const seal = createHmac('sha256', secret).update(`bobjool entry ${openingId} ${accountId}`)
  return seal.digest('hex').slice(0, 32)
}

/**
 * What names an entry, by each of our keys, of which the opening's row picks its own. A key that the
 * operator has given up is stood in for by the signing one.
 */
export function nameByEachKey(of: { openingId: string; accountId: string }): string {
  const own = listAuthKeys().map(({ id, secret }) => {
    const mailbox = makeMailboxKey({ openingId: of.openingId, secret }).toString('hex')
    return [id, { entry: nameEntry({ ...of, secret }), mailbox }] as const
  })
  const standIn = own[0]?.[1]
  const givenUp = env.GIVEN_UP_KEYS.map((id) => [id, standIn] as const)
  return JSON.stringify(Object.fromEntries([...givenUp, ...own]))
}
