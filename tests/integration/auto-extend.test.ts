import { beforeEach, expect, test } from 'vitest'
import { extendSchedules, setAutoExtend } from '@/domain/schedule/auto-extend.commands'
import { leaseNameOf } from '@/domain/schedule/plan.commands'
import { runUnderLease } from '@/lib/redis/lease'
import { useDatabase } from '../support/database'
import { actorOf, makeDates, type ScheduleScene, setUpWeek } from '../support/schedule-scene'

const database = useDatabase()
let scene: ScheduleScene
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek({ horizonDays: 9 })
})

const listDates = async () =>
  (
    await database.query<{ date: string }>(
      'SELECT service_date::text AS date FROM service_dates ORDER BY 1',
    )
  ).map(({ date }) => date)

test('a schedule is continued after its owner’s last date up to the horizon, once', async () => {
  await makeDates(scene, { from: scene.dateAt(1), to: scene.dateAt(1) })
  await makeDates(scene, { from: scene.dateAt(5), to: scene.dateAt(6) })
  await database.query('INSERT INTO restaurant_closures VALUES ($1, $2)', [
    scene.restaurantId,
    scene.dateAt(8),
  ])
  expect(await extendSchedules()).toEqual({ continued: 1 })
  const made = [1, 5, 6, 7, 9].map(scene.dateAt)
  expect(await listDates()).toEqual(made)
  expect(await extendSchedules()).toEqual({ continued: 0 })
  const [event] = await database.query(
    `SELECT actor_id, actor_role FROM audit_events WHERE details->>'serviceDate' = $1`,
    [scene.dateAt(9)],
  )
  expect(event).toEqual({ actor_id: null, actor_role: 'SERVICE' })
})

test('no schedule is begun, and none continued that is switched off or lies in the past', async () => {
  expect(await extendSchedules()).toEqual({ continued: 0 })
  await makeDates(scene)
  const { restaurantId, ownerId } = scene
  await setAutoExtend({ restaurantId, keeps: false, actor: actorOf(ownerId) })
  expect(await extendSchedules()).toEqual({ continued: 0 })
  await setAutoExtend({ restaurantId, keeps: true, actor: actorOf(ownerId) })
  await database.query('UPDATE service_dates SET service_date = service_date - 40')
  expect(await extendSchedules()).toEqual({ continued: 0 })
  expect(await listDates()).toHaveLength(1)
})

test('it gives way to an owner who is making the schedule, and many at once make it once', async () => {
  await makeDates(scene)
  const held = await runUnderLease({
    name: leaseNameOf(scene.restaurantId),
    run: () => extendSchedules(),
  })
  expect(held).toEqual({ ok: true, value: { continued: 0 } })
  await Promise.all([1, 2, 3, 4].map(() => extendSchedules()))
  expect(await listDates()).toHaveLength(7)
  const [{ doubles } = { doubles: -1 }] = await database.query<{ doubles: number }>(
    'SELECT count(*)::int - count(DISTINCT (table_id, starts_at))::int AS doubles FROM slots',
  )
  expect(doubles).toBe(0)
})

test('G19: only an owner of the restaurant decides', async () => {
  const { restaurantId, floorId } = scene
  const answer = await setAutoExtend({ restaurantId, keeps: false, actor: actorOf(floorId) })
  expect(answer).toEqual({ ok: false, reason: 'not-found' })
})
