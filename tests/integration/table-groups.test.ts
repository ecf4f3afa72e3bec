import { beforeEach, describe, expect, test } from 'vitest'
import { changeTable } from '@/domain/restaurant/setup.commands'
import { listTables } from '@/domain/restaurant/setup.queries'
import { saveAreas, saveCombinations } from '@/domain/restaurant/table-group.commands'
import {
  listAreas,
  listCombinations,
  readAreas,
  readCombinations,
} from '@/domain/restaurant/table-group.queries'
import type { Combination } from '@/domain/restaurant/table-group.schema'
import { retireTable } from '@/domain/schedule/retire-table.commands'
import { createTable } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { actorOf, readVersion, type ScheduleScene, setUpWeek } from '../support/schedule-scene'
import { setUpSettings } from '../support/settings-scene'

const database = useDatabase()
let scene: ScheduleScene
/** Tables 1 to 4, for two, four, four and six. */
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek()
  for (const maxParty of [4, 6])
    scene.tableIds.push(
      (await createTable(database.pool, { restaurantId: scene.restaurantId, maxParty })).id,
    )
})

const edited = async (accountId = scene.ownerId) => ({
  restaurantId: scene.restaurantId,
  version: await readVersion(scene),
  actor: actorOf(accountId),
})
const combine = (tableNumbers: number[], minParty: number, maxParty: number): Combination => ({
  tableNumbers,
  minParty,
  maxParty,
})
const setCombinations = async (...combinations: Combination[]) =>
  saveCombinations({ ...(await edited()), combinations })
const setAreas = async (...areas: Parameters<typeof saveAreas>[0]['areas']) =>
  saveAreas({ ...(await edited()), areas })
const retire = async (index: number) =>
  retireTable({
    ...(await edited()),
    tableId: scene.tableIds[index] ?? '',
    keepsReservations: false,
  })

describe('combinations', () => {
  test('are replaced as a whole list, by their lowest numbers, with their author', async () => {
    const { version } = await edited()
    expect(await setCombinations(combine([3, 2], 5, 8), combine([1, 2], 3, 6))).toEqual({
      ok: true,
      value: { version: version + 1 },
    })
    expect(await listCombinations(scene)).toEqual([combine([1, 2], 3, 6), combine([2, 3], 5, 8)])
    await setCombinations(combine([4, 3], 7, 10))
    expect(await listCombinations(scene)).toEqual([combine([3, 4], 7, 10)])
    const events = await database.query(
      `SELECT actor_id, act, details->'before'->0->'tableNumbers' AS before FROM audit_events ORDER BY at, id`,
    )
    expect(events[1]).toEqual({
      actor_id: scene.ownerId,
      act: 'CHANGE_COMBINATIONS',
      before: [1, 2],
    })
    await setCombinations()
    expect(await listCombinations(scene)).toEqual([])
  })

  test.each([
    ['no-such-table', [combine([1, 9], 3, 4)]],
    ['same-combination', [combine([1, 2], 3, 6), combine([2, 1], 3, 4)]],
    ['over-seats', [combine([1, 2], 3, 7)]],
  ])('are refused whole for %s', async (reason, combinations) => {
    await setCombinations(combine([2, 3], 5, 8))
    expect(await setCombinations(combine([3, 4], 7, 10), ...combinations)).toMatchObject({
      ok: false,
      reason,
    })
    expect(await listCombinations(scene)).toEqual([combine([2, 3], 5, 8)])
  })

  test('end with a table that is retired, which leaves its area, and the others stand', async () => {
    await setCombinations(combine([1, 2], 3, 6), combine([2, 3], 5, 8))
    await setAreas({ name: '홀', tableNumbers: [1, 2] })
    expect(await retire(0)).toMatchObject({ ok: true })
    expect(await listCombinations(scene)).toEqual([combine([2, 3], 5, 8)])
    expect(await listAreas(scene)).toMatchObject([{ name: '홀', tableNumbers: [2] }])
    const [event] = await database.query(
      `SELECT details->'combinations' AS ended FROM audit_events WHERE act = 'REMOVE_TABLE'`,
    )
    expect(event).toEqual({ ended: [combine([1, 2], 3, 6)] })
    expect(await setCombinations(combine([1, 2], 3, 6))).toMatchObject({ reason: 'no-such-table' })
    // The number lives on at a table of its own, without the old one's combinations.
    await createTable(database.pool, { restaurantId: scene.restaurantId, number: 1 })
    expect(await listCombinations(scene)).toEqual([combine([2, 3], 5, 8)])
  })

  test('follow a table that gets another number, and keep it from becoming too small', async () => {
    await setCombinations(combine([1, 2], 3, 6))
    const [table] = await listTables(scene)
    const change = { tableId: table?.id ?? '', minParty: 1 }
    expect(
      await changeTable({ ...(await edited()), ...change, number: 7, maxParty: 2 }),
    ).toMatchObject({ ok: true })
    expect(await listCombinations(scene)).toEqual([combine([2, 7], 3, 6)])
    expect(await changeTable({ ...(await edited()), ...change, number: 7, maxParty: 1 })).toEqual({
      ok: false,
      reason: 'over-seats',
    })
    expect((await listTables(scene)).find(({ number }) => number === 7)?.maxParty).toBe(2)
  })
})

describe('areas', () => {
  test('are replaced as a whole list, in the owner’s order, and keep their ids by id and by name', async () => {
    await setAreas({ name: '홀', tableNumbers: [2, 1] }, { name: '테라스', tableNumbers: [4] })
    const [hall, terrace] = await listAreas(scene)
    expect([hall, terrace]).toMatchObject([
      { name: '홀', tableNumbers: [1, 2] },
      { name: '테라스', tableNumbers: [4] },
    ])
    const id = terrace?.id ?? ''
    await setAreas({ id, name: '옥상', tableNumbers: [4, 1] }, { name: '홀', tableNumbers: [3] })
    expect(await listAreas(scene)).toEqual([
      { id, name: '옥상', tableNumbers: [1, 4] },
      { id: hall?.id, name: '홀', tableNumbers: [3] },
    ])
    // Names swapped.
    const swapped = [
      { id, name: '홀', tableNumbers: [] },
      { id: hall?.id, name: '옥상', tableNumbers: [3] },
    ]
    expect(await setAreas(...swapped)).toMatchObject({ ok: true })
    expect(await listAreas(scene)).toEqual(swapped)
    await setAreas()
    expect(await listAreas(scene)).toEqual([])
    expect(await listTables(scene)).toHaveLength(4)
  })

  test('merge: the one that goes leaves its tables to the other', async () => {
    await setAreas({ name: '홀', tableNumbers: [1, 2] }, { name: '창가', tableNumbers: [3] })
    expect(await setAreas({ name: '홀', tableNumbers: [1, 2, 3] })).toMatchObject({ ok: true })
    expect(await listAreas(scene)).toMatchObject([{ name: '홀', tableNumbers: [1, 2, 3] }])
  })

  test.each([
    ['same-area', [{ name: '홀', tableNumbers: [1] }]],
    ['no-such-table', [{ name: '룸', tableNumbers: [9] }]],
    ['table-in-two-areas', [{ name: '룸', tableNumbers: [2] }]],
    ['not-found', [{ id: '00000000-0000-4000-8000-000000000000', name: '룸', tableNumbers: [] }]],
  ])('are refused whole for %s', async (reason, areas) => {
    const first = { name: '홀', tableNumbers: [2] }
    await setAreas(first)
    expect(await setAreas(first, ...areas)).toMatchObject({ ok: false, reason })
    expect(await listAreas(scene)).toMatchObject([first])
  })

  test('of another restaurant are not there, nor are its tables', async () => {
    await setAreas({ name: '홀', tableNumbers: [4] })
    const [foreign] = await listAreas(scene)
    const other = await setUpWeek()
    const asked = { restaurantId: other.restaurantId, version: null, actor: actorOf(other.ownerId) }
    const taken = [{ id: foreign?.id ?? '', name: '내 것', tableNumbers: [] }]
    expect(await saveAreas({ ...asked, areas: taken })).toMatchObject({ reason: 'not-found' })
    const tables = { ...asked, areas: [{ name: '홀', tableNumbers: [4] }] }
    expect(await saveAreas(tables)).toMatchObject({ reason: 'no-such-table' })
    expect(await listAreas(scene)).toEqual([foreign])
  })
})

describe('two at once', () => {
  test('one of two owners saves, the other sees what is there now', async () => {
    const asked = await edited()
    const answers = await Promise.all([
      saveCombinations({ ...asked, combinations: [combine([1, 2], 3, 6)] }),
      saveCombinations({ ...asked, combinations: [combine([2, 3], 5, 8)] }),
    ])
    const saved = answers.findIndex(({ ok }) => ok)
    const there = saved === 0 ? combine([1, 2], 3, 6) : combine([2, 3], 5, 8)
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers[1 - saved]).toMatchObject({
      reason: 'changed-meanwhile',
      details: { version: asked.version + 1, present: [there] },
    })
    expect(await listCombinations(scene)).toEqual([there])
  })
})

test('G19: floor staff read both and change neither; others see nothing', async () => {
  const { restaurantId, owner, admin, others } = await setUpSettings()
  const { floor, ...strangers } = others
  const asked = { restaurantId, version: null }
  for (const accountId of [owner, admin]) {
    const actor = actorOf(accountId)
    expect(await saveAreas({ ...asked, actor, areas: [] })).toMatchObject({ ok: true })
    expect(await saveCombinations({ ...asked, actor, combinations: [] })).toMatchObject({
      ok: true,
    })
  }
  for (const accountId of Object.values(others)) {
    const actor = actorOf(accountId)
    expect(await saveAreas({ ...asked, actor, areas: [] })).toMatchObject({ reason: 'not-found' })
    expect(await saveCombinations({ ...asked, actor, combinations: [] })).toMatchObject({
      reason: 'not-found',
    })
  }
  for (const read of [readAreas, readCombinations]) {
    expect(await read({ restaurantId, accountId: floor })).toMatchObject({ value: { items: [] } })
    for (const accountId of Object.values(strangers))
      expect(await read({ restaurantId, accountId })).toEqual({ ok: false, reason: 'not-found' })
  }
})
