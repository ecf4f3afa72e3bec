import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReservationStatus } from '@/domain/booking/types'
import { pool } from '@/lib/db/database'
import type { Reason } from '@/lib/problems/problem'
import {
  everybody,
  type Role,
  type Scene,
  setUpCast,
  shareCast,
  staff,
} from '../support/access-cast'
import { AGREED } from '../support/agreement'
import { type Answer, type Ask, askApi, expectProblem, readJson } from '../support/api-client'
import { actOn, bookingAccess } from '../support/booking-access'
import { closureAccess } from '../support/closure-access'
import { guestBookAccess } from '../support/guest-book-access'
import { fingerprintRows, openSessionOf, useApps } from '../support/http-scene'
import { lineAccess } from '../support/line-access'
import { pinAccess } from '../support/pin-access'
import { listRoutes } from '../support/route-list'
import { tableGroupAccess } from '../support/table-group-access'
import type { TicketState } from '../support/ticket-scene'

const apps = useApps()

interface Access {
  /** Who may ask; everyone else hears that it does not exist. `anyone` needs no session. */
  who: 'anyone' | Role[]
  /** What everyone else hears instead. */
  refusal?: { status: number; reason: Reason }
  ask: (scene: Scene) => Ask
  /** Status of the reservation acted on; confirmed by default. */
  status?: ReservationStatus
  /** The reservation's time has come. */
  hasBegun?: true
  /** Its diner has disputed the no-show. */
  isDisputed?: true
  /** Status of the ticket acted on; waiting by default. */
  ticketState?: TicketState
  success?: number
}

const read = (address: (scene: Scene) => string): Access['ask'] => {
  return (scene) => ({ path: `/api/v1/${address(scene)}` })
}

/** Who may call what. A route or method without a line here fails the first test. */
const table: Record<string, Access> = {
  ...bookingAccess,
  ...closureAccess,
  ...guestBookAccess,
  ...lineAccess,
  ...tableGroupAccess,
  ...pinAccess,
  'GET /openapi.json': { who: 'anyone', ask: read(() => 'openapi.json') },
  'GET /privacy': { who: 'anyone', ask: read(() => 'privacy') },
  'GET /time': { who: 'anyone', ask: read(() => 'time') },
  'GET /session': { who: 'anyone', ask: read(() => 'session') },
  'GET /link-request': { who: 'anyone', ask: read(() => 'link-request') },
  'PUT /session': {
    who: everybody,
    ask: () => ({ method: 'PUT', path: '/api/v1/session' }),
    success: 204,
  },
  'DELETE /session': {
    who: everybody,
    ask: () => ({ method: 'DELETE', path: '/api/v1/session' }),
    success: 204,
  },
  'POST /session': {
    who: 'anyone',
    ask: ({ diner }) => ({
      method: 'POST',
      path: '/api/v1/session',
      body: { email: diner.email, password: 'bobjool-demo' },
    }),
    success: 201,
  },
  'POST /accounts': {
    who: 'anyone',
    ask: () => ({
      method: 'POST',
      path: '/api/v1/accounts',
      body: {
        email: `${randomUUID()}@bobjool.test`,
        password: 'a long enough one',
        name: '새손님',
        wants: 'DINER',
        ...AGREED,
      },
    }),
    success: 201,
  },
  'POST /session/proof': {
    who: everybody,
    ask: () => ({
      method: 'POST',
      path: '/api/v1/session/proof',
      body: { password: 'bobjool-demo' },
    }),
    success: 204,
  },
  'POST /session/proof-code': {
    who: everybody,
    ask: () => ({ method: 'POST', path: '/api/v1/session/proof-code' }),
    success: 202,
  },
  'GET /session/seal': { who: everybody, ask: read(() => 'session/seal') },
  'GET /account/export': { who: everybody, ask: read(() => 'account/export') },
  'GET /restaurants/[id]/guests/export': {
    who: ['owner'],
    ask: read((it) => `restaurants/${it.restaurantId}/guests/export`),
  },
  'GET /workplaces': { who: everybody, ask: read(() => 'workplaces') },
  'GET /restaurants': { who: 'anyone', ask: read(() => 'restaurants') },
  'GET /restaurants/[id]': { who: 'anyone', ask: read((it) => `restaurants/${it.restaurantId}`) },
  'GET /tonight': {
    who: 'anyone',
    ask: read((it) => `tonight?party=2&restaurants=${it.restaurantId}`),
  },
  'GET /restaurants/[id]/board': {
    who: 'anyone',
    ask: read((it) => `restaurants/${it.restaurantId}/board`),
  },
  'GET /restaurants/[id]/day': {
    who: staff,
    ask: read((it) => `restaurants/${it.restaurantId}/day`),
  },
  'POST /restaurants/[id]/walk-ins': {
    who: staff,
    ask: ({ restaurantId, slotIds }) => ({
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/walk-ins`,
      body: { partySize: 2, slotIds: slotIds.slice(1, 2) },
    }),
    success: 201,
  },
  'GET /restaurants/[id]/parties': {
    who: staff,
    ask: read((it) => `restaurants/${it.restaurantId}/parties?search=5678&date=2026-11-22`),
  },
  'POST /restaurants/[id]/schedule': {
    who: ['owner', 'admin'],
    ask: ({ restaurantId, plan }) => ({
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/schedule`,
      body: plan,
    }),
  },
  'PATCH /slots/[id]': {
    who: staff,
    ask: ({ slotIds }) => ({
      method: 'PATCH',
      path: `/api/v1/slots/${slotIds[1]}`,
      body: { blocked: true },
    }),
  },
  'GET /openings/[id]': { who: 'anyone', ask: read((it) => `openings/${it.openingId}`) },
  'GET /restaurants/[id]/openings': {
    who: 'anyone',
    ask: read((it) => `restaurants/${it.restaurantId}/openings`),
  },
  'POST /restaurants/[id]/openings': {
    who: ['owner', 'admin'],
    ask: ({ restaurantId, openingPlan }) => ({
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/openings`,
      body: openingPlan,
    }),
    success: 201,
  },
  'PATCH /openings/[id]': {
    who: ['owner', 'admin'],
    ask: ({ announcedId }) => ({
      method: 'PATCH',
      path: `/api/v1/openings/${announcedId}`,
      body: { turnsPerSecond: 7 },
    }),
  },
  'POST /openings/[id]/cancel': {
    who: ['owner', 'admin'],
    ask: ({ announcedId }) => ({
      method: 'POST',
      path: `/api/v1/openings/${announcedId}/cancel`,
      body: { reason: '가스 점검' },
    }),
  },
  'GET /openings/[id]/proof': { who: 'anyone', ask: read((o) => `openings/${o.openingId}/proof`) },
  'POST /openings/[id]/entries': {
    who: everybody,
    ask: ({ openingId }) => ({ method: 'POST', path: `/api/v1/openings/${openingId}/entries` }),
    success: 201,
  },
  'GET /openings/[id]/entries/me': {
    who: ['diner'],
    ask: read((it) => `openings/${it.openingId}/entries/me`),
  },
  'POST /openings/[id]/turn': {
    who: ['diner'],
    refusal: { status: 422, reason: 'receipt-unknown' },
    ask: ({ openingId, receipt }) => ({
      method: 'POST',
      path: `/api/v1/openings/${openingId}/turn`,
      body: { receipt },
    }),
    success: 201,
  },
  'POST /undo': {
    who: staff,
    ask: ({ actId }) => ({ method: 'POST', path: '/api/v1/undo', body: { actId } }),
  },
}

const askAs = (role: Role | null, { scene, ask }: { scene: Scene; ask: Ask }): Promise<Answer> =>
  askApi({ url: apps.urlOf(), token: role === null ? undefined : scene[role].token, ...ask })

describe('G19: every route says who may call it', () => {
  test('G19: the table names every route and method there is, and no other', async () => {
    expect(Object.keys(table).sort()).toEqual((await listRoutes()).sort())
  })

  const entries = Object.entries(table)
  const open = entries.filter(([, { who }]) => who === 'anyone')
  const closed = entries.filter(([, { who }]) => who !== 'anyone')

  test.each(open)('G19: %s answers to anyone', async (_, { ask, success = 200 }) => {
    const scene = await setUpCast({ url: apps.urlOf() })
    for (const role of [null, 'diner'] as const)
      expect((await askAs(role, { scene, ask: ask(scene) })).status).toBe(success)
  })

  test.each(closed)(
    'G19: %s without a session is 401, whatever else it carries',
    async (_, { ask, ...wish }) => {
      const scene = await shareCast({ url: apps.urlOf(), ...wish })
      const before = await fingerprintRows()
      const claims = {
        'x-user-id': scene.owner.id,
        'x-account-id': scene.owner.id,
        'x-role': 'ADMIN',
      }
      const { headers, ...rest } = ask(scene)
      for (const extra of [{}, claims]) {
        const asked = { ...rest, headers: { ...headers, ...extra } }
        expectProblem(await askAs(null, { scene, ask: asked }), {
          status: 401,
          reason: 'signed-out',
        })
      }
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  /**
   * These routes decide without the database, so they can't know the restaurant, and believe a
   * session that was seen less than a minute ago: a soft hold refuses nobody, and a turn only lets a
   * diner ask for a table, which the database may refuse.
   * Their answers contain no one's data.
   */
  const withoutDatabase = [
    'POST /restaurants/[id]/soft-holds',
    'DELETE /restaurants/[id]/soft-holds',
    'POST /openings/[id]/turn',
  ]

  /** Routes of a shared tablet, which no session of the cast is on. */
  const isAnswered = ([name, { who }]: [string, Access]) =>
    !withoutDatabase.includes(name) && who.length > 0

  test.each(closed.filter(isAnswered))(
    'G19: %s refuses a session from before signing out everywhere',
    async (_, { ask, ...wish }) => {
      const scene = await shareCast({ url: apps.urlOf(), ...wish, hasSignedOut: true })
      const before = await fingerprintRows()
      for (const role of everybody)
        expectProblem(await askAs(role, { scene, ask: ask(scene) }), {
          status: 401,
          reason: 'signed-out',
        })
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  test.each(closed)(
    'G19: %s is not there for those whom it does not concern',
    async (_, { who, ask, refusal = { status: 404, reason: 'not-found' }, ...wish }) => {
      const scene = await shareCast({ url: apps.urlOf(), ...wish })
      const before = await fingerprintRows()
      for (const role of everybody.filter((one) => !who.includes(one))) {
        const answer = await askAs(role, { scene, ask: ask(scene) })
        expectProblem(answer, refusal)
      }
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  test.each(closed)(
    'G19: %s answers to those whom it concerns, the first of them with a session made after signing out everywhere',
    async (name, { who, ask, success = 200, ...wish }) => {
      const takeCast = name.startsWith('GET ') ? shareCast : setUpCast
      for (const role of everybody.filter((one) => who.includes(one))) {
        const hasSignedOut = role === who[0] && !withoutDatabase.includes(name)
        const scene = await takeCast({ url: apps.urlOf(), ...wish, hasSignedOut })
        const { token } = hasSignedOut
          ? await openSessionOf(scene[role], { epoch: 1 })
          : scene[role]
        const answer = await askApi({ url: apps.urlOf(), ...ask(scene), token })
        expect(`${role}: ${answer.status} ${answer.text}`).toContain(`${role}: ${success} `)
      }
    },
  )
})

describe('G19: identity comes from the session alone', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await setUpCast({ url: apps.urlOf() })
  })

  test('G19: no diner’s list contains another diner’s reservation', async () => {
    const listOf = async (role: Role) =>
      readJson(await askAs(role, { scene, ask: { path: '/api/v1/reservations' } })).items
    expect(await listOf('diner')).toMatchObject([{ id: scene.reservationId }])
    for (const role of everybody.filter((one) => one !== 'diner'))
      expect(await listOf(role)).toEqual([])
  })

  test('G19: a booking belongs to the token’s account, whatever headers say', async () => {
    const headers = {
      'idempotency-key': 'mine',
      'x-user-id': scene.diner.id,
      from: scene.diner.email,
    }
    const ask = { method: 'POST', path: '/api/v1/reservations', headers, body: scene.booking }
    const booked = await askAs('stranger', { scene, ask })
    expect(booked.status).toBe(201)
    const { rows } = await pool.query('SELECT diner_id FROM reservations WHERE id = $1', [
      readJson(booked).id,
    ])
    expect(rows).toEqual([{ diner_id: scene.stranger.id }])
  })

  test('G19: one diner’s key means nothing for another', async () => {
    const other = await setUpCast({ url: apps.urlOf(), status: 'CANCELLED' })
    const asked = (attempt: string): Ask => ({
      method: 'POST',
      path: '/api/v1/reservations',
      headers: { 'idempotency-key': 'shared', 'idempotency-attempt': attempt },
      body: other.booking,
    })
    const first = await askAs('diner', { scene: other, ask: asked('1') })
    const second = await askAs('stranger', { scene: other, ask: asked('2') })
    expect([first.status, second.status]).toEqual([201, 201])
    expect(readJson(second).id).not.toBe(readJson(first).id)
  })

  test('G19: staff of one restaurant can’t seat a walk-in on another’s tables', async () => {
    const before = await fingerprintRows()
    const own = await setUpCast({ url: apps.urlOf() })
    const ask = {
      method: 'POST',
      path: `/api/v1/restaurants/${own.restaurantId}/walk-ins`,
      body: { partySize: 2, slotIds: [own.slotIds[1], scene.slotIds[2]] },
    }
    const between = await fingerprintRows()
    expect(between).not.toEqual(before)
    const answer = await askAs('owner', { scene: own, ask })
    expectProblem(answer, { status: 404, reason: 'not-found' })
    expect(await fingerprintRows()).toEqual(between)
  })

  test('G19: an owner can undo no act of another restaurant, and no diner’s act', async () => {
    const other = await setUpCast({ url: apps.urlOf() })
    const undo = { method: 'POST', path: '/api/v1/undo', body: { actId: other.actId } }
    expectProblem(await askAs('owner', { scene, ask: undo }), { status: 404, reason: 'not-found' })
    const cancelled = await askAs('diner', { scene: other, ask: actOn('cancel')(other) })
    const body = { actId: readJson(cancelled).actId }
    const answer = await askAs('owner', { scene: other, ask: { ...undo, body } })
    expectProblem(answer, { status: 404, reason: 'not-found' })
  })

  test('G19: no public answer names a guest', async () => {
    const board = await askAs(null, {
      scene,
      ask: { path: `/api/v1/restaurants/${scene.restaurantId}/board` },
    })
    expect(board.status).toBe(200)
    for (const secret of [scene.diner.id, scene.diner.email, scene.reservationId, '손님', '김밥줄'])
      expect(board.text).not.toContain(secret)
    expect(board.headers['set-cookie']).toBeUndefined()
    expect(board.headers.vary ?? '').not.toMatch(/cookie|authorization|\*/i)
  })
})
