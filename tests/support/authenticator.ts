import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type {
  NewPasskeyAnswer,
  NewPasskeyOptions,
  PasskeyAnswer,
  PasskeyOptions,
} from '@/lib/crypto/passkey'
import { env } from '@/lib/env'
import { encodeCbor } from './cbor'

const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (said: string | Uint8Array) => createHash('sha256').update(said).digest()

/** What an honest browser and authenticator never say, for hostile tests. */
export type Lie = {
  origin?: string
  /** The relying party whose hash is signed. */
  host?: string
  type?: string
  challenge?: string
  crossOrigin?: boolean
  /** Does not verify its person. */
  isUnverified?: boolean
  /** The person does not touch it. */
  isAbsent?: boolean
  userHandle?: string | null
  /** Signs with a key of its own. */
  forges?: boolean
}

const FLAGS = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 }

type Key = { id: Buffer; privateKey: KeyObject; host: string; handle: string; counter: number }

/**
 * An authenticator in software, with the browser around it: makes real ES256 passkeys and signs real
 * answers. `counts` false: as password managers do, its counter stays 0.
 */
export function createAuthenticator({ counts = false }: { counts?: boolean } = {}) {
  const keys: Key[] = []

  const say = ({ type, challenge, lie }: { type: string; challenge: string; lie: Lie }) =>
    Buffer.from(
      JSON.stringify({
        type: lie.type ?? type,
        challenge: lie.challenge ?? challenge,
        origin: lie.origin ?? new URL(env.APP_URL).origin,
        crossOrigin: lie.crossOrigin ?? false,
      }),
    )

  const describe = ({ key, flags, lie }: { key: Key; flags: number; lie: Lie }) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(key.counter)
    const verified = lie.isUnverified ? 0 : FLAGS.verified
    const present = lie.isAbsent ? 0 : FLAGS.present
    const synced = counts ? 0 : FLAGS.eligible | FLAGS.backedUp
    return Buffer.concat([
      sha256(lie.host ?? key.host),
      Buffer.from([flags | verified | present | synced]),
      counter,
    ])
  }

  /** Answers `navigator.credentials.create`. */
  const make = (options: NewPasskeyOptions, lie: Lie = {}): NewPasskeyAnswer => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key: Key = {
      id: randomBytes(32),
      privateKey,
      host: options.rp.id ?? '',
      handle: options.user.id,
      counter: counts ? 1 : 0,
    }
    keys.push(key)
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const cose = encodeCbor(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    )
    const length = Buffer.alloc(2)
    length.writeUInt16BE(key.id.length)
    const data = describe({ key, flags: FLAGS.attested, lie })
    const authData = Buffer.concat([data, Buffer.alloc(16), length, key.id, cose])
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ])
    return {
      id: toText(key.id),
      rawId: toText(key.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: toText(say({ type: 'webauthn.create', challenge: options.challenge, lie })),
        attestationObject: toText(encodeCbor(attestation)),
        transports: ['internal', 'hybrid'],
      },
    }
  }

  /** The key that an authenticator takes: an allowed one, or any of the host. */
  const pick = (options: PasskeyOptions) => {
    const allowed = options.allowCredentials ?? []
    const key = keys.find(
      ({ id, host }) =>
        host === options.rpId &&
        (allowed.length === 0 || allowed.some((each) => each.id === toText(id))),
    )
    if (!key) throw new Error('the authenticator has no such passkey')
    return key
  }

  /** Answers `navigator.credentials.get`. */
  const use = (options: PasskeyOptions, lie: Lie = {}, key = pick(options)): PasskeyAnswer => {
    if (counts) key.counter += 1
    const data = describe({ key, flags: 0, lie })
    const said = say({ type: 'webauthn.get', challenge: options.challenge, lie })
    const { privateKey } = lie.forges ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : key
    const signature = sign('sha256', Buffer.concat([data, sha256(said)]), privateKey)
    const handle = lie.userHandle === undefined ? key.handle : lie.userHandle
    return {
      id: toText(key.id),
      rawId: toText(key.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: toText(said),
        authenticatorData: toText(data),
        signature: toText(signature),
        ...(handle !== null && { userHandle: handle }),
      },
    }
  }

  /** As a copy does that was made then: its counter goes back. */
  const turnBack = (counter: number) => {
    for (const key of keys) key.counter = counter
  }

  /** Takes the only key, whatever the browser was told to allow. */
  const insist = (options: PasskeyOptions, lie: Lie = {}) => {
    const [key] = keys
    if (!key) throw new Error('the authenticator has no passkey')
    return use(options, lie, key)
  }

  return { make, use, insist, turnBack }
}

export type Authenticator = ReturnType<typeof createAuthenticator>
