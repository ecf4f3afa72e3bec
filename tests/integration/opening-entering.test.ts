import { beforeEach, expect, test, vi } from 'vitest'
import { enterUnbooked } from '@/domain/booking/entry.commands'
import { readOpening } from '@/domain/opening/queries'
import { pool } from '@/lib/db/database'
import { noteRefusedEntry, noteTakenEntry, readEntryLoad } from '@/lib/entry-load'
import { createDiners } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { createOpening, passTime } from '../support/opening-scene'

const database = useDatabase()

/** This process has seen nobody enter. */
function forgetLoad() {
  const { bobjoolEntryLoad: load } = globalThis as typeof globalThis & {
    bobjoolEntryLoad: { taken: Map<number, number>; refused: Map<number, number> }
  }
  load.taken.clear()
  load.refused.clear()
}
beforeEach(forgetLoad)

const times = (count: number, act: () => void) => {
  for (let time = 0; time < count; time += 1) act()
}

/** What any process has written. */
const addEntries = (openingId: string, { count, agoSeconds = 0, inLobby = true }: Rows) =>
  database.query(
    `INSERT INTO opening_entries (opening_id, entry_id, in_lobby, cohort, entered_at)
     SELECT $1, md5($3::float8 || '-' || n), $4, CASE WHEN NOT $4 THEN 1 END, now() - make_interval(secs => $3::float8)
       FROM generate_series(1, $2::int) AS n`,
    [openingId, count, agoSeconds, inLobby],
  )
type Rows = { count: number; agoSeconds?: number; inLobby?: boolean }

async function readEntering(openingId: string) {
  const { data } = await readOpening(openingId)
  if (!data) throw new Error('there is no such opening')
  return data.entering
}

type Node = Record<string, unknown> & { Plans?: Node[] }
const listNodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(listNodes)]

/** Whether the snapshot's statement counts the entries of the last seconds. */
async function countsEntries(openingId: string): Promise<boolean> {
  const asked = vi.spyOn(pool, 'query')
  await readOpening(openingId)
  const calls: unknown[][] = asked.mock.calls
  asked.mockRestore()
  const [text, values] = calls.find(([sent]) => String(sent).includes('"enteredLately"')) ?? []
  const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
    values as unknown[],
  )
  if (!row) throw new Error('the snapshot was not read')
  return listNodes(row['QUERY PLAN'][0].Plan).some(
    (node) => JSON.stringify(node).includes('entered_at >') && node['Actual Loops'] !== 0,
  )
}

test('a snapshot without a queue carries none, and costs nothing for it', async () => {
  const { openingId } = await createOpening()
  await addEntries(openingId, { count: 500 })
  times(40, noteTakenEntry)
  times(100, noteRefusedEntry)
  expect(await countsEntries(openingId)).toBe(false)
  expect(await readEntering(openingId)).toBeNull()
  // The control: one more is a queue.
  noteRefusedEntry()
  const other = await createOpening()
  await addEntries(other.openingId, { count: 1 })
  expect(await countsEntries(other.openingId)).toBe(true)
  expect(await readEntering(other.openingId)).not.toBeNull()
})

test('with a queue it carries the rate of all processes, from their rows, and a queue as much longer', async () => {
  const { openingId } = await createOpening()
  await addEntries(openingId, { count: 500 })
  // What was before the last seconds says nothing of now.
  await addEntries(openingId, { count: 900, agoSeconds: 6 })
  times(40, noteTakenEntry)
  times(200, noteRefusedEntry)
  const entering = await readEntering(openingId)
  expect(entering?.perSecond).toBe(100)
  // 200 wait for this process, which takes at most 40 of the 100.
  expect(entering?.ahead).toBeGreaterThanOrEqual(500)
  expect(entering?.ahead).toBeLessThan(2_000)
})

test('those under way are the queue until they are in, and each of them gets in', async () => {
  const { openingId } = await createOpening()
  const diners = await createDiners(pool, { count: 120 })
  const [first, ...others] = diners
  const enter = ({ id = '' } = {}) =>
    enterUnbooked({ openingId, accountId: id, epoch: 0, sessionId: null })
  expect(await enter(first)).toMatchObject({ ok: true })
  const holder = await database.pool.connect()
  try {
    await holder.query('BEGIN')
    await holder.query('SELECT FROM openings WHERE id = $1 FOR UPDATE', [openingId])
    const entered = others.map(enter)
    expect(readEntryLoad().waiting).toBe(119)
    expect(await readEntering(openingId)).toMatchObject({ ahead: 119 })
    await holder.query('COMMIT')
    expect((await Promise.all(entered)).every(({ ok }) => ok)).toBe(true)
  } finally {
    holder.release()
  }
  expect(readEntryLoad().waiting).toBe(0)
})

test('an order of arrival, and latecomers who are numbered, have none', async () => {
  times(40, noteTakenEntry)
  times(200, noteRefusedEntry)
  const byArrival = await createOpening({ orderBy: 'ARRIVAL' })
  await database.query(
    `INSERT INTO opening_entries (opening_id, entry_id, in_lobby, number) VALUES ($1, md5('1'), true, 1)`,
    [byArrival.openingId],
  )
  expect(await readEntering(byArrival.openingId)).toBeNull()

  const numbered = await createOpening({ opensInMinutes: 0 })
  await passTime({ database, ...numbered, seconds: 3 })
  await addEntries(numbered.openingId, { count: 1 })
  expect(await readEntering(numbered.openingId)).toBeNull()

  const drawn = await createOpening({ opensInMinutes: 0, cohortSeconds: 20 })
  await passTime({ database, ...drawn, seconds: 3 })
  await addEntries(drawn.openingId, { count: 1, inLobby: false })
  expect(await readEntering(drawn.openingId)).not.toBeNull()
})
