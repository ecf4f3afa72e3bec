import { beforeEach, describe, expect, test } from 'vitest'
import { saveFloorPlan } from '@/domain/restaurant/floor-plan.commands'
import { listPlaces, readFloorPlan } from '@/domain/restaurant/floor-plan.queries'
import type { TablePlace } from '@/domain/restaurant/floor-plan.schema'
import { changeTable } from '@/domain/restaurant/setup.commands'
import { retireTable } from '@/domain/schedule/retire-table.commands'
import { createTable } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { actorOf, readVersion, type ScheduleScene, setUpWeek } from '../support/schedule-scene'
import { setUpSettings } from '../support/settings-scene'

const database = useDatabase()
let scene: ScheduleScene
/** Tables 1 and 2. */
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek()
})

const edited = async () => ({
  restaurantId: scene.restaurantId,
  version: await readVersion(scene),
  actor: actorOf(scene.ownerId),
})
const put = (tableNumber: number, x: number, y = 0): TablePlace => ({
  tableNumber,
  x,
  y,
  shape: 'SQUARE',
})
const save = async (...places: TablePlace[]) => saveFloorPlan({ ...(await edited()), places })

describe('a floor plan', () => {
  test('is replaced whole, by table number, with its author; an empty one is none', async () => {
    const { version } = await edited()
    expect(await save(put(2, 3), put(1, 0))).toEqual({ ok: true, value: { version: version + 1 } })
    expect(await listPlaces(scene)).toEqual([put(1, 0), put(2, 3)])
    // Two tables change places, in one statement.
    expect(await save(put(1, 3), put(2, 0))).toMatchObject({ ok: true })
    expect(await listPlaces(scene)).toEqual([put(1, 3), put(2, 0)])
    await save(put(2, 5))
    expect(await listPlaces(scene)).toEqual([put(2, 5)])
    await save()
    expect(await listPlaces(scene)).toEqual([])
    const events = await database.query(
      `SELECT actor_id, act, details->'before' AS before FROM audit_events ORDER BY at, id`,
    )
    const of = { actor_id: scene.ownerId, act: 'CHANGE_FLOOR_PLAN' }
    expect(events).toEqual([
      { ...of, before: [] },
      { ...of, before: [put(1, 0), put(2, 3)] },
      { ...of, before: [put(1, 3), put(2, 0)] },
      { ...of, before: [put(2, 5)] },
    ])
  })

  test.each([
    ['same-cell', [put(1, 1), put(2, 1)], { tableNumbers: [1, 2] }],
    ['no-such-table', [put(1, 1), put(9, 2)], { tableNumber: 9 }],
  ])('is refused whole for %s', async (reason, places, details) => {
    await save(put(1, 7))
    expect(await save(...places)).toEqual({ ok: false, reason, details })
    expect(await listPlaces(scene)).toEqual([put(1, 7)])
  })

  test('loses a table that is retired, and keeps one that gets another number', async () => {
    await save(put(1, 0), put(2, 3))
    const [first = '', second = ''] = scene.tableIds
    await retireTable({ ...(await edited()), tableId: first, keepsReservations: false })
    expect(await listPlaces(scene)).toEqual([put(2, 3)])
    expect(await save(put(1, 0))).toMatchObject({ reason: 'no-such-table' })
    const change = { tableId: second, minParty: 1, maxParty: 4 }
    await changeTable({ ...(await edited()), ...change, number: 8 })
    expect(await listPlaces(scene)).toEqual([put(8, 3)])
    // The number lives on at a table of its own, on no cell, and the cell can be taken.
    await createTable(database.pool, { restaurantId: scene.restaurantId, number: 1 })
    expect(await save(put(1, 0), put(8, 3))).toMatchObject({ ok: true })
  })

  test('of another restaurant stays as it is', async () => {
    const other = await setUpWeek()
    await createTable(database.pool, { restaurantId: other.restaurantId, number: 77 })
    expect(await save(put(77, 0))).toMatchObject({ reason: 'no-such-table' })
    expect(await save(put(1, 0))).toMatchObject({ ok: true })
    expect(await listPlaces(other)).toEqual([])
  })
})

describe('two tablets arrange at once', () => {
  test('one saves, and the other sees what is there now', async () => {
    const asked = await edited()
    const answers = await Promise.all([
      saveFloorPlan({ ...asked, places: [put(1, 1)] }),
      saveFloorPlan({ ...asked, places: [put(1, 2), put(2, 1)] }),
    ])
    const present = answers[0]?.ok ? [put(1, 1)] : [put(1, 2), put(2, 1)]
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      reason: 'changed-meanwhile',
      details: { version: asked.version + 1, present },
    })
    expect(await listPlaces(scene)).toEqual(present)
  })

  test('control: without the version both save, and the later one undoes the earlier', async () => {
    const asked = { ...(await edited()), version: null }
    const answers = await Promise.all([
      saveFloorPlan({ ...asked, places: [put(1, 1)] }),
      saveFloorPlan({ ...asked, places: [put(2, 1)] }),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2)
    expect(await listPlaces(scene)).toHaveLength(1)
  })

  test('the database keeps two tables from one cell, whatever the code does', async () => {
    const cell = `UPDATE restaurant_tables SET floor_x = 1, floor_y = 1, floor_shape = 'ROUND' WHERE id = $1`
    const [first, second] = scene.tableIds
    await database.query(cell, [first])
    await expect(database.query(cell, [second])).rejects.toMatchObject({
      constraint: 'restaurant_tables_cell_once',
    })
  })
})

test('G19: floor staff read the plan and do not change it; others see nothing', async () => {
  const { restaurantId, owner, admin, others } = await setUpSettings()
  const { floor, ...strangers } = others
  const asked = { restaurantId, version: null, places: [] }
  for (const accountId of [owner, admin])
    expect(await saveFloorPlan({ ...asked, actor: actorOf(accountId) })).toMatchObject({ ok: true })
  for (const accountId of Object.values(others))
    expect(await saveFloorPlan({ ...asked, actor: actorOf(accountId) })).toMatchObject({
      reason: 'not-found',
    })
  expect(await readFloorPlan({ restaurantId, accountId: floor })).toMatchObject({
    value: { items: [] },
  })
  for (const accountId of Object.values(strangers))
    expect(await readFloorPlan({ restaurantId, accountId })).toEqual({
      ok: false,
      reason: 'not-found',
    })
})
