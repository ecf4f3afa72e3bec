import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { noteDatabaseClock } from '@/lib/db/clock'
import { isDatabaseCrowded, pool } from '@/lib/db/database'
import { type Built, createSnapshots } from '@/lib/http/snapshot'
import { withShownPhone } from '@/lib/text/phone'
import type { LineSnapshot, TicketView } from './schema'
import type { CallGaps, WaitEstimate } from './types'
import { readWaitHistory } from './wait.queries'
import {
  classifyParty,
  estimatePace,
  listPartyClasses,
  quoteWait,
  RECENT_MINUTES,
} from './wait.rules'

const EFFECTIVE_STATUS = 'ticket_status_at(t.status, t.lapses_at, now())'
const IS_ACTIVE = 'is_ticket_active_at(t.status, t.lapses_at, now())'
/** Its date is over, whether or not a process has recorded it. */
const IS_LEFT_BEHIND = `${IS_ACTIVE} AND t.service_date < service_date_at(now(), r.time_zone, r.day_cut_minutes)`
const QUOTE = `CASE WHEN t.quote_from_minutes IS NOT NULL THEN
  json_build_object('fromMinutes', t.quote_from_minutes, 'toMinutes', t.quote_to_minutes) END`

const HAS_CONTACT = `(t.account_id IS NULL AND (num_nonnulls(t.contact_phone, t.contact_email) > 0
  OR EXISTS (SELECT FROM guest_devices d WHERE d.ticket_id = t.id)))`

const VIEW = `
  SELECT t.id, t.number, CASE WHEN ${IS_LEFT_BEHIND} THEN 'CANCELLED' ELSE ${EFFECTIVE_STATUS}::text END AS status, t.service_date AS "serviceDate",
         CASE WHEN ${IS_ACTIVE} AND NOT (${IS_LEFT_BEHIND}) THEN ticket_place(t.restaurant_id, t.service_date, t.rank, now()) END AS place,
         t.party_size AS "partySize", t.dining, t.channel, t.postponements, iso_instant(t.taken_at) AS "takenAt",
         iso_instant(t.called_at) AS "calledAt",
         CASE WHEN t.status IN ('LAST_CALLED', 'LAPSED') AND NOT (${IS_LEFT_BEHIND}) THEN iso_instant(t.lapses_at) END AS "lapsesAt",
         iso_instant(CASE WHEN ${IS_LEFT_BEHIND}
                          THEN (t.service_date + 1 + make_interval(mins => r.day_cut_minutes)) AT TIME ZONE r.time_zone
                          WHEN ${EFFECTIVE_STATUS} = 'LAPSED' THEN t.lapses_at ELSE t.ended_at END) AS "endedAt",
         CASE WHEN ${IS_LEFT_BEHIND} THEN 'SERVICE' ELSE t.cancelled_by END AS "cancelledBy", t.cancel_reason AS "cancelReason", ${QUOTE} AS quote,
         ${HAS_CONTACT} AS "hasContact", iso_instant(t.contact_forgotten_at) AS "contactForgottenAt",
         t.guest_id IS NOT NULL AS "isRemembered", iso_instant(now()) AS now,
         json_build_object('id', r.id, 'slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address,
                           'phone', r.phone, 'timeZone', r.time_zone) AS restaurant
    FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id`

const showRestaurant = (row: TicketView): TicketView => ({
  ...row,
  restaurant: withShownPhone(row.restaurant, row.restaurant.timeZone),
})

/**
 * The ticket as its own party sees it; null for other people's. `accountId` is null for a link
 * holder.
 */
export async function findTicket({
  ticketId,
  accountId,
}: {
  ticketId: string
  accountId: string | null
}): Promise<TicketView | null> {
  const { rows } = await pool.query<TicketView>(
    `${VIEW} WHERE t.id = $1 AND t.account_id IS NOT DISTINCT FROM $2::uuid`,
    [ticketId, accountId],
  )
  return rows.map(showRestaurant)[0] ?? null
}

/** An account's tickets that are still in a line, newest first. */
export async function listOwnTickets(accountId: string): Promise<TicketView[]> {
  const { rows } = await pool.query<TicketView>(
    `${VIEW} WHERE t.account_id = $1 AND ${IS_ACTIVE}
        AND t.service_date = service_date_at(now(), r.time_zone, r.day_cut_minutes)
      ORDER BY t.taken_at DESC, t.id DESC LIMIT 50`,
    [accountId],
  )
  return rows.map(showRestaurant)
}

type Computed = 'waiting' | 'quote' | 'quotes' | 'record'
type Row = Omit<LineSnapshot, 'version' | 'asOf' | 'pollAfterMs' | Computed> & {
  now: Date
  recent: CallGaps
  /** Parties that wait for a table and have not been called. */
  ahead: number
}

/** One statement, so that everything is read at one instant. */
const READ_LINE = `
  WITH restaurant AS (
    SELECT r.id, r.time_zone, service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today, s.*
      FROM restaurants r JOIN line_settings s ON s.restaurant_id = r.id
     WHERE (r.slug = $1 OR r.id = $2::uuid) AND r.deleted_at IS NULL AND r.published
     ORDER BY r.slug = $1 DESC LIMIT 1),
  entries AS (
    SELECT t.number, t.party_size AS "partySize", t.status, t.rank, t.taken_at,
           t.status IN ('WAITING', 'POSTPONED') AND t.dining = 'IN_STORE' AS is_ahead
      FROM restaurant h JOIN tickets t ON t.restaurant_id = h.id AND t.service_date = h.today
     WHERE ${IS_ACTIVE} AND (t.channel = 'KIOSK' OR t.account_id IS NOT NULL)),
  calls AS (
    SELECT t.first_called_at AS at, t.taken_at,
           lag(t.first_called_at) OVER (ORDER BY t.first_called_at, t.number) AS before
      FROM restaurant h JOIN tickets t ON t.restaurant_id = h.id AND t.service_date = h.today
     WHERE t.first_called_at IS NOT NULL AND t.dining = 'IN_STORE'),
  gaps AS (
    -- From call to call while the next called party had been waiting already; the last is still open.
    SELECT extract(epoch FROM at - before)::float8 / 60 AS minutes, 1 AS calls FROM calls
     WHERE taken_at <= before AND at > now() - make_interval(mins => ${RECENT_MINUTES})
    UNION ALL
    SELECT least(extract(epoch FROM now() - max(at)) / 60, ${RECENT_MINUTES}), 0 FROM calls
    HAVING EXISTS (SELECT FROM entries WHERE is_ahead AND taken_at <= max(at)))
  SELECT h.id AS "restaurantId", h.today::text AS "serviceDate", h.time_zone AS "timeZone", now() AS now,
         h.state, CASE WHEN h.state <> 'OPEN' THEN h.reason END AS reason,
         coalesce((SELECT count(*) FROM entries) >= h.longest, false) AS "isFull",
         hours."isInHours", CASE WHEN NOT hours."isInHours" THEN iso_instant(line_opens_at(h.id, now())) END AS "opensAt",
         (SELECT t.number FROM tickets t
           WHERE t.restaurant_id = h.id AND t.service_date = h.today AND t.status = 'SEATED'
           ORDER BY t.ended_at DESC, t.number DESC LIMIT 1) AS serving,
         (SELECT coalesce(json_agg(json_build_object(
                   'number', e.number, 'partySize', e."partySize", 'status', e.status) ORDER BY e.rank), '[]')
            FROM entries e) AS tickets,
         (SELECT count(*)::int FROM entries WHERE is_ahead) AS ahead,
         (SELECT json_build_object('minutes', coalesce(sum(minutes), 0), 'calls', coalesce(sum(calls), 0)) FROM gaps) AS recent
    FROM restaurant h
    CROSS JOIN LATERAL (SELECT is_line_in_hours(h.id, h.today, now()) AS "isInHours") AS hours`

/** Short while much changes, long while nothing can. */
function pacePolls({
  state,
  isInHours,
  waiting,
}: {
  state: string
  isInHours: boolean
  waiting: number
}): number {
  return (state === 'OPEN' && isInHours) || waiting > 0 ? 2_000 : 15_000
}

/**
 * The age at which an estimate is refreshed, and the oldest one still used: tables turn no faster.
 */
const ESTIMATE_AGE_MS = 15_000
const OLDEST_ESTIMATE_MS = 120_000
/** What the past says of the wait: the estimates by party class, and how many quotes held. */
type Outlook = { estimates: WaitEstimate[]; record: LineSnapshot['record'] }
/** By restaurant, as of the last read of the line. */
const lastOutlooks = new LRUCache<string, Outlook & { atMs: number }>({ max: 500 })

function noteOutlook({ restaurantId, ...outlook }: Outlook & { restaurantId: string }) {
  lastOutlooks.set(restaurantId, { ...outlook, atMs: performance.now() })
}

async function build(idOrSlug: string): Promise<Built<LineSnapshot | null>> {
  const id = z.uuid().safeParse(idOrSlug).data ?? null
  const askedAtMs = performance.now()
  const { rows } = await pool.query<Row>(READ_LINE, [idOrSlug, id])
  const [row] = rows
  if (!row) {
    // Its staff may watch a line that the public does not see.
    noteOutlook({ restaurantId: idOrSlug, estimates: [], record: null })
    return { data: null, content: null, body: '' }
  }
  const { now, recent, ahead, ...read } = row
  noteDatabaseClock({ now, askedAtMs })
  const history = await readWaitHistory(read.restaurantId)
  const pace = history && estimatePace({ ...history, recent, past: history.gaps })
  const estimates = (history?.shares ?? []).map((shares) => ({
    minutesPerParty: pace ?? 0,
    shares,
  }))
  const record = history?.record ?? null
  noteOutlook({ restaurantId: read.restaurantId, estimates, record })
  const quotes = listPartyClasses().map((maxParty, index) => {
    const estimate = estimates[index]
    return { maxParty, quote: estimate ? quoteWait({ estimate, ahead }) : null }
  })
  const told = { quote: quotes[0]?.quote ?? null, quotes, record }
  const content = { ...read, waiting: read.tickets.length, ...told }
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('base64url')
  const version = hash.slice(0, 16)
  const pollAfterMs = pacePolls(content)
  const data = { ...content, version, asOf: now.toISOString(), pollAfterMs }
  return { data, content: version, body: JSON.stringify(data) }
}

const lines = createSnapshots<LineSnapshot | null>({ of: 'line', build })

/**
 * The public line of today, at most a second old unless Postgres is away. `data` is null when there
 * is no such restaurant, or it has no line.
 */
export async function readLine(idOrSlug: string) {
  return lines.get(idOrSlug)
}

/**
 * From the last read of the line, which costs nothing. A stale outlook is refreshed in the background.
 * The caller waits for the refresh only when there is no usable one, and not while connections are
 * short.
 */
async function readOutlook(restaurantId: string): Promise<Outlook> {
  const last = lastOutlooks.get(restaurantId)
  const ageMs = last ? performance.now() - last.atMs : Number.POSITIVE_INFINITY
  const isUsable = ageMs <= OLDEST_ESTIMATE_MS
  if (ageMs > ESTIMATE_AGE_MS && !isDatabaseCrowded()) {
    const reading = readLine(restaurantId).catch(() => null)
    if (!isUsable) await reading
  }
  const { estimates = [], record = null } = (isUsable ? last : lastOutlooks.get(restaurantId)) ?? {}
  return { estimates, record }
}

/**
 * The wait estimate for a party of this size at any place in line, at most two minutes old. Null: there
 * is none.
 */
export async function readWaitEstimate({
  restaurantId,
  partySize,
}: {
  restaurantId: string
  partySize: number
}): Promise<WaitEstimate | null> {
  const { estimates } = await readOutlook(restaurantId)
  return estimates[classifyParty(partySize)] ?? null
}

/** The wait of a party of two behind so many others, and how many quotes held. Null: not known. */
export async function quoteNewParty({
  restaurantId,
  ahead,
}: {
  restaurantId: string
  /** Parties that wait for a table and have not been called. */
  ahead: number
}): Promise<Pick<LineSnapshot, 'quote' | 'record'>> {
  const { estimates, record } = await readOutlook(restaurantId)
  const [estimate] = estimates
  return { quote: estimate ? quoteWait({ estimate, ahead }) : null, record }
}
