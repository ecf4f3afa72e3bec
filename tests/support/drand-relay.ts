import { createHash, randomBytes } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import type { DrandChain } from '@/lib/beacon/drand'

const scheme = bls12_381.shortSignatures
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'

/** A chain of our own, whose key the test holds: a relay of it can be right or wrong. */
export function createChain() {
  const { secretKey } = scheme.keygen(randomBytes(48))
  const chain: DrandChain = {
    hash: randomBytes(32).toString('hex'),
    publicKey: Buffer.from(scheme.getPublicKey(secretKey).toBytes()).toString('hex'),
    periodMs: 3_000,
    genesisMs: Date.parse('2026-01-01T00:00:00Z'),
  }
  const signRound = (round: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64BE(BigInt(round))
    const message = scheme.hash(createHash('sha256').update(bytes).digest(), DOMAIN)
    const signature = Buffer.from(scheme.sign(message, secretKey).toBytes())
    const randomness = createHash('sha256').update(signature).digest('hex')
    return { round, randomness, signature: signature.toString('hex') }
  }
  return { chain, signRound }
}

/** Answers a request for a round; by default with what the chain signed. */
export type Misbehaviour = (response: ServerResponse, round: number) => void

/** A relay of the chain over HTTP, as misbehaved as a test needs it. */
export async function startRelay({ chain, answer }: { chain: DrandChain; answer: Misbehaviour }) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const [, hashGiven, , round] = (request.url ?? '').split('/')
    if (hashGiven === chain.hash) answer(response, Number(round))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
