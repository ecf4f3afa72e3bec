import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, createTable } from '@/prisma/factories'
import { askApi, readJson } from '../support/api-client'
import {
  addArea,
  alreadyClosed,
  badParameter,
  type ClosedTable,
  DAY_MINUTES,
  expectRefused,
  inMinutes,
  invalid,
  nobody,
  noSuchTable,
  notFound,
  pastTime,
  type Refused,
  setUpClosedTable,
  signedOut,
} from '../support/evening-input'
import { fingerprintRows, useApps } from '../support/http-scene'

const apps = useApps()

const setUp = () => setUpClosedTable({ url: apps.urlOf() })

describe('bad input to closing tables: all or nothing', () => {
  type Case = {
    name: string
    ask: (here: ClosedTable, there: ClosedTable) => object | null | Promise<object | null>
    refused: Refused
  }
  const cases: Case[] = [
    {
      name: 'a table of another restaurant, beside one of its own',
      ask: async (_, { restaurantId }) => {
        const { number } = await createTable(pool, { restaurantId, number: 9, maxParty: 4 })
        return { tableNumbers: [2, number] }
      },
      refused: noSuchTable,
    },
    { name: 'a deleted table', ask: () => ({ tableNumbers: [2, 4] }), refused: noSuchTable },
    { name: 'table 999', ask: () => ({ tableNumbers: [2, 999] }), refused: noSuchTable },
    { name: 'a table twice', ask: () => ({ tableNumbers: [2, 2] }), refused: invalid },
    { name: 'table 0', ask: () => ({ tableNumbers: [0] }), refused: invalid },
    { name: 'table -1', ask: () => ({ tableNumbers: [-1] }), refused: invalid },
    { name: 'table 1e309', ask: () => ({ tableNumbers: [Number('1e309')] }), refused: invalid },
    { name: 'table 2.5', ask: () => ({ tableNumbers: [2.5] }), refused: invalid },
    { name: 'a table as text', ask: () => ({ tableNumbers: ['2'] }), refused: invalid },
    { name: 'a table, no list', ask: () => ({ tableNumbers: 2 }), refused: invalid },
    { name: 'no tables', ask: () => ({ tableNumbers: [] }), refused: invalid },
    {
      name: 'a hundred tables',
      ask: () => ({ tableNumbers: Array.from({ length: 100 }, (_, at) => at + 1) }),
      refused: invalid,
    },
    { name: 'nothing to close', ask: () => ({}), refused: invalid },
    {
      name: 'an area and tables',
      ask: async ({ restaurantId }) => ({
        areaId: await addArea(restaurantId, [2]),
        tableNumbers: [2],
      }),
      refused: invalid,
    },
    { name: 'an unknown area', ask: () => ({ areaId: nobody }), refused: notFound },
    { name: 'no area', ask: () => ({ areaId: null }), refused: invalid },
    { name: 'an area that is none', ask: () => ({ areaId: '테라스' }), refused: invalid },
    {
      name: 'an area of another restaurant',
      ask: async (_, { restaurantId }) => ({ areaId: await addArea(restaurantId, [2]) }),
      refused: notFound,
    },
    {
      name: 'an area without tables',
      ask: async ({ restaurantId }) => ({ areaId: await addArea(restaurantId, []) }),
      refused: { status: 422, reason: 'area-empty' },
    },
    {
      name: 'an area of which a table is closed',
      ask: async ({ restaurantId }) => ({ areaId: await addArea(restaurantId, [1, 2]) }),
      refused: alreadyClosed,
    },
    {
      name: 'what is closed, and an open one',
      ask: () => ({ tableNumbers: [2, 1] }),
      refused: alreadyClosed,
    },
    {
      name: 'from after to',
      ask: () => ({ tableNumbers: [2], from: inMinutes(60), to: inMinutes(30) }),
      refused: invalid,
    },
    {
      name: 'no time at all',
      ask: () => {
        const at = inMinutes(60)
        return { tableNumbers: [2], from: at, to: at }
      },
      refused: invalid,
    },
    {
      name: 'longer than a month',
      ask: () => ({ tableNumbers: [2], to: inMinutes(32 * DAY_MINUTES) }),
      refused: invalid,
    },
    {
      name: 'yesterday',
      ask: () => ({
        tableNumbers: [2],
        from: inMinutes(-2 * DAY_MINUTES),
        to: inMinutes(-DAY_MINUTES),
      }),
      refused: pastTime,
    },
    ...['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-02-30T00:00:00Z', 'now', '18:00'].map(
      (to): Case => ({
        name: `to ${to}`,
        ask: () => ({ tableNumbers: [2], to }),
        refused: invalid,
      }),
    ),
    {
      name: 'to a number',
      ask: () => ({ tableNumbers: [2], to: 1_800_000_000 }),
      refused: invalid,
    },
    { name: 'to nothing', ask: () => ({ tableNumbers: [2], to: null }), refused: invalid },
    {
      name: 'a reason that is too long',
      ask: () => ({ tableNumbers: [2], reason: '비'.repeat(101) }),
      refused: invalid,
    },
    {
      name: 'a reason with NUL',
      ask: () => ({ tableNumbers: [2], reason: '비\u0000' }),
      refused: invalid,
    },
    {
      name: 'a reason that is no text',
      ask: () => ({ tableNumbers: [2], reason: 5 }),
      refused: invalid,
    },
    {
      name: 'a field that there is not',
      ask: () => ({ tableNumbers: [2], restaurantId: nobody }),
      refused: invalid,
    },
  ]
  test.each(cases)('$name is refused, and nothing changes', async ({ ask, refused }) => {
    const [here, there] = [await setUp(), await setUp()]
    const body = { from: inMinutes(0), to: inMinutes(120), ...(await ask(here, there)) }
    await expectRefused(() => here.close(body), refused)
  })

  test.each([[[]], ['닫기'], [null], [5]])('the body %j is refused', async (body) => {
    const { close } = await setUp()
    await expectRefused(() => close(body), invalid)
  })
})

describe('bad input to ending a closing', () => {
  type Case = { name: string; to: unknown; refused: Refused }
  const notShorter = { status: 422, reason: 'not-shorter' } as const
  const cases: Case[] = [
    { name: 'its own end', to: 'end', refused: notShorter },
    { name: 'a later end', to: inMinutes(300), refused: notShorter },
    { name: 'an end before it began', to: inMinutes(-DAY_MINUTES), refused: notShorter },
    ...['0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', 'now', '-infinity', '\u0000', 5, null].map(
      (to): Case => ({ name: JSON.stringify(to), to, refused: invalid }),
    ),
  ]
  test.each(cases)('$name is refused, and nothing changes', async ({ to, refused }) => {
    const { ask, closureId } = await setUp()
    const list: unknown = JSON.parse((await ask('GET', 'closures')).text)
    const [{ to: end } = { to: '' }] = Array.isArray(list) ? list : []
    const body = { to: to === 'end' ? end : to }
    await expectRefused(() => ask('PATCH', `closures/${closureId}`, { body }), refused)
  })

  test('an end that is over is refused', async () => {
    const { ask, close } = await setUp()
    const made = await close({
      tableNumbers: [2],
      from: inMinutes(-120),
      to: inMinutes(120),
    })
    const path = `closures/${readJson(made).id}`
    await expectRefused(() => ask('PATCH', path, { body: { to: inMinutes(-60) } }), pastTime)
  })

  test.each(['PATCH', 'DELETE'])(
    'G19: %s finds no closing of another restaurant, none that there is not, and none that is over',
    async (method) => {
      const [here, there] = [await setUp(), await setUp()]
      const given = method === 'PATCH' ? { body: { to: inMinutes(60) } } : {}
      const ids = [there.closureId, randomUUID(), nobody, 'undefined', '%00', '999', "1'--"]
      for (const id of ids)
        await expectRefused(() => here.ask(method, `closures/${id}`, given), notFound)
      expect((await here.ask('DELETE', `closures/${here.closureId}`)).status).toBe(200)
      await expectRefused(() => here.ask(method, `closures/${here.closureId}`, given), notFound)
    },
  )
})

describe('a move that was proposed', () => {
  /** A party at the second table, which is then closed, and what it takes to move it. */
  async function setUpMove() {
    const scene = await setUp()
    const { id } = await createReservation(pool, { slotId: String(scene.slots[1]) })
    const { parties } = await scene.closed([2])
    const [party] = Array.isArray(parties) ? parties : []
    expect(party).toMatchObject({ reservationId: id, move: { tableNumbers: [3] } })
    const { sequence, move } = party
    const accept = (change: object = {}, token = scene.owner.token) =>
      askApi({
        url: apps.urlOf(),
        method: 'POST',
        path: `/api/v1/reservations/${id}/change`,
        token,
        headers: { 'idempotency-key': randomUUID() },
        body: { tableNumbers: move.tableNumbers, sequence, ...change },
      })
    const readPlace = async () =>
      (
        await pool.query<{ number: number; sequence: number }>(
          `SELECT t.number, v.sequence FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
             JOIN restaurant_tables t ON t.id = s.table_id JOIN reservations v ON v.id = c.reservation_id
            WHERE v.id = $1 AND c.released_at IS NULL`,
          [id],
        )
      ).rows
    return { ...scene, id, sequence, accept, readPlace }
  }

  test('moves its party once, however often it is accepted, also at the same moment', async () => {
    const { accept, readPlace, sequence } = await setUpMove()
    const answers = await Promise.all([accept(), accept(), accept()])
    for (const { status, text } of answers) expect([200, 409], text).toContain(status)
    expect(answers.some(({ status }) => status === 200)).toBe(true)
    expect(await readPlace()).toEqual([{ number: 3, sequence: sequence + 1 }])
    const before = await fingerprintRows()
    expect((await accept()).status).toBe(200)
    const { idempotency_keys: _, ...kept } = await fingerprintRows()
    expect(before).toMatchObject(kept)
  })

  test('is refused once its party is another than it was proposed for', async () => {
    const { accept } = await setUpMove()
    expect((await accept({ partySize: 1, tableNumbers: undefined })).status).toBe(200)
    await expectRefused(() => accept(), { status: 409, reason: 'changed-meanwhile' })
    await expectRefused(() => accept({ sequence: 999 }), {
      status: 409,
      reason: 'changed-meanwhile',
    })
  })

  test('leads to no table of another closing, restaurant or number', async () => {
    const { accept, closed, diner } = await setUpMove()
    const other = await setUp()
    await closed([3])
    for (const override of [false, true])
      await expectRefused(() => accept({ override }), { status: 409, reason: 'slot-taken' })
    await expectRefused(() => accept({ tableNumbers: [999] }), noSuchTable)
    await expectRefused(() => accept({ tableNumbers: [3, 3] }), invalid)
    for (const token of [other.owner.token, diner.token])
      await expectRefused(() => accept({}, token), notFound)
  })
})

describe('bad input to the note of a shift', () => {
  const bodies: unknown[] = [
    { text: '말'.repeat(501) },
    { text: '케이크\u0000' },
    { text: 5 },
    { text: ['케이크'] },
    {},
    { text: '케이크', version: 1 },
    [],
    null,
  ]
  test.each(bodies)('%j is refused, and the note stays', async (body) => {
    const { ask } = await setUp()
    expect((await ask('PUT', 'shift-note', { body: { text: '꽃은 창가에' } })).status).toBe(200)
    await expectRefused(() => ask('PUT', 'shift-note', { body }), invalid)
  })

  test('of a date that is over, that there is not, or of two: refused', async () => {
    const { ask } = await setUp()
    const write = (query: string, headers = {}) =>
      ask('PUT', `shift-note?${query}`, { body: { text: '케이크' }, headers })
    const yesterday = inMinutes(-2 * DAY_MINUTES).slice(0, 10)
    await expectRefused(() => write(`date=${yesterday}`), { status: 422, reason: 'past-date' })
    for (const date of ['2026-02-30', '0000-01-01', '9999-12-31', 'today', '', '%00'])
      for (const method of ['GET', 'PUT'])
        await expectRefused(
          () =>
            ask(
              method,
              `shift-note?date=${date}`,
              method === 'PUT' ? { body: { text: '꽃' } } : {},
            ),
          badParameter,
        )
    const tomorrow = inMinutes(2 * DAY_MINUTES).slice(0, 10)
    await expectRefused(() => write(`date=${tomorrow}&date=${tomorrow}`), badParameter)
    await expectRefused(() => write('day=1'), { status: 400, reason: 'unknown-parameter' })
  })

  test('over a version that nobody has seen: refused', async () => {
    const { ask } = await setUp()
    const write = (match: string) =>
      ask('PUT', 'shift-note', { body: { text: '케이크' }, headers: { 'if-match': match } })
    for (const match of ['"999"', '"-1"', 'x', '""', '"1e9"'])
      await expectRefused(() => write(match), { status: 409, reason: 'changed-meanwhile' })
    expect((await write('"0"')).status).toBe(200)
  })
})

test.each([
  ['date=2026-02-30', 'invalid-parameter'],
  ['date=0000-01-01', 'invalid-parameter'],
  ['date=%00', 'invalid-parameter'],
  ['limit=0', 'invalid-parameter'],
  ['limit=999', 'invalid-parameter'],
  ['limit=1e309', 'invalid-parameter'],
  ['limit=1&limit=2', 'invalid-parameter'],
  ['cursor=%00', 'invalid-parameter'],
  [`cursor=${'x'.repeat(201)}`, 'invalid-parameter'],
  ['actor=me', 'unknown-parameter'],
] as const)('bad input to tonight’s acts: %s is refused', async (query, reason) => {
  const { ask } = await setUp()
  await expectRefused(() => ask('GET', `acts?${query}`), { status: 400, reason })
})

test('a cursor that is none of ours reads the first page of the acts', async () => {
  const { ask } = await setUp()
  const first = readJson(await ask('GET', 'acts'))
  for (const cursor of ['x', 'W10', btoa('["2026-12-04T09:00:00Z"]'), nobody])
    expect(readJson(await ask('GET', `acts?cursor=${cursor}`))).toEqual(first)
  expect(first.items).toMatchObject([{ act: 'CLOSE_TABLES' }])
})

describe('G19: closings, notes and acts', () => {
  const routes = [
    { method: 'GET', path: 'closures' },
    { method: 'POST', path: 'closures', body: { tableNumbers: [2] } },
    { method: 'PATCH', path: 'closures/{closure}', body: {} },
    { method: 'DELETE', path: 'closures/{closure}' },
    { method: 'GET', path: 'acts' },
    { method: 'GET', path: 'shift-note' },
    { method: 'PUT', path: 'shift-note', body: { text: '몰래' } },
  ]
  test.each(routes)(
    '$method $path: no session, and other people, learn and do nothing',
    async ({ method, path, body }) => {
      const [here, there] = [await setUp(), await setUp()]
      const times = method === 'PUT' ? {} : { from: inMinutes(0), to: inMinutes(60) }
      const whole = method === 'PATCH' ? { to: inMinutes(60) } : { ...times, ...body }
      const given = { ...(body && { body: whole }) }
      const named = path.replace('{closure}', here.closureId)
      await expectRefused(() => here.ask(method, named, { ...given, token: '' }), signedOut)
      for (const token of [there.owner.token, here.diner.token])
        await expectRefused(() => here.ask(method, named, { ...given, token }), notFound)
      for (const id of [nobody, 'undefined', '%00']) {
        const elsewhere = { url: apps.urlOf(), method, token: here.owner.token, ...given }
        await expectRefused(
          () => askApi({ ...elsewhere, path: `/api/v1/restaurants/${id}/${named}` }),
          notFound,
        )
      }
    },
  )
})
