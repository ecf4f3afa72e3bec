import { afterEach, describe, expect, test } from 'vitest'
import { createDrandBeacon, QUICKNET } from '@/lib/beacon/drand'
import { createChain, type Misbehaviour, startRelay } from '../support/drand-relay'

const { chain, signRound } = createChain()
const another = createChain()
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const send =
  (value: unknown, status = 200): Misbehaviour =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(typeof value === 'string' ? value : JSON.stringify(value))
const sayTruth: Misbehaviour = (response, round) => send(signRound(round))(response, round)

async function setUp(...answers: Misbehaviour[]) {
  const relays = await Promise.all(answers.map((answer) => startRelay({ chain, answer })))
  stops.push(...relays.map(({ stop }) => stop))
  const listBaseUrls = () => relays.map(({ url }) => url)
  const beacon = createDrandBeacon({ name: 'drand-quicknet', chain, listBaseUrls })
  return { beacon, relays }
}
const found = { value: signRound(7).randomness, proof: signRound(7).signature }

describe('G13: a round of drand', () => {
  // As published by the network: https://api.drand.sh/52db9b…/public/1000
  test('G13: is accepted as quicknet itself signed it', async () => {
    const published = {
      round: 1000,
      randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
      signature:
        'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
    }
    const relay = await startRelay({ chain: QUICKNET, answer: send(published) })
    stops.push(relay.stop)
    const listBaseUrls = () => [`${relay.url}/`]
    const beacon = createDrandBeacon({ name: 'drand-quicknet', chain: QUICKNET, listBaseUrls })
    expect(await beacon.fetchRound({ round: 1000, timeoutMs: 5_000 })).toEqual({
      value: published.randomness,
      proof: published.signature,
    })
    expect(relay.asked).toEqual([`/${QUICKNET.hash}/public/1000`])
  })

  test('is the first one published at or after an instant', async () => {
    const { beacon } = await setUp(sayTruth)
    const genesis = chain.genesisMs
    const rounds = [-5_000, 0, 1, 3_000, 3_001].map((ms) =>
      beacon.roundAfter(new Date(genesis + ms)),
    )
    expect(rounds).toEqual([1, 1, 2, 2, 3])
  })

  test('comes from the first relay alone while that relay answers', async () => {
    const { beacon, relays } = await setUp(sayTruth, sayTruth)
    expect(await beacon.fetchRound({ round: 7, timeoutMs: 5_000 })).toEqual(found)
    expect(relays.map(({ asked }) => asked.length)).toEqual([1, 0])
  })

  const wrongs: [string, Misbehaviour][] = [
    ['silent', () => {}],
    ['silent in mid-answer', (response) => response.write('{"round":7,')],
    ['not out yet', send({ error: 'not yet' }, 425)],
    ['not JSON', send('<html>')],
    ['of another form', send({ round: 7, signature: 7 })],
    ['of another round', send(signRound(8))],
    ['of another round, said to be this one', send({ ...signRound(8), round: 7 })],
    ['signed by another chain', send(another.signRound(7))],
    ['no point of the curve', send({ round: 7, signature: 'ff'.repeat(48) })],
    ['not the hash of its signature', send({ ...signRound(7), randomness: '0'.repeat(64) })],
    ['too long', send({ ...signRound(7), more: 'x'.repeat(5_000) })],
    ['elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['cut off', (response) => response.destroy()],
  ]

  test.each(wrongs)(
    'G13: that is %s is rejected, and the next relay is asked',
    async (_, answer) => {
      const { beacon, relays } = await setUp(answer, sayTruth)
      expect(await beacon.fetchRound({ round: 7, timeoutMs: 5_000 })).toEqual(found)
      expect(relays.map(({ asked }) => asked.length)).toEqual([1, 1])
    },
  )

  test.each(wrongs)('G13: that is %s at every relay gives no round', async (_, answer) => {
    const { beacon } = await setUp(answer, answer)
    expect(await beacon.fetchRound({ round: 7, timeoutMs: 600 })).toBeNull()
  })
})
