import { beforeAll, describe, expect, test } from 'vitest'
import type { Reason } from '@/lib/problems/problem'
import { askApi, expectProblem } from '../support/api-client'
import { fingerprintRows, setUpRestaurant, useApps } from '../support/http-scene'

const apps = useApps()
type Restaurant = Awaited<ReturnType<typeof setUpRestaurant>>
let restaurant: Restaurant
let other: Restaurant
beforeAll(async () => {
  const tables = [{ maxParty: 2 }, { maxParty: 4 }, { maxParty: 4 }]
  restaurant = await setUpRestaurant({ tables })
  other = await setUpRestaurant({ tables: Array.from({ length: 9 }, () => ({ maxParty: 4 })) })
})

type List = 'areas' | 'combinations' | 'floor-plan'
const ask = (
  list: List,
  { body, ifMatch, of = restaurant }: { body?: unknown; ifMatch?: string; of?: Restaurant } = {},
) =>
  askApi({
    url: apps.urlOf(),
    path: `/api/v1/restaurants/${of.restaurantId}/${list}`,
    token: of.owner.token,
    ...(body !== undefined && { method: 'PUT', body }),
    ...(ifMatch !== undefined && { headers: { 'if-match': ifMatch } }),
  })
const combine = (tableNumbers: unknown, minParty: unknown = 3, maxParty: unknown = 6) => ({
  tableNumbers,
  minParty,
  maxParty,
})
const place = (tableNumber: unknown, x: unknown = 0, y: unknown = 0, shape: unknown = 'ROUND') => ({
  tableNumber,
  x,
  y,
  shape,
})

describe('the lists', () => {
  test.each<[List, unknown[], unknown[]]>([
    [
      'combinations',
      [combine([3, 2], 5, 8), combine([2, 1])],
      [combine([1, 2]), combine([2, 3], 5, 8)],
    ],
    [
      'floor-plan',
      [place(3, 19, 79, 'LONG'), place(1, 4, 2, 'SQUARE')],
      [place(1, 4, 2, 'SQUARE'), place(3, 19, 79, 'LONG')],
    ],
    [
      'areas',
      [
        { name: '  홀 ', tableNumbers: [2, 1] },
        { name: 'Terrace', tableNumbers: [] },
      ],
      [
        { name: '홀', tableNumbers: [1, 2] },
        { name: 'Terrace', tableNumbers: [] },
      ],
    ],
  ])(
    '%s: what is put is what is got, and an old ETag replaces nothing',
    async (list, body, expected) => {
      const first = await ask(list)
      const put = await ask(list, { body, ifMatch: String(first.headers.etag) })
      expect(put.status).toBe(200)
      const got = await ask(list)
      expect(JSON.parse(got.text)).toMatchObject(expected)
      expect(got.text).toBe(put.text)
      expect(got.headers.etag).toBe(put.headers.etag)
      const before = await fingerprintRows()
      for (const ifMatch of [
        String(first.headers.etag),
        '"somebody-else’s"'.replace('’', ''),
        '""',
      ]) {
        const late = await ask(list, { body: [], ifMatch })
        expectProblem(late, { status: 409, reason: 'changed-meanwhile' })
      }
      expect(await fingerprintRows()).toEqual(before)
      expect((await ask(list, { body, ifMatch: '*' })).status).toBe(200)
    },
  )
})

const invalid = { status: 422, reason: 'invalid' as Reason }
const fault = (reason: Reason) => ({ status: 422, reason })
const many = <T>(length: number, make: (index: number) => T) =>
  Array.from({ length }, (_, index) => make(index))

describe('G18, hard case 19: combinations', () => {
  test.each<[name: string, body: unknown, expected: { status: number; reason: Reason }]>([
    ['of one table', [combine([1])], invalid],
    ['of none', [combine([])], invalid],
    ['of a table twice', [combine([1, 1])], invalid],
    ['of a table without a number', [combine([1, 0])], invalid],
    ['of a negative number', [combine([1, -2])], invalid],
    ['of half a table', [combine([1, 2.5])], invalid],
    ['of a text', [combine(['1', '2'])], invalid],
    ['of 10,000', [combine([1, 10_000])], invalid],
    ['of twenty-one tables', [combine(many(21, (index) => index + 1))], invalid],
    ['of a table that is not there', [combine([1, 999])], fault('no-such-table')],
    ['of another restaurant’s table', [combine([1, 9])], fault('no-such-table')],
    ['of the same set twice', [combine([1, 2]), combine([2, 1], 4, 5)], fault('same-combination')],
    ['for more than they seat', [combine([1, 2], 3, 7)], fault('over-seats')],
    ['for nobody', [combine([1, 2], 0, 6)], invalid],
    ['with the smallest above the largest', [combine([1, 2], 6, 5)], invalid],
    ['for 999', [combine([1, 2], 3, 999)], invalid],
    ['for half a guest', [combine([1, 2], 3, 5.5)], invalid],
    ['for a text', [combine([1, 2], '3', '6')], invalid],
    ['with a field nobody asked for', [{ ...combine([1, 2]), id: 1 }], invalid],
    ['without a largest party', [{ tableNumbers: [1, 2], minParty: 3 }], invalid],
    ['of 101 entries', many(101, () => combine([1, 2])), invalid],
    ['that are no list', combine([1, 2]), invalid],
    ['that are null', null, invalid],
  ])('G18: %s are refused whole', async (_, body, expected) => {
    const before = await fingerprintRows()
    expectProblem(await ask('combinations', { body }), expected)
    expect(await fingerprintRows()).toEqual(before)
  })
})

describe('G18, hard case 19: floor plans', () => {
  test.each<[name: string, body: unknown, expected: { status: number; reason: Reason }]>([
    ['with two tables on a cell', [place(1), place(2)], fault('same-cell')],
    ['with a table twice', [place(1), place(1, 1)], invalid],
    ['with a table that is not there', [place(1), place(999, 1)], fault('no-such-table')],
    ['with another restaurant’s table', [place(9)], fault('no-such-table')],
    ['with table 0', [place(0)], invalid],
    ['with a table named by a text', [place('1')], invalid],
    ['left of the edge', [place(1, -1)], invalid],
    ['right of the edge', [place(1, 20)], invalid],
    ['above the edge', [place(1, 0, -1)], invalid],
    ['below the edge', [place(1, 0, 80)], invalid],
    ['between two cells', [place(1, 0.5)], invalid],
    ['at a text', [place(1, '0')], invalid],
    ['beyond all numbers', [place(1, 1e308)], invalid],
    ['of a shape nobody knows', [place(1, 0, 0, 'STAR')], invalid],
    ['of a shape in small letters', [place(1, 0, 0, 'round')], invalid],
    ['without a shape', [{ tableNumber: 1, x: 0, y: 0 }], invalid],
    ['with a field nobody asked for', [{ ...place(1), seats: 4 }], invalid],
    ['of 201 tables', many(201, (index) => place(index + 1, index % 20, 0)), invalid],
    ['that are no list', place(1), invalid],
    ['that are null', null, invalid],
  ])('G18: %s are refused whole', async (_, body, expected) => {
    await ask('floor-plan', { body: [place(2, 7, 7)] })
    const before = await fingerprintRows()
    expectProblem(await ask('floor-plan', { body }), expected)
    expect(await fingerprintRows()).toEqual(before)
  })
})

const area = (name: unknown, tableNumbers: unknown = [1]) => ({ name, tableNumbers })

describe('G18, hard case 19: areas', () => {
  test.each<[name: string, body: unknown, expected: { status: number; reason: Reason }]>([
    ['without a name', [area('')], invalid],
    ['of spaces', [area(' \t　 ')], invalid],
    ['of 31 characters', [area('밥'.repeat(31))], invalid],
    ['named with NUL', [area('홀\u0000')], invalid],
    ['named with a bell', [area('홀\u0007')], invalid],
    ['named by a number', [area(1)], invalid],
    ['with a name twice', [area('홀'), area(' 홀', [2])], fault('same-area')],
    ['of a table twice', [area('홀', [1, 1])], invalid],
    ['that share a table', [area('홀', [1]), area('룸', [2, 1])], fault('table-in-two-areas')],
    ['of a table that is not there', [area('홀', [9])], fault('no-such-table')],
    ['of table 0', [area('홀', [0])], invalid],
    ['with an id of another kind', [{ ...area('홀'), id: 'hall' }], invalid],
    [
      'with an unknown id',
      [{ ...area('홀'), id: '00000000-0000-4000-8000-000000000000' }],
      { status: 404, reason: 'not-found' },
    ],
    ['with a field nobody asked for', [{ ...area('홀'), position: 1 }], invalid],
    ['that are 51', many(51, (index) => area(`구역 ${index}`, [])), invalid],
    ['that are 201', many(201, (index) => area(`구역 ${index}`, [])), invalid],
    ['that are no list', area('홀'), invalid],
  ])('G18: %s are refused whole', async (_, body, expected) => {
    const before = await fingerprintRows()
    expectProblem(await ask('areas', { body }), expected)
    expect(await fingerprintRows()).toEqual(before)
  })

  test('G19: an id of another restaurant’s area is not there', async () => {
    await ask('areas', { of: other, body: [area('남의 홀')] })
    const [foreign] = JSON.parse((await ask('areas', { of: other })).text)
    const before = await fingerprintRows()
    const taken = await ask('areas', { body: [{ ...area('내 홀'), id: foreign.id }] })
    expectProblem(taken, { status: 404, reason: 'not-found' })
    expect(await fingerprintRows()).toEqual(before)
  })

  test('50 with the longest names fit into one request', async () => {
    const body = many(50, (index) =>
      area(`${'밥'.repeat(28)}${String(index).padStart(2, '0')}`, []),
    )
    expect((await ask('areas', { of: other, body })).status).toBe(200)
  })
})
