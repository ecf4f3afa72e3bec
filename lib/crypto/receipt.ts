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

/** PKCS #8 around a raw Ed25519 seed (RFC 8410, 7). */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

type KeyPair = { privateKey: KeyObject; publicKey: KeyObject }
let keys: KeyPair[] | undefined

/** One pair for each of our secrets, so that they rotate together: the first signs, all verify. */
function receiptKeys(): KeyPair[] {
  keys ??= env.AUTH_SECRET.map((secret) => {
    const seed = createHash('sha256').update(`bobjool receipt ${secret}`).digest()
    const der = Buffer.concat([ED25519_PREFIX, seed])
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    return { privateKey, publicKey: createPublicKey(privateKey) }
  })
  return keys
}

/** What checks our receipts, raw and base64url, for publishing. The first is what signs. */
export function listReceiptKeys(): string[] {
  return receiptKeys().map(({ publicKey }) => publicKey.export({ format: 'jwk' }).x ?? '')
}

const receiptClaims = z.object({
  /** Opening, account, entry. */
  o: z.uuid(),
  a: z.uuid(),
  e: z.string(),
  /** When it was entered, ISO 8601, by the database's clock. */
  t: z.string(),
  /** In the lobby, or late. */
  l: z.boolean(),
  /** The number Postgres gave; null where the order is drawn. */
  n: z.int().nullable(),
  /** sha256 of what was announced, hex; receipts from before there was one lack it. */
  h: z.string().optional(),
})

export type ReceiptClaims = z.infer<typeof receiptClaims>

/**
 * The signed answer to entering an opening (G15). Signed with a public key's other half, not with a
 * shared secret: whoever holds a receipt whose entry is missing can show it to anybody.
 */
export function signReceipt(claims: ReceiptClaims): string {
  const [key] = receiptKeys()
  if (!key) throw new Error('AUTH_SECRET is empty')
  const said = Buffer.from(JSON.stringify(receiptClaims.parse(claims)))
  return `${said.toString('base64url')}.${sign(null, said, key.privateKey).toString('base64url')}`
}

/** Our name under something that anybody may check, by the keys that receipts are checked by. */
export function signStatement(statement: string): string {
  const [key] = receiptKeys()
  if (!key) throw new Error('AUTH_SECRET is empty')
  return sign(null, Buffer.from(`bobjool statement\n${statement}`), key.privateKey).toString(
    'base64url',
  )
}

/** What a receipt of ours says; null for anything else. */
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
 * Until when a turn lasts (milliseconds since 1970, by the database's clock), if we gave it to this
 * person for this opening; null for anything else. No I/O.
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

/** An account's entry in an opening: never chosen, and no name to anybody else (G13). */
export function nameEntry({
  openingId,
  accountId,
}: {
  openingId: string
  accountId: string
}): string {
  // The oldest secret, so that rotating does not rename those who have entered; the row that exists
  // counts in any case.
  const secret = env.AUTH_SECRET.at(-1) ?? ''
  const seal = createHmac('sha256', secret).update(`bobjool entry ${openingId} ${accountId}`)
  return seal.digest('hex').slice(0, 32)
}
