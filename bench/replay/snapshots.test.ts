import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { History } from './history'
import { OpeningWatch, type SeenOpening } from './snapshots'
import { Wire } from './wire'

const ON_THE_WAY_MS = 100
const HASH = 'ab'.repeat(32)
const AT = '2026-12-04T01:00:00.000Z'

function readOpening(): SeenOpening {
  return {
    id: '0b0f5c1e-8d0f-4d2a-9c53-2f1f0a6b7c8d',
    restaurantId: '1c1f5c1e-8d0f-4d2a-9c53-2f1f0a6b7c8d',
    serviceDate: '2026-12-04',
    state: 'LOBBY',
    orderBy: 'DRAW',
    waiting: 1,
    late: null,
    entering: null,
    lobbyOpensAt: AT,
    opensAt: AT,
    gateUntil: AT,
    commitment: HASH,
    rates: [],
    announcement: { announcedAt: AT, turnsPerSecond: 1, hash: HASH },
    beacon: { name: null, round: null, value: null, proof: null },
    entriesHash: null,
    secret: null,
    orderSeed: null,
    cancelledFor: null,
    drawnAt: null,
    receiptKeys: [],
    asOf: new Date().toISOString(),
    pollAfterMs: 1_000,
  }
}

async function watchOpening(): Promise<OpeningWatch> {
  const server = createServer(async (_, response) => {
    await sleep(ON_THE_WAY_MS)
    response.end(JSON.stringify(readOpening()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const polls = new Wire({ urls: [`http://127.0.0.1:${port}`], most: 1 })
  onTestFinished(() => polls.close())
  const shared = {
    openingId: '',
    restaurantId: '',
    serviceDate: '',
    polls,
    looks: polls,
    entries: polls,
    acts: polls,
    history: new History(1),
    nowMs: Date.now,
    roll: () => 0,
    leastPollMs: 0,
    counts: { polls: 0 },
    isOver: () => false,
  }
  return new OpeningWatch({ shared, diner: 0 })
}

it('G14: a phone that learns the time over a slow connection asks for no turn early', async () => {
  const watch = await watchOpening()
  expect(await watch.look()).not.toBeNull()
  // A process whose own answer took half as long knows no later instant.
  expect(watch.databaseNowMs()).toBeLessThanOrEqual(Date.now() - ON_THE_WAY_MS / 2)
})
