import { createHash } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { env } from '@/lib/env'
import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'

export type NewPasskeyAnswer = RegistrationResponseJSON
export type PasskeyAnswer = AuthenticationResponseJSON
export type NewPasskeyOptions = PublicKeyCredentialCreationOptionsJSON
export type PasskeyOptions = PublicKeyCredentialRequestOptionsJSON

type AnswerRefusal = 'passkey-other-site' | 'passkey-unverified' | 'passkey-invalid'
type Bytes = Uint8Array<ArrayBuffer>

/** As long as the challenge lives. */
const TIMEOUT_MS = 5 * 60_000
/** EdDSA, ES256 and RS256: every authenticator has one of them, and every Node verifies them. */
const ALGORITHMS = [-8, -7, -257]

/** Passkeys belong to this host; their browser refuses to use them on any other. */
function ownHost(): string {
  return new URL(env.APP_URL).hostname
}

function ownOrigin(): string {
  return new URL(env.APP_URL).origin
}

const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** A base64url text of any answer, as bytes. */
export function readBytes(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, 'base64url'))
}

type Known = { credentialId: Uint8Array; transports: string[] }
const listKnown = (known: Known[]) =>
  known.map(({ credentialId, transports }) => ({ id: toText(credentialId), transports }))

/**
 * What a browser needs to make a passkey: one that its authenticator finds by itself and that
 * verifies its person, so that it can be the only factor. Authenticators that hold one of `known`
 * make no second one.
 */
export function describeNewPasskey({
  challenge,
  handle,
  email,
  name,
  known,
}: {
  challenge: Bytes
  handle: Bytes
  email: string
  name: string
  known: Known[]
}): Promise<NewPasskeyOptions> {
  return generateRegistrationOptions({
    rpName: '밥줄 Bobjool',
    rpID: ownHost(),
    userName: email,
    userDisplayName: name,
    userID: handle,
    challenge,
    timeout: TIMEOUT_MS,
    // Which maker's device it is makes no difference here, and asking would identify it.
    attestationType: 'none',
    excludeCredentials: listKnown(known),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
}

/** What a browser needs to use a passkey: any of this site, or one of `known`. */
export function describePasskeyUse({
  challenge,
  known = [],
  isVerifying,
}: {
  challenge: Bytes
  known?: Known[]
  /** Whether the passkey has to verify its person. */
  isVerifying: boolean
}): Promise<PasskeyOptions> {
  return generateAuthenticationOptions({
    rpID: ownHost(),
    challenge,
    allowCredentials: listKnown(known),
    timeout: TIMEOUT_MS,
    userVerification: isVerifying ? 'required' : 'preferred',
  })
}

/** What the browser says that it asked the authenticator for. Null: it can't be read. */
function readClientData(text: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return typeof data === 'object' && data !== null ? { ...data } : null
  } catch {
    return null
  }
}

/** The challenge that an answer answers. Null: it can't be read. */
export function readChallenge(answer: NewPasskeyAnswer | PasskeyAnswer): Bytes | null {
  const challenge = readClientData(answer.response.clientDataJSON)?.challenge
  return typeof challenge === 'string' ? readBytes(challenge) : null
}

/** Bytes 0 to 31 are the hash of the host, byte 32 the flags (WebAuthn, 6.1). */
const FLAGS_AT = 32
const IS_VERIFIED = 0b100

/**
 * The refusals that a person can act on, judged before the library, whose errors are sentences. An
 * answer made for another site never passes a browser that keeps to the standard.
 */
function refuseAnswer({
  clientDataJSON,
  authenticatorData,
  isVerifying,
}: {
  clientDataJSON: string
  authenticatorData: Uint8Array
  isVerifying: boolean
}): Refusal<AnswerRefusal> | null {
  const client = readClientData(clientDataJSON)
  if (!client) return refuse('passkey-invalid')
  const host = createHash('sha256').update(ownHost()).digest()
  const isHere = Buffer.from(authenticatorData.subarray(0, FLAGS_AT)).equals(host)
  // A frame of another site may show our page to have its visitor press.
  if (client.origin !== ownOrigin() || client.crossOrigin === true || !isHere)
    return refuse('passkey-other-site')
  if (isVerifying && !((authenticatorData[FLAGS_AT] ?? 0) & IS_VERIFIED))
    return refuse('passkey-unverified')
  return null
}

export type MadePasskey = {
  credentialId: Bytes
  publicKey: Bytes
  counter: number
  transports: string[]
  isSynced: boolean
  isBackedUp: boolean
}

/**
 * The authenticator's data in an attestation. Null: it can't be read, or certifies its maker, which
 * a browser that was asked for no attestation does not pass on. Certificates are not looked at:
 * checking one follows the addresses it names.
 */
function readAttestation(text: string): Uint8Array | null {
  try {
    const attestation = decodeAttestationObject(readBytes(text))
    const format = attestation.get('fmt')
    const isPlain =
      format === 'none' || (format === 'packed' && !attestation.get('attStmt').get('x5c'))
    return isPlain ? attestation.get('authData') : null
  } catch {
    return null
  }
}

/** Judges a new passkey; `challenge` is the one that was asked with. */
export async function judgeNewPasskey({
  answer,
  challenge,
}: {
  answer: NewPasskeyAnswer
  challenge: Bytes
}): Promise<Result<MadePasskey, AnswerRefusal>> {
  const { clientDataJSON, attestationObject, transports = [] } = answer.response
  const authenticatorData = readAttestation(attestationObject)
  if (!authenticatorData) return refuse('passkey-invalid')
  const refused = refuseAnswer({ clientDataJSON, authenticatorData, isVerifying: true })
  if (refused) return refused
  // The library throws for whatever an answer lacks, and all of it is the sender's doing.
  const judged = await verifyRegistrationResponse({
    response: answer,
    expectedChallenge: toText(challenge),
    expectedOrigin: ownOrigin(),
    expectedRPID: ownHost(),
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null)
  if (!judged?.verified) return refuse('passkey-invalid')
  const { credential, credentialDeviceType, credentialBackedUp } = judged.registrationInfo
  return succeed({
    credentialId: readBytes(credential.id),
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports,
    isSynced: credentialDeviceType === 'multiDevice',
    isBackedUp: credentialBackedUp,
  })
}

/**
 * Judges an answer by the stored public key; `challenge` is the one that was asked with. The caller
 * compares the counter when it writes the new one.
 */
export async function judgePasskey({
  answer,
  challenge,
  passkey: { credentialId, publicKey },
  isVerifying,
}: {
  answer: PasskeyAnswer
  challenge: Bytes
  passkey: { credentialId: Bytes; publicKey: Bytes }
  isVerifying: boolean
}): Promise<Result<{ counter: number; isBackedUp: boolean }, AnswerRefusal>> {
  const { clientDataJSON, authenticatorData } = answer.response
  const refused = refuseAnswer({
    clientDataJSON,
    authenticatorData: readBytes(authenticatorData),
    isVerifying,
  })
  if (refused) return refused
  const judged = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: toText(challenge),
    expectedOrigin: ownOrigin(),
    expectedRPID: ownHost(),
    requireUserVerification: isVerifying,
    // Below every counter, so that the library leaves that judgement to the database.
    credential: { id: toText(credentialId), publicKey, counter: -1 },
  }).catch(() => null)
  if (!judged?.verified) return refuse('passkey-invalid')
  const { newCounter, credentialBackedUp } = judged.authenticationInfo
  return succeed({ counter: newCounter, isBackedUp: credentialBackedUp })
}
