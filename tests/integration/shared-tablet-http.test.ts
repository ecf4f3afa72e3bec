import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { methods, routes } from '@/app/api/v1/openapi.json/routes'
import { removeMember } from '@/domain/restaurant/staff.commands'
import { readLink, signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createStaff } from '@/prisma/factories'
import { type Answer, askApi, expectProblem, readJson } from '../support/api-client'
import { authorlessRoutes, linkActions } from '../support/authorless-routes'
import { useDatabase } from '../support/database'
import {
  bookOver,
  fingerprintRows,
  openSessionOf,
  setUpRestaurant,
  useApps,
} from '../support/http-scene'
import { givePinTo, PIN, shareSession } from '../support/pin-scene'
import { callAction, listActions } from '../support/server-actions'
import { actorOf } from '../support/settings-scene'

const database = useDatabase()
const apps = useApps()

/** A restaurant with a shared tablet, and a member of its staff who has a PIN. */
async function setUp() {
  const scene = await setUpRestaurant({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
  const { restaurantId, owner } = scene
  const tablet = await openSessionOf(owner, { role: 'OWNER', name: '이사장' })
  await shareSession(tablet.sessionId)
  const hire = async (name: string) => {
    const { id } = await createAccount(pool, { name })
    await createStaff(pool, { restaurantId, accountId: id, role: 'STAFF' })
    await givePinTo({ restaurantId, accountId: id })
    return id
  }
  const [han, seo] = [await hire('한도윤'), await hire('서지안')]
  const { id: reservationId } = await createReservation(pool, {
    slotId: String(scene.slotIds[0]),
    dinerId: scene.diner.id,
  })
  const ask = (given: {
    method?: string
    path: string
    body?: unknown
    author?: string
    headers?: Record<string, string>
    token?: string
  }) =>
    askApi({
      url: apps.urlOf(),
      method: 'POST',
      token: tablet.token,
      ...given,
      headers: { ...(given.author && { 'bobjool-author': given.author }), ...given.headers },
      path: `/api/v1/${given.path}`,
    })
  const prove = async (accountId: string, at = restaurantId) => {
    const answer = await ask({ path: `restaurants/${at}/authors`, body: { accountId, pin: PIN } })
    expect(answer.status).toBe(201)
    return String(readJson(answer).token)
  }
  const arrive = (author?: string, headers?: Record<string, string>) =>
    ask({
      path: `reservations/${reservationId}/arrive`,
      ...(author && { author }),
      ...(headers && { headers }),
    })
  return { ...scene, tablet, han, seo, reservationId, ask, prove, arrive }
}
let scene: Awaited<ReturnType<typeof setUp>>
beforeAll(async () => {
  scene = await setUp()
})
beforeEach(async () => {
  await database.query('UPDATE tablet_authors SET acted_at = now()')
})

const listActors = (subjectId: string) =>
  database.query<{ act: string; name: string | null; role: string; tabletId: string | null }>(
    `SELECT e.act, a.name, e.actor_role AS role, e.tablet_id AS "tabletId"
       FROM audit_events e LEFT JOIN accounts a ON a.id = e.actor_id
      WHERE e.subject_id = $1 AND e.act <> 'BOOK' ORDER BY e.at`,
    [subjectId],
  )

describe('on a shared tablet', () => {
  test('no act of staff is done without an author, whatever is asked', async () => {
    const { restaurantId, reservationId, slotIds } = scene
    await endProof()
    const ids: Record<string, string> = {
      '/restaurants/{id}': restaurantId,
      '/reservations/{id}': reservationId,
      '/slots/{id}': String(slotIds[0]),
    }
    const fill = (route: string) =>
      route
        .replace(/^\/\w+\/\{id\}/, (head) => head.replace('{id}', ids[head] ?? randomUUID()))
        .replace(/\{\w+\}/g, () => randomUUID())
    const expected = Object.values(authorlessRoutes).flatMap(({ refused, routes: listed }) =>
      listed.map((route): [string, string | undefined] => [route, refused]),
    )
    const exceptions = new Map(expected)
    const writing = listWriting()
    expect([...exceptions.keys()].filter((route) => !writing.includes(route))).toEqual([])
    const before = await fingerprintRows()
    for (const route of writing) {
      const [method = '', path = ''] = route.split(' ')
      const refused = exceptions.has(route) ? exceptions.get(route) : '403 author-needed'
      if (refused === undefined) continue
      const answer = await scene.ask({ method, path: fill(path).slice(1), body: {} })
      const told = `${answer.status} ${readJson(answer).reason}`
      expect.soft(`${route}: ${told}`).toBe(`${route}: ${refused}`)
    }
    expect(await fingerprintRows()).toEqual(before)
  })

  test('no page acts there without an author, or a proof by the account itself', async () => {
    await endProof()
    // Those of `identity` are about the account and its session alone.
    const asked = listActions().filter(({ name }) => !name.startsWith('domain/identity/'))
    const byLink = asked.filter(({ name }) => linkActions.includes(name))
    expect(byLink.map(({ name }) => name).toSorted()).toEqual(linkActions)
    const before = await fingerprintRows()
    const counts: Record<string, number> = {}
    for (const action of asked.filter((one) => !byLink.includes(one))) {
      const { told } = await callAction({
        url: apps.urlOf(),
        action,
        token: scene.tablet.token,
        given: {},
      })
      const reason = told?.ok === false ? told.reason : 'done'
      expect.soft(`${action.name}: ${reason}`).toMatch(/: (author|proof)-needed$/)
      counts[reason] = (counts[reason] ?? 0) + 1
    }
    expect(counts['author-needed']).toBeGreaterThanOrEqual(2)
    expect(await fingerprintRows()).toEqual(before)
  })

  test('each act has its own author in the audit log, and anyone’s act can be undone', async () => {
    const { han, seo, tablet } = scene
    const [one, two] = [await scene.prove(han), await scene.prove(seo)]
    const arrived = await scene.arrive(one)
    expect(arrived.status).toBe(200)
    const undone = await scene.ask({
      path: 'undo',
      body: { actId: readJson(arrived).actId },
      author: two,
    })
    expect(undone.status).toBe(200)
    const on = { role: 'STAFF', tabletId: tablet.sessionId }
    expect(await listActors(scene.reservationId)).toEqual([
      { act: 'ARRIVE', name: '한도윤', ...on },
      { act: 'UNDO', name: '서지안', ...on },
    ])
    const note = {
      reservationId: scene.reservationId,
      shown: null,
      text: '창가 자리',
      locale: 'ko',
    }
    const action = listActions().find(
      ({ name }) => name === 'domain/booking/actions.ts editStaffNote',
    )
    if (!action) throw new Error('no page offers the note')
    const write = (given: object) =>
      callAction({ url: apps.urlOf(), action, token: tablet.token, given: { ...note, ...given } })
    expect((await write({})).told).toMatchObject({ reason: 'author-needed' })
    expect((await write({ author: two })).told).toMatchObject({ ok: true })
    expect((await listActors(scene.reservationId)).at(-1)).toMatchObject({ name: '서지안', ...on })
  })

  test('tables are closed and the shift’s note is written in the author’s name', async () => {
    const { restaurantId, seo, tablet } = scene
    const author = await scene.prove(seo)
    const times = { from: new Date().toISOString(), to: new Date(Date.now() + 3_600_000) }
    const restaurant = `restaurants/${restaurantId}`
    const closing = {
      path: `${restaurant}/closures`,
      body: { tableNumbers: [2], ...times },
      author,
    }
    const closed = await scene.ask(closing)
    expect(closed.status, closed.text).toBe(201)
    const closureId = String(readJson(closed).id)
    const open = { method: 'DELETE', path: `${restaurant}/closures/${closureId}`, author }
    expect((await scene.ask(open)).status).toBe(200)
    const on = { name: '서지안', role: 'STAFF', tabletId: tablet.sessionId }
    expect(await listActors(closureId)).toEqual([
      { act: 'CLOSE_TABLES', ...on },
      { act: 'REOPEN_TABLES', ...on },
    ])
    const note = { method: 'PUT', path: `${restaurant}/shift-note`, body: { text: '꽃' }, author }
    expect(readJson(await scene.ask(note))).toMatchObject({ text: '꽃', by: '서지안' })
  })

  test('a device that is not shared needs nothing, and takes nobody else’s name', async () => {
    const { owner, reservationId } = scene
    const author = await scene.prove(scene.han)
    const { token } = await openSessionOf(owner, { role: 'OWNER' })
    const arrived = await scene.ask({ path: `reservations/${reservationId}/arrive`, token, author })
    expect(arrived.status).toBe(200)
    expect((await listActors(reservationId)).at(-1)).toMatchObject({
      name: '이사장',
      tabletId: null,
    })
    await scene.ask({ path: 'undo', body: { actId: readJson(arrived).actId }, token })
  })

  test('a token that is not this tablet’s, not ours or too old is no author', async () => {
    const { han, owner, restaurantId } = scene
    const author = await scene.prove(han)
    const id = readLink({ kind: 'author', token: author }) ?? ''
    const other = await openSessionOf(owner, { role: 'OWNER' })
    await shareSession(other.sessionId)
    const changed = `${author.slice(0, -1)}${author.endsWith('A') ? 'B' : 'A'}`
    const before = await fingerprintRows()
    for (const forged of [
      ...[changed, id, 'x', signLink({ kind: 'ticket', id }), tokenOf(han), 'A'.repeat(8_000)],
    ])
      expectProblem(await scene.arrive(forged), { status: 403, reason: 'author-needed' })
    const path = `reservations/${scene.reservationId}/arrive`
    const elsewhere = await scene.ask({ path, token: other.token, author })
    expectProblem(elsewhere, { status: 403, reason: 'author-needed' })
    expect(await fingerprintRows()).toEqual(before)
    await database.query(`UPDATE tablet_authors SET acted_at = now() - interval '11 minutes'`)
    expectProblem(await scene.arrive(author), { status: 403, reason: 'author-needed' })
    const madeUp = signLink({ kind: 'author', id: randomUUID() })
    expectProblem(await scene.arrive(madeUp), { status: 403, reason: 'author-ended' })
    expect(restaurantId).not.toBe(id)
  })

  test('a PIN of one restaurant acts at no other, where the same person works too', async () => {
    const other = await setUp()
    const { han } = scene
    await createStaff(pool, { restaurantId: other.restaurantId, accountId: han, role: 'STAFF' })
    const author = await scene.prove(han)
    const act = { path: `reservations/${other.reservationId}/arrive`, author }
    expectProblem(await scene.ask(act), { status: 404, reason: 'not-found' })
    await createStaff(pool, { restaurantId: other.restaurantId, accountId: scene.owner.id })
    await givePinTo({ restaurantId: other.restaurantId, accountId: han })
    const there = await scene.prove(han, other.restaurantId)
    expect((await scene.ask({ ...act, author: there })).status, 'control').toBe(200)
    expectProblem(await scene.arrive(there), { status: 404, reason: 'not-found' })
  })

  test('an act that waited for the network keeps its author, until they are withdrawn', async () => {
    const one = await setUp()
    const author = await one.prove(one.han)
    await database.query(
      `UPDATE tablet_authors SET acted_at = now() - interval '40 minutes', proved_at = now() - interval '1 hour'`,
    )
    const actedAt = new Date(Date.now() - 45 * 60_000).toISOString()
    const late = { 'bobjool-acted-at': actedAt }
    expectProblem(await one.arrive(author), { status: 403, reason: 'author-needed' })
    expect((await one.arrive(author, late)).status).toBe(200)
    expect((await listActors(one.reservationId)).at(-1)).toMatchObject({ name: '한도윤' })
    const { restaurantId, owner, han } = one
    await removeMember({ restaurantId, accountId: han, actor: actorOf(owner.id) })
    expectProblem(await one.arrive(author, late), { status: 403, reason: 'author-ended' })
  })

  test('a PIN is not guessed: waits have their end in the answer, and the last one locks it', async () => {
    const { restaurantId, seo, tablet } = scene
    const guess = (pin: string) =>
      askApi({
        url: apps.urlOf(),
        method: 'POST',
        path: `/api/v1/restaurants/${restaurantId}/authors`,
        body: { accountId: seo, pin },
        token: tablet.token,
      })
    const passWait = (wrong: number) =>
      database.query('UPDATE pin_tries SET wait_until = NULL, wrong = $2 WHERE account_id = $1', [
        seo,
        wrong,
      ])
    const expectWait = (answer: Answer, mostSeconds: number) => {
      expectProblem(answer, { status: 429, reason: 'rate-limited' })
      const seconds = Number(answer.headers['retry-after'])
      expect(seconds).toBeGreaterThan(mostSeconds / 2)
      expect(seconds).toBeLessThanOrEqual(mostSeconds)
    }
    for (let wrong = 1; wrong <= 5; wrong += 1)
      expectProblem(await guess('590317'), { status: 403, reason: 'wrong-pin' })
    expectWait(await guess(PIN), 60)
    await passWait(6)
    expectProblem(await guess('590317'), { status: 403, reason: 'wrong-pin' })
    expectWait(await guess(PIN), 240)
    await passWait(14)
    expectProblem(await guess('590317'), { status: 403, reason: 'wrong-pin' })
    await passWait(15)
    const locked = await guess(PIN)
    expectProblem(locked, { status: 403, reason: 'pin-locked' })
    expect(locked.headers['retry-after']).toBeUndefined()
    await database.query('DELETE FROM pin_tries')
    const countOnTablet = (wrong: number) =>
      database.query(
        'UPDATE sessions SET wrong_pins = $2, wrong_pins_since = now() WHERE id = $1',
        [tablet.sessionId, wrong],
      )
    await countOnTablet(20)
    expectWait(await guess(PIN), 900)
    await countOnTablet(0)
    const signedOut = await askApi({ ...locked.asked, url: apps.urlOf(), token: undefined })
    expectProblem(signedOut, { status: 401, reason: 'signed-out' })
    expect((await guess(PIN)).status, 'control').toBe(201)
  })

  test('nobody books, queues or changes settings in the name of the tablet’s account', async () => {
    const { tablet, restaurantId } = scene
    const booked = await bookOver({ url: apps.urlOf(), token: tablet.token, scene })
    expectProblem(booked, { status: 403, reason: 'shared-tablet' })
    const headers = { 'idempotency-key': randomUUID() }
    for (const channel of ['ONLINE', 'KIOSK']) {
      const body = { partySize: 2, dining: 'IN_STORE', channel }
      const queued = await scene.ask({ path: `restaurants/${restaurantId}/tickets`, body, headers })
      expectProblem(queued, { status: 403, reason: 'shared-tablet' })
    }
    const areas = { method: 'PUT', path: `restaurants/${restaurantId}/areas`, body: [] }
    await endProof()
    expectProblem(await scene.ask(areas), { status: 403, reason: 'proof-needed' })
    await database.query(
      `UPDATE sessions SET proof = 'PASSWORD', proved_at = now() WHERE id = $1`,
      [tablet.sessionId],
    )
    expect((await scene.ask(areas)).status, 'with a fresh proof').toBe(200)
    await database.query('UPDATE sessions SET shared_at = NULL WHERE id = $1', [tablet.sessionId])
    const control = await bookOver({ url: apps.urlOf(), token: tablet.token, scene })
    expect(readJson(control).reason, 'control').not.toBe('shared-tablet')
    await shareSession(tablet.sessionId)
  })
})

/** Every route of the API that does more than read, as `POST /restaurants/{id}/guests`. */
const listWriting = () =>
  Object.entries(routes).flatMap(([path, handlers]) =>
    methods
      .filter((method) => method !== 'GET' && handlers[method])
      .map((method) => `${method} ${path}`),
  )

/** The tablet’s account proved who it is too long ago. */
const endProof = () =>
  database.query('UPDATE sessions SET proof = NULL, proved_at = NULL WHERE id = $1', [
    scene.tablet.sessionId,
  ])

const tokenOf = (id: string) => signLink({ kind: 'account', id })
