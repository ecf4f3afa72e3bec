import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, createSlot, createTable } from '@/prisma/factories'
import type { ReservationStatus } from '@/prisma/generated/client'
import { askApi, expectProblem } from '../support/api-client'
import { fingerprintRows, setUpRestaurant, useApps } from '../support/http-scene'

const apps = useApps()

const DAY_MS = 86_400_000

/** Two tables whose seating runs, and a third that is out of use. */
async function setUp() {
  const restaurant = await setUpRestaurant({
    inMinutes: -30,
    tables: [{ maxParty: 2 }, { maxParty: 4 }, { maxParty: 6 }],
  })
  const { restaurantId, owner } = restaurant
  await pool.query(
    'UPDATE restaurant_tables SET deleted_at = now() WHERE restaurant_id = $1 AND number = 3',
    [restaurantId],
  )
  const slots = restaurant.slotIds.map(String)
  await pool.query('UPDATE slots SET deleted_at = now() WHERE id = $1', [slots[2]])
  const post = (path: string, body: object) =>
    askApi({ url: apps.urlOf(), method: 'POST', path: `/api/v1/${path}`, token: owner.token, body })
  const walkIn = (body: object) =>
    post(`restaurants/${restaurantId}/walk-ins`, { partySize: 2, ...body })
  return { ...restaurant, slots, post, walkIn }
}
type Scene = Awaited<ReturnType<typeof setUp>>

const invalid = { status: 422, reason: 'invalid' } as const
const notFound = { status: 404, reason: 'not-found' } as const
const noSuchTable = { status: 422, reason: 'no-such-table' } as const

/** A free seating of the first table on the next date. */
async function planTomorrow({ restaurantId, serviceDate, startsAt }: Scene): Promise<string> {
  const { rows } = await pool.query<{ id: string; date: string }>(
    `SELECT id, ($2::date + 1)::text AS date FROM restaurant_tables WHERE restaurant_id = $1 AND number = 1`,
    [restaurantId, serviceDate],
  )
  const [table] = rows
  if (!table) throw new Error('a table was made')
  const slot = await createSlot(pool, {
    tableId: table.id,
    serviceDate: table.date,
    startsAt: new Date(startsAt.getTime() + DAY_MS),
  })
  return slot.id
}

describe('bad input to a walk-in: all or nothing', () => {
  type Case = {
    name: string
    ask: (here: Scene, there: Scene) => object | Promise<object>
    refused: Parameters<typeof expectProblem>[1]
  }
  const cases: Case[] = [
    {
      name: 'a seating of another restaurant',
      ask: (_, { slots }) => ({ slotIds: [slots[0]] }),
      refused: notFound,
    },
    {
      name: 'one of its own and one of another restaurant',
      ask: (here, there) => ({ slotIds: [here.slots[0], there.slots[1]] }),
      refused: notFound,
    },
    { name: 'a deleted seating', ask: ({ slots }) => ({ slotIds: [slots[2]] }), refused: notFound },
    {
      name: 'seatings of two dates',
      ask: async (here) => ({ slotIds: [here.slots[0], await planTomorrow(here)] }),
      refused: notFound,
    },
    {
      name: 'a table of another restaurant',
      ask: async (_, { restaurantId }) => {
        const { number } = await createTable(pool, { restaurantId, number: 9, maxParty: 4 })
        return { tableNumbers: [1, number] }
      },
      refused: noSuchTable,
    },
    { name: 'a deleted table', ask: () => ({ tableNumbers: [3] }), refused: noSuchTable },
    { name: 'a table twice', ask: () => ({ tableNumbers: [1, 1] }), refused: invalid },
    {
      name: 'tables and seatings',
      ask: ({ slots }) => ({ tableNumbers: [2], slotIds: [slots[0]] }),
      refused: invalid,
    },
    { name: '23 hours', ask: () => ({ tableNumbers: [1], minutes: 1_380 }), refused: invalid },
    { name: 'no time', ask: () => ({ tableNumbers: [1], minutes: 0 }), refused: invalid },
    { name: 'a party of 0', ask: () => ({ tableNumbers: [1], partySize: 0 }), refused: invalid },
    {
      name: 'a party of 999',
      ask: () => ({ tableNumbers: [1], partySize: 999 }),
      refused: invalid,
    },
    {
      name: 'a party larger than the tables',
      ask: () => ({ tableNumbers: [1, 2], partySize: 7 }),
      refused: { status: 422, reason: 'party-size' },
    },
    {
      name: 'a seating that is over',
      ask: async ({ slots }) => {
        await pool.query(`UPDATE slots SET ends_at = now() - interval '1 minute' WHERE id = $1`, [
          slots[0],
        ])
        return { slotIds: [slots[0]] }
      },
      refused: { status: 422, reason: 'past-time' },
    },
    {
      name: 'a table that is booked, and a free one',
      ask: async ({ slots }) => {
        await createReservation(pool, { slotId: String(slots[0]) })
        return { slotIds: [slots[1], slots[0]] }
      },
      refused: { status: 409, reason: 'slot-taken' },
    },
    {
      name: 'a table at which others sit, and a free one',
      ask: async ({ walkIn }) => {
        expect((await walkIn({ tableNumbers: [1] })).status).toBe(201)
        return { tableNumbers: [2, 1] }
      },
      refused: { status: 409, reason: 'table-occupied' },
    },
  ]
  test.each(cases.flatMap((each) => [false, true].map((override) => ({ ...each, override }))))(
    '$name is refused, insisting: $override; nothing changes',
    async ({ ask, refused, override }) => {
      const [here, there] = [await setUp(), await setUp()]
      const body = await ask(here, there)
      const before = await fingerprintRows()
      expectProblem(await here.walkIn({ ...body, override }), refused)
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  test('a seating of another date is refused unless staff insist', async () => {
    const here = await setUp()
    const slotIds = [await planTomorrow(here)]
    const before = await fingerprintRows()
    expectProblem(await here.walkIn({ slotIds }), { status: 409, reason: 'other-date' })
    expect(await fingerprintRows()).toEqual(before)
    expect((await here.walkIn({ slotIds, override: true })).status).toBe(201)
  })
})

describe('bad input to an act on a party', () => {
  const acts: [act: string, body: object, refusedFor: ReservationStatus[]][] = [
    ['arrive', {}, ['HELD', 'SEATED', 'LEFT', 'CANCELLED', 'NO_SHOW', 'EXPIRED']],
    ['late', { minutes: 15 }, ['HELD', 'SEATED', 'LEFT', 'CANCELLED', 'NO_SHOW', 'EXPIRED']],
    ['seat', {}, ['HELD', 'SEATED', 'LEFT', 'CANCELLED', 'EXPIRED']],
    ['leave', {}, ['HELD', 'CONFIRMED', 'LEFT', 'CANCELLED', 'NO_SHOW', 'EXPIRED']],
    ['cancel', { reason: '정전' }, ['LEFT', 'CANCELLED', 'NO_SHOW', 'EXPIRED']],
    ['correct', { to: 'SEATED' }, ['HELD', 'CONFIRMED', 'SEATED', 'CANCELLED', 'EXPIRED']],
    ['correct', { to: 'CONFIRMED' }, ['HELD', 'CONFIRMED', 'LEFT', 'EXPIRED']],
  ]
  test.each(acts)(
    '%s %j names the status that is in its way, insisting or not',
    async (act, body, refused) => {
      const { slots, post } = await setUp()
      for (const status of refused) {
        const { id } = await createReservation(pool, {
          slotId: String(slots[0]),
          status,
          ...(status === 'HELD' && { holdExpiresAt: new Date(Date.now() + 600_000) }),
        })
        const before = await fingerprintRows()
        for (const intent of act === 'late' ? [{}] : [{}, { override: true }])
          expect(
            expectProblem(await post(`reservations/${id}/${act}`, { ...body, ...intent }), {
              status: 409,
              reason: 'cannot-move',
            }),
          ).toMatchObject({ present: status })
        expect(await fingerprintRows()).toEqual(before)
        await pool.query('DELETE FROM reservation_slots WHERE reservation_id = $1', [id])
        await pool.query('UPDATE slots SET taken = false, held_until = NULL WHERE id = $1', [
          slots[0],
        ])
      }
    },
  )

  test.each(['arrive', 'late', 'seat', 'leave', 'correct', 'change', 'cancel'])(
    'G19: %s finds no party of another restaurant, nor one that there is not',
    async (act) => {
      const [here, there] = [await setUp(), await setUp()]
      const { id } = await createReservation(pool, { slotId: String(there.slots[0]) })
      const bodies: Record<string, object> = {
        late: { minutes: 15 },
        correct: { to: 'CONFIRMED' },
        change: { partySize: 1 },
      }
      const before = await fingerprintRows()
      for (const asked of [id, randomUUID(), 'undefined', '%00'])
        expectProblem(
          await askApi({
            url: apps.urlOf(),
            method: 'POST',
            path: `/api/v1/reservations/${asked}/${act}`,
            token: here.owner.token,
            headers: { 'idempotency-key': randomUUID() },
            body: bodies[act] ?? {},
          }),
          notFound,
        )
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  test.each(['0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', 'now', '-infinity', 20_261_129, null])(
    'tapped at %j is refused',
    async (tappedAt) => {
      const { slots, post, walkIn } = await setUp()
      const { id } = await createReservation(pool, { slotId: String(slots[0]) })
      const before = await fingerprintRows()
      for (const act of ['arrive', 'seat', 'leave', 'no-show', 'cancel'])
        expectProblem(await post(`reservations/${id}/${act}`, { tappedAt }), invalid)
      expectProblem(await post(`reservations/${id}/correct`, { to: 'SEATED', tappedAt }), invalid)
      expectProblem(await walkIn({ tableNumbers: [2], tappedAt }), invalid)
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  test.each([
    { reason: '정'.repeat(201) },
    { reason: 5 },
    { reason: null },
    { reason: '정전', usualReason: 'SOLD_OUT' },
    { usualReason: 'RAIN' },
    { because: '정전' },
  ])('cancel %j is refused', async (body) => {
    const { slots, post } = await setUp()
    const { id } = await createReservation(pool, { slotId: String(slots[0]) })
    const before = await fingerprintRows()
    expectProblem(await post(`reservations/${id}/cancel`, body), invalid)
    expect(await fingerprintRows()).toEqual(before)
  })
})
