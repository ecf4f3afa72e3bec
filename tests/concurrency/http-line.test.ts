import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type AskedOfLine, checkLine } from '@/bench/line/check'
import { followLine } from '@/bench/line/follow'
import { joinLine } from '@/bench/line/joiner'
import { readLineTruth } from '@/bench/line/truth'
import { Wire } from '@/bench/replay/wire'
import { pool } from '@/lib/db/database'
import { startFrontProcess } from '@/local/front/process'
import { createDiners } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { signTokenFor, useApps } from '../support/http-scene'
import { findLineContradictions, setUpLine } from '../support/line-scene'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
// Other tests cover the mails of two thousand tickets.
const apps = useApps({ count: 2, smtpUrl: null })

const JOINS = Number(process.env.LINE_HTTP_JOINS ?? 2_000)
/** `npm run bench:line` has ten thousand. */
const PHONES = 1_000
/** Connections to each process; a diner who finds none free waits for one, as a phone would. */
const CONNECTIONS = 250
const WITHIN = { timeout: 120_000 }

let wires: Wire[] = []
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  wires = [0, 1].map((index) => new Wire({ urls: [apps.urlOf(index)], most: CONNECTIONS }))
})
afterEach(() => {
  for (const wire of wires) wire.close()
})

test(
  `G8, G9: ${JOINS} joins at once into one line over HTTP, on two processes: numbers 1 to ${JOINS}, each once, in the order of their commits`,
  WITHIN,
  async () => {
    const scene = await setUpLine()
    const diners = await createDiners(pool, { count: JOINS })
    const crowd = await Promise.all(
      diners.map(async (diner) => ({ accountId: diner.id, token: await signTokenFor(diner) })),
    )
    const asked: AskedOfLine[] = []
    const join = (joiner: (typeof crowd)[number], index: number) => {
      const wire = wires[index % wires.length]
      if (!wire) throw new Error('expected a process')
      return joinLine({ ...scene, wire, joiner, note: (one) => asked.push(one) })
    }
    // One in twenty taps twice, on two processes.
    const impatient = crowd.filter((_, index) => index % 20 === 0)
    const tickets = await Promise.all([...crowd, ...impatient].map(join))
    expect(tickets.every((ticket) => ticket !== null)).toBe(true)
    const truth = await readLineTruth({ pool, ...scene })
    expect(truth.lastNumber).toBe(JOINS)
    expect(checkLine({ asked, truth })).toEqual([])
    expect(await findLineContradictions()).toEqual([])
  },
)

test(
  `${PHONES.toLocaleString('en')} phones follow one line through the caching front: at most one request a second and process reaches it, and every phone knows its place within two polls`,
  WITHIN,
  async () => {
    const { restaurantId } = await setUpLine()
    const diners = await createDiners(pool, { count: 120 })
    const origins = [apps.urlOf(0), apps.urlOf(1)]
    const front = await startFrontProcess(origins)
    onTestFinished(front.stop)
    const joiners = await Promise.all(
      diners.map(async (diner) => ({ accountId: diner.id, token: await signTokenFor(diner) })),
    )
    const followed = await followLine({
      environment: { pool, front, origins, restaurantId, joiners },
      plan: {
        phones: PHONES,
        parties: 80,
        forMs: 10_000,
        actsPerSecond: 5,
        seed: 7,
        pollsPerSecond: 1_000,
      },
    })
    expect(followed.findings).toEqual([])
    expect(followed.failedPolls).toBe(0)
    expect(followed.wrong).toEqual([])
    expect(followed.acts).toBeGreaterThan(15)
    expect(followed.sightings).toBeGreaterThan(PHONES * 2)
    expect(followed.reached).toBeLessThanOrEqual(Math.ceil(followed.seconds + 1) * origins.length)
  },
)
