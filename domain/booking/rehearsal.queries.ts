import { z } from 'zod'
import { LATE_SECONDS } from '@/domain/opening/crowd.rules'
import { COHORT_SECONDS, DRAWN_AFTER_SECONDS, MOST_POINTS } from '@/domain/opening/rehearsal.rules'
import {
  type RehearsalSettings,
  type Rehearsed,
  rehearsed,
} from '@/domain/opening/rehearsal.schema'
import { readStaffRole } from '@/domain/restaurant/queries'
import { pool } from '@/lib/db/database'
import { createSnapshots } from '@/lib/http/snapshot'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { OpeningCurves } from './opening-curves.schema'

/** So long before an opening, and after it, other work would be felt; in minutes. */
export const NEAR_MINUTES = 60

export type RehearsalFacts = {
  restaurantId: string
  isAhead: boolean
  /** Of the nearest opening of anybody, from an hour before it until its rush is over. Null: none. */
  nearOpensAt: string | null
  /** From when on none of those is near any more. */
  nearUntil: string | null
  /** Rehearsals of the restaurant in the last hour. */
  recent: number
  lobbySeconds: number
  gateSeconds: number
  turnsPerSecond: number
  orderBy: 'DRAW' | 'ARRIVAL'
  times: RehearsalSettings['times'] | null
}

/** Read at one instant of the database's clock. */
const FACTS = `
  SELECT o.restaurant_id::text AS "restaurantId", o.order_by AS "orderBy",
         o.opens_at > now() AND o.cancelled_at IS NULL AS "isAhead",
         near.opens AS "nearOpensAt", near.until AS "nearUntil",
         (SELECT count(*)::int FROM opening_rehearsals h JOIN openings ho ON ho.id = h.opening_id
           WHERE ho.restaurant_id = o.restaurant_id AND h.at > now() - interval '1 hour') AS recent,
         extract(epoch FROM o.opens_at - o.lobby_opens_at)::float8 AS "lobbySeconds",
         extract(epoch FROM o.gate_until - o.opens_at)::float8 AS "gateSeconds",
         coalesce((SELECT p.turns_per_second FROM opening_rates p
                    WHERE p.opening_id = o.id ORDER BY p.from_at DESC LIMIT 1), 1) AS "turnsPerSecond",
         (SELECT json_agg(t.seats ORDER BY t.starts_at)
            FROM (SELECT k.starts_at, json_agg(json_build_object('minParty', k.min_party, 'maxParty', k.max_party, 'count', k.count)) AS seats
                    FROM (SELECT s.starts_at, s.min_party, s.max_party, count(*) AS count FROM slots s
                           WHERE s.restaurant_id = o.restaurant_id AND s.service_date = o.service_date
                             AND s.deleted_at IS NULL AND NOT s.blocked AND NOT s.off_plan
                             AND is_slot_free(s.taken, s.held_until, now())
                           GROUP BY s.starts_at, s.min_party, s.max_party) AS k
                   GROUP BY k.starts_at) AS t) AS times
    FROM openings o JOIN restaurants r ON r.id = o.restaurant_id AND r.deleted_at IS NULL
    CROSS JOIN LATERAL (
      SELECT iso_instant(min(n.opens_at)) AS opens,
             iso_instant(max(least(n.gate_until, n.opens_at + make_interval(mins => ${NEAR_MINUTES})))) AS until
        FROM openings n JOIN restaurants nr ON nr.id = n.restaurant_id AND nr.deleted_at IS NULL
       WHERE n.cancelled_at IS NULL AND n.gate_until > now()
         AND n.opens_at > now() - make_interval(mins => ${NEAR_MINUTES})
         AND n.opens_at <= now() + make_interval(mins => ${NEAR_MINUTES})) AS near
   WHERE o.id = $1`

/** Null: no such opening. */
export async function readRehearsalFacts(openingId: string): Promise<RehearsalFacts | null> {
  const { rows } = await pool.query<RehearsalFacts>(FACTS, [openingId])
  return rows[0] ?? null
}

/** The settings of an opening as a rehearsal takes them. */
export function settleRehearsal({
  facts,
  people,
}: {
  facts: RehearsalFacts
  people: number
}): RehearsalSettings {
  const { lobbySeconds, gateSeconds, turnsPerSecond, orderBy, times } = facts
  const isDrawn = orderBy === 'DRAW'
  return {
    people,
    lobbySeconds,
    lateSeconds: LATE_SECONDS,
    gateSeconds,
    turnsPerSecond,
    orderBy,
    drawnAfterSeconds: DRAWN_AFTER_SECONDS,
    cohortSeconds: isDrawn ? COHORT_SECONDS : null,
    times: times ?? [],
  }
}

/** The latest rehearsal of an opening. Null: it was never rehearsed. */
export async function findRehearsal(
  openingId: string,
): Promise<{ at: string; outcome: Rehearsed } | null> {
  const { rows } = await pool.query<{ at: string; outcome: unknown }>(
    `SELECT iso_instant(at) AS at, outcome FROM opening_rehearsals
      WHERE opening_id = $1 ORDER BY at DESC LIMIT 1`,
    [openingId],
  )
  const [row] = rows
  return row ? { at: row.at, outcome: rehearsed.parse(row.outcome) } : null
}

/** Of an opening that was not rehearsed: ten minutes before it, and ten after. */
const USUAL_GRID = [-590, 10]
const RUNNING_POLL_MS = 2_000
const RESTING_POLL_MS = 30_000

type CurveRow = {
  now: string
  elapsedSeconds: number
  fromSeconds: number
  stepSeconds: number
  isRunning: boolean
  seats: number
  entered: unknown
  turns: unknown
  taken: unknown
}

/**
 * How many fell between two of the evenly spaced instants of `grid`, by the place of the later one.
 */
const countBy = (at: string, from: string) => `
  (SELECT coalesce(json_object_agg(b.place, b.count), '{}')
     FROM (SELECT greatest(0, ceil((extract(epoch FROM ${at} - o.opens_at) - grid.from_seconds) / grid.step_seconds))::int AS place,
                  count(*)::int AS count
             FROM ${from} GROUP BY 1) AS b)`

const CURVES = `
  SELECT iso_instant(now()) AS now, extract(epoch FROM now() - o.opens_at)::float8 AS "elapsedSeconds",
         grid.from_seconds AS "fromSeconds", grid.step_seconds AS "stepSeconds",
         o.lobby_opens_at <= now() AND o.gate_until > now() AND o.cancelled_at IS NULL AS "isRunning",
         (SELECT count(*)::int FROM slots s
           WHERE s.restaurant_id = o.restaurant_id AND s.service_date = o.service_date
             AND s.deleted_at IS NULL AND NOT s.blocked AND NOT s.off_plan) AS seats,
         ${countBy('e.entered_at', 'opening_entries e WHERE e.opening_id = o.id')} AS entered,
         ${countBy('t.given_at', 'opening_turns t WHERE t.opening_id = o.id')} AS turns,
         ${countBy(
           'c.taken_at',
           `slots s JOIN reservation_slots c ON c.slot_id = s.id AND c.released_at IS NULL
             WHERE s.restaurant_id = o.restaurant_id AND s.service_date = o.service_date
               AND s.deleted_at IS NULL AND NOT s.blocked AND NOT s.off_plan`,
         )} AS taken
    FROM openings o
    LEFT JOIN LATERAL (SELECT h.outcome->'curves' AS curves FROM opening_rehearsals h
                        WHERE h.opening_id = o.id ORDER BY h.at DESC LIMIT 1) AS kept ON true
    CROSS JOIN LATERAL (SELECT coalesce((kept.curves->>'fromSeconds')::float8, $2::float8) AS from_seconds,
                               coalesce((kept.curves->>'stepSeconds')::float8, $3::float8) AS step_seconds) AS grid
   WHERE o.id = $1`

const places = z.record(z.string(), z.number())

/** The counts so far, at each instant that has come. */
function sumUp({ counts, points }: { counts: unknown; points: number }): number[] {
  const given = places.parse(counts)
  let sum = 0
  return Array.from({ length: points }, (_, place) => {
    sum += given[place] ?? 0
    return sum
  })
}

/** What has happened at an opening, at the instants of its latest rehearsal. Null: no such opening. */
export async function readCurves(openingId: string): Promise<OpeningCurves | null> {
  const { rows } = await pool.query<CurveRow>(CURVES, [openingId, ...USUAL_GRID])
  const [row] = rows
  if (!row) return null
  const { fromSeconds, stepSeconds } = row
  const { now, elapsedSeconds, isRunning, seats, entered, turns, taken } = row
  const come = Math.floor((elapsedSeconds - fromSeconds) / stepSeconds) + 1
  const points = Math.max(0, Math.min(MOST_POINTS, come))
  return {
    fromSeconds,
    stepSeconds,
    entered: sumUp({ counts: entered, points }),
    turns: sumUp({ counts: turns, points }),
    seatsLeft: sumUp({ counts: taken, points }).map((count) => Math.max(0, seats - count)),
    isRunning,
    asOf: now,
    pollAfterMs: isRunning ? RUNNING_POLL_MS : RESTING_POLL_MS,
  }
}

/** Read once for all who watch an opening through this process, at most every two seconds. */
const curves = createSnapshots({
  of: 'rehearsal',
  ageMs: RUNNING_POLL_MS,
  build: async (openingId: string) => {
    const data = await readCurves(openingId)
    return { data, content: data, body: '' }
  },
})

/** The same for an account that may announce openings; everybody else is refused `not-found`. */
export async function readOwnCurves({
  openingId,
  accountId,
}: {
  openingId: string
  accountId: string
}): Promise<Result<OpeningCurves, 'not-found'>> {
  const { rows } = await pool.query<{ restaurantId: string }>(
    'SELECT restaurant_id::text AS "restaurantId" FROM openings WHERE id = $1',
    [openingId],
  )
  const restaurantId = rows[0]?.restaurantId
  const role = restaurantId && (await readStaffRole({ accountId, restaurantId }))
  const found = role && role !== 'STAFF' ? await readOpeningCurves(openingId) : null
  return found ? succeed(found) : refuse('not-found')
}

/** What has really happened at an opening, for its owners; the caller has checked their rights. */
export async function readOpeningCurves(openingId: string): Promise<OpeningCurves | null> {
  return (await curves.get(openingId)).data
}
