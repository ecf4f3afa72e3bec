import { createHash } from 'node:crypto'
import { publishAuthKeys } from '@/domain/identity/auth-key.commands'
import { mergePublicKeys, signReceipt } from '@/lib/crypto/receipt'
import { noteDatabaseClock } from '@/lib/db/clock'
import { pool } from '@/lib/db/database'
import { readEntryLoad } from '@/lib/entry-load'
import { type Built, createSnapshots } from '@/lib/http/snapshot'
import { log } from '@/lib/log'
import { type Announced, writeAnnouncement } from './announcement.rules'
import { type Cohort, findNextLookMs, layCohorts, listDrawn } from './cohort.rules'
import { findNextDraw, settleOpening } from './draw.commands'
import { describeEntering, isQueue } from './entering.rules'
import { decideOpeningState, paceOpeningPolls } from './rules'
import type { Opening, OpeningEntry, OpeningRate } from './schema'

type Row = Pick<
  Opening,
  | 'id'
  | 'restaurantId'
  | 'serviceDate'
  | 'orderBy'
  | 'commitment'
  | 'entriesHash'
  | 'secret'
  | 'orderSeed'
  | 'cancelledFor'
> & {
  lobbyOpensAt: Date
  opensAt: Date
  gateUntil: Date
  drawnAt: Date | null
  isFrozen: boolean
  isFreezeDue: boolean
  isCancelled: boolean
  isShown: boolean
  isSoldOut: boolean
  beacon: Opening['beacon']['name']
  beaconRound: number | null
  beaconValue: string | null
  beaconProof: string | null
  announcedAt: Date
  announcedTurnsPerSecond: number | null
  waiting: number
  rates: OpeningRate[]
  publishedKeys: string[]
  cohortSeconds: number | null
  directFrom: string | null
  /** The frozen ones, in their order. */
  cohorts: Cohort[]
  /** How many latecomers are in no frozen cohort. */
  undrawn: number
  /** Entries of the last seconds; 0 without a queue. */
  enteredLately: number
  load: ReturnType<typeof readEntryLoad>
  now: Date
}

/** The public keys of every key that was ever ours, the youngest first. Part of a statement. */
export const PUBLISHED_KEYS = `ARRAY(SELECT k.public_key FROM auth_keys k ORDER BY k.published_at DESC, k.key_id)`

/** The lobby's secret in hex, of the table `openings AS o`: it is out once the lobby is drawn, not before. */
export const LOBBY_SECRET = `encode(reveal_secret(o.secret, count_cohorts(o.opens_at, o.gate_until, o.cohort_seconds)), 'hex')`

/** Over how long the rate of entries is measured. */
const LATELY_SECONDS = 5

/**
 * One statement, so that everything is read at one instant. The secret leaves the database only
 * once the instant has passed and the order is fixed.
 */
const READ_OPENING = `
  SELECT o.id, o.restaurant_id AS "restaurantId", o.service_date::text AS "serviceDate",
         o.lobby_opens_at AS "lobbyOpensAt", o.opens_at AS "opensAt", o.gate_until AS "gateUntil",
         o.order_by AS "orderBy", o.commitment, o.created_at AS "announcedAt",
         o.announced_turns_per_second AS "announcedTurnsPerSecond", o.beacon, o.beacon_round::int AS "beaconRound",
         o.beacon_value AS "beaconValue", o.beacon_proof AS "beaconProof",
         o.entries_hash AS "entriesHash", o.order_seed AS "orderSeed", o.drawn_at AS "drawnAt",
         o.cancelled_for AS "cancelledFor",
         CASE WHEN o.opens_at <= now() AND o.drawn_at IS NOT NULL THEN ${LOBBY_SECRET} END AS secret,
         ${PUBLISHED_KEYS} AS "publishedKeys",
         o.cohort_seconds AS "cohortSeconds", iso_instant(o.direct_from) AS "directFrom",
         (SELECT coalesce(json_agg(json_build_object(
                   'cohort', c.cohort, 'entryCount', c.entry_count, 'entriesHash', c.entries_hash,
                   'orderSeed', c.order_seed, 'drawnAt', iso_instant(c.drawn_at)) ORDER BY c.cohort), '[]')
            FROM opening_cohorts c WHERE c.opening_id = o.id) AS cohorts,
         CASE WHEN o.drawn_at IS NULL OR o.cohort_seconds IS NULL OR o.direct_from IS NOT NULL THEN 0
              ELSE (SELECT count(*)::int FROM opening_entries e
                     WHERE e.opening_id = o.id AND NOT e.in_lobby AND e.cohort > o.closed_cohort) END AS undrawn,
         CASE WHEN $2 AND o.order_by = 'DRAW' THEN (
                SELECT count(*)::int FROM opening_entries e
                 WHERE e.opening_id = o.id AND e.entered_at > now() - make_interval(secs => ${LATELY_SECONDS}))
              ELSE 0 END AS "enteredLately",
         o.frozen_at IS NOT NULL AS "isFrozen", find_cohort_over(o.id) IS NOT NULL AS "isFreezeDue", o.cancelled_at IS NOT NULL AS "isCancelled", now() AS now,
         EXISTS (SELECT FROM restaurants r
                  WHERE r.id = o.restaurant_id AND r.published AND r.deleted_at IS NULL) AS "isShown",
         coalesce(o.entry_count, (SELECT count(*)::int FROM opening_entries e
                                   WHERE e.opening_id = o.id AND e.in_lobby)) AS waiting,
         (SELECT coalesce(json_agg(json_build_object('fromAt', iso_instant(p.from_at), 'turnsPerSecond', p.turns_per_second)
                                   ORDER BY p.from_at), '[]')
            FROM opening_rates p WHERE p.opening_id = o.id) AS rates,
         o.drawn_at IS NOT NULL AND coalesce(left_over.slots > 0 AND left_over.bookable = 0, false) AS "isSoldOut"
    FROM openings o
    CROSS JOIN LATERAL (
      SELECT count(*) AS slots, count(*) FILTER (
               WHERE NOT s.blocked AND s.starts_at > now() AND (NOT s.taken OR s.held_until IS NOT NULL)) AS bookable
        FROM slots s
       WHERE s.restaurant_id = o.restaurant_id AND s.service_date = o.service_date AND s.deleted_at IS NULL) AS left_over
   WHERE o.id = $1`

async function readRow(id: string): Promise<Row | undefined> {
  const askedAtMs = performance.now()
  const load = readEntryLoad()
  const { rows } = await pool.query<Omit<Row, 'load'>>(READ_OPENING, [id, isQueue(load)])
  const [row] = rows
  if (row) noteDatabaseClock({ now: row.now, askedAtMs })
  return row && { ...row, load }
}

/** The announcement and its hash, which never change, whatever happens to the opening. */
function describeAnnouncement(row: Row): Opening['announcement'] {
  const announcedAt = row.announcedAt.toISOString()
  const turnsPerSecond = row.announcedTurnsPerSecond ?? 0
  const instants = {
    announcedAt,
    lobbyOpensAt: row.lobbyOpensAt.toISOString(),
    opensAt: row.opensAt.toISOString(),
    gateUntil: row.gateUntil.toISOString(),
  }
  const hash = hashAnnouncement({ ...row, ...instants, turnsPerSecond })
  return { announcedAt, turnsPerSecond, hash }
}

/** The cohorts of which a turn is still to come, and what has become of all others. */
function describeLate({
  cohortSeconds,
  directFrom,
  cohorts,
  drawnAt,
  waiting,
  rates,
  now,
}: Row & { cohortSeconds: number }): Opening['late'] {
  const drawn = listDrawn(cohorts)
  const { laid } = layCohorts({
    lobby: { drawnAt: (drawnAt ?? now).toISOString(), entryCount: waiting },
    cohorts: drawn,
    rates,
  })
  return {
    cohortSeconds,
    drawnCohort: drawn.at(-1)?.cohort ?? 0,
    cohorts: laid
      .filter(({ turnsEndMs }) => turnsEndMs > now.getTime())
      .map(({ turnsFromMs, turnsEndMs: _, ...cohort }) => {
        return { ...cohort, turnsFrom: new Date(turnsFromMs).toISOString() }
      }),
    directFrom,
  }
}

function compose(row: Row): Opening {
  const {
    isFrozen: _,
    isFreezeDue: ___,
    isCancelled,
    isShown,
    isSoldOut,
    cohorts,
    undrawn: __,
    enteredLately,
    load,
    cohortSeconds,
    directFrom,
    now,
    beacon,
    beaconRound,
    publishedKeys,
    ...rest
  } = row
  const { beaconValue, beaconProof, lobbyOpensAt, opensAt, gateUntil, drawnAt, ...others } = rest
  const { announcedAt, announcedTurnsPerSecond, ...facts } = others
  const state = decideOpeningState({ ...row, isDrawn: drawnAt !== null })
  const late = cohortSeconds === null ? null : describeLate({ ...row, cohortSeconds })
  const enteredPerSecond = enteredLately / LATELY_SECONDS
  const { orderBy } = row
  return {
    ...facts,
    state,
    announcement: describeAnnouncement(row),
    lobbyOpensAt: lobbyOpensAt.toISOString(),
    opensAt: opensAt.toISOString(),
    gateUntil: gateUntil.toISOString(),
    drawnAt: drawnAt?.toISOString() ?? null,
    beacon: { name: beacon, round: beaconRound, value: beaconValue, proof: beaconProof },
    late,
    entering: describeEntering({ state, orderBy, late, load, enteredPerSecond }),
    receiptKeys: mergePublicKeys(publishedKeys),
    asOf: now.toISOString(),
    pollAfterMs: paceOpeningPolls({ state, opensAt, now }),
  }
}

async function build(id: string): Promise<Built<Opening | null>> {
  let row = await readRow(id)
  // The first request after the instant closes the lobby and has the order drawn.
  if (row && (await settleOpening(row))) row = await readRow(id)
  if (row) lookAgainInTime(row)
  // The draw of a hidden restaurant's opening goes on; nobody outside reads it.
  if (!row?.isShown) return { data: null, content: null, body: '' }
  const opening = compose(row)
  const { asOf, pollAfterMs, ...content } = opening
  return { data: opening, content, body: JSON.stringify(opening) }
}

const openings = createSnapshots({ of: 'opening', build })

/** Longer than a lobby that somebody waits in is looked at by nobody. */
const LOOKS_AHEAD_MS = 10 * 60_000
/** A draw whose round is late is tried again no sooner. */
const LOOKS_APART_MS = 1_000
const looks = new Map<string, NodeJS.Timeout>()

/**
 * Looks at an opening when something is over, though no phone does: frozen only after its round was known, an
 * order could have been steered, and nobody could tell that it was not.
 */
function lookAgainInTime(row: Row): void {
  const { id, cohortSeconds, isCancelled, now, gateUntil } = row
  clearTimeout(looks.get(id))
  looks.delete(id)
  if (cohortSeconds === null || isCancelled || now > gateUntil) return
  const nextDrawMs = findNextDraw(row)?.dueMs ?? null
  const atMs = findNextLookMs({ ...row, cohortSeconds, nextDrawMs })
  const inMs = atMs === null ? Number.POSITIVE_INFINITY : atMs - now.getTime()
  if (inMs > LOOKS_AHEAD_MS) return
  const look = () => {
    looks.delete(id)
    openings.get(id).catch((error: unknown) => {
      log.warn({ openingId: id, error: String(error) }, 'an opening was not looked at in time')
    })
  }
  looks.set(id, setTimeout(look, Math.max(LOOKS_APART_MS, inMs + 50)).unref())
}

/**
 * The public snapshot of an opening, at most a second old. `data` null: no such opening, or its
 * restaurant is hidden or deleted.
 */
export function readOpening(id: string) {
  return openings.get(id)
}

/** An opening as it is now, its restaurant shown or not, for its owner. Null: no such opening. */
export async function readOwnOpening(id: string): Promise<Opening | null> {
  const row = await readRow(id)
  return row ? compose(row) : null
}

/** This process's snapshot of an opening, if at most a second old; no I/O. */
export function peekOpening(id: string): Opening | null {
  return openings.peek(id)?.data ?? null
}

/**
 * An entry with its proof (G15), the same receipt each time. The receipt carries the announcement's
 * hash, so its holder can show what had been announced when they entered.
 */
export async function withReceipt({
  openingId: o,
  accountId: a,
  entry,
}: {
  openingId: string
  accountId: string
  entry: Omit<OpeningEntry, 'receipt'>
}): Promise<OpeningEntry> {
  const { entryId: e, enteredAt: t, inLobby: l, number: n, cohort: c } = entry
  const h = await readAnnouncementHash(o)
  // Where latecomers are numbered a receipt says what it always said.
  const drawn = l || n !== null ? {} : { c }
  return { ...entry, receipt: signReceipt({ o, a, e, t, l, n, ...drawn, h }) }
}

/** A diner's entry with its receipt, the same as when they entered. Null: they have not entered. */
export async function findEntry(asked: {
  openingId: string
  accountId: string
}): Promise<OpeningEntry | null> {
  const { rows } = await pool.query<Omit<OpeningEntry, 'receipt'>>(
    `SELECT entry_id AS "entryId", iso_instant(entered_at) AS "enteredAt", in_lobby AS "inLobby", number, cohort
       FROM opening_entries WHERE opening_id = $1 AND account_id = $2`,
    [asked.openingId, asked.accountId],
  )
  const [entry] = rows
  return entry ? await withReceipt({ ...asked, entry }) : null
}

/** The announced columns, of the table `openings AS o`. */
export const ANNOUNCED = `
  o.id, o.restaurant_id AS "restaurantId", o.service_date::text AS "serviceDate",
  iso_instant(o.created_at) AS "announcedAt", iso_instant(o.lobby_opens_at) AS "lobbyOpensAt",
  iso_instant(o.opens_at) AS "opensAt", iso_instant(o.gate_until) AS "gateUntil", o.order_by AS "orderBy",
  coalesce(o.announced_turns_per_second, 0) AS "turnsPerSecond", o.commitment, o.beacon,
  o.beacon_round::int AS "beaconRound", o.cohort_seconds AS "cohortSeconds"`

/** The sha256 of the announcement, hex; it never changes. */
export function hashAnnouncement(announced: Announced): string {
  return createHash('sha256').update(writeAnnouncement(announced)).digest('hex')
}

const announcements = createSnapshots({
  of: 'announcement',
  build: async (id: string) => {
    // No receipt is signed by a key that is not published yet.
    await publishAuthKeys()
    const { rows } = await pool.query<Announced>(
      `SELECT ${ANNOUNCED} FROM openings o WHERE o.id = $1`,
      [id],
    )
    const [announced] = rows
    if (!announced) throw new Error('there is no such opening')
    const hash = hashAnnouncement(announced)
    return { data: hash, content: hash, body: hash }
  },
})

/** The announcement's hash for receipts; read from Postgres at most once a second. */
export async function readAnnouncementHash(openingId: string): Promise<string> {
  return (await announcements.get(openingId)).data
}
