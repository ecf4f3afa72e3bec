import { createHash, randomBytes } from 'node:crypto'
import { expect, vi } from 'vitest'
import { placeReservation } from '@/domain/booking/commands'
import { moveReservation } from '@/domain/booking/move.commands'
import { enterOpening, takeTurn } from '@/domain/opening/commands'
import { findEntry, hashAnnouncement, readOpening } from '@/domain/opening/queries'
import { readLog, unpackLog } from '@/domain/proof/queries'
import type { OpeningLog } from '@/domain/proof/schema'
import { createDrandBeacon, QUICKNET } from '@/lib/beacon/drand'
import { readReceipt } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { createDiners, createRestaurant, createSlot } from '@/prisma/factories'
import type { TestDatabase } from './database'
import { createOpening, type OpeningScene, passTime } from './opening-scene'

const drand = createDrandBeacon({
  name: 'drand-quicknet',
  chain: QUICKNET,
  listBaseUrls: () => [],
})

/** Not signed by drand, which the reader of a log would ask; its hash is right. */
export function makeUpRound() {
  const proof = randomBytes(48)
  return {
    proof: proof.toString('hex'),
    value: createHash('sha256').update(proof).digest('hex'),
  }
}

interface Entered {
  accountId: string
  receipt: string
}

async function enterAll({ openingId, count }: { openingId: string; count: number }) {
  const diners = await createDiners(pool, { count })
  const entered: Entered[] = []
  for (const { id: accountId } of diners) {
    const answer = await enterOpening({ openingId, accountId, epoch: 0, sessionId: null })
    if (!answer.ok) throw new Error(answer.reason)
    entered.push({ accountId, receipt: answer.value.receipt })
  }
  return entered
}

/** As announced before latecomers were drawn: four of them, each with a number. */
async function runNumberedDraw({ database, restaurantId }: Beginning) {
  const beaconRound = drand.roundAfter(new Date(Date.now() + 5_000))
  const scene = await createOpening({ restaurantId, beacon: 'drand-quicknet', beaconRound })
  const { openingId } = scene
  const lobby = await enterAll({ openingId, count: 30 })
  await passTime({ database, openingId, seconds: 30 * 60 + 1 })
  const round = makeUpRound()
  await pool.query('SELECT freeze_opening($1)', [openingId])
  await pool.query('SELECT draw_opening($1, $2, $3)', [openingId, round.value, round.proof])
  const late = await enterAll({ openingId, count: 4 })
  await passTime({ database, openingId, seconds: 60 })
  return { scene, lobby, late }
}

/** Four latecomers in the first cohort, three in the second, and one once every turn has come. */
async function runCohorts({ database, restaurantId }: Beginning) {
  const scene = await createOpening({ restaurantId, beacon: 'drand-quicknet', cohortSeconds: 20 })
  const { openingId } = scene
  const pass = (seconds: number) => passTime({ database, openingId, seconds })
  const freeze = () => pool.query('SELECT freeze_opening($1)', [openingId])
  const lobby = await enterAll({ openingId, count: 30 })
  await pass(30 * 60 + 3)
  await freeze()
  const first = await enterAll({ openingId, count: 4 })
  await pass(8)
  const { value, proof } = makeUpRound()
  await pool.query('SELECT draw_opening($1, $2, $3)', [openingId, value, proof])
  const drawCohort = async (cohort: number) => {
    await freeze()
    await pass(8)
    const round = makeUpRound()
    const drawn = [openingId, cohort, round.value, round.proof]
    await pool.query('SELECT draw_cohort($1, $2, 1, $3, $4)', drawn)
  }
  await pass(12)
  const second = await enterAll({ openingId, count: 3 })
  await drawCohort(1)
  await pass(12)
  await drawCohort(2)
  await pass(60)
  await nameRounds({ database, openingId })
  await vi.waitFor(
    async () => expect((await readOpening(openingId)).data?.late?.directFrom).toBeTruthy(),
    { timeout: 10_000, interval: 100 },
  )
  return { scene, lobby, late: [...first, ...second, ...(await enterAll({ openingId, count: 1 }))] }
}

/** The rounds that had to decide, at the instants to which the rows were moved. */
async function nameRounds({ database, openingId }: { database: TestDatabase; openingId: string }) {
  const rows = await database.query<{ cohort: number; roundFrom: Date }>(
    `SELECT cohort, o.opens_at + make_interval(secs => cohort * 20 + 6) AS "roundFrom"
       FROM openings o, LATERAL (SELECT 0 AS cohort UNION ALL
            SELECT cohort FROM opening_cohorts WHERE opening_id = o.id) c WHERE o.id = $1`,
    [openingId],
  )
  const named = rows.map(({ cohort, roundFrom }) => {
    const round = drand.roundAfter(roundFrom)
    return cohort === 0
      ? `UPDATE openings SET beacon_round = ${round} WHERE id = '${openingId}';`
      : `UPDATE opening_cohorts SET beacon_round = ${round} WHERE opening_id = '${openingId}' AND cohort = ${cohort};`
  })
  await database.query(
    `DO $$ BEGIN
       ALTER TABLE openings DISABLE TRIGGER openings_announced_stays;
       ALTER TABLE opening_cohorts DISABLE TRIGGER opening_cohorts_frozen_stays;
       ${named.join('\n')}
       ALTER TABLE openings ENABLE TRIGGER openings_announced_stays;
       ALTER TABLE opening_cohorts ENABLE TRIGGER opening_cohorts_frozen_stays;
     END $$`,
  )
}

type Beginning = { database: TestDatabase; restaurantId: string }

/**
 * An opening from its announcement until shortly after: 30 in the lobby, some late, a draw with a
 * round of drand, every turn come, 8 turns taken, three tables booked, one of them cancelled and
 * booked by the next diner. Receipts are as they would be if the rows had not been moved in time.
 */
export async function runOpeningDay(
  database: TestDatabase,
  late: 'numbered' | 'cohorts' = 'numbered',
): Promise<OpeningScene & { text: string; log: OpeningLog; receipts: Entered[] }> {
  const { id: restaurantId } = await createRestaurant(pool)
  const startsAt = new Date(Date.now() + 120 * 60_000)
  for (const _ of [1, 2, 3]) await createSlot(pool, { restaurantId, startsAt })
  const run = late === 'cohorts' ? runCohorts : runNumberedDraw
  const { scene, lobby, late: latecomers } = await run({ database, restaurantId })
  const { openingId } = scene

  const turnsOf = [...lobby.slice(0, 6), ...latecomers.slice(0, 1), ...latecomers.slice(-1)]
  for (const { accountId, receipt } of turnsOf) {
    const taken = await takeTurn({ openingId, accountId, receipt })
    if (!taken.ok) throw new Error(taken.reason)
  }
  const book = async ({ accountId }: Pick<Entered, 'accountId'>) => {
    const { serviceDate } = scene
    const asked = { dinerId: accountId, key: 'k', address: null, turnOf: openingId }
    const request = { restaurantId, serviceDate, startsAt: startsAt.toISOString(), partySize: 2 }
    const placed = await placeReservation({ ...asked, request })
    if (!placed.ok) throw new Error(placed.reason)
    return { accountId, reservationId: placed.value.reservation.id }
  }
  const [first] = await Promise.all(turnsOf.slice(0, 3).map(book))
  if (!first) throw new Error('nobody booked')
  const actor = { accountId: first.accountId, address: null }
  await moveReservation({ ...first, act: 'CANCEL', actor, scope: 'diner' })
  await book(turnsOf[7] ?? first)

  const day = await downloadLog(openingId)
  const entered = [...lobby, ...latecomers]
  await forgetAnnouncement({ openingId, log: day.log, accountId: entered[0]?.accountId ?? '' })
  const receipts = await Promise.all(
    entered.map(async ({ accountId }) => {
      const entry = await findEntry({ openingId, accountId })
      return { accountId, receipt: entry?.receipt ?? '' }
    }),
  )
  return { ...scene, receipts, ...day }
}

/** The process that signs receipts caches an announcement for a second; only tests change one. */
async function forgetAnnouncement(asked: {
  openingId: string
  accountId: string
  log: OpeningLog
}): Promise<void> {
  const hash = hashAnnouncement(asked.log.announcement)
  await vi.waitFor(
    async () => {
      const entry = await findEntry(asked)
      expect(readReceipt(entry?.receipt ?? '')?.h).toBe(hash)
    },
    { timeout: 10_000, interval: 100 },
  )
}

export async function downloadLog(openingId: string): Promise<{ text: string; log: OpeningLog }> {
  const file = await readLog(openingId)
  if (!file.ok) throw new Error(file.reason)
  const text = (await unpackLog(file.value.gzip)).toString('utf8')
  return { text, log: JSON.parse(text) }
}

/** A snapshot as a diner who looked at that moment has saved it. */
export async function saveSnapshot(openingId: string): Promise<string> {
  return (await readOpening(openingId.toUpperCase())).packed.bytes.toString()
}
