import { pool } from '@/lib/db/database'
import { type Built, createSnapshots, type Snapshot } from '@/lib/http/snapshot'
import { summariseTonight, type TonightFacts } from './tonight.rules'
import type { Tonight } from './tonight.schema'

/** Diners skim a list rather than wait in front of it; a restaurant's own board polls faster. */
const POLL_AFTER_MS = 15_000

/** Each restaurant's today, with its service date if it is open that day. */
const TODAY = `
  CROSS JOIN LATERAL (SELECT service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today) AS h
  LEFT JOIN service_dates d ON d.restaurant_id = r.id AND d.service_date = h.today AND NOT d.closed`

/** A slot that can be booked at this instant; a run-out hold counts as free (G5). */
const IS_FREE = '(NOT s.blocked AND is_slot_free(s.taken, s.held_until, now()))'

/**
 * Of a restaurant without a free time today, the first later one that anybody may book now: its
 * date is within the horizon, has opened, and needs no turn.
 */
const NEXT_FREE = `
  LEFT JOIN LATERAL (
    SELECT json_build_object('startsAt', iso_instant(s.starts_at), 'serviceDate', s.service_date) AS next
      FROM slots s
      JOIN service_dates e ON e.restaurant_id = s.restaurant_id AND e.service_date = s.service_date
     WHERE cardinality(o."freeTimes") = 0 AND r.bookings_on AND NOT r.same_day_only
       AND s.restaurant_id = r.id AND s.service_date > h.today
       AND s.service_date <= h.today + r.horizon_days
       AND NOT e.closed AND coalesce(e.opens_at <= now(), true)
       AND s.deleted_at IS NULL AND s.starts_at > now() AND ${IS_FREE}
       AND $2::int BETWEEN s.min_party AND s.max_party
       AND NOT EXISTS (SELECT FROM openings g
                        WHERE g.restaurant_id = r.id AND g.service_date = s.service_date
                          AND g.cancelled_at IS NULL AND g.gate_until > now())
     ORDER BY s.starts_at, s.id LIMIT 1) AS n ON true`

const NEXT_OPENING = `
  LEFT JOIN LATERAL (
    SELECT json_build_object('openingId', g.id, 'serviceDate', g.service_date,
                             'opensAt', iso_instant(g.opens_at)) AS opening
      FROM openings g
     WHERE g.restaurant_id = r.id AND g.cancelled_at IS NULL AND g.opens_at > now()
     ORDER BY g.opens_at, g.id LIMIT 1) AS c ON true`

/** One statement for all restaurants of a list. `$1` their ids, `$2` the party size. */
const READ_TONIGHT = `
  SELECT now(), (SELECT coalesce(json_agg(f ORDER BY f."restaurantId"), '[]') FROM (
    SELECT r.id AS "restaurantId", h.today AS "serviceDate", r.time_zone AS "timeZone",
           EXISTS (SELECT FROM restaurant_tables t
                    WHERE t.restaurant_id = r.id AND t.deleted_at IS NULL) AS "hasTables",
           d.service_date IS NOT NULL AS "isScheduled", r.bookings_on AS "isBookingsOn",
           CASE WHEN d.opens_at > now() THEN iso_instant(d.opens_at) END AS "opensAt",
           o.coming, o.fitting, o.held, o."freeTimes", n.next, c.opening
      FROM restaurants r ${TODAY}
      CROSS JOIN LATERAL (
        SELECT count(*) AS coming,
               count(*) FILTER (WHERE f.fits) AS fitting,
               count(*) FILTER (WHERE f.fits AND NOT s.blocked AND s.held_until > now()) AS held,
               coalesce(array_agg(DISTINCT iso_instant(s.starts_at))
                          FILTER (WHERE f.fits AND ${IS_FREE}), '{}') AS "freeTimes"
          FROM slots s
          CROSS JOIN LATERAL (SELECT $2::int BETWEEN s.min_party AND s.max_party AS fits) AS f
         WHERE s.restaurant_id = r.id AND s.service_date = h.today
           AND s.deleted_at IS NULL AND NOT s.off_plan AND s.starts_at > now()) AS o
      ${NEXT_FREE} ${NEXT_OPENING}
     WHERE r.id = ANY ($1::uuid[]) AND r.deleted_at IS NULL AND r.published) AS f) AS facts`

type Row = { now: Date; facts: TonightFacts[] }

async function buildTonight(key: string): Promise<Built<Tonight>> {
  const [party, ids] = key.split(' ')
  const partySize = Number(party)
  const { rows } = await pool.query<Row>(READ_TONIGHT, [ids ? ids.split(',') : [], partySize])
  const restaurants = rows.flatMap(({ facts }) => facts.map(summariseTonight))
  const asOf = rows[0]?.now.toISOString() ?? ''
  const data = { partySize, asOf, pollAfterMs: POLL_AFTER_MS, restaurants }
  return { data, content: { partySize, restaurants }, body: JSON.stringify(data) }
}

const lists = createSnapshots({ of: 'tonight', build: buildTonight })

/**
 * What each of these restaurants still has for a party today, all read at once and at most a second
 * old unless Postgres is away. Unpublished restaurants are left out.
 */
export function readTonight({
  restaurantIds,
  partySize,
}: {
  restaurantIds: string[]
  partySize: number
}): Promise<Snapshot<Tonight>> {
  return lists.get(`${partySize} ${[...new Set(restaurantIds)].sort().join(',')}`)
}

export type FreeTonight = {
  /** Restaurants with a free table for the party. */
  free: string[]
  /** Restaurants with bookings that open later, for today or an announced date, the soonest first. */
  opening: string[]
}

/** `$1` the party size. The search ends at the first free slot. */
const READ_FREE = `
  SELECT r.id, t.free AND coalesce(d.opens_at <= now(), true) AS "isFree",
         least(CASE WHEN t.free AND d.opens_at > now() THEN d.opens_at END, c.opens_at) AS "opensAt"
    FROM restaurants r ${TODAY}
    CROSS JOIN LATERAL (
      SELECT d.service_date IS NOT NULL
             AND EXISTS (SELECT FROM slots s
                          WHERE s.restaurant_id = r.id AND s.service_date = h.today
                            AND s.starts_at > now() AND s.deleted_at IS NULL
                            AND $1::int BETWEEN s.min_party AND s.max_party AND ${IS_FREE}) AS free) AS t
    CROSS JOIN LATERAL (
      SELECT min(g.opens_at) AS opens_at FROM openings g
       WHERE g.restaurant_id = r.id AND g.cancelled_at IS NULL AND g.opens_at > now()) AS c
   WHERE r.deleted_at IS NULL AND r.published AND r.bookings_on
     AND (t.free OR c.opens_at IS NOT NULL)
   ORDER BY "opensAt", r.id`

const freeLists = createSnapshots<FreeTonight>({
  of: 'free-tonight',
  build: async (key) => {
    const { rows } = await pool.query<{ id: string; isFree: boolean; opensAt: Date | null }>(
      READ_FREE,
      [Number(key)],
    )
    const data = {
      free: rows.filter(({ isFree }) => isFree).map(({ id }) => id),
      opening: rows.filter(({ opensAt }) => opensAt !== null).map(({ id }) => id),
    }
    return { data, content: data, body: '' }
  },
})

/** Where a party can still get a table today, now or once bookings open; at most a second old. */
export async function listFreeTonight({ partySize }: { partySize: number }): Promise<FreeTonight> {
  return (await freeLists.get(String(partySize))).data
}
