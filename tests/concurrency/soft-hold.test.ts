import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signTurn } from '@/lib/crypto/receipt'
import { type Answer, askApi, countOutcomes, expectProblem, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { type BookingScene, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, type Person, useApps } from '../support/http-scene'
import { createOpening } from '../support/opening-scene'
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
const proxies: PostgresProxy[] = []
const startApp = async () => {
  const proxy = await startPostgresProxy({ url: database.databaseUrl })
  proxies.push(proxy)
  return { databaseUrl: proxy.url, smtpUrl: null }
}
const apps = [useApps(startApp), useApps(startApp)]
afterAll(() => Promise.all(proxies.map((proxy) => proxy.stop())))
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
})
afterEach(() => gateway.setFault(null))

const urlOf = (index = 0) => apps[index]?.urlOf() ?? ''
const pathOf = ({ restaurantId }: BookingScene, what: string) =>
  `/api/v1/restaurants/${restaurantId}/${what}`

const look = (scene: BookingScene, index = 0) =>
  askApi({ url: urlOf(index), path: pathOf(scene, 'board') })

const hold = (
  scene: BookingScene,
  { token }: Person,
  { index = 0, partySize = 2, turn = '' } = {},
) =>
  askApi({
    url: urlOf(index),
    method: 'POST',
    path: pathOf(scene, 'soft-holds'),
    token,
    headers: turn ? { 'opening-turn': turn } : {},
    body: { serviceDate: scene.serviceDate, startsAt: scene.startsAt.toISOString(), partySize },
  })

const release = (scene: BookingScene, { token }: Person, slotId: unknown) =>
  askApi({
    url: urlOf(),
    method: 'DELETE',
    path: pathOf(scene, 'soft-holds'),
    token,
    body: { serviceDate: scene.serviceDate, slotId },
  })

const slotIdOf = (answer: Answer) => readJson(answer).slotId

interface ShownSlot {
  slotId: string
  state: string
  isSoftHeld?: boolean
}
async function readSlots(scene: BookingScene, index = 0): Promise<ShownSlot[]> {
  const answer = await look(scene, index)
  const { times } = JSON.parse(answer.text) as { times: { slots: ShownSlot[] }[] }
  return times.flatMap(({ slots }) => slots)
}
/** Waits until this process has another board: it is read anew at most once a second. */
const expectStates = (scene: BookingScene, states: string[], index = 0) =>
  expect
    .poll(
      async () =>
        (await readSlots(scene, index)).map(
          ({ state, isSoftHeld }) => `${state}${isSoftHeld ? ' softly' : ''}`,
        ),
      { timeout: 20_000, interval: 200 },
    )
    .toEqual(states)

const twoTables = { tables: [{ maxParty: 2 }, { maxParty: 2 }] }

test('G14: behind a gate a diner without a turn gets no soft hold', async () => {
  const scene = await setUpSeating(twoTables)
  const { openingId } = await createOpening({ ...scene, opensInMinutes: -10 })
  const person = await createPerson()
  await look(scene)
  await expectProblem(await hold(scene, person), { status: 403, reason: 'no-turn' })
  const expiresAtMs = Date.now() + 60_000
  const turn = `${openingId}.${signTurn({ openingId, accountId: person.id, expiresAtMs })}`
  expect((await hold(scene, person, { turn })).status).toBe(201)
})

describe('a soft hold while a diner confirms', () => {
  test('is on the table that booking would give, one per diner and date, and visible to everyone', async () => {
    const scene = await setUpSeating({
      tables: [{ maxParty: 4 }, { maxParty: 2 }, { maxParty: 2 }],
    })
    const [one, other] = [await createPerson(), await createPerson()]
    await look(scene)
    const held = await hold(scene, one)
    expect([held.status, slotIdOf(held)]).toEqual([201, scene.slotIds[1]])
    expect(Date.parse(String(readJson(held).until))).toBeGreaterThan(Date.now() + 60_000)
    // The same request again returns the same hold, not a second one.
    expect(slotIdOf(await hold(scene, one))).toBe(scene.slotIds[1])
    await look(scene, 1)
    expect(slotIdOf(await hold(scene, other, { index: 1 }))).toBe(scene.slotIds[2])
    const third = await hold(scene, await createPerson())
    expect([third.status, readJson(third)]).toEqual([200, { slotId: null }])
    await expectStates(scene, ['FREE', 'HELD softly', 'HELD softly'])
    expect((await look(scene)).text).not.toContain(one.id)
  })

  test('is released only by its holder, and only the one named', async () => {
    const scene = await setUpSeating(twoTables)
    const [one, other] = [await createPerson(), await createPerson()]
    await look(scene)
    const slotId = slotIdOf(await hold(scene, one))
    expect((await release(scene, other, slotId)).status).toBe(204)
    expect((await release(scene, one, scene.slotIds[1])).status).toBe(204)
    await expectStates(scene, ['HELD softly', 'FREE'])
    expect((await release(scene, one, slotId)).status).toBe(204)
    await expectStates(scene, ['FREE', 'FREE'])
  })

  test('G7: refuses nobody: the last table goes to the first to book it', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [holder, other] = [await createPerson(), await createPerson()]
    await look(scene)
    expect((await hold(scene, holder)).status).toBe(201)
    await expectStates(scene, ['HELD softly'])
    const board = readJson(await look(scene))
    expect(board.state).toBe('OPEN')
    const booked = await bookOver({ url: urlOf(), token: other.token, scene })
    expect(booked.status).toBe(201)
    expectProblem(await bookOver({ url: urlOf(), token: holder.token, scene }), {
      status: 409,
      reason: 'sold-out',
    })
    await expectStates(scene, ['TAKEN'])
  })

  test('never makes booking take a larger class of table', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }, { maxParty: 6 }] })
    const [holder, other] = [await createPerson(), await createPerson()]
    await look(scene)
    expect(slotIdOf(await hold(scene, holder))).toBe(scene.slotIds[0])
    const booked = await bookOver({ url: urlOf(), token: other.token, scene })
    expect(slotIdOf(booked)).toBe(scene.slotIds[0])
  })

  test('expires by itself', async () => {
    const scene = await setUpSeating(twoTables)
    const holder = await createPerson()
    await look(scene)
    await hold(scene, holder)
    await expectStates(scene, ['HELD softly', 'FREE'])
    await moveEndToThePast({ scene, holder })
    await expectStates(scene, ['FREE', 'FREE'], 1)
    const next = await hold(scene, await createPerson(), { index: 1 })
    expect(slotIdOf(next)).toBe(scene.slotIds[0])
  })
})

async function moveEndToThePast({ scene, holder }: { scene: BookingScene; holder: Person }) {
  const key = `soft-holds:${scene.restaurantId}:${scene.serviceDate}`
  await gateway.ask('HSET', key, scene.slotIds[0] ?? '', `1 ${holder.id}`)
}

describe('two diners and the last two equal tables', () => {
  const isBooking = (sql: string) => sql.includes('place_reservation')
  const countTrips = () => proxies[0]?.listTrips().filter(({ sql }) => isBooking(sql)).length

  async function bookBothAtOnce(scene: BookingScene, people: Person[]): Promise<Answer[]> {
    proxies[0]?.forget()
    return Promise.all(people.map(({ token }) => bookOver({ url: urlOf(), token, scene })))
  }

  test('G1: each gets the table of their soft hold, and neither is in the other’s way', async () => {
    for (let round = 0; round < 5; round++) {
      const scene = await setUpSeating(twoTables)
      const people = [await createPerson(), await createPerson()]
      await look(scene)
      const kept: unknown[] = []
      for (const person of people) kept.push(slotIdOf(await hold(scene, person)))
      const booked = await bookBothAtOnce(scene, [...people].reverse())
      expect(booked.map(slotIdOf).reverse()).toEqual(kept)
      expect(countTrips()).toBe(2)
    }
    expect(await findContradictions()).toEqual([])
  })

  test('G1: control: without soft holds both get a table too, but which one is chance', async () => {
    const given: number[] = []
    for (let round = 0; round < 5; round++) {
      const scene = await setUpSeating(twoTables)
      const people = [await createPerson(), await createPerson()]
      // With soft holds the second of these would have the first table.
      const booked = await bookBothAtOnce(scene, people.reverse())
      expect(countOutcomes(booked)).toEqual({ 201: 2 })
      given.push(scene.slotIds.indexOf(String(slotIdOf(booked[0] ?? fail()))))
    }
    expect(given).toContain(0)
    expect(await findContradictions()).toEqual([])
  })
})

function fail(): never {
  throw new Error('nobody booked')
}

describe('what a soft hold costs', () => {
  test('one request to Redis, and none to Postgres', async () => {
    const scene = await setUpSeating(twoTables)
    const holder = await createPerson()
    await look(scene)
    await hold(scene, holder)
    for (const proxy of proxies) proxy.forget()
    await gateway.resetCounts()
    await hold(scene, holder)
    await release(scene, holder, scene.slotIds[0])
    expect((await gateway.readCounts()).requests).toBe(2)
    expect(proxies[0]?.listTrips()).toEqual([])
  })

  test('nothing for a board that this process has not read, nor without a session', async () => {
    const scene = await setUpSeating(twoTables)
    await gateway.resetCounts()
    expect(readJson(await hold(scene, await createPerson()))).toEqual({ slotId: null })
    const nobody = { id: '', email: '', token: 'none' }
    expectProblem(await hold(scene, nobody), { status: 401, reason: 'signed-out' })
    expect((await gateway.readCounts()).requests).toBe(0)
  })

  test('one request to Redis for each read of the board from Postgres', async () => {
    const scene = await setUpSeating(twoTables)
    await look(scene)
    proxies[0]?.forget()
    await gateway.resetCounts()
    const endAtMs = performance.now() + 2_500
    while (performance.now() < endAtMs) await Promise.all([look(scene), look(scene), look(scene)])
    const rebuilds = proxies[0]?.listTrips().length ?? 0
    expect(rebuilds).toBeGreaterThanOrEqual(2)
    expect((await gateway.readCounts()).requests).toBeLessThanOrEqual(rebuilds)
  })

  test('while nothing is held, one request a second for all boards of a process', async () => {
    const scenes = await Promise.all(Array.from({ length: 6 }, () => setUpSeating(twoTables)))
    await Promise.all(scenes.map((scene) => look(scene)))
    proxies[0]?.forget()
    await gateway.resetCounts()
    const rebuilds = () => proxies[0]?.listTrips().length ?? 0
    while (rebuilds() < 12) await Promise.all(scenes.map((scene) => look(scene)))
    // Each is read anew once a second, so six are read for each request.
    expect((await gateway.readCounts()).requests).toBeLessThanOrEqual(Math.ceil(rebuilds() / 3))
  })

  test('G20: a hammering account is told when to try again', async () => {
    const scene = await setUpSeating(twoTables)
    const bot = await createPerson()
    const answers = await Promise.all(Array.from({ length: 60 }, () => hold(scene, bot)))
    const limited = answers.find(({ status }) => status === 429)
    if (!limited) throw new Error('nobody was limited')
    expectProblem(limited, { status: 429, reason: 'rate-limited' })
  })
})

describe('hard cases 7 to 9: Redis and soft holds', () => {
  test('lost by Redis: nothing changes but the hint', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const holder = await createPerson()
    await look(scene)
    await hold(scene, holder)
    await expectStates(scene, ['HELD softly'])
    await gateway.flush()
    await expectStates(scene, ['FREE'])
    expect((await bookOver({ url: urlOf(), token: holder.token, scene })).status).toBe(201)
  })

  test.each(['drop-before', 'hang', 'error-500', 'not-json', 'truncated', 'drop-after'] as const)(
    'with the fault "%s" it is no obstacle, and the board is shown all the same',
    async (kind) => {
      const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
      const diner = await createPerson()
      await look(scene)
      await gateway.setFault({ kind })
      const held = await hold(scene, diner)
      expect([held.status, slotIdOf(held)]).toEqual([200, null])
      expect((await release(scene, diner, scene.slotIds[0])).status).toBe(204)
      expect((await look(scene)).status).toBe(200)
      expect((await bookOver({ url: urlOf(), token: diner.token, scene })).status).toBe(201)
    },
  )

  test('nonsense in its key is no hold', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const key = `soft-holds:${scene.restaurantId}:${scene.serviceDate}`
    for (const command of [
      ['HSET', key, scene.slotIds[0] ?? '', 'nonsense'],
      ['HSET', key, 'no-slot', '99999999999999 x'],
      ['SET', key, 'a text'],
    ]) {
      await gateway.ask(...command)
      await expectStates(scene, ['FREE'])
      expect((await hold(scene, await createPerson())).status).toBeLessThan(300)
      await gateway.flush()
      await look(scene)
    }
  })
})
