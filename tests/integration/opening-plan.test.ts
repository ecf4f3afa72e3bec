import { beforeEach, describe, expect, test } from 'vitest'
import { listOpenings, listOwnOpenings } from '@/domain/opening/list.queries'
import { announceOpening, cancelOpening, changeRate } from '@/domain/opening/plan.commands'
import { previewOpening } from '@/domain/opening/plan.queries'
import type { OpeningPlan } from '@/domain/opening/plan.schema'
import { openingPlan } from '@/domain/opening/plan.schema'
import { readOpening } from '@/domain/opening/queries'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { passTime } from '../support/opening-scene'
import { actorOf, makeDates, type ScheduleScene, setUpWeek } from '../support/schedule-scene'

const database = useDatabase()
let scene: ScheduleScene
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek({ timeZone: 'Asia/Kathmandu' })
})

/** On the scene's date, three days ahead, by default. */
const planIn = (minutes: number, given: Partial<OpeningPlan> = {}): OpeningPlan => ({
  serviceDate: scene.date,
  opensAt: new Date(Date.now() + minutes * 60_000).toISOString(),
  lobbyMinutes: 60,
  gateMinutes: 60,
  orderBy: 'DRAW',
  turnsPerSecond: 5,
  ...given,
})
const owner = () => actorOf(scene.ownerId)
const announce = (plan: OpeningPlan, actor = owner(), restaurantId = scene.restaurantId) =>
  announceOpening({ restaurantId, plan, actor })
async function mustAnnounce(plan = planIn(60)): Promise<string> {
  const answer = await announce(plan)
  if (!answer.ok) throw new Error(answer.reason)
  return answer.value.openingId
}
const readDate = async () =>
  (
    await database.query<{ opensAt: Date | null }>(
      'SELECT opens_at AS "opensAt" FROM service_dates WHERE restaurant_id = $1 AND service_date = $2',
      [scene.restaurantId, scene.date],
    )
  )[0]

describe('an opening is announced', () => {
  test('G19: by the restaurant’s owners only', async () => {
    const other = await setUpWeek()
    for (const accountId of [scene.floorId, other.ownerId, (await createAccount(pool)).id])
      expect(await announce(planIn(60), actorOf(accountId))).toMatchObject({ reason: 'not-found' })
    const admin = await createAccount(pool, { role: 'ADMIN' })
    expect(await announce(planIn(60), actorOf(admin.id))).toMatchObject({ ok: true })
  })

  test('once per date, even by two at once', async () => {
    const both = await Promise.all([1, 2].map(() => announce(planIn(60))))
    expect(both.map((one) => (one.ok ? 'announced' : one.reason)).toSorted()).toEqual([
      'announced',
      'opening-exists',
    ])
  })

  test('not where nobody could book: in the past, on a day off, on a date that can’t be booked', async () => {
    const yesterday = scene.dateAt(-1)
    await database.query('INSERT INTO restaurant_closures VALUES ($1, $2)', [
      scene.restaurantId,
      scene.dateAt(5),
    ])
    const refused: [OpeningPlan, string][] = [
      [planIn(-5), 'past-time'],
      [planIn(1), 'past-time'],
      [planIn(60, { serviceDate: yesterday }), 'past-date'],
      [planIn(10 * 24 * 60), 'opening-too-late'],
      [planIn(60, { serviceDate: scene.dateAt(99) }), 'opening-too-early'],
      [planIn(60, { serviceDate: scene.dateAt(5) }), 'closed-day'],
    ]
    for (const [plan, reason] of refused)
      expect({ reason, answer: await announce(plan) }).toMatchObject({ answer: { reason } })
    await database.query('UPDATE restaurants SET same_day_only = true')
    expect(await announce(planIn(60))).toMatchObject({ reason: 'opening-too-early' })
    expect(await database.query('SELECT id FROM openings')).toEqual([])
  })

  test('only with a sane plan', () => {
    const wrong: Record<string, unknown>[] = [
      ...[0, -1, Number('1e309'), '5', null, Number.NaN].map((turnsPerSecond) => ({
        turnsPerSecond,
      })),
      ...[0, -1, 0.5, 7 * 24 * 60 + 1].map((lobbyMinutes) => ({ lobbyMinutes })),
      ...[0, 24 * 60 + 1].map((gateMinutes) => ({ gateMinutes })),
      ...['tomorrow', '9999-12-31T00:00:00Z', 5].map((opensAt) => ({ opensAt })),
      ...[{ orderBy: 'MONEY' }, { serviceDate: '2026-02-30' }, { role: 'ADMIN' }, { secret: 'x' }],
    ]
    expect(openingPlan.safeParse(planIn(60)).success).toBe(true)
    for (const given of wrong)
      expect({ given, ...openingPlan.safeParse({ ...planIn(60), ...given }) }).toMatchObject({
        success: false,
      })
  })

  test('not for a restaurant that does not exist', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect(await announce(planIn(60), owner(), nobody)).toMatchObject({ reason: 'not-found' })
    await database.query('UPDATE restaurants SET deleted_at = now()')
    expect(await announce(planIn(60))).toMatchObject({ reason: 'not-found' })
  })

  test('for two dates whose gates overlap, independently', async () => {
    await mustAnnounce()
    expect(await announce(planIn(60, { serviceDate: scene.dateAt(4) }))).toMatchObject({ ok: true })
  })
})

describe('an announced opening', () => {
  test('G13: stays; no statement changes its secret, instants or order', async () => {
    const id = await mustAnnounce()
    const changes = [
      `secret = decode(repeat('00', 32), 'hex'), commitment = encode(sha256(decode(repeat('00', 32), 'hex')), 'hex')`,
      ...['opens_at', 'lobby_opens_at', 'gate_until'].map((name) => `${name} = ${name} + '1 s'`),
      ...[
        `order_by = 'ARRIVAL'`,
        `service_date = service_date + 1`,
        `beacon = 'local', beacon_round = 1`,
      ],
    ]
    for (const change of changes)
      await expect(
        database.query(`UPDATE openings SET ${change} WHERE id = $1`, [id]),
      ).rejects.toThrow(/does not change/)
    for (const fixed of [
      { opensAt: planIn(90).opensAt },
      { orderBy: 'ARRIVAL' },
      { secret: '00' },
      {},
    ])
      expect(
        await changeRate({
          openingId: id,
          change: { turnsPerSecond: undefined, ...fixed },
          actor: owner(),
        }),
      ).toMatchObject({ reason: 'opening-announced' })
  })

  test('G14: may change its rate, which is recorded with its author', async () => {
    const openingId = await mustAnnounce()
    const change = (turnsPerSecond: number, shown?: number, actor = owner()) =>
      changeRate({ openingId, change: { turnsPerSecond, ...(shown && { shown }) }, actor })
    expect(await change(8, 5)).toMatchObject({ ok: true })
    expect(await change(3, 5)).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
      details: { turnsPerSecond: 8 },
    })
    expect((await readOpening(openingId)).data).toMatchObject({
      state: 'LOBBY',
      commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
      secret: null,
      rates: [{ turnsPerSecond: 8 }],
    })
    const { restaurantId } = scene
    const [line] = (await listOwnOpenings({ restaurantId, show: 'coming', limit: 5 })).items
    expect(line).toMatchObject({
      turnsPerSecond: 8,
      waiting: 0,
      late: 0,
      state: 'LOBBY',
      rates: [
        { turnsPerSecond: 5, by: expect.any(String) },
        { turnsPerSecond: 8, by: expect.any(String) },
      ],
    })
    for (const accountId of [scene.floorId, (await createAccount(pool)).id])
      expect(await change(1, undefined, actorOf(accountId))).toMatchObject({ reason: 'not-found' })
    await passTime({ database, openingId, seconds: 3 * 60 * 60 })
    expect(await change(1)).toMatchObject({ reason: 'opening-over' })
  })

  test('can be cancelled only before its instant, with a reason, and its date opens as announced', async () => {
    await makeDates(scene)
    const plan = planIn(60)
    const openingId = await mustAnnounce(plan)
    const cancel = (actor = owner()) => cancelOpening({ openingId, reason: '가스 점검', actor })
    expect(await cancel(actorOf(scene.floorId))).toMatchObject({ reason: 'not-found' })
    expect(await cancel()).toMatchObject({ ok: true })
    expect(await cancel()).toMatchObject({ reason: 'opening-over' })
    expect((await readOpening(openingId)).data).toMatchObject({ state: 'CANCELLED' })
    expect(await readDate()).toEqual({ opensAt: new Date(plan.opensAt) })
    await expect(
      database.query('UPDATE openings SET cancelled_at = NULL, cancelled_for = NULL'),
    ).rejects.toThrow(/does not change/)

    const second = await mustAnnounce(planIn(30))
    await passTime({ database, openingId: second, seconds: 31 * 60 })
    const late = { openingId: second, reason: '늦음', actor: owner() }
    expect(await cancelOpening(late)).toMatchObject({ reason: 'opening-begun' })
  })
})

describe('a date and its opening have one instant', () => {
  test('an existing schedule gets it, and so does one made later or anew', async () => {
    const plan = planIn(60)
    const opensAt = new Date(plan.opensAt)
    await makeDates(scene)
    expect(await readDate()).toEqual({ opensAt: null })
    await mustAnnounce(plan)
    expect(await readDate()).toEqual({ opensAt })
    await database.query('DELETE FROM slots')
    await makeDates(scene)
    expect(await readDate()).toEqual({ opensAt })
    await database.query('DELETE FROM slots')
    await database.query('DELETE FROM service_dates')
    const made = await makeDates(scene)
    expect(made.days).toMatchObject([{ state: 'NEW', opensAt: plan.opensAt }])
    expect(await readDate()).toEqual({ opensAt })
  })

  test('no other statement changes it, and a schedule made during the announcement agrees', async () => {
    await makeDates(scene)
    await mustAnnounce()
    await expect(database.query('UPDATE service_dates SET opens_at = NULL')).rejects.toThrow(
      /opens with its opening/,
    )
    const plan = planIn(60, { serviceDate: scene.dateAt(4) })
    await Promise.all([
      announce(plan),
      database.query('INSERT INTO service_dates (restaurant_id, service_date) VALUES ($1, $2)', [
        scene.restaurantId,
        plan.serviceDate,
      ]),
    ])
    expect(
      await database.query('SELECT opens_at FROM service_dates WHERE service_date = $1', [
        plan.serviceDate,
      ]),
    ).toEqual([{ opens_at: new Date(plan.opensAt) }])
  })
})

describe('before it is announced', () => {
  const draftOf = (plan: OpeningPlan, given = {}) => {
    const { opensAt, ...terms } = plan
    // Kathmandu is 5:45 ahead of UTC.
    const wall = new Date(Date.parse(opensAt) + 345 * 60_000).toISOString()
    const on = { opensOn: wall.slice(0, 10), opensTime: wall.slice(11, 16) }
    return { restaurantId: scene.restaurantId, ...terms, ...on, ...given }
  }
  const look = (draft: ReturnType<typeof draftOf>, accountId = scene.ownerId) =>
    previewOpening({ draft, accountId })

  test('the owner sees what will be public and what prevents it; nothing is written', async () => {
    const plan = planIn(60)
    const answer = await look(draftOf(plan))
    const minute = `${plan.opensAt.slice(0, 16)}:00.000Z`
    expect(answer).toMatchObject({
      value: { opensAt: minute, beaconName: null, slots: 0, doubts: ['no-schedule'] },
    })
    await makeDates(scene)
    expect(await look(draftOf(plan))).toMatchObject({
      value: { slots: 8, taken: 0, doubts: ['open-already'] },
    })
    expect(await look(draftOf(plan), scene.floorId)).toMatchObject({ reason: 'not-found' })
    expect(await look(draftOf(planIn(-60)))).toMatchObject({ reason: 'past-time' })
    expect(await database.query('SELECT id FROM openings')).toEqual([])
  })
})

describe('the lists', () => {
  test('show the coming ones, next first, and the past ones, latest first, in pages', async () => {
    const ids: string[] = []
    for (const days of [1, 2, 3, 4])
      ids.push(await mustAnnounce(planIn(60 * days, { serviceDate: scene.dateAt(days) })))
    const [first, second, third, fourth] = ids
    await cancelOpening({ openingId: String(second), reason: '쉬어요', actor: owner() })
    await passTime({ database, openingId: String(first), seconds: 5 * 60 * 60 })
    const { restaurantId } = scene
    for (const list of [listOpenings, listOwnOpenings]) {
      const page = async (show: 'coming' | 'past', cursor?: string) => {
        const found = await list({ restaurantId, show, limit: 1, ...(cursor && { cursor }) })
        return { ids: found?.items.map(({ id }) => id), next: found?.nextCursor ?? undefined }
      }
      const coming = await page('coming')
      expect(coming.ids).toEqual([third])
      expect(await page('coming', coming.next)).toEqual({ ids: [fourth], next: undefined })
      const past = await page('past')
      expect(past.ids).toEqual([second])
      expect(await page('past', past.next)).toEqual({ ids: [first], next: undefined })
    }
    await database.query('UPDATE restaurants SET published = false')
    expect(await listOpenings({ restaurantId, show: 'coming', limit: 5 })).toBeNull()
  })
})
