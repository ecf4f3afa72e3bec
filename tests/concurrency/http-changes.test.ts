import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Answer, askApi, countOutcomes, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { findHalfChanged, readPlaces, setUpPlan, toCell, toTime } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { signTokenFor, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const inbox = useInbox()
const gateway = useGateway()
const apps = useApps({ count: 2 })
const ROUNDS = 6

beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
})

async function setUp() {
  const plan = await setUpPlan()
  const accounts = await database.query<{ id: string; email: string }>(
    'SELECT id::text AS id, email FROM accounts',
  )
  const tokens = new Map<string, string>()
  for (const account of accounts)
    tokens.set(
      account.id,
      await signTokenFor(account, account.id === plan.ownerId ? { role: 'OWNER' } : {}),
    )
  const emailOf = (id: string) => accounts.find((account) => account.id === id)?.email ?? ''
  const ask = (
    index: number,
    id: string,
    body: object,
    who: string,
    key: string = randomUUID(),
  ): Promise<Answer> =>
    askApi({
      url: apps.urlOf(index % 2),
      method: 'POST',
      path: `/api/v1/reservations/${id}/change`,
      token: tokens.get(who) ?? '',
      headers: { 'idempotency-key': key },
      body,
    })
  return { ...plan, ask, emailOf }
}

describe('G22: changes over HTTP, on two processes', () => {
  test('G4, G22: one key, 20 at once: one change, one mail, and equal answers after a retry', async () => {
    const { ask, bookCell, cellAt, dinerId, emailOf } = await setUp()
    const id = await bookCell(cellAt(0, 1, 0), dinerId)
    const key = randomUUID()
    const body = toTime(cellAt(0, 0, 1))
    const often = () =>
      Promise.all(Array.from({ length: 20 }, (_, index) => ask(index, id, body, dinerId, key)))
    const first = countOutcomes(await often())
    expect(Object.keys(first).every((name) => /^(200|409 in-progress)$/.test(name))).toBe(true)
    const again = await often()
    expect(countOutcomes(again)).toEqual({ 200: 20 })
    expect(new Set(again.map(({ text }) => text)).size).toBe(1)
    expect(readJson(again[0] as Answer)).toMatchObject({ sequence: 1, partySize: 2 })
    await inbox.waitForMail({ recipient: emailOf(dinerId), subject: /바꿨어요/ })
    expect(inbox.listMails(emailOf(dinerId))).toHaveLength(1)
    expect(await findHalfChanged()).toEqual([])
  })

  test('G1, G22: a diner, staff at two tablets and a swap want the same places at once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { ask, bookCell, cellAt, dinerId, otherId, ownerId } = await setUp()
      const one = await bookCell(cellAt(0, 1, 0), dinerId)
      const two = await bookCell(cellAt(0, 2, 0), otherId)
      const answers = await Promise.all([
        ask(0, one, toTime(cellAt(0, 1, 1)), dinerId),
        ask(1, two, toCell(cellAt(0, 1, 1)), ownerId),
        ask(0, two, toCell(cellAt(0, 2, 1)), ownerId),
        ask(1, one, { swapWith: two }, ownerId),
      ])
      for (const { status } of answers) expect([200, 409, 503]).toContain(status)
      expect(Object.values(await readPlaces()).toSorted()).toEqual([one, two].toSorted())
      expect(await findContradictions()).toEqual([])
      expect(await findHalfChanged()).toEqual([])
    }
  })

  test('what a diner may not ask, and what nobody may, is refused clearly', async () => {
    const { ask, bookCell, cellAt, dinerId, otherId, ownerId } = await setUp()
    const id = await bookCell(cellAt(0, 1, 0), dinerId)
    const before = await readPlaces()
    for (const [who, body, expected] of [
      [dinerId, { tableNumbers: [1] }, '422 invalid'],
      [dinerId, { minutes: 90 }, '422 invalid'],
      [dinerId, { swapWith: randomUUID() }, '422 invalid'],
      [dinerId, { partySize: 2, override: true }, '422 invalid'],
      [otherId, { partySize: 3 }, '404 not-found'],
      [ownerId, { partySize: 0 }, '422 invalid'],
      [ownerId, { partySize: 999 }, '422 invalid'],
      [ownerId, { minutes: 1_380 }, '422 invalid'],
      [ownerId, { tableNumbers: [1, 1] }, '422 invalid'],
      [ownerId, {}, '422 invalid'],
      [ownerId, { tables: [1] }, '422 invalid'],
      [ownerId, { tableNumbers: [99] }, '422 no-such-table'],
      [ownerId, { startsAt: '2026-11-29T19:00:00Z' }, '422 no-such-time'],
      [ownerId, { swapWith: id }, '422 swap-with-itself'],
    ] as const)
      expect(Object.keys(countOutcomes([await ask(0, id, body, who)]))).toEqual([expected])
    const unkeyed = await askApi({
      url: apps.urlOf(0),
      method: 'POST',
      path: `/api/v1/reservations/${id}/change`,
      body: { partySize: 3 },
    })
    expect(unkeyed.status).toBe(401)
    expect(await readPlaces()).toEqual(before)
  })
})
