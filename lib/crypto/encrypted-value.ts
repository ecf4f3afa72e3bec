import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const SHAPE = /^sealed:([0-9a-f]{8}):([\w-]+)$/

/** A key for secrets in the database. Its id is made of the key, so that two never share one. */
export type DataKey = { id: string; bytes: Buffer }

/** The row and column that a value is sealed for. In any other it can't be opened. */
export type SealedPlace = { table: string; column: string; rowId: string }

/**
 * `plain`: it was stored before secrets were sealed. `unknown-key`: sealed with a key that is not
 * among ours. `broken`: changed, cut, or of another row or column.
 */
export type Opened =
  | { state: 'opened' | 'plain'; text: string }
  | { state: 'unknown-key'; keyId: string }
  | { state: 'broken' }

/** Reads 32 bytes in base64url or base64. Null for anything else. */
export function readDataKey(text: string): DataKey | null {
  if (!/^[\w+/-]{43}=?$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== KEY_BYTES) return null
  const id = createHash('sha256').update('bobjool data key ').update(bytes).digest('hex')
  return { id: id.slice(0, 8), bytes }
}

const nameOf = ({ table, column, rowId }: SealedPlace) =>
  Buffer.from(`bobjool secret 1 ${table}.${column} ${rowId}`)

/** Seals a text for its place, with the first key: `sealed:<key id>:<nonce, ciphertext, tag>`. */
export function encryptValue({
  text,
  place,
  keys: [key],
}: {
  text: string
  place: SealedPlace
  keys: readonly DataKey[]
}): string {
  if (!key) throw new Error('DATA_KEYS is empty')
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(nameOf(place))
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final()])
  const packed = Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url')
  return `sealed:${key.id}:${packed}`
}

/** Opens what `encryptValue` made, with the key that it names. */
export function decryptValue({
  stored,
  place,
  keys,
}: {
  stored: string
  place: SealedPlace
  keys: readonly DataKey[]
}): Opened {
  if (!stored.startsWith('sealed:')) return { state: 'plain', text: stored }
  const [, keyId = '', packed = ''] = SHAPE.exec(stored) ?? []
  const bytes = Buffer.from(packed, 'base64url')
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== packed)
    return { state: 'broken' }
  const key = keys.find(({ id }) => id === keyId)
  if (!key) return { state: 'unknown-key', keyId }
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(nameOf(place))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    return { state: 'opened', text: Buffer.concat([opened, decipher.final()]).toString('utf8') }
  } catch {
    // `final` throws for a tag that does not fit, and for nothing else.
    return { state: 'broken' }
  }
}
