import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { routes } from '@/app/api/v1/openapi.json/routes'
import { readBoard } from '@/domain/availability/board.queries'
import { readTonight } from '@/domain/availability/tonight.queries'
import { listOwnReservations } from '@/domain/booking/queries'
import { findPartiesOnOtherDates, readDay } from '@/domain/floor/queries'
import { readLine } from '@/domain/line/queries'
import { readWaiting } from '@/domain/line/waiting.queries'
import { listOpenings } from '@/domain/opening/list.queries'
import { findRestaurant, listStaffRestaurants } from '@/domain/restaurant/queries'
import { listRestaurants } from '@/domain/restaurant/search.queries'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import {
  createAccount,
  createHours,
  createReservation,
  createRestaurant,
  createSlot,
  createStaff,
  createTable,
  readToday,
} from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { fillLine, setUpLine } from '../support/line-scene'
import { TIME_ZONE } from '../support/time-zone'

const database = useDatabase()

type Key = (string | number)[]
/** As much of a JSON schema as lists are found by. */
type JsonSchema = {
  type?: unknown
  items?: JsonSchema | undefined
  properties?: Record<string, JsonSchema> | undefined
  anyOf?: JsonSchema[] | undefined
  $ref?: string | undefined
  $defs?: Record<string, JsonSchema> | undefined
}
const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    type: z.unknown().optional(),
    items: jsonSchema.optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    anyOf: z.array(jsonSchema).optional(),
    $ref: z.string().optional(),
    $defs: z.record(z.string(), jsonSchema).optional(),
  }),
)

/** The paths of all lists of objects in an answer. */
function listLists(root: JsonSchema): string[] {
  const walk = (schema: JsonSchema, at: string): string[] => {
    const found = schema.$ref ? root.$defs?.[schema.$ref.slice('#/$defs/'.length)] : schema
    if (!found) return []
    const inside = Object.entries(found.properties ?? {}).flatMap(([name, property]) =>
      walk(property, at === '' ? name : `${at}.${name}`),
    )
    const either = (found.anyOf ?? []).flatMap((one) => walk(one, at))
    if (found.type !== 'array' || !found.items) return [...inside, ...either]
    const below = walk(found.items, `${at}[]`)
    const item = found.items.$ref ? { type: 'object' } : found.items
    return [...(item.type === 'object' ? [at] : []), ...below]
  }
  return walk(root, '')
}

const contracts = Object.values(routes).flatMap((route) =>
  Object.values(route).map(({ contract }) => contract),
)

describe('kind 8: the contract says how every list is sorted', () => {
  test.each(contracts.map((contract) => [contract.operationId, contract] as const))(
    '%s',
    (_, { answers, sorted = {} }) => {
      const lists = Object.entries(answers).flatMap(([status, schema]) => {
        if (!schema || !status.startsWith('2')) return []
        const told = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })
        return listLists(jsonSchema.parse(told))
      })
      expect(lists.filter((list) => !(list in sorted))).toEqual([])
    },
  )
})

/** Rows that tie in everything but their ids, which are random. */
const TIES = 8
const many = Array.from({ length: TIES }, (_, index) => index)
const DAY_MS = 86_400_000

async function setUp() {
  const [owner, diner] = [await createAccount(pool, { role: 'OWNER' }), await createAccount(pool)]
  const restaurantIds: string[] = []
  for (const _ of many) {
    const one = await createRestaurant(pool, { name: '같은 이름', timeZone: TIME_ZONE })
    await createStaff(pool, { restaurantId: one.id, accountId: owner.id })
    restaurantIds.push(one.id)
  }
  const [restaurantId = ''] = restaurantIds
  const today = await readToday(pool, restaurantId)
  const soon = new Date(Date.now() + 7_200_000)
  const past = new Date(Date.now() - 30 * DAY_MS)
  const tomorrow = addDays({ date: today, days: 1 })
  for (const one of restaurantIds) {
    for (const [startsAt, status] of [
      [soon, 'CONFIRMED'],
      [past, 'LEFT'],
    ] as const) {
      const table = await createTable(pool, { restaurantId: one })
      const serviceDate = startsAt === past ? addDays({ date: today, days: -30 }) : today
      const slot = await createSlot(pool, { tableId: table.id, startsAt, serviceDate })
      await createReservation(pool, { slotId: slot.id, dinerId: diner.id, status })
    }
  }
  for (const _ of many) {
    const table = await createTable(pool, { restaurantId })
    const guest = await createAccount(pool, { name: '김민수' })
    const now = await createSlot(pool, { tableId: table.id, startsAt: soon })
    await createReservation(pool, { slotId: now.id, dinerId: guest.id })
    const startsAt = new Date(soon.getTime() + DAY_MS)
    const next = await createSlot(pool, { tableId: table.id, startsAt, serviceDate: tomorrow })
    await createReservation(pool, { slotId: next.id, dinerId: guest.id })
  }
  await database.query('UPDATE reservations SET created_at = $1', [past])
  for (const weekday of [5, 2, 7, 1]) {
    await createHours(pool, { restaurantId, weekday, fromMinutes: 1_020, toMinutes: 1_260 })
    await createHours(pool, { restaurantId, weekday, fromMinutes: 660, toMinutes: 840 })
  }
  for (const days of [9, 3, 6])
    await pool.query(
      'INSERT INTO restaurant_closures (restaurant_id, closed_date) VALUES ($1, $2)',
      [restaurantId, addDays({ date: today, days })],
    )
  // In one statement, so that all open at one instant.
  await database.query(
    `INSERT INTO openings (restaurant_id, service_date, lobby_opens_at, opens_at, gate_until, order_by,
                           secret, commitment)
     SELECT $1, day, at - interval '1 hour', at, at + interval '1 hour', 'DRAW', seed,
            encode(sha256(seed), 'hex')
       FROM unnest($2::date[]) AS day, LATERAL sha256(day::text::bytea) AS seed,
            (SELECT now() + interval '30 minutes' AS at) AS same`,
    [restaurantId, [5, 2, 7, 3].map((days) => addDays({ date: today, days }))],
  )
  await database.query('INSERT INTO opening_rates SELECT id, opens_at, 10 FROM openings')
  const line = await setUpLine({ timeZone: TIME_ZONE })
  await fillLine(line, 5)
  return { owner, diner, restaurantIds, restaurantId, today, line }
}

let scene: Awaited<ReturnType<typeof setUp>>
beforeAll(async () => {
  scene = await setUp()
}, 60_000)

const unwrap = <Value>(read: { ok: true; value: Value } | { ok: false; reason: string }): Value => {
  if (!read.ok) throw new Error(read.reason)
  return read.value
}
const readOwnDay = async () => {
  const { restaurantId, owner } = scene
  return unwrap(await readDay({ restaurantId, accountId: owner.id }))
}
const readOwnRestaurant = async () => {
  const found = await findRestaurant({ idOrSlug: scene.restaurantId })
  if (!found) throw new Error('the restaurant is public')
  return found
}
const ms = (instant: string | Date) => new Date(instant).getTime()

type List = {
  operationId: string
  list: string
  /** As the contract says it. */
  order: string
  /** What each item is sorted by, in the order in which it is listed. */
  readKeys: () => Promise<Key[]>
}

const lists: List[] = [
  {
    operationId: 'listRestaurants',
    list: 'items',
    order: 'by how well the name fits the search, then by name and id',
    readKeys: async () =>
      (await listRestaurants({ limit: 50 })).items.map(({ name, id }) => [name, id]),
  },
  {
    operationId: 'listWorkplaces',
    list: 'items',
    order: 'by name, then by id',
    readKeys: async () => {
      const { items } = await listStaffRestaurants({ accountId: scene.owner.id, limit: 50 })
      return items.map(({ name, id }) => [name, id])
    },
  },
  {
    operationId: 'listOwnReservations',
    list: 'items',
    order:
      'the next one first, then past ones, then cancelled and expired ones, both from the latest; ties by id',
    readKeys: async () => {
      const { items } = await listOwnReservations({ dinerId: scene.diner.id, limit: 50 })
      return items.map(({ status, startsAt, id }) =>
        status === 'CONFIRMED' ? [0, ms(startsAt), id] : [1, -ms(startsAt), id],
      )
    },
  },
  {
    operationId: 'findPartiesOnOtherDates',
    list: 'items',
    order: 'by how near the date is, cancelled ones last; then by startsAt and reservationId',
    readKeys: async () => {
      const { restaurantId, today: date, owner } = scene
      const asked = { restaurantId, date, search: '김민수', accountId: owner.id }
      return unwrap(await findPartiesOnOtherDates(asked)).map((party) => [
        Math.abs(ms(party.serviceDate) - ms(date)),
        ms(party.startsAt),
        party.reservationId,
      ])
    },
  },
  {
    operationId: 'readDay',
    list: 'tables',
    order: 'by number',
    readKeys: async () => (await readOwnDay()).tables.map(({ number }) => [number]),
  },
  {
    operationId: 'readDay',
    list: 'slots',
    order: 'by startsAt, then by tableNumber and slotId',
    readKeys: async () =>
      (await readOwnDay()).slots.map((slot) => [ms(slot.startsAt), slot.tableNumber, slot.slotId]),
  },
  {
    operationId: 'readDay',
    list: 'parties',
    order: 'by startsAt, then as they were booked; ties by reservationId',
    readKeys: async () =>
      (await readOwnDay()).parties.map((party) => [ms(party.startsAt), party.reservationId]),
  },
  {
    operationId: 'readBoard',
    list: 'times[].slots',
    order: 'by tableNumber, then by slotId',
    readKeys: async () => {
      const { data } = await readBoard({ idOrSlug: scene.restaurantId })
      return (data?.board.times ?? []).flatMap(({ startsAt, slots }) =>
        slots.map((slot): Key => [ms(startsAt), slot.tableNumber, slot.slotId]),
      )
    },
  },
  {
    operationId: 'readTonight',
    list: 'restaurants',
    order: 'by restaurantId',
    readKeys: async () => {
      const { restaurantIds } = scene
      const { data } = await readTonight({ restaurantIds, partySize: 2 })
      return data.restaurants.map(({ restaurantId }) => [restaurantId])
    },
  },
  {
    operationId: 'readRestaurant',
    list: 'hours',
    order: 'by weekday, then by fromMinutes',
    readKeys: async () =>
      (await readOwnRestaurant()).hours.map(({ weekday, fromMinutes }) => [weekday, fromMinutes]),
  },
  {
    operationId: 'readRestaurant',
    list: 'closures',
    order: 'by date',
    readKeys: async () => (await readOwnRestaurant()).closures.map(({ date }) => [date]),
  },
  {
    operationId: 'listOpenings',
    list: 'items',
    order:
      'by opensAt: coming ones from the next, past ones from the latest; ties by id in the same direction',
    readKeys: async () => {
      const { restaurantId } = scene
      const page = await listOpenings({ restaurantId, show: 'coming', limit: 20 })
      return (page?.items ?? []).map(({ opensAt, id }) => [ms(opensAt), id])
    },
  },
  {
    operationId: 'readLine',
    list: 'tickets',
    order: 'as parties will be called',
    readKeys: async () =>
      ((await readLine(scene.line.restaurantId)).data?.tickets ?? []).map(({ number }) => [number]),
  },
  {
    operationId: 'readWaiting',
    list: 'tickets',
    order: 'as parties will be called, then lapsed ones from the latest',
    readKeys: async () => {
      const { restaurantId, ownerId: accountId } = scene.line
      const { tickets } = unwrap(await readWaiting({ restaurantId, accountId }))
      return tickets.map(({ place }) => [place ?? 0])
    },
  },
]

function compareKeys(one: Key, other: Key): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? ''
    if (value !== against) return value < against ? -1 : 1
  }
  return 0
}

describe('kind 8: a list of the API comes as its contract says, and ties by a unique key', () => {
  test.each(lists.map((list) => [`${list.operationId} ${list.list}`, list] as const))(
    '%s',
    async (_, { operationId, list, order, readKeys }) => {
      const contract = contracts.find((each) => each.operationId === operationId)
      expect(contract?.sorted?.[list]).toBe(order)
      // A process keeps a snapshot for a second, so the first read may show the line before.
      const keys = await vi.waitFor(
        async () => {
          const found = await readKeys()
          expect(found.length).toBeGreaterThan(2)
          return found
        },
        { timeout: 5_000, interval: 200 },
      )
      expect(keys).toEqual(keys.toSorted(compareKeys))
      expect(new Set(keys.map(String)).size).toBe(keys.length)
    },
  )
})
