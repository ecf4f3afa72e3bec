import { beforeEach, describe, expect, test } from 'vitest'
import { announceOpening, cancelOpening } from '@/domain/opening/plan.commands'
import {
  continueOpenings,
  nudgeOpenings,
  saveRecurringOpening,
  switchRecurringOpening,
} from '@/domain/opening/recurring.commands'
import { findRecurringOpening } from '@/domain/opening/recurring.queries'
import type { RecurringOpening } from '@/domain/opening/recurring.schema'
import { recurringOpening } from '@/domain/opening/recurring.schema'
import { findRestaurant } from '@/domain/restaurant/queries'
import { useDatabase } from '../support/database'
import {
  actorOf,
  makeDates,
  readVersion,
  type ScheduleScene,
  setUpWeek,
} from '../support/schedule-scene'
import { announceUnprotected } from '../support/unprotected-opening'

const database = useDatabase()
let scene: ScheduleScene
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek({ timeZone: 'Asia/Kathmandu' })
})

/** In Kathmandu, 5:45 ahead of UTC and without summer time. */
const wallIn = (minutes: number) => {
  const wall = new Date(Date.now() + (minutes + 345) * 60_000)
  return wall.getUTCHours() * 60 + wall.getUTCMinutes()
}
const recurring = (given: Partial<RecurringOpening> = {}): RecurringOpening => ({
  // In half an hour: today's opening is still to come by any clock.
  opensMinutes: wallIn(30),
  opensDaysBefore: 2,
  lobbyMinutes: 60,
  gateMinutes: 30,
  orderBy: 'DRAW',
  turnsPerSecond: 0.6,
  ...given,
})
const save = async (given: RecurringOpening, accountId = scene.ownerId) =>
  saveRecurringOpening({
    restaurantId: scene.restaurantId,
    version: await readVersion(scene),
    recurring: given,
    actor: actorOf(accountId),
  })
/** As if begun long ago: then the next opening need not be a day away. */
const age = () => database.query(`UPDATE recurring_openings SET since = since - interval '30 days'`)
const listAnnounced = async () =>
  (
    await database.query<{ line: string }>(
      `SELECT concat_ws(' ', o.service_date - service_date_at(o.opens_at, r.time_zone, 0),
                        to_char(o.opens_at AT TIME ZONE r.time_zone, 'HH24:MI')) AS line
         FROM openings o JOIN restaurants r ON r.id = o.restaurant_id
        WHERE o.cancelled_at IS NULL ORDER BY o.opens_at, o.id`,
    )
  ).map(({ line }) => line)
const wall = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

describe('a recurring opening', () => {
  test('is announced three days ahead, once per date, with a secret of its own', async () => {
    const asked = recurring()
    expect(await save(asked)).toMatchObject({ ok: true })
    await age()
    expect(await continueOpenings()).toEqual({ announced: 3 })
    expect(await listAnnounced()).toEqual(Array(3).fill(`2 ${wall(asked.opensMinutes)}`))
    expect(await continueOpenings()).toEqual({ announced: 0 })
    const [made] = await database.query<{ secrets: number; least: string }>(
      `SELECT count(DISTINCT secret)::int AS secrets, min(opens_at) > now() AS least FROM openings`,
    )
    expect(made).toEqual({ secrets: 3, least: true })
    const authors = await database.query(
      `SELECT DISTINCT actor_id, actor_role FROM audit_events WHERE act = 'ANNOUNCE'`,
    )
    expect(authors).toEqual([{ actor_id: null, actor_role: 'SERVICE' }])
  })

  test('that has just begun surprises nobody: its first date is a day away', async () => {
    await save(recurring())
    await continueOpenings()
    const [first] = await database.query<{ isFar: boolean; count: number }>(
      `SELECT min(opens_at) >= now() + interval '23 hours 59 minutes' AS "isFar", count(*)::int AS count FROM openings`,
    )
    expect(first).toEqual({ isFar: true, count: 2 })
  })

  test('skips a day off, a date planned by hand, and one that was cancelled', async () => {
    const { restaurantId, ownerId } = scene
    const actor = actorOf(ownerId)
    const asked = recurring()
    const plan = (days: number) => ({
      serviceDate: scene.dateAt(days),
      opensAt: new Date(Date.now() + 90 * 60_000).toISOString(),
      lobbyMinutes: 5,
      gateMinutes: 5,
      orderBy: 'ARRIVAL' as const,
      turnsPerSecond: 9,
    })
    await save(asked)
    await age()
    const due = (
      await database.query<{ date: string }>(
        `SELECT (service_date_at(now() + interval '30 minutes', time_zone, 0) + 2 + n)::text AS date
           FROM restaurants, generate_series(0, 2) AS n`,
      )
    ).map(({ date }) => date)
    const [first = '', second = '', third = ''] = due
    await database.query('INSERT INTO restaurant_closures VALUES ($1, $2)', [restaurantId, third])
    await announceOpening({ restaurantId, plan: { ...plan(0), serviceDate: first }, actor })
    const other = { ...plan(0), serviceDate: second }
    const announced = await announceOpening({ restaurantId, plan: other, actor })
    const openingId = announced.ok ? announced.value.openingId : ''
    await cancelOpening({ openingId, reason: '쉬어요', actor })
    expect(await continueOpenings()).toEqual({ announced: 0 })
  })

  test('stops and goes on; announced openings stay', async () => {
    const { restaurantId, ownerId } = scene
    const turn = (isOn: boolean, accountId = ownerId) =>
      switchRecurringOpening({ restaurantId, isOn, actor: actorOf(accountId) })
    expect(await turn(true)).toMatchObject({ reason: 'not-found' })
    await save(recurring())
    await age()
    expect(await turn(false, scene.floorId)).toMatchObject({ reason: 'not-found' })
    expect(await turn(false)).toMatchObject({ ok: true })
    expect(await continueOpenings()).toEqual({ announced: 0 })
    await turn(true)
    await age()
    // Each read of the restaurant's openings announces what is due, at most once a minute.
    await nudgeOpenings(restaurantId)
    expect(await listAnnounced()).toHaveLength(3)
    await turn(false)
    expect(await listAnnounced()).toHaveLength(3)
    expect(await findRecurringOpening(restaurantId)).toMatchObject({ isOn: false, gateMinutes: 30 })
  })

  test('sets when later schedules open, and the restaurant’s page says so', async () => {
    const { restaurantId } = scene
    await database.query('UPDATE restaurants SET opens_minutes = 60, opens_days_before = 9')
    await save(recurring({ opensMinutes: 600 }))
    const far = scene.dateAt(10)
    const made = await makeDates(scene, { from: far, to: far })
    const instant = new Date(Date.parse(`${scene.dateAt(8)}T10:00:00Z`) - 345 * 60_000)
    expect(made.days).toMatchObject([{ opensAt: instant.toISOString() }])
    expect(await findRestaurant({ idOrSlug: restaurantId })).toMatchObject({
      opensMinutes: 600,
      opensDaysBefore: 2,
    })
    await switchRecurringOpening({ restaurantId, isOn: false, actor: actorOf(scene.ownerId) })
    expect(await findRestaurant({ idOrSlug: restaurantId })).toMatchObject({ opensMinutes: 60 })
  })

  test('is refused where nobody could book, after another owner’s save, and with nonsense', async () => {
    expect(await save(recurring(), scene.floorId)).toMatchObject({ reason: 'not-found' })
    expect(await save(recurring({ opensDaysBefore: 40 }))).toMatchObject({
      reason: 'opening-too-early',
    })
    const { restaurantId } = scene
    const actor = actorOf(scene.ownerId)
    await save(recurring())
    const stale = await saveRecurringOpening({
      restaurantId,
      version: -1,
      recurring: recurring(),
      actor,
    })
    expect(stale).toMatchObject({
      reason: 'changed-meanwhile',
      details: { present: { gateMinutes: 30, isOn: true } },
    })
    for (const wrong of [
      ...[0, -1, Number('1e309'), 'text'].map((turnsPerSecond) => ({ turnsPerSecond })),
      ...[-1, 1440, 0.5].map((opensMinutes) => ({ opensMinutes })),
      ...[{ lobbyMinutes: 1441 }, { gateMinutes: 0 }, { role: 'ADMIN' }],
    ])
      expect(recurringOpening.safeParse({ ...recurring(), ...wrong }).success).toBe(false)
  })
})

describe('many sweeps at once', () => {
  test('announce each date once', async () => {
    await save(recurring())
    await age()
    const swept = await Promise.all([1, 2, 3, 4, 5].map(() => continueOpenings()))
    expect(swept.reduce((sum, { announced }) => sum + announced, 0)).toBe(3)
    expect(await database.query('SELECT count(*)::int AS count FROM openings')).toEqual([
      { count: 3 },
    ])
  })

  test('control: with a check before the insert, a date gets two', async () => {
    const announced = await announceUnprotected({ database, times: 5 })
    expect(announced).toBeGreaterThan(1)
  })
})
