import { z } from 'zod'
import { idsOfNames } from '@/domain/restaurant/directory.queries'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { findNames } from '@/lib/text/word-query'
import type {
  AnyOpening,
  AnyOpeningQuery,
  OpeningLine,
  OpeningListQuery,
  OwnOpening,
} from './list.schema'
import { readOpening } from './queries'
import { nudgeOpenings } from './recurring.commands'
import { decideOpeningState } from './rules'

/** The columns of an opening `o` in every list. */
const LINE = `
  o.id, o.restaurant_id AS "restaurantId", o.service_date::text AS "serviceDate",
  o.lobby_opens_at AS "lobbyOpensAt", o.opens_at AS "opensAt", o.gate_until AS "gateUntil",
  o.order_by AS "orderBy", o.commitment, o.beacon AS "beaconName", o.cancelled_for AS "cancelledFor",
  o.cancelled_at IS NOT NULL AS "isCancelled", o.drawn_at IS NOT NULL AS "isDrawn", now() AS now,
  (SELECT p.turns_per_second FROM opening_rates p
    WHERE p.opening_id = o.id ORDER BY p.from_at DESC LIMIT 1) AS "turnsPerSecond",
  o.drawn_at IS NOT NULL AND coalesce(left_over.there > 0 AND left_over.bookable = 0, false) AS "isSoldOut"`

/** The number of seats on the date of `o`, and how many are left; times off the plan are offered to nobody. */
const LEFT_OVER = `
  CROSS JOIN LATERAL (
    SELECT count(*) AS there, count(*) FILTER (WHERE NOT s.off_plan)::int AS slots,
           count(*) FILTER (WHERE NOT s.off_plan AND NOT is_slot_free(s.taken, s.held_until, now()))::int AS taken,
           count(*) FILTER (WHERE s.starts_at > now() AND (NOT s.taken OR s.held_until IS NOT NULL)) AS bookable
      FROM slots s
     WHERE s.restaurant_id = o.restaurant_id AND s.service_date = o.service_date AND s.deleted_at IS NULL
       AND NOT s.blocked) AS left_over`

/** The number of entries in the lobby; a frozen count is not counted again. */
const COUNTS = `
  coalesce(o.entry_count, (SELECT count(*)::int FROM opening_entries e
                            WHERE e.opening_id = o.id AND e.in_lobby)) AS waiting`

/** A row of the columns above: instants as dates, and the facts that decide the state. */
type LineRow = Omit<OpeningLine, 'state' | 'lobbyOpensAt' | 'opensAt' | 'gateUntil'> & {
  lobbyOpensAt: Date
  opensAt: Date
  gateUntil: Date
  isCancelled: boolean
  isDrawn: boolean
  isSoldOut: boolean
  now: Date
}

function composeLine<Row extends LineRow>(row: Row) {
  const { isCancelled: _, isSoldOut: __, now: ___, ...rest } = row
  return {
    ...rest,
    state: decideOpeningState(row),
    lobbyOpensAt: row.lobbyOpensAt.toISOString(),
    opensAt: row.opensAt.toISOString(),
    gateUntil: row.gateUntil.toISOString(),
  }
}

const moment = z.tuple([z.iso.datetime().regex(/^[12]\d{3}-/), z.uuid()])

/**
 * The conditions and order of either list, from a cursor on: `$1` and `$2` are the last row's key.
 */
function pageOf({
  show,
  cursor,
}: {
  show: OpeningListQuery['show']
  cursor?: string | null | undefined
}) {
  const [at = null, id = null] = readCursor(moment, cursor) ?? []
  const isComing = 'o.gate_until > now() AND o.cancelled_at IS NULL'
  const [which, beyond, direction] =
    show === 'coming' ? [isComing, '>', 'ASC'] : [`NOT (${isComing})`, '<', 'DESC']
  return {
    where: `${which} AND ($1::timestamptz IS NULL OR (o.opens_at, o.id) ${beyond} ($1, $2::uuid))`,
    order: `ORDER BY o.opens_at ${direction}, o.id ${direction}`,
    values: [at, id],
  }
}

const keyOf = ({ opensAt, id }: { opensAt: string; id: string }) => [opensAt, id]

/** One page of a published restaurant's openings, public. Null: no such restaurant. */
export async function listOpenings({
  restaurantId,
  limit,
  ...page
}: OpeningListQuery & { restaurantId: string }): Promise<Page<OpeningLine> | null> {
  const { where, order, values } = pageOf(page)
  if (!(await isPublic(restaurantId))) return null
  await nudgeOpenings(restaurantId)
  const { rows } = await pool.query<LineRow>(
    `SELECT ${LINE} FROM openings o ${LEFT_OVER}
      WHERE o.restaurant_id = $3 AND ${where} ${order} LIMIT $4`,
    [...values, restaurantId, limit + 1],
  )
  const lines = rows.map(composeLine).map(({ isDrawn: _, ...line }) => line)
  return cutPage({ rows: lines, limit, keyOf })
}

async function isPublic(restaurantId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'SELECT FROM restaurants WHERE id = $1 AND published AND deleted_at IS NULL',
    [restaurantId],
  )
  return rowCount === 1
}

/** One page of a restaurant's openings for its staff; the caller has checked their rights. */
export async function listOwnOpenings({
  restaurantId,
  limit,
  ...page
}: OpeningListQuery & { restaurantId: string }): Promise<Page<OwnOpening>> {
  await nudgeOpenings(restaurantId)
  const { where, order, values } = pageOf(page)
  const read = async () => {
    const { rows } = await pool.query<LineRow & Omit<OwnOpening, keyof OpeningLine>>(
      `SELECT ${LINE}, ${COUNTS}, left_over.slots, left_over.taken,
              (SELECT count(*)::int FROM opening_entries e WHERE e.opening_id = o.id AND NOT e.in_lobby) AS late,
              EXISTS (SELECT FROM service_dates d WHERE d.restaurant_id = o.restaurant_id
                                                    AND d.service_date = o.service_date AND d.closed) AS "isClosed",
              ${RATES} AS rates
         FROM openings o ${LEFT_OVER}
        WHERE o.restaurant_id = $3 AND ${where} ${order} LIMIT $4`,
      [...values, restaurantId, limit + 1],
    )
    return rows.map(composeLine)
  }
  const rows = await read()
  // The first request after the instant closes the lobby and has the order drawn.
  const unsettled = rows.filter(({ state }) => state === 'DRAWING')
  await Promise.all(unsettled.map(({ id }) => readOpening(id)))
  return cutPage({ rows: unsettled.length > 0 ? await read() : rows, limit, keyOf })
}

/** Read from the audit log, because a rate changed before the instant is recorded nowhere else. */
const RATES = `
  (SELECT coalesce(json_agg(json_build_object('at', iso_instant(e.at), 'by', a.name,
            'turnsPerSecond', (e.details->>'turnsPerSecond')::double precision) ORDER BY e.at, e.id), '[]')
     FROM audit_events e LEFT JOIN accounts a ON a.id = e.actor_id
    WHERE e.subject = 'OPENING' AND e.subject_id = o.id AND e.act IN ('ANNOUNCE', 'CHANGE_RATE'))`

/** The largest number of seats on any coming date; 0 without a schedule. */
export async function countUsualSlots(restaurantId: string): Promise<number> {
  const { rows } = await pool.query<{ slots: number }>(
    `SELECT coalesce(max(dates.slots), 0)::int AS slots
       FROM (SELECT count(*) AS slots FROM slots s
              WHERE s.restaurant_id = $1 AND s.starts_at > now() AND s.deleted_at IS NULL AND NOT s.blocked
                AND NOT s.off_plan
              GROUP BY s.service_date) AS dates`,
    [restaurantId],
  )
  return rows[0]?.slots ?? 0
}

/** One page of all openings, for admins. */
export async function listAnyOpenings({
  restaurant,
  limit = 20,
  ...page
}: AnyOpeningQuery & { limit?: number }): Promise<Page<AnyOpening>> {
  const { where, order, values } = pageOf(page)
  const { rows } = await pool.query<LineRow & Omit<AnyOpening, keyof OpeningLine>>(
    `SELECT ${LINE}, ${COUNTS}, r.slug, r.name, r.name_en AS "nameEn", r.time_zone AS "timeZone"
       FROM openings o JOIN restaurants r ON r.id = o.restaurant_id ${LEFT_OVER}
      WHERE ($3::tsquery IS NULL OR o.restaurant_id = ANY (${idsOfNames('$3')}))
        AND ${where} ${order} LIMIT $4`,
    [...values, restaurant === null ? null : findNames(restaurant), limit + 1],
  )
  return cutPage({ rows: rows.map(composeLine), limit, keyOf })
}
