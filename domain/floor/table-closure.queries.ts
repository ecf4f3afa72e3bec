import { listPlannedSlots } from '@/domain/booking/change.queries'
import { canBeChanged } from '@/domain/booking/change.rules'
import { readStaffRole } from '@/domain/restaurant/queries'
import { listCombinationsIn } from '@/domain/restaurant/table-group.queries'
import { loadPrisma } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { type FreeTable, type MovingParty, proposeMoves } from './table-closure.rules'
import type { ProposedMove, TableClosure, TouchedParty } from './table-closure.schema'

type ClosureRow = Omit<TableClosure, 'parties'>
type PartyRow = Omit<TouchedParty, 'move'> & {
  closureId: string
  seatings: number
  isOffPlan: boolean
  isToday: boolean
}

/** What is closed at a restaurant now or will be, by its beginning. */
async function listClosed(tx: Transaction, restaurantId: string): Promise<ClosureRow[]> {
  return tx.$queryRaw<ClosureRow[]>`
    SELECT c.id, CASE WHEN a.id IS NOT NULL THEN json_build_object('id', a.id, 'name', a.name) END AS area,
           ARRAY(SELECT t.number FROM closed_tables x JOIN restaurant_tables t ON t.id = x.table_id
                  WHERE x.closure_id = c.id ORDER BY t.number)::int[] AS "tableNumbers",
           iso_instant(c.starts_at) AS "from", iso_instant(c.ends_at) AS "to", c.reason
      FROM table_closures c LEFT JOIN restaurant_areas a ON a.id = c.area_id
     WHERE c.restaurant_id = ${restaurantId}::uuid AND c.ends_at > now()
     ORDER BY c.starts_at, c.id`
}

/**
 * The parties that have a slot, or sit, at a closed table during its closing. A hold that has run out is
 * none.
 */
async function listTouched(tx: Transaction, restaurantId: string): Promise<PartyRow[]> {
  return tx.$queryRaw<PartyRow[]>`
    SELECT touched.closure_id AS "closureId", v.id AS "reservationId", v.sequence, v.status::text AS status,
           v.party_size AS "partySize", coalesce(p.name, g.name) AS name, v.service_date::text AS "serviceDate",
           iso_instant(v.starts_at) AS "startsAt", iso_instant(v.ends_at) AS "endsAt",
           ARRAY(SELECT DISTINCT t.number FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
                   JOIN restaurant_tables t ON t.id = s.table_id
                  WHERE c.reservation_id = v.id AND NOT c.moved_away ORDER BY t.number)::int[] AS "tableNumbers",
           (SELECT coalesce(max(n), 1)::int FROM (
              SELECT count(*) AS n FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
               WHERE c.reservation_id = v.id AND NOT c.moved_away GROUP BY s.table_id) per_table) AS seatings,
           EXISTS (SELECT FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
                    WHERE c.reservation_id = v.id AND c.released_at IS NULL AND s.off_plan) AS "isOffPlan",
           v.service_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes) AS "isToday"
      FROM (SELECT x.closure_id, c.reservation_id
              FROM table_closures k JOIN closed_tables x ON x.closure_id = k.id
              JOIN slots s ON s.table_id = x.table_id AND s.deleted_at IS NULL
                          AND tstzrange(s.starts_at, s.ends_at) && tstzrange(x.starts_at, x.ends_at)
              JOIN reservation_slots c ON c.slot_id = s.id AND c.released_at IS NULL
             WHERE k.restaurant_id = ${restaurantId}::uuid AND k.ends_at > now()
             UNION
            SELECT x.closure_id, o.reservation_id
              FROM table_closures k JOIN closed_tables x ON x.closure_id = k.id AND x.starts_at <= now()
              JOIN occupancies o ON o.table_id = x.table_id AND o.ended_at IS NULL
             WHERE k.restaurant_id = ${restaurantId}::uuid AND k.ends_at > now()) touched
      JOIN reservations v ON v.id = touched.reservation_id
      JOIN restaurants r ON r.id = v.restaurant_id
      LEFT JOIN accounts p ON p.id = v.diner_id LEFT JOIN guests g ON g.id = v.guest_id
     WHERE (v.status IN ('CONFIRMED', 'SEATED') OR (v.status = 'HELD' AND v.hold_expires_at > now()))
       AND NOT is_seating_over(v.status, v.seated_at, r.time_zone, r.day_cut_minutes)
     ORDER BY v.starts_at, v.id`
}

async function listFreeTables(tx: Transaction, restaurantId: string): Promise<FreeTable[]> {
  return tx.$queryRaw<FreeTable[]>`
    SELECT t.id, t.number, t.min_party AS "minParty", t.max_party AS "maxParty",
           EXISTS (SELECT FROM occupancies o
                    WHERE o.table_id = t.id AND o.ended_at IS NULL
                      AND o.service_date = service_date_at(now(), r.time_zone, r.day_cut_minutes)) AS "isOccupied"
      FROM restaurant_tables t JOIN restaurants r ON r.id = t.restaurant_id
     WHERE t.restaurant_id = ${restaurantId}::uuid AND t.deleted_at IS NULL
     ORDER BY t.id`
}

const MINUTE_MS = 60_000

function toMoving({ startsAt, endsAt, isOffPlan, ...party }: PartyRow): MovingParty {
  const minutes = Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE_MS)
  // A hold is never off the plan.
  const mayBeOff = isOffPlan && party.status !== 'HELD'
  return { ...party, startsAt: new Date(startsAt), minutes, isOffPlan: mayBeOff }
}

/** A move for each of these parties that is still to come, date by date. */
async function propose(
  tx: Transaction,
  {
    restaurantId,
    closures,
    touched,
  }: { restaurantId: string; closures: ClosureRow[]; touched: PartyRow[] },
): Promise<Map<string, ProposedMove>> {
  const coming = touched.filter(({ status, isToday }) => canBeChanged(status) && isToday)
  if (coming.length === 0) return new Map()
  const tables = await listFreeTables(tx, restaurantId)
  const combinations = await listCombinationsIn(tx, restaurantId)
  const closed = closures.flatMap(({ tableNumbers, from, to }) =>
    tableNumbers.map((tableNumber) => ({
      tableNumber,
      startsAt: new Date(from),
      endsAt: new Date(to),
    })),
  )
  const [{ now } = { now: new Date() }] = await tx.$queryRaw<{ now: Date }[]>`SELECT now()`
  const moves = new Map<string, ProposedMove>()
  for (const serviceDate of new Set(coming.map((party) => party.serviceDate))) {
    const tableIds = tables.map(({ id }) => id)
    const slots = await listPlannedSlots(tx, { restaurantId, serviceDate, tableIds, movingIds: [] })
    const ofDate = coming.filter((party) => party.serviceDate === serviceDate)
    // A party at tables of two closures is moved once.
    const parties = [...new Map(ofDate.map((one) => [one.reservationId, toMoving(one)])).values()]
    for (const [id, move] of proposeMoves({ parties, tables, combinations, slots, closed, now }))
      moves.set(id, move)
  }
  return moves
}

const toParty = (
  { closureId: _, seatings: __, isOffPlan: ___, isToday: ____, ...party }: PartyRow,
  moves: ReadonlyMap<string, ProposedMove>,
): TouchedParty => ({ ...party, move: moves.get(party.reservationId) ?? null })

/**
 * What is closed at a restaurant now or will be, with the parties at these tables and a proposed move for
 * each. Locks nothing; within the transaction that closes tables nobody can come to them any more.
 */
export async function listTableClosuresIn(
  tx: Transaction,
  restaurantId: string,
): Promise<TableClosure[]> {
  const closures = await listClosed(tx, restaurantId)
  if (closures.length === 0) return []
  const touched = await listTouched(tx, restaurantId)
  const moves = await propose(tx, { restaurantId, closures, touched })
  return closures.map((closure) => ({
    ...closure,
    parties: touched
      .filter(({ closureId }) => closureId === closure.id)
      .map((party) => toParty(party, moves)),
  }))
}

/** For the restaurant's staff. Refuses `not-found` to everyone else. */
export async function readTableClosures({
  restaurantId,
  accountId,
}: {
  restaurantId: string
  accountId: string
}): Promise<Result<TableClosure[], 'not-found'>> {
  if ((await readStaffRole({ accountId, restaurantId })) === null) return refuse('not-found')
  return succeed(await listTableClosuresIn(await loadPrisma(), restaurantId))
}
