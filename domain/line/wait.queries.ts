import { pool } from '@/lib/db/database'
import { createSnapshots } from '@/lib/http/snapshot'
import { log } from '@/lib/log'
import type { HourGaps, PastWait, QuoteRecord, WaitHistory } from './types'
import {
  listPartyClasses,
  listShares,
  MOST_PAST_WAITS,
  PAST_DAYS,
  WAITS_PER_EVENING,
} from './wait.rules'

/** Past evenings change slowly; fresh data comes with every read of the line itself. */
const HISTORY_AGE_MS = 300_000
/** The days over which the record counts how many ranges held. */
const RECORD_DAYS = 30

type Row = {
  weekday: number
  hour: number
  gaps: HourGaps[]
  waits: PastWait[]
  record: QuoteRecord
}

/**
 * One statement about one restaurant. It samples a fixed number of waits per evening, spread over
 * its numbers, so that a large restaurant costs no more than a small one. Take-away is a different
 * kind of wait and is left out. So are parties that let others pass, because they chose to wait
 * longer, and parties sent away at the day's end, because their wait had no outcome.
 */
const READ_HISTORY = `
  WITH restaurant AS (
    SELECT id, time_zone, service_date_at(now(), time_zone, day_cut_minutes) AS today FROM restaurants WHERE id = $1),
  evenings AS (
    SELECT l.*, h.today, h.time_zone, greatest(1, ceil(l.last_number / $2::numeric))::int AS step
      FROM restaurant h JOIN lines l ON l.restaurant_id = h.id
     WHERE l.service_date BETWEEN h.today - $3::int AND h.today
     ORDER BY l.service_date DESC LIMIT $4),
  picked AS (
    SELECT t.*, e.today, e.time_zone,
           extract(epoch FROM coalesce(t.first_called_at, t.ended_at, now()) - t.taken_at)::float8 / 60 AS waited
      FROM evenings e
      CROSS JOIN LATERAL generate_series((e.step + 1) / 2, e.last_number, e.step) AS chosen (number)
      JOIN tickets t ON t.restaurant_id = e.restaurant_id AND t.service_date = e.service_date AND t.number = chosen.number
     WHERE t.quote_basis_minutes IS NOT NULL AND t.postponements = 0 AND t.cancelled_by IS DISTINCT FROM 'SERVICE'
       AND (t.first_called_at IS NOT NULL OR t.ended_at IS NOT NULL OR t.service_date = e.today)),
  calls AS (
    SELECT t.service_date, t.first_called_at AS at, t.taken_at,
           lag(t.first_called_at) OVER (PARTITION BY t.service_date ORDER BY t.first_called_at, t.number) AS before
      FROM evenings e JOIN tickets t ON t.restaurant_id = e.restaurant_id AND t.service_date = e.service_date
     WHERE e.service_date < e.today AND t.first_called_at IS NOT NULL AND t.dining = 'IN_STORE'),
  gaps AS (
    SELECT extract(isodow FROM service_date)::int AS weekday, extract(hour FROM at AT TIME ZONE h.time_zone)::int AS hour,
           sum(extract(epoch FROM at - before))::float8 / 60 AS minutes, count(*)::int AS calls
      FROM calls CROSS JOIN restaurant h WHERE taken_at <= before GROUP BY 1, 2),
  told AS (
    SELECT t.quote_from_minutes AS low, t.quote_to_minutes AS high, t.first_called_at IS NOT NULL AS was_called,
           extract(epoch FROM coalesce(t.first_called_at, t.ended_at, now()) - t.taken_at)::float8 / 60 AS waited
      FROM restaurant h JOIN tickets t ON t.restaurant_id = h.id
     WHERE t.service_date > h.today - ${RECORD_DAYS} AND t.quote_from_minutes IS NOT NULL
       AND t.postponements = 0 AND t.cancelled_by IS DISTINCT FROM 'SERVICE')
  SELECT extract(isodow FROM h.today)::int AS weekday, extract(hour FROM now() AT TIME ZONE h.time_zone)::int AS hour,
         (SELECT coalesce(json_agg(gaps), '[]') FROM gaps) AS gaps,
         (SELECT coalesce(json_agg(json_build_object(
             'ahead', p.quote_ahead, 'partySize', p.party_size, 'basisMinutes', p.quote_basis_minutes,
             'waitedMinutes', p.waited, 'isCensored', p.first_called_at IS NULL, 'serviceDate', p.service_date,
             'daysAgo', p.today - p.service_date, 'weekday', extract(isodow FROM p.service_date)::int,
             'hour', extract(hour FROM p.taken_at AT TIME ZONE p.time_zone)::int)), '[]') FROM picked p) AS waits,
         (SELECT json_build_object('told', count(*), 'held', count(*) FILTER (WHERE was_called AND waited BETWEEN low AND high))
            FROM told WHERE was_called OR waited > high) AS record
    FROM restaurant h`

async function build(restaurantId: string) {
  const { rows } = await pool.query<Row>(READ_HISTORY, [
    restaurantId,
    WAITS_PER_EVENING,
    PAST_DAYS,
    Math.ceil(MOST_PAST_WAITS / WAITS_PER_EVENING),
  ])
  const [row] = rows
  if (!row) throw new Error(`no restaurant ${restaurantId}`)
  const { waits, record, ...read } = row
  const shares = listPartyClasses().map((most, index, classes) =>
    listShares({ ...read, waits, partySize: most ?? (classes[index - 1] ?? 0) + 1 }),
  )
  const data: WaitHistory = { ...read, shares, record: record.told > 0 ? record : null }
  return { data, content: null, body: '' }
}

const histories = createSnapshots<WaitHistory>({ of: 'wait', build, ageMs: HISTORY_AGE_MS })

/**
 * What the restaurant's past says about waits at this weekday and hour, at most five minutes old.
 * Null: it can't be read now, and the line is shown without it.
 */
export async function readWaitHistory(restaurantId: string): Promise<WaitHistory | null> {
  return histories.get(restaurantId).then(
    ({ data }) => data,
    (error: unknown) => {
      const said = error instanceof Error ? error.message : String(error)
      log.warn({ restaurantId, error: said }, 'telling no wait: its history was not read')
      return null
    },
  )
}
