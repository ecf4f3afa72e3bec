import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ReservationAct } from '@/domain/booking/types'
import type { QueuedAct } from '@/domain/floor/queue.rules'
import { ActSender, type FinalAnswer, type PendingAct } from './act-sender'

type Reply = () => Response

const refuse =
  (status: number, reason: string): Reply =>
  () =>
    new Response(JSON.stringify({ reason, title: reason }), { status })
const done: Reply = () => Response.json({ id: 'party', status: 'SEATED', actId: 'act' })
const lose: Reply = () => {
  throw new Error('lost')
}

/** A tablet, and a service that gives these answers in this order. */
function setUp(replies: Reply[]) {
  const network = { onLine: true }
  const paths: string[] = []
  const bodies: unknown[] = []
  vi.stubGlobal('navigator', network)
  vi.stubGlobal('fetch', async (url: string, { body }: { body: string }) => {
    bodies.push(JSON.parse(body))
    paths.push(url.replace('/api/v1/reservations/', ''))
    const reply = replies.shift() ?? lose
    return reply()
  })
  const kept = new Map<string, QueuedAct>()
  const answers: FinalAnswer['kind'][] = []
  let acts: PendingAct[] = []
  const sender = new ActSender({
    restaurantId: 'restaurant',
    locale: 'en',
    kept: {
      list: async () => [...kept.values()],
      keep: async (act) => {
        kept.set(act.key, act)
      },
      forget: async (key) => {
        kept.delete(key)
      },
    },
    onChange: (changed) => {
      acts = changed
    },
    onAnswer: ({ answer }) => answers.push(answer.kind),
    onUncertain: () => {},
  })
  return { sender, network, paths, bodies, kept, answers, listActs: () => acts }
}

function tap(key: string, act: ReservationAct = 'SEAT', party = 'party'): QueuedAct {
  const work = { kind: 'MOVE' as const, reservationId: party, act }
  return { key, work, tappedAt: '2026-12-04T01:00:00.000Z', wasSent: false, override: false }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

it('G4: sends a party’s acts in tapping order, each after the previous answer', async () => {
  const { sender, paths, answers, kept } = setUp([lose, done, done])
  void sender.add(tap('a', 'SEAT'))
  void sender.add(tap('b', 'LEAVE'))
  await pass(1_000)
  expect(paths).toEqual(['party/seat', 'party/seat', 'party/leave'])
  expect(answers).toEqual(['done', 'done'])
  expect(kept.size).toBe(0)
})

it('a second change of a party is of the state to which the first has led, also after a reload', async () => {
  const changed: Reply = () =>
    Response.json({ id: 'party', status: 'CONFIRMED', actId: 'act', sequence: 4 })
  const { sender, bodies, kept } = setUp([changed])
  const tapChange = (key: string, partySize: number): QueuedAct => ({
    ...tap(key),
    work: { kind: 'CHANGE', reservationId: 'party', change: { partySize, sequence: 3 } },
  })
  void sender.add(tapChange('a', 3))
  void sender.add(tapChange('b', 4))
  await pass(1_000)
  expect(bodies.slice(0, 2)).toMatchObject([
    { partySize: 3, sequence: 3 },
    { partySize: 4, sequence: 4 },
  ])
  expect(kept.get('b')?.work).toMatchObject({ change: { sequence: 4 } })
  sender.stop()
})

it('a correction asks for what the party is to be again', async () => {
  const { sender, paths, bodies } = setUp([done, done])
  void sender.add(tap('a', 'CORRECT_LEAVE'))
  void sender.add(tap('b', 'CORRECT_SEAT'))
  await pass(1_000)
  expect(paths).toEqual(['party/correct', 'party/correct'])
  expect(bodies).toMatchObject([{ to: 'SEATED' }, { to: 'CONFIRMED' }])
})

it('a call that a party is late waits behind its other acts, and says the minutes alone', async () => {
  const { sender, paths, bodies } = setUp([done, done])
  void sender.add(tap('a', 'CORRECT_SEAT'))
  void sender.add({
    ...tap('b'),
    work: { kind: 'LATE', reservationId: 'party', minutes: 15 },
  })
  await pass(1_000)
  expect(paths).toEqual(['party/correct', 'party/late'])
  expect(bodies[1]).toEqual({ minutes: 15 })
})

it('one party does not wait for another', async () => {
  const { sender, paths } = setUp([lose, done])
  void sender.add(tap('a', 'SEAT', 'first'))
  void sender.add(tap('b', 'SEAT', 'second'))
  await pass(0)
  expect(paths).toEqual(['first/seat', 'second/seat'])
})

it.each([
  ['a sign-out', 401, 'signed-out'],
  ['a failure of ours', 500, 'unexpected'],
])('outlasts %s', async (_, status, reason) => {
  const { sender, answers } = setUp([refuse(status, reason), done])
  void sender.add(tap('a'))
  await pass(1_000)
  expect(answers).toEqual(['done'])
})

it('ends with a refusal', async () => {
  const { sender, answers, paths } = setUp([refuse(409, 'overtaken')])
  void sender.add(tap('a'))
  await pass(60_000)
  expect([answers, paths.length]).toEqual([['refused'], 1])
})

it('an act that never left the tablet can be taken back, and is not sent when the network returns', async () => {
  const { sender, network, paths, kept } = setUp([done])
  network.onLine = false
  void sender.add(tap('a'))
  await pass(0)
  sender.takeBack('a')
  network.onLine = true
  sender.nudge()
  await pass(60_000)
  expect([paths, kept.size]).toEqual([[], 0])
})

it('an act that may have been done cannot be taken back', async () => {
  const { sender, kept, listActs } = setUp([lose])
  void sender.add(tap('a'))
  await pass(0)
  sender.takeBack('a')
  expect(listActs()).toHaveLength(1)
  expect(kept.get('a')?.wasSent).toBe(true)
})

it('an act is sent as soon as the network returns', async () => {
  const { sender, network, answers } = setUp([done])
  network.onLine = false
  void sender.add(tap('a'))
  await pass(0)
  network.onLine = true
  sender.nudge()
  await pass(0)
  expect(answers).toEqual(['done'])
})
