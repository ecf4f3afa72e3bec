import { createHash } from 'node:crypto'
import { z } from 'zod'
import { noteDatabaseClock } from '@/lib/db/clock'
import { pool } from '@/lib/db/database'
import { type Built, createSnapshots } from '@/lib/http/snapshot'
import {
  type BoardFacts,
  decideBoardState,
  pacePolls,
  type SoldOutHint,
  summarise,
} from './board.rules'
import type { Board, BoardSlot, BoardTime, SlotState } from './board.schema'
import { readSoftHolds, recallSoftHolds } from './soft-hold.queries'
import { showSoftHolds } from './soft-hold.rules'

export type PublicBoard = {
  board: Board
  hint: SoldOutHint
  /**
   * Null: booking this date needs no turn, or no longer does. `opensAt` is an instant, ISO 8601.
   */
  gate: { openingId: string; opensAt: string } | null
  /**
   * Diners who have ever booked this date. The hint never refuses them, because Postgres may have
   * an answer for their key or booking.
   */
  bookers: Set<string>
}

type Row = BoardFacts & {
  gate: PublicBoard['gate']
  restaurantId: string
  serviceDate: string
  timeZone: string
  bookers: string[]
  slots: (BoardSlot & { startsAt: string; state: SlotState })[]
}

/** One statement, so that everything is read at one instant. `$2` null: today. */
const READ_BOARD = `
  WITH restaurant AS (
    SELECT r.*, service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today FROM restaurants r
     WHERE (r.slug = $1 OR r.id = $3::uuid) AND r.deleted_at IS NULL AND r.published),
  asked AS (SELECT restaurant.*, coalesce($2::date, restaurant.today) AS date FROM restaurant)
  SELECT a.id AS "restaurantId", a.date AS "serviceDate", a.time_zone AS "timeZone", now() AS now,
         a.bookings_on AS "isBookingsOn", d.service_date IS NOT NULL AND NOT d.closed AS "isScheduled",
         a.date < a.today AS "isPast", a.date > a.today + a.horizon_days AS "isBeyondHorizon",
         a.same_day_only AS "isSameDayOnly", a.date = a.today AS "isToday", coalesce(o.opens_at, d.opens_at) AS "opensAt",
         CASE WHEN o.gate_until > now()
              THEN json_build_object('openingId', o.id, 'opensAt', iso_instant(o.opens_at)) END AS gate,
         ARRAY(SELECT DISTINCT v.diner_id::text FROM reservations v
                WHERE v.restaurant_id = a.id AND v.service_date = a.date AND v.diner_id IS NOT NULL) AS bookers,
         (SELECT coalesce(json_agg(json_build_object(
                   'startsAt', iso_instant(s.starts_at), 'slotId', s.id, 'tableNumber', t.number,
                   'minParty', s.min_party, 'maxParty', s.max_party,
                   'state', CASE WHEN s.blocked THEN 'BLOCKED'
                                 WHEN is_slot_free(s.taken, s.held_until, now()) THEN 'FREE'
                                 WHEN s.held_until IS NOT NULL THEN 'HELD' ELSE 'TAKEN' END)
                   ORDER BY s.starts_at, t.number, s.id), '[]')
            FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
           WHERE s.restaurant_id = a.id AND s.service_date = a.date AND s.deleted_at IS NULL AND NOT s.off_plan
             AND s.starts_at > now()) AS slots
    FROM asked a LEFT JOIN service_dates d ON d.restaurant_id = a.id AND d.service_date = a.date
    LEFT JOIN openings o ON o.restaurant_id = a.id AND o.service_date = a.date AND o.cancelled_at IS NULL`

function groupByTime(slots: Row['slots']): BoardTime[] {
  const times = new Map<string, BoardSlot[]>()
  for (const { startsAt, ...slot } of slots)
    times.set(startsAt, [...(times.get(startsAt) ?? []), slot])
  return [...times].map(([startsAt, at]) => ({ startsAt, slots: at }))
}

function composeBoard(row: Row, heldSlotIds: Set<string>): Board {
  const times = showSoftHolds({ times: groupByTime(row.slots), heldSlotIds })
  const state = decideBoardState({ facts: row, times })
  const content = {
    restaurantId: row.restaurantId,
    serviceDate: row.serviceDate,
    timeZone: row.timeZone,
    opensAt: row.opensAt?.toISOString() ?? null,
    openingId: row.gate?.openingId ?? null,
    state,
    times: state === 'CLOSED' || state === 'PAST' ? [] : times,
  }
  const version = createHash('sha256')
    .update(JSON.stringify(content))
    .digest('base64url')
    .slice(0, 16)
  const pollAfterMs = Math.round(pacePolls({ state, opensAt: row.opensAt, now: row.now }))
  return { ...content, version, asOf: row.now.toISOString(), pollAfterMs }
}

/**
 * `look`: the board will be shown. `note`: it only feeds the sold-out hint and needs no fresh soft
 * holds.
 */
type Purpose = 'look' | 'note'

async function build(key: string, purpose: Purpose): Promise<Built<PublicBoard | null>> {
  const [idOrSlug, date] = key.split(' ')
  const id = z.uuid().safeParse(idOrSlug).data ?? null
  const askedAtMs = performance.now()
  const { rows } = await pool.query<Row>(READ_BOARD, [idOrSlug, date || null, id])
  const [row] = rows
  if (!row) return { data: null, content: null, body: '' }
  noteDatabaseClock({ now: row.now, askedAtMs })
  const readHolds = purpose === 'look' ? readSoftHolds : recallSoftHolds
  const holds = row.slots.length > 0 ? await readHolds(row) : []
  const board = composeBoard(row, new Set(holds.map((hold) => hold.slotId)))
  const data = { board, hint: summarise(board), gate: row.gate, bookers: new Set(row.bookers) }
  return { data, content: board.version, body: JSON.stringify(board) }
}

const boards = createSnapshots<PublicBoard | null, Purpose>({ of: 'board', build })

type Asked = { idOrSlug: string; date?: string | undefined }
const keyOf = ({ idOrSlug, date = '' }: Asked) => `${idOrSlug} ${date}`

/**
 * Pages ask for today without a date and bookings name the date, so both share one board and one
 * read. Undefined when no fresh board was read without a date, or today is a different date.
 */
function peekToday({ idOrSlug, date }: Asked) {
  const today = date === undefined ? undefined : boards.peek(keyOf({ idOrSlug }))
  return today?.data?.board.serviceDate === date ? today : undefined
}

/**
 * The public board of a service date (default: today in the restaurant's zone), at most a second
 * old unless Postgres is away. `data` is null when there is no such restaurant.
 */
export async function readBoard(asked: Asked, purpose: Purpose = 'look') {
  return peekToday(asked) ?? boards.get(keyOf(asked), purpose)
}

/** What `readBoard` would answer without a read. Undefined: it would read. */
export const peekBoardSnapshot = (asked: Asked) => peekToday(asked) ?? boards.peek(keyOf(asked))

/** The board and gate this process last read, at any age; no I/O. For hints only. */
export function recallBoard({
  idOrSlug,
  date,
}: Required<Asked>): Pick<PublicBoard, 'board' | 'gate'> | null {
  const known = [boards.recall(keyOf({ idOrSlug, date })), boards.recall(keyOf({ idOrSlug }))]
  const ofDate = known.filter((snapshot) => snapshot?.data?.board.serviceDate === date)
  ofDate.sort((one, other) => (other?.readAtMs ?? 0) - (one?.readAtMs ?? 0))
  return ofDate[0]?.data ?? null
}

/** This process's board, if at most a second old; no I/O. */
export function peekBoard(asked: Asked) {
  const [named, today] = [boards.peek(keyOf(asked)), peekToday(asked)]
  const isNamedNewer = named && (!today || named.readAtMs > today.readAtMs)
  return (isNamedNewer ? named : today)?.data ?? null
}
