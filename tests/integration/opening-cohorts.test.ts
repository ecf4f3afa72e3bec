import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { enterUnbooked } from '@/domain/booking/entry.commands'
import { enterOpening, takeTurn } from '@/domain/opening/commands'
import { findEntry, readOpening } from '@/domain/opening/queries'
import { readReceipt } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { createDiners, createSlot } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { createOpening, passTime } from '../support/opening-scene'

const database = useDatabase()
const COHORT = { cohortSeconds: 20 }

/** An opening whose instant was that many seconds ago. */
async function openAgo(seconds: number, more: Parameters<typeof createOpening>[0] = COHORT) {
  const scene = await createOpening({ opensInMinutes: 0, ...more })
  await passTime({ database, ...scene, seconds })
  return scene
}

async function enter(openingId: string, receivedAt: Date | null = null) {
  const [diner] = await createDiners(pool, { count: 1 })
  if (!diner) throw new Error('nobody to enter')
  const entered = await enterOpening({
    ...{ openingId, accountId: diner.id, epoch: 0, sessionId: null },
    receivedAt,
  })
  if (!entered.ok) throw new Error(entered.reason)
  return { accountId: diner.id, ...entered.value }
}

async function readClock(): Promise<number> {
  const [row] = await database.query<{ ms: number }>(
    'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
  )
  return row?.ms ?? 0
}
const ago = async (seconds: number) => new Date((await readClock()) - seconds * 1000)

const freeze = async (openingId: string) => {
  const [row] = await database.query<{ frozen: boolean }>('SELECT freeze_opening($1) AS frozen', [
    openingId,
  ])
  return row?.frozen
}
const drawLobby = (openingId: string) =>
  database.query('SELECT draw_opening($1, NULL, NULL)', [openingId])
const drawCohort = async (openingId: string, cohort: number) => {
  const [row] = await database.query<{ drawn: boolean }>(
    'SELECT draw_cohort($1, $2, NULL, NULL, NULL) AS drawn',
    [openingId, cohort],
  )
  return row?.drawn
}

type CohortRow = { cohort: number; count: number; hash: string; seed: string | null }
const readCohorts = (openingId: string) =>
  database.query<CohortRow>(
    `SELECT cohort, entry_count AS count, entries_hash AS hash, order_seed AS seed FROM opening_cohorts
      WHERE opening_id = $1 ORDER BY cohort`,
    [openingId],
  )
const hashOf = (ids: string[]) => createHash('sha256').update(ids.toSorted().join('')).digest('hex')

/** The snapshot as nobody has cached it. */
const look = async (openingId: string) => {
  await expect
    .poll(async () => (await readOpening(openingId)).data?.drawnAt ?? null, { timeout: 10_000 })
    .not.toBeNull()
  const { data } = await readOpening(openingId)
  if (!data) throw new Error('there is no such opening')
  return data
}

describe('G14: an entry counts by when its process received it', () => {
  test.each([
    ['in the lobby, received a second before the opening', 1.5, true, null],
    ['late, received before it but more than two seconds ago', 3, false, 1],
    ['late, received after it', 0.1, false, 1],
    ['late, received in the future', -60, false, 1],
  ])('%s', async (_, seconds, inLobby, cohort) => {
    const { openingId } = await openAgo(1)
    const entry = await enter(openingId, await ago(seconds))
    expect(entry).toMatchObject({ inLobby, cohort, number: null })
    const { l, c } = readReceipt(entry.receipt) ?? {}
    expect({ l, c: c ?? null }).toEqual({ l: inLobby, c: cohort })
  })

  test('late without knowing when, and where latecomers are numbered', async () => {
    const { openingId } = await openAgo(1)
    expect(await enter(openingId)).toMatchObject({ inLobby: false, cohort: 1 })
    const before = await openAgo(1, {})
    const numbered = await enter(before.openingId, await ago(1.5))
    expect(numbered).toMatchObject({ inLobby: false, cohort: null, number: 1 })
    expect(readReceipt(numbered.receipt)).not.toHaveProperty('c')
  })

  test('when a clock was put back: what meets a frozen lobby goes to the next cohort', async () => {
    const { openingId } = await openAgo(3)
    expect(await freeze(openingId)).toBe(true)
    await passTime({ database, openingId, seconds: -4 })
    const entry = await enter(openingId)
    expect(entry).toMatchObject({ inLobby: false, cohort: 1 })
    const { data } = await readOpening(openingId)
    expect(entry.enteredAt).toBe(data?.opensAt)
  })

  test('the same entry and receipt for who asks again, whenever that was received', async () => {
    const { openingId } = await openAgo(1)
    const { accountId, ...entry } = await enter(openingId, await ago(1.5))
    const again = { openingId, accountId, epoch: 0, sessionId: null, receivedAt: await ago(0) }
    expect(await enterOpening(again)).toEqual({ ok: true, value: entry })
  })
})

describe('G13: cohorts of latecomers', () => {
  test('freeze two seconds after their end, each once, and none is empty', async () => {
    const { openingId } = await openAgo(1)
    expect(await freeze(openingId), 'a second after the opening').toBe(false)
    const first = [await enter(openingId), await enter(openingId)]
    await passTime({ database, openingId, seconds: 1.5 })
    expect(await freeze(openingId), 'two seconds after it').toBe(true)
    await passTime({ database, openingId, seconds: 38 })
    const third = await enter(openingId)
    expect(third).toMatchObject({ cohort: 3 })
    expect(await freeze(openingId)).toBe(true)
    expect(await readCohorts(openingId)).toEqual([
      { cohort: 1, count: 2, hash: hashOf(first.map(({ entryId }) => entryId)), seed: null },
    ])
    expect(await freeze(openingId), 'nothing is over since').toBe(false)
    await passTime({ database, openingId, seconds: 22 })
    expect(await freeze(openingId)).toBe(true)
    expect((await readCohorts(openingId)).map(({ cohort }) => cohort)).toEqual([1, 3])
  })

  test('are drawn in order, each with a secret that hashes to the one before it', async () => {
    const { openingId } = await openAgo(3)
    await freeze(openingId)
    await enter(openingId)
    await passTime({ database, openingId, seconds: 40 })
    await enter(openingId)
    await passTime({ database, openingId, seconds: 22 })
    await freeze(openingId)
    expect(await drawCohort(openingId, 1), 'the lobby is not drawn').toBe(false)
    await drawLobby(openingId)
    expect(await drawCohort(openingId, 3), 'the first is not drawn').toBe(false)
    expect(await drawCohort(openingId, 1)).toBe(true)
    expect(await drawCohort(openingId, 1), 'once').toBe(false)
    expect(await drawCohort(openingId, 3)).toBe(true)
    const [row] = await database.query<{ ends: Buffer; commitment: string }>(
      'SELECT secret AS ends, commitment FROM openings WHERE id = $1',
      [openingId],
    )
    const sha = (bytes: Buffer, times: number): Buffer =>
      times === 0 ? bytes : sha(createHash('sha256').update(bytes).digest(), times - 1)
    const cohorts = 180
    expect(sha(row?.ends ?? Buffer.alloc(0), cohorts + 1).toString('hex')).toBe(row?.commitment)
    for (const { cohort, hash, seed } of await readCohorts(openingId)) {
      const secret = sha(row?.ends ?? Buffer.alloc(0), cohorts - cohort)
      const made = createHash('sha256').update(Buffer.concat([Buffer.from(hash, 'hex'), secret]))
      expect(made.digest('hex'), String(cohort)).toBe(seed)
    }
  })

  test('cannot be changed once frozen or drawn', async () => {
    const { openingId } = await openAgo(3)
    await enter(openingId)
    await passTime({ database, openingId, seconds: 20 })
    await freeze(openingId)
    await drawLobby(openingId)
    await drawCohort(openingId, 1)
    for (const change of ['entry_count = 2', `order_seed = repeat('a', 64)`, `entries_hash = ''`])
      await expect(
        database.query(`UPDATE opening_cohorts SET ${change} WHERE opening_id = $1`, [openingId]),
      ).rejects.toMatchObject({ constraint: 'opening_cohorts_frozen_stays' })
  })
})

describe('G14: the turns of latecomers', () => {
  test('come behind all before them and not before their draw, as the snapshot says', async () => {
    const { openingId } = await openAgo(-1, { ...COHORT, turnsPerSecond: 1 })
    const lobby = [await enter(openingId), await enter(openingId)]
    await passTime({ database, openingId, seconds: 4 })
    await freeze(openingId)
    const late = [await enter(openingId), await enter(openingId), await enter(openingId)]
    await passTime({ database, openingId, seconds: 19.5 })
    const next = await enter(openingId)
    await freeze(openingId)
    await drawLobby(openingId)
    await drawCohort(openingId, 1)
    const opening = await look(openingId)
    expect(opening.late).toMatchObject({ cohortSeconds: 20, drawnCohort: 1, directFrom: null })
    const [cohort] = opening.late?.cohorts ?? []
    expect(cohort).toMatchObject({ cohort: 1, entryCount: 3 })
    const fromMs = Date.parse(cohort?.turnsFrom ?? '')
    expect(fromMs).toBe(Date.parse(opening.drawnAt ?? '') + 2 * 1000)

    const first = lobby[0]
    const told = await Promise.all(
      late.map(({ accountId, receipt }) => takeTurn({ openingId, accountId, receipt })),
    )
    for (const answer of told) {
      const at = answer.ok ? '' : String(Object(answer.details).at)
      expect(answer).toMatchObject({ ok: false, reason: 'not-your-turn' })
      expect(Date.parse(at)).toBeGreaterThan(fromMs)
      expect(Date.parse(at)).toBeLessThanOrEqual(fromMs + 3_000)
    }
    expect(
      await takeTurn({ openingId, accountId: next.accountId, receipt: next.receipt }),
      'of a cohort that is not drawn',
    ).toMatchObject({ ok: false, reason: 'not-your-turn', details: { at: null } })

    await passTime({ database, openingId, seconds: 6 })
    await expect
      .poll(async () => (await readOpening(openingId)).data?.late?.cohorts, { timeout: 10_000 })
      .toEqual([])
    for (const { accountId, receipt } of late)
      expect(await takeTurn({ openingId, accountId, receipt })).toMatchObject({ ok: true })
    expect(first?.inLobby).toBe(true)
  })

  test('once every drawn turn has come and hardly anybody waits, come at once', async () => {
    const { openingId } = await openAgo(3, { ...COHORT, turnsPerSecond: 2 })
    await freeze(openingId)
    await drawLobby(openingId)
    const crowd = [await enter(openingId), await enter(openingId), await enter(openingId)]
    expect((await look(openingId)).late, 'three wait, two turns a second').toMatchObject({
      directFrom: null,
    })
    await passTime({ database, openingId, seconds: 20 })
    await freeze(openingId)
    await drawCohort(openingId, 1)
    await passTime({ database, openingId, seconds: 2 })
    const waiting = await enter(openingId)
    expect(waiting).toMatchObject({ cohort: 2 })
    await expect
      .poll(async () => (await readOpening(openingId)).data?.late?.directFrom, { timeout: 10_000 })
      .toBeTruthy()
    const direct = await enter(openingId)
    expect(direct).toMatchObject({ inLobby: false, cohort: null, number: null })
    for (const { accountId, receipt } of [waiting, direct, ...crowd])
      expect(await takeTurn({ openingId, accountId, receipt })).toMatchObject({ ok: true })
    expect(await findEntry({ openingId, accountId: direct.accountId })).toMatchObject({
      receipt: direct.receipt,
    })
    await passTime({ database, openingId, seconds: 30 })
    expect(await freeze(openingId), 'nobody is drawn any more').toBe(false)
  })

  test('draws do not end while somebody waits or when a rate was just set, and end once', async () => {
    const { openingId } = await openAgo(3, { ...COHORT, turnsPerSecond: 1 })
    await freeze(openingId)
    await drawLobby(openingId)
    const endDraws = async (rates: number, most: number) => {
      const [row] = await database.query<{ ended: boolean }>(
        `SELECT end_draws($1, now() - interval '1 ms', 0, $2, $3) AS ended`,
        [openingId, rates, most],
      )
      return row?.ended
    }
    await enter(openingId)
    expect(await endDraws(1, 0), 'one waits').toBe(false)
    expect(await endDraws(2, 1), 'another rate than was known').toBe(false)
    expect(await endDraws(1, 1)).toBe(true)
    expect(await endDraws(1, 1), 'once').toBe(false)
  })
})

test('a lobby and a cohort freeze and are drawn in time, though nobody looks once it is over', async () => {
  const { openingId } = await openAgo(1)
  // Draws go on while turns of the lobby are to come.
  await database.query(
    `INSERT INTO opening_entries (opening_id, entry_id, in_lobby)
     SELECT $1, md5(n::text), true FROM generate_series(1, 400) AS n`,
    [openingId],
  )
  const watch = () =>
    database.query(
      `SELECT frozen_at IS NOT NULL AS frozen, drawn_at IS NOT NULL AS drawn,
              ARRAY(SELECT cohort FROM opening_cohorts c WHERE c.opening_id = o.id AND c.order_seed IS NOT NULL) AS cohorts
         FROM openings o WHERE id = $1`,
      [openingId],
    )
  const lookAnew = async () => (await readOpening(openingId)).data?.asOf
  // The one look from which this process knows when the next is due.
  await lookAnew()
  await expect
    .poll(watch, { timeout: 15_000 })
    .toEqual([{ frozen: true, drawn: true, cohorts: [] }])
  const before = await lookAnew()
  await enter(openingId)
  await passTime({ database, openingId, seconds: 16 })
  await expect.poll(lookAnew).not.toBe(before)
  await expect
    .poll(watch, { timeout: 15_000 })
    .toEqual([{ frozen: true, drawn: true, cohorts: [1] }])
})

test('sold out: nobody enters any more, told by the snapshot alone', async () => {
  const { openingId, restaurantId, serviceDate } = await openAgo(3)
  await freeze(openingId)
  await drawLobby(openingId)
  await createSlot(pool, { restaurantId, serviceDate, blocked: true })
  await expect
    .poll(async () => (await readOpening(openingId)).data?.state, { timeout: 10_000 })
    .toBe('SOLD_OUT')
  const [diner] = await createDiners(pool, { count: 1 })
  const before = await database.query('SELECT FROM opening_entries')
  expect(
    await enterUnbooked({ openingId, accountId: diner?.id ?? '', epoch: 0, sessionId: null }),
  ).toMatchObject({ ok: false, reason: 'sold-out' })
  expect(await database.query('SELECT FROM opening_entries')).toHaveLength(before.length)
})
