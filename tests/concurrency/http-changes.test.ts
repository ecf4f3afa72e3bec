import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createTable } from '@/prisma/factories'
import { type Answer, askApi, countOutcomes, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import {
  findHalfChanged,
  readBook,
  readPlaces,
  setUpPlan,
  toCell,
  toTime,
} from '../support/change-scene'
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
    key: string | null = randomUUID(),
  ): Promise<Answer> =>
    askApi({
      url: apps.urlOf(index % 2),
      method: 'POST',
      path: `/api/v1/reservations/${id}/change`,
      token: tokens.get(who) ?? '',
      headers: key === null ? {} : { 'idempotency-key': key },
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

  test.each([
    { minutes: 90 },
    { tableNumbers: [1] },
    { swapWith: randomUUID() },
    { override: true },
    { tappedAt: new Date().toISOString() },
    { partySize: 2, override: true },
    { startsAt: '2026-11-29T19:00:00Z', minutes: 90 },
    { note: '창가', tableNumbers: [1] },
  ])('G22: bad input: of a diner, %j is the staff’s: 422', async (body) => {
    const { ask, bookCell, cellAt, dinerId } = await setUp()
    const id = await bookCell(cellAt(0, 1, 0), dinerId)
    const before = await readBook()
    expect(countOutcomes([await ask(0, id, body, dinerId)])).toEqual({ '422 invalid': 1 })
    expect(await readBook()).toEqual(before)
  })

  test.each([
    [{ partySize: 0 }, '422 invalid'],
    [{ partySize: 999 }, '422 invalid'],
    [{ partySize: '2' }, '422 invalid'],
    [{ minutes: 23 * 60 }, '422 invalid'],
    [{ tableNumbers: [1, 1] }, '422 invalid'],
    [{ tableNumbers: [] }, '422 invalid'],
    [{}, '422 invalid'],
    [{ tables: [1] }, '422 invalid'],
    [{ status: 'SEATED' }, '422 invalid'],
    [{ swapWith: randomUUID(), partySize: 3 }, '422 invalid'],
    [{ tableNumbers: [99] }, '422 no-such-table'],
    [{ startsAt: '2036-11-29T19:00:00Z' }, '422 no-such-time'],
    [{ serviceDate: '2020-01-01' }, '422 past-date'],
    [{ swapWith: randomUUID() }, '404 not-found'],
  ])('G22: bad input: of staff, %j: %s', async (body, expected) => {
    const { ask, bookCell, cellAt, dinerId, ownerId } = await setUp()
    const id = await bookCell(cellAt(0, 1, 0), dinerId)
    const before = await readBook()
    expect(countOutcomes([await ask(0, id, body, ownerId)])).toEqual({ [expected]: 1 })
    expect(await readBook()).toEqual(before)
  })

  test('G22: bad input: tables and parties of elsewhere, of another date, of oneself', async () => {
    const made = await setUp()
    const { ask, bookCell, cellAt, dinerId, otherId, thirdId, ownerId, restaurantId } = made
    const elsewhere = await setUpPlan({ tables: [4, 4, 4, 4, 4, 4] })
    const stranger = await elsewhere.bookCell(elsewhere.cellAt(0, 5, 0), elsewhere.dinerId)
    const deleted = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
    await pool.query('UPDATE restaurant_tables SET deleted_at = now() WHERE id = $1', [deleted.id])
    const id = await bookCell(cellAt(0, 1, 0), dinerId)
    const tomorrow = await bookCell(cellAt(1, 1, 0), otherId)
    const seated = await bookCell(cellAt(0, 2, 0), thirdId, { status: 'SEATED' })
    const before = await readBook()
    const foreign = elsewhere.cellAt(0, 5, 0).tableNumber
    for (const [who, body, expected] of [
      [ownerId, { tableNumbers: [foreign] }, '422 no-such-table'],
      [ownerId, { tableNumbers: [deleted.number] }, '422 no-such-table'],
      [
        ownerId,
        { tableNumbers: [cellAt(0, 0, 0).tableNumber, deleted.number] },
        '422 no-such-table',
      ],
      [ownerId, { swapWith: id }, '422 swap-with-itself'],
      [ownerId, { swapWith: tomorrow }, '422 swap-other-date'],
      [ownerId, { swapWith: stranger }, '404 not-found'],
      [ownerId, { swapWith: seated }, '409 cannot-swap'],
      [otherId, { partySize: 3 }, '404 not-found'],
    ] as const)
      expect(countOutcomes([await ask(0, id, body, who)])).toEqual({ [expected]: 1 })
    expect(countOutcomes([await ask(0, stranger, { partySize: 3 }, ownerId)])).toEqual({
      '404 not-found': 1,
    })
    expect(await readBook()).toEqual(before)
  })

  test.each(['SEATED', 'LEFT', 'CANCELLED', 'NO_SHOW', 'EXPIRED'] as const)(
    'G22: bad input: one that is %s is changed by nobody',
    async (status) => {
      const { ask, bookCell, cellAt, dinerId, ownerId } = await setUp()
      const id = await bookCell(cellAt(0, 1, 0), dinerId, { status })
      const before = await readBook()
      for (const who of [dinerId, ownerId])
        expect(countOutcomes([await ask(0, id, toTime(cellAt(0, 1, 1)), who)])).toEqual({
          '409 cannot-move': 1,
        })
      expect(await readBook()).toEqual(before)
    },
  )

  test('G22: bad input: one of a past date, or without a key, or without a session', async () => {
    const { ask, bookCell, cellAt, dinerId, ownerId } = await setUp()
    const id = await bookCell(cellAt(0, 1, 0), dinerId)
    await database.query(
      `UPDATE reservations SET service_date = service_date - 2, starts_at = starts_at - interval '2 days',
              ends_at = ends_at - interval '2 days'`,
    )
    const before = await readBook()
    for (const who of [dinerId, ownerId])
      expect(countOutcomes([await ask(0, id, toTime(cellAt(0, 1, 1)), who)])).toEqual({
        '409 day-closed': 1,
      })
    for (const who of [dinerId, ownerId])
      expect(countOutcomes([await ask(0, id, { partySize: 3 }, who, null)])).toEqual({
        '422 invalid': 1,
      })
    const path = `/api/v1/reservations/${id}/change`
    const asked = { url: apps.urlOf(0), method: 'POST', path, body: { partySize: 3 } } as const
    expect((await askApi(asked)).status).toBe(401)
    expect(await readBook()).toEqual(before)
  })
})
