import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { createGzip, gunzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { PoolClient } from 'pg'
import { layCohorts } from '@/domain/opening/cohort.rules'
import { readScore, toScoredBytes } from '@/domain/opening/draw.rules'
import { findLot, findLotMs, type OrderFacts } from '@/domain/opening/lot.rules'
import { readOpening } from '@/domain/opening/queries'
import { signStatement } from '@/lib/crypto/receipt'
import { isDatabaseCrowded, pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { ALL_NAMED, LISTS, readLogFacts, selectList } from './log.queries'
import type { GivenTurn, LogFacts, ProofSummary, SlotTaken } from './schema'

/** How many rows are in memory at once and serialised before the event loop gets a break. */
const FETCH_ROWS = 2_000
/** How old a log may be: while turns are given, until the day ends, and once nothing changes. */
const LOG_AGE_MS = { growing: 30_000, settled: 300_000, final: Number.POSITIVE_INFINITY }
/** Logs a process keeps: some 3 MB each for 110,000 entries. */
const MOST_LOGS = 4

export type LogFile = {
  /** The JSON, as gzip. */
  gzip: Buffer
  etag: string
  stage: keyof typeof LOG_AGE_MS
}

const valuesOf = ({ announcement: it }: LogFacts) => [
  it.id,
  it.restaurantId,
  it.serviceDate,
  it.gateUntil,
]

type GivenRow = {
  entry: string
  givenAt: string
  number: number | null
  inLobby: boolean
  cohort: number | null
  isEntered: boolean
}

/** What the log's head says about the order, with every cohort, also those whose turns have all come. */
function toOrderFacts(facts: LogFacts): OrderFacts {
  const { orderSeed, drawnAt, entryCount: waiting, rates, cohorts, directFrom } = facts
  const { orderBy, cohortSeconds } = facts.announcement
  const { laid } = layCohorts({ lobby: { drawnAt, entryCount: waiting }, cohorts, rates })
  const late = cohortSeconds !== null && {
    cohortSeconds,
    drawnCohort: cohorts.at(-1)?.cohort ?? 0,
    cohorts: laid.map(({ turnsFromMs, ...cohort }) => {
      return { ...cohort, turnsFrom: new Date(turnsFromMs).toISOString() }
    }),
    directFrom,
  }
  return { orderSeed, drawnAt, waiting, rates, orderBy, late: late || null }
}

/** When the turn of an entry came, by the public formula. */
function describeTurn({ order, row }: { order: OrderFacts; row: GivenRow }): GivenTurn {
  const { entry, givenAt, isEntered } = row
  const lot = isEntered && findLot({ opening: order, entry: { ...row, entryId: entry } })
  if (!lot) return { entry, dueAt: null, givenAt }
  const scoreOf = (orderSeed: string) =>
    readScore(
      createHash('sha256')
        .update(toScoredBytes({ orderSeed, entryId: entry }))
        .digest(),
    )
  const dueMs = findLotMs({ lot, rates: order.rates, scoreOf })
  return { entry, dueAt: new Date(dueMs).toISOString(), givenAt }
}

/**
 * One list as pieces of JSON, read through a cursor, so that memory does not grow with its length.
 */
async function* writeList({
  db,
  facts,
  list,
}: {
  db: PoolClient
  facts: LogFacts
  list: keyof typeof LISTS
}): AsyncGenerator<string> {
  const order = toOrderFacts(facts)
  await db.query(`DECLARE log_rows NO SCROLL CURSOR FOR ${selectList(list)}`, valuesOf(facts))
  let isFirst = true
  yield `,"${list}":[`
  for (;;) {
    const { rows } = await db.query(`FETCH ${FETCH_ROWS} FROM log_rows`)
    if (rows.length === 0) break
    const said = rows.map((row) => {
      if (list === 'entries') return JSON.stringify(row.entry_id)
      return JSON.stringify(list === 'turns' ? describeTurn({ order, row }) : row)
    })
    yield `${isFirst ? '' : ','}${said.join(',')}`
    isFirst = false
  }
  await db.query('CLOSE log_rows')
  yield ']'
}

async function* writeLog({
  db,
  facts,
}: {
  db: PoolClient
  facts: LogFacts
}): AsyncGenerator<string> {
  yield JSON.stringify(facts).slice(0, -1)
  for (const list of ['slots', 'entries', 'numbered', 'late', 'turns', 'bookings'] as const)
    yield* writeList({ db, facts, list })
}

/** Compresses the log piece by piece; its seal covers everything before the seal itself. */
async function packLog(pieces: AsyncGenerator<string>): Promise<{ gzip: Buffer; sha256: string }> {
  const gzip = createGzip()
  const packed: Buffer[] = []
  const collected = (async () => {
    for await (const part of gzip) packed.push(part)
  })()
  const hash = createHash('sha256')
  for await (const piece of pieces) {
    hash.update(piece)
    if (!gzip.write(piece)) await new Promise((resolve) => gzip.once('drain', resolve))
  }
  const sha256 = hash.digest('hex')
  const seal = { sha256, signature: signStatement(`opening log ${sha256}`) }
  gzip.end(`,"seal":${JSON.stringify(seal)}}`)
  await collected
  return { gzip: Buffer.concat(packed), sha256 }
}

function stageOf({ isSettled, isFinal }: LogFacts): LogFile['stage'] {
  if (isFinal) return 'final'
  return isSettled ? 'settled' : 'growing'
}

/** Reads everything as of one instant: a booking whose turn is missing would look stolen. */
async function buildLog(openingId: string): Promise<LogFile | null> {
  const db = await pool.connect()
  let broken: Error | undefined
  try {
    await db.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const facts = await readLogFacts({ db, openingId })
    const packed = facts && (await packLog(writeLog({ db, facts })))
    await db.query('COMMIT')
    if (!packed) return null
    const { gzip, sha256 } = packed
    return { gzip, etag: `W/"${sha256.slice(0, 32)}"`, stage: stageOf(facts) }
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    db.release(broken)
  }
}

type Kept = { file: LogFile | null; builtAtMs: number; building?: Promise<LogFile | null> }
const kept = new LRUCache<string, Kept>({ max: MOST_LOGS })

/** Built by one request at a time, and not rebuilt while nothing can have changed. */
async function keepLog(openingId: string): Promise<LogFile | null> {
  const known = kept.get(openingId) ?? { file: null, builtAtMs: Number.NEGATIVE_INFINITY }
  kept.set(openingId, known)
  const ageMs = performance.now() - known.builtAtMs
  if (known.file && ageMs < LOG_AGE_MS[known.file.stage]) return known.file
  known.building ??= buildLog(openingId)
    .then((file) => {
      known.file = file
      known.builtAtMs = performance.now()
      return file
    })
    .finally(() => {
      delete known.building
    })
  return known.building
}

/**
 * The log of an opening, from which anyone can check it (G13 to G15). Refuses `not-found`,
 * `not-open-yet` with `opensAt` before the draw, and `busy`.
 */
export async function readLog(
  openingId: string,
): Promise<Result<LogFile, 'not-found' | 'not-open-yet' | 'busy'>> {
  const { data } = await readOpening(openingId)
  if (!data || (data.state === 'CANCELLED' && data.drawnAt === null)) return refuse('not-found')
  if (data.drawnAt === null) return refuse('not-open-yet', { opensAt: data.opensAt })
  if (isDatabaseCrowded()) return refuse('busy')
  const file = await keepLog(data.id)
  return file ? succeed(file) : refuse('not-open-yet', { opensAt: data.opensAt })
}

export const unpackLog = promisify(gunzip)

/** How many turns and bookings a page shows before the visitor asks for the whole log. */
const FIRST_ROWS = 20

/**
 * An announcement becomes visible when its transaction commits, at most this long after its own
 * instant; until then a booking could not know of it.
 */
const ANNOUNCING = `interval '1 second'`
/** Instants are kept in milliseconds. */
const ROUNDING = `interval '1 millisecond'`

const GROUPED = `
  SELECT b.*, CASE
           WHEN b.by = 'HOUSE' THEN 'byStaff'
           WHEN b."bookedAt"::timestamptz < o.created_at + ${ANNOUNCING} THEN 'beforeAnnouncement'
           WHEN b."bookedAt"::timestamptz >= o.gate_until THEN 'afterGate'
           WHEN b."bookedAt"::timestamptz >= o.opens_at
            AND b."bookedAt"::timestamptz >= t.given_at - ${ROUNDING} THEN 'withTurn'
           ELSE 'withoutTurn' END AS "group"
    FROM (${LISTS.bookings}) AS b
    JOIN openings o ON o.id = $1
    LEFT JOIN opening_turns t ON t.opening_id = $1 AND t.entry_id = b.entry`

const COUNTS = `
  WITH offered AS (${LISTS.slots}), bookings AS (${GROUPED})
  SELECT (SELECT count(*)::int FROM offered WHERE NOT "isOffPlan") AS capacity,
         (SELECT count(*)::int FROM opening_turns WHERE opening_id = $1) AS turns,
         (SELECT count(*)::int FROM opening_entries WHERE opening_id = $1 AND NOT in_lobby) AS late,
         (count(*) FILTER (WHERE slot NOT IN (SELECT id FROM offered WHERE "isOffPlan")
                             AND "takenAt"::timestamptz < $4
                             AND coalesce("releasedAt"::timestamptz >= $4, true)))::int AS sold,
         (count(*) FILTER (WHERE "group" = 'withTurn'))::int AS "withTurn",
         (count(*) FILTER (WHERE "group" = 'beforeAnnouncement'))::int AS "beforeAnnouncement",
         (count(*) FILTER (WHERE "group" = 'byStaff'))::int AS "byStaff",
         (count(*) FILTER (WHERE "group" = 'afterGate'))::int AS "afterGate",
         (count(*) FILTER (WHERE "group" = 'withoutTurn'))::int AS "withoutTurn"
    FROM bookings`

/** The bookings of some entries, for the rows of their turns. */
const BOOKINGS_OF = `${ALL_NAMED} SELECT * FROM (${LISTS.bookings}) AS b WHERE b.entry = ANY ($5)`

/** What the page shows without a script. Null before the draw. */
export async function readProofSummary(openingId: string): Promise<ProofSummary | null> {
  const facts = await readLogFacts({ db: pool, openingId })
  if (!facts) return null
  const values = valuesOf(facts)
  const counted = await pool.query<ProofSummary['counts']>(COUNTS, values)
  const given = await pool.query<GivenRow>(`${selectList('turns')} LIMIT ${FIRST_ROWS}`, values)
  const entries = given.rows.map(({ entry }) => entry)
  const { rows: bookings } = await pool.query<SlotTaken>(BOOKINGS_OF, [...values, entries])
  const { rows: slots } = await pool.query<ProofSummary['slots'][number]>(
    selectList('slots'),
    values,
  )
  const [counts] = counted.rows
  if (!counts) throw new Error('counting gave no row')
  const order = toOrderFacts(facts)
  const turns = given.rows.map((row) => describeTurn({ order, row }))
  return { facts, counts, turns, bookings, slots }
}
