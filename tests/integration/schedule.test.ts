import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, it } from 'vitest'
import { addSeatings, makeSchedule } from '@/domain/schedule/commands'
import { addDays, todayOf } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { createAccount, createRestaurant, createServiceDate, createTable } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'

const database = useDatabase()

beforeEach(() => database.truncateAll())

async function setUpRestaurant({ timeZone = 'Asia/Seoul', tables = 2, seatingMinutes = 90 } = {}) {
  const restaurant = await createRestaurant(pool, { timeZone, seatingMinutes })
  for (let number = 1; number <= tables; number += 1) {
    await createTable(pool, { restaurantId: restaurant.id, minParty: number, maxParty: 2 * number })
  }
  return restaurant.id
}

async function listSlots(restaurantId: string) {
  return database.query<{ serviceDate: string; number: number; wall: string; maxParty: number }>(
    `SELECT s.service_date::text AS "serviceDate", t.number,
            to_char(s.starts_at AT TIME ZONE r.time_zone, 'MM-DD HH24:MI') AS wall,
            s.max_party AS "maxParty"
       FROM slots s JOIN restaurant_tables t ON t.id = s.table_id JOIN restaurants r ON r.id = s.restaurant_id
      WHERE s.restaurant_id = $1 ORDER BY s.starts_at, t.number`,
    [restaurantId],
  )
}

async function listDates(restaurantId: string): Promise<string[]> {
  const rows = await database.query<{ date: string }>(
    'SELECT service_date::text AS date FROM service_dates WHERE restaurant_id = $1 ORDER BY 1',
    [restaurantId],
  )
  return rows.map(({ date }) => date)
}

describe('today', () => {
  /** Clock changes of an hour and of half an hour, at 02:00, 02:45 and midnight; odd offsets. */
  const changes = [
    ['America/St_Johns', '2026-03-08T05:30:00Z'],
    ['America/St_Johns', '2026-11-01T04:30:00Z'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-10-25T01:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
    ['Pacific/Chatham', '2026-04-04T14:00:00Z'],
    ['Pacific/Chatham', '2026-09-26T14:00:00Z'],
    ['America/Havana', '2026-03-08T05:00:00Z'],
    ['Asia/Kathmandu', '2026-06-01T00:00:00Z'],
    ['Asia/Seoul', '2026-11-22T00:00:00Z'],
  ] as const

  it('is the same in TypeScript and in the database, across clock changes and odd offsets', async () => {
    const moment = fc.record({
      change: fc.constantFrom(...changes),
      // Two days around the change, mostly on the minute and its edges.
      offsetMs: fc.oneof(
        fc.integer({ min: -2_880, max: 2_880 }).map((minutes) => minutes * 60_000),
        fc.integer({ min: -172_800_000, max: 172_800_000 }),
      ),
      edgeMs: fc.constantFrom(-1, 0, 1),
      dayCutMinutes: fc.oneof(fc.constantFrom(0, 150, 165, 300, 720), fc.nat({ max: 720 })),
    })
    const moments = fc.sample(moment, 4_000).map(({ change, offsetMs, edgeMs, dayCutMinutes }) => ({
      timeZone: change[0],
      now: new Date(Date.parse(change[1]) + offsetMs + edgeMs),
      dayCutMinutes,
    }))
    const rows = await database.query<{ today: string }>(
      `SELECT service_date_at(at, zone, cut)::text AS today
         FROM unnest($1::timestamptz[], $2::text[], $3::int[]) WITH ORDINALITY AS m (at, zone, cut, ordinal)
        ORDER BY ordinal`,
      [
        moments.map(({ now }) => now.toISOString()),
        moments.map(({ timeZone }) => timeZone),
        moments.map(({ dayCutMinutes }) => dayCutMinutes),
      ],
    )
    const told = moments.map((asked, index) => ({ ...asked, today: rows[index]?.today }))
    const ruled = moments.map((asked) => ({ ...asked, today: todayOf(asked) }))
    expect(told).toEqual(ruled)
  })
})

describe('a schedule', () => {
  it('is made once, with a slot for each table in use at each seating, and an author', async () => {
    const restaurantId = await setUpRestaurant()
    await createTable(pool, { restaurantId, deletedAt: new Date() })
    const owner = await createAccount(pool, { role: 'OWNER' })
    const opensAt = new Date('2026-12-04T01:00:00Z')
    const asked = {
      restaurantId,
      serviceDate: '2026-12-04',
      seatings: ['18:00', '24:30'],
      opensAt,
      author: { accountId: owner.id, role: 'OWNER' as const },
    }
    expect(await makeSchedule(asked)).toEqual({ ok: true, slotCount: 4, leftOut: [] })
    const slots = [
      { serviceDate: '2026-12-04', number: 1, wall: '12-04 18:00', maxParty: 2 },
      { serviceDate: '2026-12-04', number: 2, wall: '12-04 18:00', maxParty: 4 },
      { serviceDate: '2026-12-04', number: 1, wall: '12-05 00:30', maxParty: 2 },
      { serviceDate: '2026-12-04', number: 2, wall: '12-05 00:30', maxParty: 4 },
    ]
    expect(await listSlots(restaurantId)).toEqual(slots)

    const again = await makeSchedule({ ...asked, seatings: ['12:00'], opensAt: null })
    expect(again).toEqual({ ok: false, reason: 'schedule-exists' })
    expect(await listSlots(restaurantId)).toEqual(slots)
    const [day] = await database.query('SELECT opens_at, closed FROM service_dates')
    expect(day).toEqual({ opens_at: opensAt, closed: false })
    expect(await database.query('SELECT actor_id, actor_role, act FROM audit_events')).toEqual([
      { actor_id: owner.id, actor_role: 'OWNER', act: 'MAKE_SCHEDULE' },
    ])
  })

  it('G1: is made once by many owners at once', async () => {
    const restaurantId = await setUpRestaurant({ tables: 6 })
    const asked = { restaurantId, serviceDate: '2026-12-04', seatings: ['18:00', '19:30', '21:00'] }
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => makeSchedule(asked)))
    expect(outcomes.filter(({ ok }) => ok)).toEqual([{ ok: true, slotCount: 18, leftOut: [] }])
    expect(outcomes.filter(({ ok }) => !ok)).toEqual(
      Array.from({ length: 7 }, () => ({ ok: false, reason: 'schedule-exists' })),
    )
    expect(await listSlots(restaurantId)).toHaveLength(18)
  })

  it('may touch the neighbouring dates, even in a night of a clock change, but not overlap', async () => {
    for (const [timeZone, change] of [
      ['America/St_Johns', '2026-03-08'],
      ['Europe/Berlin', '2026-10-25'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['Australia/Lord_Howe', '2026-10-04'],
    ] as const) {
      const restaurantId = await setUpRestaurant({ timeZone, tables: 1 })
      // Round the clock: the last seating ends at 06:00, when the next date's first begins.
      const seatings = Array.from({ length: 16 }, (_, index) => 360 + index * 90).map(
        (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 || '00'}`,
      )
      for (const days of [-2, 0, -1, 1]) {
        const serviceDate = addDays({ date: change, days })
        const made = await makeSchedule({ restaurantId, serviceDate, seatings })
        expect(made, `${timeZone} ${serviceDate}`).toMatchObject({ ok: true })
      }
      const early = await makeSchedule({
        restaurantId,
        serviceDate: addDays({ date: change, days: 2 }),
        seatings: ['05:59', '12:00'],
      })
      expect(early, timeZone).toEqual({ ok: false, reason: 'overlaps-other-date' })
      expect(await listDates(restaurantId)).toHaveLength(4)
    }
  })

  it('stores the instants of the wall times it was made from', async () => {
    const restaurantId = await setUpRestaurant({ timeZone: 'America/St_Johns', tables: 1 })
    await makeSchedule({ restaurantId, serviceDate: '2026-10-31', seatings: ['23:00', '25:30'] })
    const rows = await database.query<{ at: Date }>('SELECT starts_at AS at FROM slots ORDER BY 1')
    const wall = (time: string) =>
      new Date(Temporal.ZonedDateTime.from(`${time}[America/St_Johns]`).epochMilliseconds)
    expect(rows).toEqual([
      { at: wall('2026-10-31T23:00-02:30') },
      { at: wall('2026-11-01T01:30-02:30') },
    ])
  })

  it('is refused with its reason, and leaves nothing behind', async () => {
    const restaurantId = await setUpRestaurant()
    const bare = await setUpRestaurant({ tables: 0 })
    const deleted = (await createRestaurant(pool, { deletedAt: new Date() })).id
    const unknown = '00000000-0000-4000-8000-000000000000'
    const ask = (restaurant: string, ...seatings: string[]) =>
      makeSchedule({ restaurantId: restaurant, serviceDate: '2026-12-04', seatings })
    expect(await ask(unknown, '18:00')).toEqual({ ok: false, reason: 'not-found' })
    expect(await ask(deleted, '18:00')).toEqual({ ok: false, reason: 'not-found' })
    expect(await ask(bare, '18:00')).toEqual({ ok: false, reason: 'no-tables' })
    expect(await ask(restaurantId, '04:59')).toEqual({ ok: false, reason: 'before-day-cut' })
    expect(await ask(restaurantId, '18:00', '19:00')).toEqual({
      ok: false,
      reason: 'seatings-overlap',
    })
    expect(await database.query('SELECT FROM service_dates')).toEqual([])
    expect(await database.query('SELECT FROM audit_events')).toEqual([])
  })
})

describe('seatings added later', () => {
  it('are made once, and skip occupied tables', async () => {
    const restaurantId = await setUpRestaurant({ tables: 2 })
    const serviceDate = '2026-12-04'
    await makeSchedule({ restaurantId, serviceDate, seatings: ['20:30'] })
    const [first] = await database.query<{ id: string }>(
      'SELECT id FROM restaurant_tables WHERE number = 1',
    )
    const tableIds = [first?.id ?? '']
    const asked = { restaurantId, serviceDate, seatings: ['21:00', '22:30'] }
    expect(await addSeatings({ ...asked, tableIds })).toMatchObject({ ok: true, slotCount: 1 })
    expect(await addSeatings(asked)).toMatchObject({ ok: true, slotCount: 1 })
    expect(await addSeatings(asked)).toMatchObject({ ok: true, slotCount: 0 })
    expect((await listSlots(restaurantId)).map(({ number, wall }) => `${number} ${wall}`)).toEqual([
      ...['1 12-04 20:30', '2 12-04 20:30', '1 12-04 22:30', '2 12-04 22:30'],
    ])
    const acts = await database.query('SELECT act, details FROM audit_events ORDER BY at')
    expect(acts).toEqual([
      { act: 'MAKE_SCHEDULE', details: { serviceDate, added: 2 } },
      { act: 'ADD_SEATINGS', details: { serviceDate, added: 1 } },
      { act: 'ADD_SEATINGS', details: { serviceDate, added: 1 } },
    ])
  })

  it('need a date that has a schedule', async () => {
    const restaurantId = await setUpRestaurant()
    const asked = { restaurantId, serviceDate: '2026-12-04', seatings: ['18:00'] }
    expect(await addSeatings(asked)).toEqual({ ok: false, reason: 'no-schedule' })
    await createServiceDate(pool, { restaurantId, serviceDate: '2026-12-04' })
    expect(await addSeatings(asked)).toMatchObject({ ok: true, slotCount: 2 })
  })
})
