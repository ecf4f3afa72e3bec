import { randomUUID } from 'node:crypto'
import net from 'node:net'
import path from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { signTurn } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { classifyRequest, type RequestClass } from '@/lib/door/request-class.rules'
import { type Answer, type Ask, askApi, expectProblem } from '../support/api-client'
import { useHeldRequests } from '../support/held-at-door'
import {
  bookOver,
  createPerson,
  type Person,
  setUpRestaurant,
  useApps,
} from '../support/http-scene'
import { createOpening } from '../support/opening-scene'
import { listRoutes } from '../support/route-list'

const PRELOAD = pathToFileURL(path.resolve(import.meta.dirname, '../support/held-requests.mjs'))
/** What is served in front of Next is not held there. */
const HELD = { NODE_OPTIONS: `--import ${PRELOAD.href}`, SERVE_DIRECTLY: 'false' }
const SIGN_INS = 5
const door = useApps({
  smtpUrl: null,
  env: { ...HELD, DOOR_MOST_IN_FLIGHT: '10', DOOR_MOST_SIGN_INS: String(SIGN_INS) },
})
const late = useApps({ smtpUrl: null, env: { ...HELD, DOOR_MOST_DELAY_MS: '20' } })
const usual = useApps({ smtpUrl: null })

/** Every route of the API with the class it has, without those of the last class. */
const EARLY: Record<string, RequestClass> = {
  'GET /openapi.json': 'cached',
  'GET /openings/[id]/proof': 'cached',
  'GET /restaurants': 'cached',
  'GET /restaurants/[id]': 'cached',
  'GET /restaurants/[id]/board': 'cached',
  'GET /restaurants/[id]/line': 'cached',
  'GET /tonight': 'cached',
  'POST /openings/[id]/entries': 'entry',
  'POST /restaurants/[id]/soft-holds': 'entry',
  'POST /restaurants/[id]/tickets': 'entry',
  'POST /reservations': 'booking',
  'POST /accounts': 'sign-in',
  'POST /session': 'sign-in',
  'POST /session/proof': 'sign-in',
}

let restaurant: Awaited<ReturnType<typeof setUpRestaurant>>
let diner: Person
beforeAll(async () => {
  restaurant = await setUpRestaurant({
    tables: Array.from({ length: 60 }, () => ({ maxParty: 4 })),
  })
  diner = await createPerson()
})

const { tell, hold, holdUpTo, release } = useHeldRequests({
  app: door,
  tokenOf: () => restaurant.owner.token,
})

const ask = (asked: Ask) => askApi({ url: door.urlOf(), ...asked })
const readBoard = (url = door.urlOf()) =>
  askApi({
    url,
    path: `/api/v1/restaurants/${restaurant.restaurantId}/board?date=${restaurant.serviceDate}`,
  })
const enter = () => ask({ method: 'POST', path: `/api/v1/openings/${randomUUID()}/entries` })
const takeTurn = () => ask({ method: 'POST', path: `/api/v1/openings/${randomUUID()}/turn` })
const readDay = () =>
  ask({
    path: `/api/v1/restaurants/${restaurant.restaurantId}/day?date=${restaurant.serviceDate}`,
    token: restaurant.owner.token,
  })
const cancel = () =>
  ask({ method: 'POST', path: `/api/v1/reservations/${randomUUID()}/cancel`, token: diner.token })
const guess = (headers: Record<string, string> = {}) =>
  ask({
    method: 'POST',
    path: '/api/v1/session',
    body: { email: `${randomUUID()}@bobjool.test`, password: 'a-guess' },
    headers,
  })

/** A party that no table seats, so that no table is used up. */
const book = (turn?: string) =>
  bookOver({
    url: door.urlOf(),
    token: diner.token,
    scene: restaurant,
    partySize: 50,
    ...(turn !== undefined && { headers: { 'opening-turn': turn } }),
  })

function turnOf(accountId: string, minutes = 5): string {
  const openingId = randomUUID()
  const expiresAtMs = Date.now() + minutes * 60_000
  return `${openingId}.${signTurn({ openingId, accountId, expiresAtMs })}`
}

/** More than sockets and their buffers hold. */
const SENT_BYTES = 100_000_000

/** A booking with a body of so many bytes that are still to come. */
const headOf = (bytes: number) =>
  `POST /api/v1/reservations HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${bytes}\r\n\r\n`

function connect(): net.Socket {
  const { hostname, port } = new URL(door.urlOf())
  const socket = net.connect(Number(port), hostname)
  // Cut while it still sends.
  socket.on('error', () => {})
  return socket
}

const isBusy = ({ status, text }: Answer) => status === 503 && text.includes('"busy"')

/** Which of these Next got to see. */
async function admitted(): Promise<Record<string, boolean>> {
  const asks = {
    board: readBoard,
    entry: enter,
    booking: book,
    turn: takeTurn,
    turned: () => book(turnOf(diner.id)),
    staff: readDay,
    cancel,
    live: () => ask({ path: '/api/health/live' }),
    signIn: guess,
  }
  const said: Record<string, boolean> = {}
  for (const [name, each] of Object.entries(asks)) said[name] = !isBusy(await each())
  return said
}

test('G20: every route has a class: one that is listed nowhere is an act, or asks for what one has', async () => {
  const classes = (await listRoutes()).map((route): [string, RequestClass] => {
    const [method = '', address = ''] = route.split(' ')
    const url = `/api/v1${address.replaceAll(/\[\w+\]/g, randomUUID())}`
    return [route, classifyRequest({ method, url, holdsTurn: () => false })]
  })
  const early = classes.filter(
    ([route, kind]) => kind !== 'act' && !(kind === 'booking' && route.startsWith('GET ')),
  )
  expect(Object.fromEntries(early)).toEqual(EARLY)
})

describe('G20: a process that has too much to do refuses by class', () => {
  const all = {
    ...{ board: true, entry: true, booking: true, turn: true, turned: true },
    ...{ staff: true, cancel: true, live: true, signIn: true },
  }

  test('what a cache could answer first, then who comes anew, then bookings without a turn', async () => {
    await holdUpTo(6)
    expect(await admitted()).toEqual(all)
    await holdUpTo(7)
    expect(await admitted()).toEqual({ ...all, board: false })
    await holdUpTo(9)
    expect(await admitted()).toEqual({ ...all, board: false, entry: false })
    await holdUpTo(10)
    const some = { ...all, board: false, entry: false, booking: false }
    expect(await admitted()).toEqual(some)
  })

  test('turns, bookings with one, staff and those who cancel last; never what watches the process', async () => {
    await holdUpTo(10)
    // Those of the last class are still let in, three times as many.
    await holdUpTo(30, `/api/v1/restaurants/${restaurant.restaurantId}/day`)
    const none = Object.fromEntries(Object.keys(all).map((name) => [name, false]))
    expect(await admitted()).toEqual({ ...none, live: true, signIn: true })
  })

  test('a turn that is forged, another person’s or long over is none', async () => {
    await holdUpTo(10)
    const turn = turnOf(diner.id)
    expect(isBusy(await book(turn))).toBe(false)
    const stranger = await createPerson()
    const worthless = [
      ...[turnOf(stranger.id), turnOf(diner.id, -20), '', 'x'.repeat(200)],
      `${randomUUID()}${turn.slice(36)}`,
      `${turn.slice(0, -1)}${turn.endsWith('A') ? 'E' : 'A'}`,
    ]
    for (const given of worthless) expect(isBusy(await book(given)), given).toBe(true)
  })

  test('it lets all in again when there is less to do', async () => {
    await holdUpTo(10)
    expect((await readBoard()).status).toBe(503)
    await release()
    expect(await admitted()).toEqual(all)
  })

  test('bodies that never come shut no door', async () => {
    const { reached } = await tell('count')
    const ends: (() => void)[] = []
    const answers = Array.from({ length: 40 }, () =>
      ask({
        method: 'POST',
        path: '/api/v1/reservations',
        token: diner.token,
        headers: { 'content-type': 'application/json', 'content-length': '2' },
        write: (request) => {
          request.flushHeaders()
          ends.push(() => request.end('{}'))
        },
      }),
    )
    await expect.poll(async () => (await tell('count')).reached).toBe(reached + 40)
    expect(await admitted()).toEqual(all)
    for (const end of ends) end()
    await Promise.all(answers)
  })

  test('an event loop that is late again and again is too much to do as well', async () => {
    expect((await readBoard(late.urlOf())).status).toBe(200)
    await tell('pause 60', late)
    await expect.poll(async () => (await readBoard(late.urlOf())).status).toBe(503)
    await tell('pause 0', late)
    await expect.poll(async () => (await readBoard(late.urlOf())).status).toBe(200)
  })
})

describe('an opening whose crowd the door refuses', () => {
  const REFUSED = 150
  const readEntering = async (openingId: string) => {
    const { text } = await ask({ path: `/api/v1/openings/${openingId}` })
    const { entering }: { entering: { ahead: number } | null } = JSON.parse(text)
    return entering
  }

  test('tells the phones how long its queue is, which no line makes longer', async () => {
    const { openingId } = await createOpening()
    const path = `/api/v1/openings/${openingId}/entries`
    const enterIt = () => ask({ method: 'POST', path, token: diner.token })
    const tickets = `/api/v1/restaurants/${restaurant.restaurantId}/tickets`
    const takeTicket = () => ask({ method: 'POST', path: tickets })
    const refuseMany = async (send: () => Promise<Answer>) => {
      await holdUpTo(9)
      const answers = await Promise.all(Array.from({ length: REFUSED }, send))
      expect(answers.every(isBusy)).toBe(true)
      await release()
    }
    await refuseMany(takeTicket)
    expect((await enterIt()).status).toBe(201)
    expect(await readEntering(openingId)).toBeNull()
    await refuseMany(enterIt)
    const read = () => readEntering(openingId)
    // A snapshot is up to a second old.
    await expect.poll(read, { timeout: 5_000 }).toMatchObject({ ahead: REFUSED })
    // Those who were refused have come back by then.
    await expect.poll(read, { timeout: 10_000 }).toBeNull()
  })
})

describe('G20: the refusal', () => {
  test('is a problem that says when to come back, each time another moment, and Next never hears of it', async () => {
    await holdUpTo(10)
    const { reached } = await tell('count')
    const refused = await Promise.all(Array.from({ length: 200 }, () => readBoard()))
    expect((await tell('count')).reached).toBe(reached)
    for (const answer of refused) expectProblem(answer, { status: 503, reason: 'busy' })
    const seconds = refused.map(({ headers }) => Number(headers['retry-after']))
    expect([...new Set(seconds)].sort()).toEqual([2, 3, 4, 5, 6, 7, 8])
    const [example] = refused
    expect(example?.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.any(String),
    })
    const headers = { 'accept-language': 'en' }
    const english = await ask({ path: '/api/v1/restaurants', headers })
    expectProblem(english, { status: 503, reason: 'busy', language: 'en' })
  })

  test('is a page for a person who goes to one, in its language, which opens again by itself', async () => {
    await holdUpTo(10)
    const headers = { accept: 'text/html,*/*' }
    const korean = await ask({ path: '/restaurants', headers })
    expect(korean).toMatchObject({ status: 503 })
    expect(korean.text).toContain('<html lang="ko">')
    expect(korean.text).toContain(`content="${korean.headers['retry-after']}"`)
    expect(korean.text).toContain('지금 접속이 많아요')
    const english = await ask({ path: '/en/restaurants', headers })
    expect(english.text).toContain('<html lang="en">')
    const script = await ask({ path: '/restaurants', headers: { ...headers, rsc: '1' } })
    expectProblem(script, { status: 503, reason: 'busy' })
  })

  test('leaves nothing behind that a handler of Next would have written', async () => {
    const { openingId } = await createOpening()
    const [person, other] = [await createPerson(), await createPerson()]
    const enterAs = ({ token }: Person) =>
      ask({ method: 'POST', path: `/api/v1/openings/${openingId}/entries`, token })
    const listEntered = async () => {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT account_id AS id FROM opening_entries WHERE opening_id = $1',
        [openingId],
      )
      return rows.map(({ id }) => id)
    }
    await holdUpTo(10)
    expect(isBusy(await enterAs(person))).toBe(true)
    await release()
    // Entries of an opening are written in the order in which they came.
    expect((await enterAs(other)).status).toBe(201)
    await expect.poll(listEntered).toContain(other.id)
    expect(await listEntered()).toEqual([other.id])
    expect((await enterAs(person)).status).toBe(201)
    expect(new Set(await listEntered())).toEqual(new Set([person.id, other.id]))
  })

  test.each([
    ['a length', { 'content-length': '100000000' }],
    ['no length', { 'transfer-encoding': 'chunked' }],
  ])('does not wait for a long body of %s', async (_, headers) => {
    await holdUpTo(10)
    const answer = await ask({
      method: 'POST',
      path: '/api/v1/reservations',
      token: diner.token,
      headers: { 'content-type': 'application/json', ...headers },
      write: (request) => request.flushHeaders(),
    })
    expectProblem(answer, { status: 503, reason: 'busy' })
    expect(answer.headers.connection).toBe('close')
  })

  test('takes no more of a long body than the two sockets hold, and hangs up', async () => {
    await holdUpTo(10)
    const socket = connect()
    socket.write(headOf(SENT_BYTES))
    const chunk = Buffer.alloc(64 * 1024)
    let taken = 0
    await pipeline(function* () {
      for (; taken < SENT_BYTES; taken += chunk.length) yield chunk
    }, socket).catch(() => {})
    expect(taken).toBeLessThan(SENT_BYTES / 2)
  })

  test('reads a short body away: what follows it on the connection is a request of its own', async () => {
    await holdUpTo(10)
    const socket = connect()
    const inside = 'GET /api/health/ready HTTP/1.1\r\nhost: a\r\n\r\n'
    socket.write(`${headOf(inside.length)}${inside}`)
    socket.write('GET /api/health/live HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
    const said = await readAll(socket)
    expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 503', 'HTTP/1.1 200'])
  })
})

describe('G20: sign-ins have a door of their own', () => {
  test('so many at a time, whatever else there is to do, and nothing else waits for them', async () => {
    for (let number = 0; number < SIGN_INS; number += 1) hold(guess({ 'x-test': 'hold' }))
    await expect.poll(async () => (await tell('count')).held).toBe(SIGN_INS)
    const { reached } = await tell('count')
    const refused = await guess()
    expectProblem(refused, { status: 503, reason: 'busy' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect((await tell('count')).reached).toBe(reached)
    expect((await readBoard()).status).toBe(200)
    expect(isBusy(await book())).toBe(false)
    await release()
    expect((await guess()).status).toBe(401)
  })

  test('while 64 clients hammer them, every booking and every board is answered', async () => {
    let isOver = false
    const outcomes = new Set<number>()
    const hammer = async () => {
      while (!isOver) {
        const body = { email: `${randomUUID()}@bobjool.test`, password: 'a-guess' }
        const path = '/api/v1/session'
        const { status } = await askApi({ url: usual.urlOf(), method: 'POST', path, body })
        outcomes.add(status)
      }
    }
    const hammering = Array.from({ length: 64 }, hammer)
    const people = await Promise.all(Array.from({ length: 40 }, () => createPerson()))
    for (const { token } of people) {
      const booked = await bookOver({ url: usual.urlOf(), token, scene: restaurant })
      expect(booked.status).toBe(201)
      expect((await readBoard(usual.urlOf())).status).toBe(200)
    }
    isOver = true
    await Promise.all(hammering)
    expect([...outcomes].sort()).toEqual([401, 503])
  })
})
