import { beforeEach, describe, expect, test } from 'vitest'
import { previewSchedule } from '@/domain/schedule/plan.queries'
import { changeSlot } from '@/domain/schedule/slot.commands'
import type { SlotChange } from '@/domain/schedule/slot.schema'
import { createAccount, createReservation, createRestaurant } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import {
  actorOf,
  apply,
  findSlot,
  listOffered,
  makeDates,
  preview,
  type ScheduleScene,
  setHours,
  setUpWeek,
} from '../support/schedule-scene'
import { TIME_ZONE } from '../support/time-zone'

const database = useDatabase()
let scene: ScheduleScene
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek()
})

const fullDay = [
  ...['11:30 1 2', '11:30 2 4', '13:00 1 2', '13:00 2 4'],
  ...['17:30 1 2', '17:30 2 4', '19:00 1 2', '19:00 2 4'],
]
const states = (seen: { days: { state: string }[] }) => seen.days.map(({ state }) => state)

describe('a schedule made in one go', () => {
  test('is previewed without writing anything, then made as shown', async () => {
    const range = { from: scene.date, to: scene.dateAt(5) }
    const seen = await preview(scene, range)
    expect(seen.days[0]).toMatchObject({ state: 'NEW', added: 8, removed: 0, taken: 0 })
    expect(await database.query('SELECT FROM service_dates')).toEqual([])
    expect(await apply(scene, seen)).toEqual({ ok: true, value: seen })
    expect(await listOffered(scene.restaurantId)).toHaveLength(24)
    expect(states(await preview(scene, range))).toEqual(['SAME', 'SAME', 'SAME'])
    const acts = await database.query(
      `SELECT actor_id, act, details->>'serviceDate' AS date FROM audit_events ORDER BY details->>'serviceDate'`,
    )
    expect(acts).toEqual(
      [3, 4, 5].map((days) => ({
        actor_id: scene.ownerId,
        act: 'MAKE_SCHEDULE',
        date: scene.dateAt(days),
      })),
    )
  })

  test('leaves out closed dates, and closes dates closed since', async () => {
    await makeDates(scene)
    await database.query(
      `INSERT INTO restaurant_closures VALUES ($1, $2, '휴가'), ($1, $3, NULL)`,
      [scene.restaurantId, scene.date, scene.dateAt(4)],
    )
    const seen = await preview(scene, { from: scene.date, to: scene.dateAt(5) })
    expect(states(seen)).toEqual(['CLOSES', 'CLOSED', 'NEW'])
    expect(seen.days[0]).toMatchObject({ closedBecause: '휴가' })
    expect(await apply(scene, seen)).toMatchObject({ ok: true })
    const rows = await database.query(
      'SELECT service_date::text AS date, closed FROM service_dates ORDER BY 1',
    )
    expect(rows).toEqual([
      { date: scene.date, closed: true },
      { date: scene.dateAt(5), closed: false },
    ])
  })

  test('opens bookings at the instant that the settings give', async () => {
    await database.query('UPDATE restaurants SET opens_minutes = 600, opens_days_before = 1')
    await makeDates(scene)
    const [day] = await database.query(
      `SELECT to_char(opens_at AT TIME ZONE $1, 'YYYY-MM-DD HH24:MI') AS opens FROM service_dates`,
      [TIME_ZONE],
    )
    expect(day).toEqual({ opens: `${scene.dateAt(2)} 10:00` })
  })

  test('is made anew around existing bookings', async () => {
    await makeDates(scene)
    const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
    await createReservation(database.pool, { slotId })
    await setHours({ restaurantId: scene.restaurantId, stretches: [[1080, 1260]] })
    const seen = await preview(scene)
    expect(seen.days[0]).toMatchObject({
      state: 'CHANGES',
      taken: 1,
      conflicts: [{ slotId, tableNumber: 1 }],
      crowdedOut: 1,
    })
    expect(await apply(scene, seen)).toMatchObject({ ok: true })
    expect(await listOffered(scene.restaurantId)).toEqual([
      ...['17:30 1 2 taken', '18:00 2 4', '19:30 1 2', '19:30 2 4'],
    ])
  })

  test('does nothing when a booking after the preview changes it, and shows a new preview', async () => {
    await makeDates(scene)
    await setHours({ restaurantId: scene.restaurantId, stretches: [[1080, 1260]] })
    const seen = await preview(scene)
    const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
    await createReservation(database.pool, { slotId })
    const answer = await apply(scene, seen)
    expect(answer).toMatchObject({
      reason: 'changed-meanwhile',
      details: { preview: { days: [{ conflicts: [{ slotId }] }] } },
    })
    expect(await listOffered(scene.restaurantId)).toHaveLength(8)
  })

  test('is not stopped by a booking of a slot that stays', async () => {
    await makeDates(scene)
    await setHours({ restaurantId: scene.restaurantId, stretches: [[690, 870]] })
    const seen = await preview(scene)
    await createReservation(database.pool, {
      slotId: await findSlot(scene, { wall: '11:30', table: 1 }),
    })
    expect(await apply(scene, seen)).toMatchObject({ ok: true })
  })

  test('G19: is for the restaurant’s owners, and is refused without tables or hours', async () => {
    const seen = await preview(scene)
    const stranger = await createAccount(database.pool, { role: 'OWNER' })
    for (const accountId of [scene.floorId, stranger.id]) {
      const asked = { restaurantId: scene.restaurantId, ...seen, accountId }
      expect(await previewSchedule(asked)).toEqual({ ok: false, reason: 'not-found' })
      expect(await apply(scene, seen, accountId)).toEqual({ ok: false, reason: 'not-found' })
    }
    const ask = (restaurantId: string, from = scene.date) =>
      previewSchedule({ restaurantId, from, to: scene.date, accountId: scene.ownerId })
    expect(await ask(scene.restaurantId, scene.dateAt(-1))).toMatchObject({ reason: 'past-date' })
    const bare = await createRestaurant(database.pool, { ownerId: scene.ownerId })
    expect(await ask(bare.id)).toMatchObject({ reason: 'no-hours' })
    await setHours({ restaurantId: bare.id, stretches: [[690, 870]] })
    expect(await ask(bare.id)).toMatchObject({ reason: 'no-tables' })
  })

  test('hard case 12: is refused with a fencing number older than the last one written', async () => {
    await makeDates(scene)
    await setHours({ restaurantId: scene.restaurantId, stretches: [[690, 870]] })
    const seen = await preview(scene)
    await database.query('UPDATE service_dates SET fence = 9000000000')
    expect(await apply(scene, seen)).toMatchObject({ reason: 'being-edited' })
    expect(await listOffered(scene.restaurantId)).toEqual(fullDay)
  })
})

describe('one slot by hand', () => {
  const change = (slotId: string, wanted: SlotChange, accountId = scene.ownerId) =>
    changeSlot({ slotId, change: wanted, actor: actorOf(accountId) })

  test('is blocked and freed by staff, and changed or deleted by owners', async () => {
    await makeDates(scene)
    const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
    expect(await change(slotId, { blocked: true }, scene.floorId)).toEqual({
      ok: true,
      value: { slotId },
    })
    expect(await listOffered(scene.restaurantId)).toContain('17:30 1 2 blocked')
    expect(await change(slotId, { blocked: false }, scene.floorId)).toMatchObject({ ok: true })
    for (const wanted of [{ deleted: true } as const, { maxParty: 3 }, { from: '17:45' }])
      expect(await change(slotId, wanted, scene.floorId)).toMatchObject({ reason: 'not-found' })
    const changed = await change(slotId, { from: '17:15', to: '18:45', minParty: 1, maxParty: 3 })
    expect(changed).toMatchObject({ ok: true })
    expect(await listOffered(scene.restaurantId)).toContain('17:15 1 3')
    expect(await change(slotId, { blocked: true })).toMatchObject({ reason: 'not-found' })
    const lunch = await findSlot(scene, { wall: '11:30', table: 2 })
    expect(await change(lunch, { deleted: true })).toEqual({ ok: true, value: { slotId: null } })
    expect(await listOffered(scene.restaurantId)).toHaveLength(7)
    const acts = await database.query(
      `SELECT act FROM audit_events WHERE subject = 'SLOT' ORDER BY at`,
    )
    expect(acts.map(({ act }) => act)).toEqual([
      ...['BLOCK_SLOT', 'UNBLOCK_SLOT', 'CHANGE_SLOT', 'DELETE_SLOT'],
    ])
  })

  test('hard case 14: is refused with its reason where that can’t be', async () => {
    await makeDates(scene)
    const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
    const refusals: [SlotChange, string][] = [
      [{ to: '19:15' }, 'overlaps-slot'],
      [{ from: '18:55' }, 'invalid'],
      [{ from: '04:00' }, 'invalid'],
      [{ from: '04:30', to: '05:30' }, 'before-day-cut'],
      [{ from: '28:30', to: '29:30' }, 'beyond-day-cut'],
      [{ minParty: 5 }, 'invalid'],
    ]
    for (const [wanted, reason] of refusals)
      expect({ wanted, ...(await change(slotId, wanted)) }).toMatchObject({ reason })
    await createReservation(database.pool, { slotId })
    for (const wanted of [{ blocked: true }, { deleted: true } as const, { maxParty: 3 }])
      expect(await change(slotId, wanted)).toEqual({ ok: false, reason: 'has-reservations' })
    expect(await listOffered(scene.restaurantId)).toHaveLength(8)
  })

  test('G19: is found by nobody else', async () => {
    await makeDates(scene)
    const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
    const other = await setUpWeek()
    for (const accountId of [other.ownerId, other.floorId])
      expect(await change(slotId, { blocked: true }, accountId)).toMatchObject({
        reason: 'not-found',
      })
  })
})
