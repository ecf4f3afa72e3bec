import { beforeEach, describe, expect, test } from 'vitest'
import { addTables, changeTable, saveHours } from '@/domain/restaurant/setup.commands'
import { listHours, listTables } from '@/domain/restaurant/setup.queries'
import { closeDate, reopenDate } from '@/domain/schedule/closure.commands'
import { listClosures } from '@/domain/schedule/month.queries'
import { retireTable } from '@/domain/schedule/retire-table.commands'
import { createAccount, createReservation } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import {
  actorOf,
  findSlot,
  listOffered,
  makeDates,
  readVersion,
  type ScheduleScene,
  setUpWeek,
} from '../support/schedule-scene'

const database = useDatabase()
let scene: ScheduleScene
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek()
})

const edited = async (accountId = scene.ownerId) => ({
  restaurantId: scene.restaurantId,
  version: await readVersion(scene),
  actor: actorOf(accountId),
})
const friday = (fromMinutes: number, toMinutes: number) => ({ weekday: 5, fromMinutes, toMinutes })

async function strangers(): Promise<string[]> {
  const other = await createAccount(database.pool, { role: 'OWNER' })
  const unapproved = await createAccount(database.pool, { role: 'OWNER', ownerApprovedAt: null })
  const diner = await createAccount(database.pool)
  await database.query(`INSERT INTO restaurant_staff VALUES ($1, $2, 'OWNER')`, [
    scene.restaurantId,
    unapproved.id,
  ])
  return [scene.floorId, other.id, unapproved.id, diner.id]
}

describe('opening hours', () => {
  test('are saved as a whole week, with breaks and past midnight, and their author', async () => {
    const hours = [friday(690, 870), friday(1050, 1500)]
    const { version } = await edited()
    expect(await saveHours({ ...(await edited()), hours })).toEqual({
      ok: true,
      value: { version: version + 1 },
    })
    expect(await listHours(scene)).toEqual(hours)
    const [event] = await database.query(
      `SELECT actor_id, act, details->'before'->0 AS before FROM audit_events`,
    )
    expect(event).toEqual({
      actor_id: scene.ownerId,
      act: 'CHANGE_HOURS',
      before: { weekday: 1, fromMinutes: 690, toMinutes: 870 },
    })
  })

  test.each([
    ['hours-overlap', [friday(690, 870), friday(860, 1000)]],
    ['hours-empty', [friday(690, 690)]],
    ['before-day-cut', [friday(200, 690)]],
    ['beyond-day-cut', [friday(1080, 1800)]],
  ])('hard case 14: %s is refused and loses nothing', async (reason, hours) => {
    const before = await listHours(scene)
    expect(await saveHours({ ...(await edited()), hours })).toMatchObject({
      reason,
      details: { stretch: { weekday: 5 } },
    })
    expect(await listHours(scene)).toEqual(before)
  })

  test('two owners at once: one saves, the other sees the current hours', async () => {
    const asked = await edited()
    const answers = await Promise.all([
      saveHours({ ...asked, hours: [friday(600, 700)] }),
      saveHours({ ...asked, hours: [friday(800, 900)] }),
    ])
    const saved = answers.findIndex(({ ok }) => ok)
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const there = saved === 0 ? friday(600, 700) : friday(800, 900)
    expect(answers[1 - saved]).toMatchObject({
      reason: 'changed-meanwhile',
      details: { version: asked.version + 1, present: [there] },
    })
    expect(await listHours(scene)).toEqual([there])
  })
})

describe('tables', () => {
  test('are added in bulk and changed, and never share a number', async () => {
    await addTables({ ...(await edited()), count: 3, minParty: 4, maxParty: 8 })
    expect((await listTables(scene)).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
    const taken = { ...(await edited()), count: 2, firstNumber: 5, minParty: 1, maxParty: 2 }
    expect(await addTables(taken)).toEqual({ ok: false, reason: 'number-taken' })
    const [first] = await listTables(scene)
    const change = { tableId: first?.id ?? '', minParty: 1, maxParty: 3 }
    expect(await changeTable({ ...(await edited()), ...change, number: 2 })).toEqual({
      ok: false,
      reason: 'number-taken',
    })
    expect(await changeTable({ ...(await edited()), ...change, number: 20 })).toMatchObject({
      ok: true,
    })
    expect(await listTables(scene)).toHaveLength(5)
    const many = { ...(await edited()), count: 50, minParty: 1, maxParty: 2 }
    for (const version of [0, 1, 2]) await addTables({ ...many, version: many.version + version })
    expect(await addTables({ ...many, version: many.version + 3 })).toMatchObject({
      reason: 'too-many-tables',
    })
  })

  test('that change leave existing slots as they were', async () => {
    await makeDates(scene)
    const before = await listOffered(scene.restaurantId)
    const [tableId = ''] = scene.tableIds
    await changeTable({ ...(await edited()), tableId, number: 1, minParty: 1, maxParty: 6 })
    expect(await listOffered(scene.restaurantId)).toEqual(before)
  })

  test('with reservations are retired only by an owner who was shown them; parties keep theirs', async () => {
    await makeDates(scene)
    const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
    await createReservation(database.pool, { slotId })
    const [tableId = ''] = scene.tableIds
    expect(await retireTable({ ...(await edited()), tableId, keepsReservations: false })).toEqual({
      ok: false,
      reason: 'has-reservations',
      details: { dates: [{ serviceDate: scene.date, count: 1 }] },
    })
    expect(await listOffered(scene.restaurantId)).toHaveLength(8)
    const sure = { ...(await edited()), tableId, keepsReservations: true }
    expect(await retireTable(sure)).toMatchObject({ ok: true })
    expect(await listOffered(scene.restaurantId)).toEqual([
      ...['11:30 2 4', '13:00 2 4', '17:30 1 2 taken', '17:30 2 4', '19:00 2 4'],
    ])
    expect(await listTables(scene)).toHaveLength(1)
    expect(await retireTable({ ...sure, version: sure.version + 1 })).toMatchObject({
      reason: 'not-found',
    })
  })

  test('whose hold expired are free', async () => {
    await makeDates(scene)
    const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
    await createReservation(database.pool, { slotId, status: 'HELD' })
    await database.query(`UPDATE reservations SET hold_expires_at = now() - interval '1 ms'`)
    await database.query(
      `UPDATE slots SET held_until = now() - interval '1 ms' WHERE held_until IS NOT NULL`,
    )
    const [tableId = ''] = scene.tableIds
    const asked = { ...(await edited()), tableId, keepsReservations: false }
    expect(await retireTable(asked)).toMatchObject({ ok: true })
    expect(await database.query('SELECT status FROM reservations')).toEqual([{ status: 'EXPIRED' }])
  })
})

describe('closed dates', () => {
  const readClosed = async () =>
    (await database.query<{ closed: boolean }>('SELECT closed FROM service_dates'))[0]?.closed

  test('close their schedule in the same act, and open it again as it was', async () => {
    await makeDates(scene)
    const { date } = scene
    const closing = { ...(await edited()), date, reason: '여름 휴가', keepsReservations: false }
    expect(await closeDate(closing)).toMatchObject({ ok: true })
    expect(await listClosures(scene)).toEqual([{ date, reason: '여름 휴가' }])
    expect(await readClosed()).toBe(true)
    expect(await reopenDate({ ...(await edited()), date })).toMatchObject({ ok: true })
    expect(await readClosed()).toBe(false)
    expect(await listOffered(scene.restaurantId)).toHaveLength(8)
    expect(await reopenDate({ ...(await edited()), date })).toMatchObject({ reason: 'not-found' })
  })

  test('with parties are listed first, and closed to new bookings when the owner insists', async () => {
    await makeDates(scene)
    const slotId = await findSlot(scene, { wall: '19:00', table: 2 })
    await createReservation(database.pool, { slotId })
    const asked = { date: scene.date, reason: null }
    const first = { ...(await edited()), ...asked, keepsReservations: false }
    expect(await closeDate(first)).toMatchObject({
      reason: 'has-reservations',
      details: { taken: [{ tableNumber: 2 }] },
    })
    expect([await readClosed(), await listClosures(scene)]).toEqual([false, []])
    const sure = { ...(await edited()), ...asked, keepsReservations: true }
    expect(await closeDate(sure)).toMatchObject({ ok: true })
    expect(await readClosed()).toBe(true)
    expect(await database.query('SELECT status FROM reservations')).toEqual([
      { status: 'CONFIRMED' },
    ])
  })

  test('are not in the past', async () => {
    const asked = { date: scene.dateAt(-1), reason: null, keepsReservations: false }
    expect(await closeDate({ ...(await edited()), ...asked })).toMatchObject({
      reason: 'past-date',
    })
  })
})

test('G19: floor staff, other owners, unapproved ones and diners can change none of it', async () => {
  const { date } = scene
  const [tableId = ''] = scene.tableIds
  for (const accountId of await strangers()) {
    const asked = await edited(accountId)
    const party = { minParty: 1, maxParty: 2 }
    for (const answer of [
      await saveHours({ ...asked, hours: [] }),
      await addTables({ ...asked, ...party, count: 1 }),
      await changeTable({ ...asked, ...party, tableId, number: 9 }),
      await retireTable({ ...asked, tableId, keepsReservations: true }),
      await closeDate({ ...asked, date, reason: null, keepsReservations: true }),
      await reopenDate({ ...asked, date }),
    ])
      expect(answer).toEqual({ ok: false, reason: 'not-found' })
  }
  expect(await database.query('SELECT FROM audit_events')).toEqual([])
})

test('G19: another restaurant’s table is not found', async () => {
  const [tableId = ''] = (await setUpWeek()).tableIds
  const asked = { ...(await edited()), tableId, number: 9, minParty: 1, maxParty: 2 }
  expect(await changeTable(asked)).toMatchObject({ reason: 'not-found' })
  const { restaurantId, version, actor } = asked
  const retiring = { restaurantId, version, actor, tableId, keepsReservations: true }
  expect(await retireTable(retiring)).toMatchObject({ reason: 'not-found' })
})
