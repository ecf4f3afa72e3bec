import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { log } from '@/lib/log'
import type { Beacon, BeaconRound } from './round'

/** A chain of drand's scheme `bls-unchained-g1-rfc9380`: signatures on G1, the key on G2. */
export type DrandChain = {
  hash: string
  publicKey: string
  periodMs: number
  /** When round 1 was published, in milliseconds since 1970. */
  genesisMs: number
}

/**
 * The League of Entropy's quicknet, written down here so that no relay can substitute another key.
 */
export const QUICKNET: DrandChain = {
  hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  periodMs: 3_000,
  genesisMs: 1_692_803_367_000,
}

const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'
/** A round is about 250 bytes; a longer answer is not a round. */
const MOST_BYTES = 4_096
/** After this long without an answer we ask the next relay as well. */
const NEXT_RELAY_MS = 400

const answer = z.object({
  round: z.number(),
  signature: z.string().regex(/^[0-9a-f]{96}$/),
  randomness: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

/** The message the chain's nodes sign together for a round: its number, as eight bytes. */
function hashRound(round: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(round))
  return createHash('sha256').update(bytes).digest()
}

/**
 * About 30 ms of work, ten times that on the first call. Only the process that draws loads the
 * library; no ordinary request does.
 */
async function isSigned({
  chain,
  round,
  signature,
}: {
  chain: DrandChain
  round: number
  signature: string
}): Promise<boolean> {
  const { bls12_381: curve } = await import('@noble/curves/bls12-381.js')
  const scheme = curve.shortSignatures
  try {
    const message = scheme.hash(hashRound(round), DOMAIN)
    return scheme.verify(
      Buffer.from(signature, 'hex'),
      message,
      Buffer.from(chain.publicKey, 'hex'),
    )
  } catch {
    // A value that is not a point on the curve is not a signature either.
    return false
  }
}

async function readCapped(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    if (bytes > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** One relay's answer for a round, checked for form and hash only. Throws on anything else. */
async function askRelay({
  url,
  round,
  signal,
}: {
  url: string
  round: number
  signal: AbortSignal
}): Promise<BeaconRound> {
  const headers = { accept: 'application/json' }
  const response = await fetch(url, { signal, headers, redirect: 'error', cache: 'no-store' })
  if (!response.ok) throw new Error(`answered ${response.status}`)
  const said = answer.parse(JSON.parse(await readCapped(response)))
  if (said.round !== round) throw new Error(`gave round ${said.round} for ${round}`)
  const value = createHash('sha256').update(Buffer.from(said.signature, 'hex')).digest('hex')
  if (said.randomness !== undefined && said.randomness !== value)
    throw new Error('gave a value that is not the hash of its signature')
  return { value, proof: said.signature }
}

/**
 * drand over HTTPS. Relays are asked in turn, the next as soon as one fails or is slow. An answer
 * counts only with the chain's own signature, so no relay has to be trusted.
 */
export function createDrandBeacon({
  name,
  chain,
  listBaseUrls,
}: {
  name: Beacon['name']
  chain: DrandChain
  listBaseUrls: () => string[]
}): Beacon {
  /** One relay's round with the chain's signature. Throws when the relay has none. */
  async function askSigned({
    url,
    round,
    signal,
    refused,
  }: {
    url: string
    round: number
    signal: AbortSignal
    /**
     * Signatures that have already failed, so that one repeated by several relays is verified once.
     */
    refused: Set<string>
  }): Promise<BeaconRound> {
    const given = await askRelay({ url, round, signal })
    if (!refused.has(given.proof)) {
      if (await isSigned({ chain, round, signature: given.proof })) return given
      refused.add(given.proof)
    }
    throw new Error('gave a signature that is not the chain’s')
  }

  async function fetchRound({ round, timeoutMs }: { round: number; timeoutMs: number }) {
    const isOver = new AbortController()
    const { signal } = isOver
    let isFound = false
    // Not AbortSignal.any with AbortSignal.timeout: Node 20 may collect the timeout before its time,
    // and a silent relay would then keep the draw waiting for ever.
    const timer = setTimeout(() => isOver.abort(new Error('was silent')), timeoutMs)
    const refused = new Set<string>()
    let next: Promise<unknown> = Promise.resolve()
    const tries = listBaseUrls().map((baseUrl) => {
      const url = `${baseUrl.replace(/\/+$/, '')}/${chain.hash}/public/${round}`
      const trying = next.then(() => askSigned({ url, round, signal, refused }))
      const isTried = trying.then(
        () => {
          isFound = true
          isOver.abort()
        },
        (error) => {
          if (!isFound)
            log.info({ beacon: name, relay: baseUrl, round, error: String(error) }, 'no round here')
        },
      )
      const isSlow = () => sleep(NEXT_RELAY_MS, null, { signal }).catch(() => null)
      next = next.then(() => Promise.race([isTried, isSlow()]))
      return trying
    })
    const found = await Promise.any(tries).catch(() => null)
    clearTimeout(timer)
    return found
  }

  return {
    name,
    roundAfter: (at) =>
      Math.max(1, Math.ceil((at.getTime() - chain.genesisMs) / chain.periodMs) + 1),
    findRoundMs: (round) => chain.genesisMs + (round - 1) * chain.periodMs,
    fetchRound,
  }
}
