import { beforeEach, describe, expect, test, vi } from 'vitest'
import { readBoard } from '@/domain/availability/board.queries'
import { placeReservation } from '@/domain/booking/commands'
import { guestBooking } from '@/domain/booking/schema'
import type { ReservationAct } from '@/domain/booking/types'
import { countUsualSlots } from '@/domain/opening/list.queries'
import { readPlanFacts } from '@/domain/opening/plan.queries'
import { closeDate } from '@/domain/schedule/closure.commands'
import { retireTable } from '@/domain/schedule/retire-table.commands'
import { changeSlot } from '@/domain/schedule/slot.commands'
import { move } from '../support/booking-restaurant'
import { createDinerIds } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { correct, act as floorAct } from '../support/floor-scene'
import { callOffPlan, instantAt, listLostSlots } from '../support/off-plan-scene'
import {
  actorOf,
  apply,
  findSlot,
  listOffered,
  makeDates,
  preview,
  readVersion,
  type ScheduleScene,
  setHours,
  setUpWeek,
} from '../support/schedule-scene'

const database = useDatabase()
let scene: ScheduleScene
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek()
  await makeDates(scene)
})

const moveAs = (id: string, act: ReservationAct) =>
  floorAct(id, act, scene.ownerId, { override: true })
const comeBack = (id: string) => correct(id, 'CONFIRMED', scene.ownerId)

const call = (asked: Parameters<typeof callOffPlan>[1]) => callOffPlan(scene, asked)

/** Outside the hours too. */
async function book(asked: Parameters<typeof callOffPlan>[1]): Promise<string> {
  const booked = await call({ override: true, ...asked })
  if (!booked.ok) throw new Error(booked.reason)
  return booked.value.id
}

const lunch = ['11:30 1 2', '11:30 2 4', '13:00 1 2', '13:00 2 4']
const dinner = ['17:30 1 2', '17:30 2 4', '19:00 1 2', '19:00 2 4']
const offered = () => listOffered(scene.restaurantId)

describe('a party at a time off the plan', () => {
  test('begins at any minute and stays any length; what it overlaps gives way', async () => {
    await book({ from: '18:07', to: '19:31' })
    expect(await offered()).toEqual([...lunch, '17:30 2 4', '18:07 1 2 taken', '19:00 2 4'])
  })

  test('may begin between the seatings of a day, where nothing has to give way', async () => {
    await book({ from: '15:10', to: '16:55' })
    expect(await offered()).toEqual([...lunch, '15:10 1 2 taken', ...dinner])
  })

  test.each<{ acts: ReservationAct[] }>([
    { acts: ['CANCEL'] },
    { acts: ['SEAT', 'LEAVE'] },
    { acts: ['NO_SHOW'] },
  ])('gives the plan its slots back: $acts', async ({ acts }) => {
    const before = await database.query('SELECT id FROM slots ORDER BY id')
    const id = await book({ from: '18:07', to: '19:31' })
    await database.query(`UPDATE reservations SET starts_at = now() WHERE id = $1`, [id])
    for (const act of acts) expect(await moveAs(id, act)).toMatchObject({ ok: true })
    expect(await offered()).toEqual([...lunch, ...dinner])
    const after = await database.query('SELECT id FROM slots WHERE deleted_at IS NULL ORDER BY id')
    expect(after).toEqual(before)
    expect(await listLostSlots()).toEqual([])
  })

  test('that was forgotten at the day cut gives them back too', async () => {
    const id = await book({ from: '18:07', to: '19:31' })
    await moveAs(id, 'SEAT')
    await database.query(
      `UPDATE reservations SET seated_at = seated_at - interval '2 days' WHERE id = $1`,
      [id],
    )
    expect(await database.query('SELECT end_overdue_reservation($1) AS ended', [id])).toEqual([
      { ended: true },
    ])
    expect(await offered()).toEqual([...lunch, ...dinner])
  })

  test('never moves another: taken and blocked slots refuse it, and it refuses the next', async () => {
    await book({ from: '18:07', to: '19:31' })
    const beside = { ok: false, reason: 'slot-taken', details: { tableNumbers: [1] } }
    expect(await call({ from: '19:30', to: '20:00' })).toEqual(beside)
    expect(await call({ from: '17:00', to: '18:08', override: true })).toEqual(beside)
    const slotId = await findSlot(scene, { wall: '19:00', table: 2 })
    await changeSlot({ slotId, change: { blocked: true }, actor: actorOf(scene.ownerId) })
    expect(await call({ tables: [1], from: '18:10', to: '19:01' })).toMatchObject({
      reason: 'slot-taken',
      details: { tableNumbers: [2] },
    })
    expect(await call({ tables: [1], from: '18:10', to: '19:00' })).toMatchObject({ ok: true })
    expect(await book({ from: '19:31', to: '20:45' })).toBeTruthy()
  })

  test('of two that a seating gave way to, the last to go brings it back', async () => {
    const early = await book({ from: '17:35', to: '18:10' })
    const late = await book({ from: '18:15', to: '18:50' })
    await move(early, 'CANCEL', scene.ownerId)
    expect(await offered()).toEqual([
      ...lunch,
      '17:30 2 4',
      '18:15 1 2 taken',
      '19:00 1 2',
      '19:00 2 4',
    ])
    await move(late, 'CANCEL', scene.ownerId)
    expect(await offered()).toEqual([...lunch, ...dinner])
  })

  test('comes back when its cancellation was a slip, unless somebody has a part of its time', async () => {
    const id = await book({ from: '18:07', to: '19:31' })
    await move(id, 'CANCEL', scene.ownerId)
    expect(await comeBack(id)).toMatchObject({ ok: true })
    expect(await offered()).toEqual([...lunch, '17:30 2 4', '18:07 1 2 taken', '19:00 2 4'])
    await move(id, 'CANCEL', scene.ownerId)
    await book({ from: '19:10', to: '20:00' })
    expect(await comeBack(id)).toMatchObject({ reason: 'slot-taken' })
    expect(await offered()).toEqual([
      ...lunch,
      '17:30 1 2',
      '17:30 2 4',
      '19:00 2 4',
      '19:10 1 2 taken',
    ])
  })
})

describe('what staff ask for', () => {
  test('without a length it is as long as the restaurant’s usual seating', async () => {
    const booked = await call({ from: '18:07', to: '18:07', minutes: undefined })
    expect(booked).toMatchObject({ value: { endsAt: instantAt(scene, '19:37').toISOString() } })
  })

  test('exactly a seating, or several in a row, is that of the plan', async () => {
    await book({ from: '17:30', to: '19:00' })
    await book({ tables: [1], from: '17:30', to: '20:30' })
    expect(await offered()).toEqual([
      ...lunch,
      ...['17:30 1 2 taken', '17:30 2 4 taken', '19:00 1 2', '19:00 2 4 taken'],
    ])
    expect(await database.query('SELECT FROM slots WHERE off_plan')).toEqual([])
  })

  test('a stay through the pause between lunch and dinner keeps the table through it', async () => {
    await book({ from: '13:00', to: '19:00' })
    expect(await call({ from: '15:00', to: '16:00', override: true })).toMatchObject({
      reason: 'slot-taken',
    })
  })

  test('without a table it is the best fit of those that are free then', async () => {
    await book({ tables: [0], from: '18:00', to: '18:30' })
    expect(await call({ tables: null, from: '18:07', to: '19:31' })).toMatchObject({
      value: { tableNumbers: [2] },
    })
    expect(await call({ tables: null, from: '18:10', to: '19:31' })).toMatchObject({
      reason: 'slot-taken',
    })
    expect(await call({ tables: null, from: '18:10', to: '19:31', partySize: 5 })).toMatchObject({
      reason: 'party-size',
    })
  })

  test('several tables are had all or none', async () => {
    await book({ tables: [1], from: '18:00', to: '18:30' })
    const before = await offered()
    expect(await call({ tables: [0, 1], from: '18:10', to: '19:20' })).toMatchObject({
      reason: 'slot-taken',
      details: { tableNumbers: [2] },
    })
    expect(await offered()).toEqual(before)
    expect(await call({ tables: [0, 1], from: '18:31', to: '19:20', partySize: 6 })).toMatchObject({
      value: { tableNumbers: [1, 2] },
    })
  })

  test.each([
    ['before the hours', { from: '17:29', to: '18:30' }, 'outside-hours'],
    ['past closing', { from: '19:40', to: '20:31' }, 'outside-hours'],
    ['through the pause', { from: '14:00', to: '18:00' }, 'outside-hours'],
    ['over the day cut', { from: '25:00', to: '30:00', override: true }, 'beyond-day-cut'],
    ['of another date', { from: '41:30', to: '42:30', override: true }, 'no-such-time'],
    ['of a table that is not there', { tables: [8], from: '18:07', to: '19:31' }, 'no-such-table'],
    ['too small a table', { from: '18:07', to: '19:31', partySize: 3 }, 'party-size'],
  ])('%s: a clear refusal, and nothing is written', async (_, asked, reason) => {
    const before = await offered()
    expect(await call(asked)).toMatchObject({ ok: false, reason })
    expect(await offered()).toEqual(before)
    expect(await database.query('SELECT FROM guests')).toEqual([])
  })

  test('hours are the staff’s to insist on', async () => {
    expect(await call({ from: '17:29', to: '18:30', override: true })).toMatchObject({ ok: true })
  })

  test.each([0, -30, 721, 23 * 60, 1.5])('%d minutes are refused at the door', (minutes) => {
    expect(guestBooking.shape.minutes.safeParse(minutes).success).toBe(false)
  })

  test('a time that has passed, a date without a schedule, and one that is closed', async () => {
    const past = { ...scene, date: scene.today }
    await database.query(
      'INSERT INTO service_dates (restaurant_id, service_date) VALUES ($1, $2)',
      [scene.restaurantId, scene.today],
    )
    const at = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 60_000).toISOString()
    const begun = { from: '12:00', to: '12:01', startsAt: at, override: true }
    expect(await callOffPlan(past, begun)).toMatchObject({ reason: 'past-time' })
    const unplanned = { ...scene, date: scene.dateAt(5) }
    expect(await callOffPlan(unplanned, { from: '18:07', to: '19:31' })).toMatchObject({
      reason: 'no-such-time',
    })
    await database.query('UPDATE service_dates SET closed = true')
    expect(await call({ from: '18:07', to: '19:31' })).toMatchObject({ reason: 'closed-day' })
  })
})

describe('nothing that offers a table offers it', () => {
  test('the board has no such time, before and after', async () => {
    const { restaurantId, date } = scene
    const times = async () => {
      const { data } = await readBoard({ idOrSlug: restaurantId, date })
      return data?.board.times.map(({ startsAt }) => startsAt)
    }
    const at = (...walls: string[]) => walls.map((wall) => instantAt(scene, wall).toISOString())
    const id = await book({ from: '15:10', to: '16:55' })
    expect(await times()).toEqual(at('11:30', '13:00', '17:30', '19:00'))
    await move(id, 'CANCEL', scene.ownerId)
  })

  test('a diner who asks for that time is told that there is none', async () => {
    await book({ from: '18:07', to: '19:31' })
    const [dinerId = ''] = await createDinerIds(1)
    const { restaurantId, date: serviceDate } = scene
    const startsAt = instantAt(scene, '18:07').toISOString()
    const request = { restaurantId, serviceDate, startsAt, partySize: 2 }
    expect(await placeReservation({ dinerId, key: dinerId, address: null, request })).toMatchObject(
      { reason: 'no-such-time' },
    )
  })
})

describe('the plan made anew around a party off it', () => {
  test('has nothing to change, and names no conflict', async () => {
    await book({ from: '18:07', to: '19:31' })
    const [day] = (await preview(scene)).days
    expect(day).toMatchObject({ state: 'SAME', added: 0, removed: 0, conflicts: [], crowdedOut: 0 })
  })

  test('has its own slots when the party goes, not those of before', async () => {
    const id = await book({ from: '18:07', to: '19:31' })
    await setHours({ restaurantId: scene.restaurantId, stretches: [[1080, 1260]] })
    const seen = await preview(scene)
    expect(seen.days[0]).toMatchObject({ state: 'CHANGES', added: 2, crowdedOut: 0 })
    expect(await apply(scene, seen)).toMatchObject({ ok: true })
    expect(await offered()).toEqual(['18:00 2 4', '18:07 1 2 taken', '19:30 2 4'])
    expect((await preview(scene)).days[0]).toMatchObject({ state: 'SAME' })
    await move(id, 'CANCEL', scene.ownerId)
    expect(await offered()).toEqual(['18:00 1 2', '18:00 2 4', '19:30 1 2', '19:30 2 4'])
  })

  test('keeps a seating back even where the party has exactly its time', async () => {
    const id = await book({ from: '18:00', to: '19:30' })
    await setHours({ restaurantId: scene.restaurantId, stretches: [[1080, 1260]] })
    await makeDates(scene)
    expect(await offered()).toEqual(['18:00 1 2 taken', '18:00 2 4', '19:30 1 2', '19:30 2 4'])
    await move(id, 'CANCEL', scene.ownerId)
    expect(await offered()).toEqual(['18:00 1 2', '18:00 2 4', '19:30 1 2', '19:30 2 4'])
  })

  test('that no longer has the table gives nothing back', async () => {
    const id = await book({ from: '18:07', to: '19:31' })
    await setHours({ restaurantId: scene.restaurantId, stretches: [[690, 870]] })
    await makeDates(scene)
    await move(id, 'CANCEL', scene.ownerId)
    expect(await offered()).toEqual(lunch)
    expect(await listLostSlots()).toEqual([])
  })
})

test('a table taken out of use while a booking waits for it is told as not there', async () => {
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    await client.query('SELECT lock_tables(p_tables => $1)', [scene.tableIds.slice(0, 1)])
    const calls = [[0], [0, 1]].map((tables) => call({ tables, from: '18:07', to: '19:31' }))
    await vi.waitFor(async () => {
      const waiting = await database.query(
        'SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))',
        [rows[0]?.pid],
      )
      if (waiting.length === 0) throw new Error('no booking waits for the table')
    })
    await client.query('UPDATE restaurant_tables SET deleted_at = now() WHERE id = $1', [
      scene.tableIds[0],
    ])
    await client.query('COMMIT')
    for (const answer of await Promise.all(calls))
      expect(answer).toMatchObject({ reason: 'no-such-table', details: { tableNumbers: [1] } })
    expect(await database.query('SELECT FROM reservations')).toEqual([])
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

test('a party off the plan does not come back to a table taken out of use', async () => {
  const id = await book({ from: '18:07', to: '19:31' })
  const tableId = scene.tableIds[0] ?? ''
  const retiring = { restaurantId: scene.restaurantId, tableId, keepsReservations: true }
  const version = await readVersion(scene)
  await retireTable({ ...retiring, version, actor: actorOf(scene.ownerId) })
  await move(id, 'CANCEL', scene.ownerId)
  expect(await comeBack(id)).toMatchObject({ reason: 'no-such-table' })
  expect(await database.query('SELECT FROM slots WHERE off_plan AND deleted_at IS NULL')).toEqual(
    [],
  )
})

test('a date that is being closed locks the seatings that gave way, too', async () => {
  await book({ from: '18:07', to: '19:31' })
  const { restaurantId, date } = scene
  const locked: boolean[] = []
  const settle = async () => {
    const hidden = await database
      .query('SELECT FROM slots WHERE gave_way FOR UPDATE NOWAIT')
      .then(() => false)
      .catch(() => true)
    locked.push(hidden)
    return 1
  }
  const closing = { restaurantId, date, reason: null, keepsReservations: true }
  const version = await readVersion(scene)
  const actor = actorOf(scene.ownerId)
  expect(await closeDate({ ...closing, version, actor, settle })).toMatchObject({ ok: true })
  expect(locked).toEqual([true])
})

test('times off the plan are no tables that an opening has to give', async () => {
  const { restaurantId, date: serviceDate } = scene
  const opensAt = instantAt(scene, '10:00').toISOString()
  const readFacts = () => readPlanFacts({ restaurantId, serviceDate, opensAt })
  expect(await readFacts()).toMatchObject({ slots: 8, taken: 0 })
  await book({ from: '15:10', to: '16:55' })
  expect(await readFacts()).toMatchObject({ slots: 8, taken: 0 })
  expect(await countUsualSlots(restaurantId)).toBe(8)
})

test('a time of their own begins at a whole minute', async () => {
  const startsAt = new Date(instantAt(scene, '17:59').getTime() + 59_999).toISOString()
  expect(await call({ from: '17:59', to: '19:31', startsAt, override: true })).toMatchObject({
    reason: 'no-such-time',
  })
  expect(await offered()).toEqual([...lunch, ...dinner])
})

test('a table taken out of use gives nothing back', async () => {
  const id = await book({ from: '18:07', to: '19:31' })
  const { restaurantId } = scene
  const retired = await retireTable({
    restaurantId,
    version: await readVersion(scene),
    tableId: scene.tableIds[0] ?? '',
    keepsReservations: true,
    actor: actorOf(scene.ownerId),
  })
  expect(retired).toMatchObject({ ok: true })
  await move(id, 'CANCEL', scene.ownerId)
  const atTheOther = [...lunch, ...dinner].filter((slot) => slot.includes(' 2 '))
  expect(await offered()).toEqual(atTheOther)
  expect(await listLostSlots()).toEqual([])
})

test('a date is closed only with the party off the plan in view', async () => {
  await book({ from: '15:10', to: '16:55' })
  const { restaurantId, date } = scene
  const closing = { restaurantId, date, reason: null, keepsReservations: false }
  const version = await readVersion(scene)
  expect(await closeDate({ ...closing, version, actor: actorOf(scene.ownerId) })).toMatchObject({
    reason: 'has-reservations',
    details: { taken: [{ tableNumber: 1, startsAt: instantAt(scene, '15:10').toISOString() }] },
  })
})
