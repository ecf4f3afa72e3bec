import { beforeEach, describe, expect, test } from 'vitest'
import { readLine } from '@/domain/line/queries'
import { changeLine } from '@/domain/line/setting.commands'
import { whyShut } from '@/domain/line/shut.rules'
import { readWaiting } from '@/domain/line/waiting.queries'
import { pool } from '@/lib/db/database'
import { createHours, createStaff } from '@/prisma/factories'
import { createDinerIds } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { actAs, joinLine, postponeOwn, setUpLine, takeAs } from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** A line of half an hour's margin in a zone with daylight saving; its weeks are the test's. */
async function setUpHours(
  stretches: [weekday: number, from: number, to: number][],
  { margin = 30, timeZone = 'America/St_Johns', dayCutMinutes = 300 } = {},
) {
  const scene = await setUpLine({ timeZone, dayCutMinutes })
  for (const [weekday, fromMinutes, toMinutes] of stretches)
    await createHours(pool, { ...scene, weekday, fromMinutes, toMinutes })
  await database.query('UPDATE line_settings SET opens_before_minutes = $1', [margin])
  return scene
}

/** Whether the line takes parties at wall times of its zone, and when it opens next. */
async function ask(restaurantId: string, at: string) {
  const [row] = await database.query<{ takes: boolean; opens: string | null }>(
    `SELECT is_line_in_hours(r.id, service_date_at(at, r.time_zone, r.day_cut_minutes), at) AS takes,
            to_char(line_opens_at(r.id, at) AT TIME ZONE r.time_zone, 'MM-DD HH24:MI') AS opens
       FROM restaurants r, LATERAL (SELECT $2::timestamp AT TIME ZONE r.time_zone AS at) AS given
      WHERE r.id = $1`,
    [restaurantId, at],
  )
  return row
}

const [FRIDAY, SATURDAY] = [5, 6]
const EVENING: [number, number, number] = [FRIDAY, 17 * 60, 22 * 60]
const NIGHT: [number, number, number] = [FRIDAY, 18 * 60, 26 * 60]
const LUNCH: [number, number, number] = [FRIDAY, 11 * 60 + 30, 15 * 60]

/** 27 November 2026 is a Friday. */
describe('the line’s hours', () => {
  test.each([
    ['11-27 16:29', false, '11-27 16:30'],
    ['11-27 16:30', true, '12-04 16:30'],
    ['11-27 21:59', true, '12-04 16:30'],
    ['11-27 22:00', false, '12-04 16:30'],
    ['11-26 17:00', false, '11-27 16:30'],
  ])('half an hour before an evening: at %s %s, next at %s', async (at, takes, opens) => {
    const { restaurantId } = await setUpHours([EVENING])
    expect(await ask(restaurantId, `2026-${at}`)).toEqual({ takes, opens })
  })

  test.each([
    ['11-27 23:59', true],
    ['11-28 00:30', true],
    ['11-28 01:59', true],
    ['11-28 02:00', false],
    ['11-28 04:59', false],
    ['11-28 18:30', false],
  ])('run past midnight with their evening: at %s %s', async (at, takes) => {
    const { restaurantId } = await setUpHours([NIGHT])
    expect(await ask(restaurantId, `2026-${at}`)).toMatchObject({ takes })
  })

  test.each([
    ['11-27 14:59', true, null],
    ['11-27 15:00', false, '11-27 16:30'],
    ['11-27 16:30', true, null],
  ])('are split by a break: at %s %s', async (at, takes, opens) => {
    const { restaurantId } = await setUpHours([LUNCH, EVENING])
    expect(await ask(restaurantId, `2026-${at}`)).toMatchObject({ takes, ...(opens && { opens }) })
  })

  test('begin as early as the owner says, but not before the day does', async () => {
    const { restaurantId } = await setUpHours([[FRIDAY, 6 * 60, 10 * 60]], { margin: 240 })
    expect(await ask(restaurantId, '2026-11-27 04:59')).toMatchObject({ takes: false })
    expect(await ask(restaurantId, '2026-11-27 05:00')).toMatchObject({ takes: true })
  })

  test('keep to the wall when the clocks change', async () => {
    // Clocks go back on Sunday, 1 November 2026, and forward on 14 March 2027.
    const { restaurantId } = await setUpHours([[7, 11 * 60, 15 * 60]], { margin: 0 })
    for (const day of ['2026-11-01', '2027-03-14']) {
      expect(await ask(restaurantId, `${day} 10:59`)).toMatchObject({ takes: false })
      expect(await ask(restaurantId, `${day} 11:00`)).toMatchObject({ takes: true })
      expect(await ask(restaurantId, `${day} 15:00`)).toMatchObject({ takes: false })
    }
  })

  test('leave out days off, closures, and dates that are closed in the schedule', async () => {
    const { restaurantId } = await setUpHours([EVENING, [SATURDAY, 17 * 60, 22 * 60]])
    await database.query(`INSERT INTO restaurant_closures VALUES ($1, '2026-11-27', '김장')`, [
      restaurantId,
    ])
    await database.query(
      `INSERT INTO service_dates (restaurant_id, service_date, closed) VALUES ($1, '2026-11-28', true)`,
      [restaurantId],
    )
    expect(await ask(restaurantId, '2026-11-27 18:00')).toEqual({
      takes: false,
      opens: '12-04 16:30',
    })
    expect(await ask(restaurantId, '2026-11-28 18:00')).toMatchObject({ takes: false })
    expect(await ask(restaurantId, '2026-11-29 18:00')).toMatchObject({ takes: false })
  })

  test('are no limit where none are written, except on a day off', async () => {
    const { restaurantId } = await setUpHours([])
    for (const time of ['05:00', '12:00', '23:59'])
      expect(await ask(restaurantId, `2026-11-27 ${time}`)).toMatchObject({ takes: true })
    expect(await ask(restaurantId, '2026-11-28 04:59')).toMatchObject({ takes: true })
    await database.query(`INSERT INTO restaurant_closures VALUES ($1, '2026-11-27')`, [
      restaurantId,
    ])
    expect(await ask(restaurantId, '2026-11-27 12:00')).toEqual({
      takes: false,
      opens: '11-28 05:00',
    })
  })
})

/** Hours on every weekday that begin in an hour, or ended an hour ago; never past the day cut. */
async function closeNow(restaurantId: string): Promise<void> {
  await database.query('DELETE FROM restaurant_hours WHERE restaurant_id = $1', [restaurantId])
  await database.query(
    `INSERT INTO restaurant_hours
     SELECT r.id, weekday, wall.minutes + 60, wall.minutes + 61 FROM restaurants r,
            generate_series(1, 7) AS weekday,
            LATERAL (SELECT extract(epoch FROM (now() AT TIME ZONE r.time_zone)::time)::int / 60 + 1440
                       * ((now() AT TIME ZONE r.time_zone)::time < make_interval(mins => r.day_cut_minutes)::time)::int
                     AS minutes) AS wall
      WHERE r.id = $1 AND wall.minutes + 61 <= 1440 + r.day_cut_minutes`,
    [restaurantId],
  )
  // In the last hour of the day: hours that are over.
  await database.query(
    `INSERT INTO restaurant_hours
     SELECT r.id, weekday, r.day_cut_minutes, r.day_cut_minutes + 1
       FROM restaurants r, generate_series(1, 7) AS weekday
      WHERE r.id = $1 AND NOT EXISTS (SELECT FROM restaurant_hours)`,
    [restaurantId],
  )
}

describe('outside its hours', () => {
  test('the line takes nobody, from home or at the door, and says when it opens', async () => {
    const door = await setUpDoor()
    await closeNow(door.restaurantId)
    const [dinerId = ''] = await createDinerIds(1)
    const refused = { reason: 'line-outside-hours', details: { opensAt: expect.any(String) } }
    expect(await takeAs(dinerId, door)).toMatchObject(refused)
    await expect(takeAtDoor(door)).rejects.toThrow('line-outside-hours')
    expect(await takeAs(door.ownerId, door, { channel: 'KIOSK' })).toMatchObject(refused)
    expect(await database.query('SELECT 1 FROM tickets')).toEqual([])
  })

  test('page, tablet and board are told before anybody taps', async () => {
    const { restaurantId, ownerId } = await setUpLine()
    await closeNow(restaurantId)
    const { data } = await readLine(restaurantId)
    expect(data).toMatchObject({
      state: 'OPEN',
      isInHours: false,
      opensAt: expect.stringMatching(/Z$/),
    })
    expect(data && whyShut(data)).toBe('OUTSIDE_HOURS')
    expect(await readWaiting({ restaurantId, accountId: ownerId })).toMatchObject({
      value: { isInHours: false, opensAt: data?.opensAt, opensBeforeMinutes: 30 },
    })
  })

  test('those in line keep their places: asked again, called, postponed, seated', async () => {
    const scene = await setUpLine()
    const first = await joinLine(scene)
    const second = await joinLine(scene)
    const third = await joinLine(scene)
    await closeNow(scene.restaurantId)
    expect(await takeAs(first.dinerId, scene)).toMatchObject({
      value: { isNew: false, ticket: { id: first.id, place: 1 } },
    })
    expect(await postponeOwn(second, third.number)).toMatchObject({ ok: true })
    expect(await actAs(scene.ownerId, 'CALL', first.id)).toMatchObject({ ok: true })
    expect(await actAs(scene.ownerId, 'LAST_CALL', third.id)).toMatchObject({ ok: true })
  })

  test('the owner sets the margin, floor staff can’t', async () => {
    const { restaurantId, ownerId } = await setUpLine()
    const staffId = await hireStaff(restaurantId)
    const change = { opensBeforeMinutes: 90 }
    const set = (accountId: string) =>
      changeLine({ restaurantId, actor: { accountId, address: null }, change })
    expect(await set(staffId)).toMatchObject({ reason: 'not-allowed' })
    expect(await set(ownerId)).toMatchObject({ value: { opensBeforeMinutes: 90, state: 'OPEN' } })
    expect(
      await database.query(
        `SELECT details ->> 'opensBeforeMinutes' AS minutes FROM audit_events WHERE act = 'CHANGE_LINE'`,
      ),
    ).toEqual([{ minutes: '90' }])
  })
})

async function hireStaff(restaurantId: string) {
  const [id = ''] = await createDinerIds(1)
  await createStaff(pool, { restaurantId, accountId: id, role: 'STAFF' })
  return id
}
