import type { PoolClient } from 'pg'
import { ANNOUNCED, hashAnnouncement, LOBBY_SECRET, PUBLISHED_KEYS } from '@/domain/opening/queries'
import { mergePublicKeys } from '@/lib/crypto/receipt'
import type { LogFacts } from './schema'

type Row = Omit<LogFacts, 'announcementHash' | 'format' | 'receiptKeys' | 'announcement'> &
  LogFacts['announcement'] & { publishedKeys: string[] }

/** By then, every booking that had begun when the gate fell, or the day ended, has ended. */
const SETTLED_SECONDS = 10

const FACTS = `
  SELECT ${ANNOUNCED}, iso_instant(now()) AS "asOf",
         now() >= o.gate_until + make_interval(secs => ${SETTLED_SECONDS}) AS "isSettled",
         now() >= o.gate_until + make_interval(secs => ${SETTLED_SECONDS})
           AND service_date_at(now() - make_interval(secs => ${SETTLED_SECONDS}), r.time_zone, r.day_cut_minutes)
               > o.service_date AS "isFinal",
         ${PUBLISHED_KEYS} AS "publishedKeys",
         iso_instant(o.frozen_at) AS "frozenAt", o.entry_count AS "entryCount", o.entries_hash AS "entriesHash",
         o.account_ages AS "accountAges", iso_instant(o.drawn_at) AS "drawnAt", o.order_seed AS "orderSeed",
         CASE WHEN o.opens_at <= now() AND o.drawn_at IS NOT NULL THEN ${LOBBY_SECRET} END AS secret,
         (SELECT coalesce(json_agg(json_build_object(
                   'cohort', c.cohort, 'frozenAt', iso_instant(c.frozen_at), 'entryCount', c.entry_count,
                   'entriesHash', c.entries_hash,
                   'secret', encode(reveal_secret(o.secret, count_cohorts(o.opens_at, o.gate_until, o.cohort_seconds) - c.cohort), 'hex'),
                   'beaconRound', c.beacon_round, 'beaconValue', c.beacon_value, 'beaconProof', c.beacon_proof,
                   'drawnAt', iso_instant(c.drawn_at), 'orderSeed', c.order_seed) ORDER BY c.cohort), '[]')
            FROM opening_cohorts c WHERE c.opening_id = o.id AND o.opens_at <= now() AND c.drawn_at IS NOT NULL) AS cohorts,
         iso_instant(o.direct_from) AS "directFrom",
         o.beacon_value AS "beaconValue", o.beacon_proof AS "beaconProof",
         (SELECT coalesce(json_agg(json_build_object('fromAt', iso_instant(p.from_at),
                   'turnsPerSecond', p.turns_per_second, 'setAt', iso_instant(p.set_at)) ORDER BY p.from_at), '[]')
            FROM opening_rates p WHERE p.opening_id = o.id) AS rates
    FROM openings o JOIN restaurants r ON r.id = o.restaurant_id
   WHERE o.id = $1 AND o.opens_at <= now() AND o.drawn_at IS NOT NULL`

/** The facts at the head of a log. Null before the draw, when there is nothing to publish. */
export async function readLogFacts({
  db,
  openingId,
}: {
  db: Pick<PoolClient, 'query'>
  openingId: string
}): Promise<LogFacts | null> {
  const { rows } = await db.query<Row>(FACTS, [openingId])
  const [row] = rows
  if (!row) return null
  const { id, restaurantId, serviceDate, announcedAt, lobbyOpensAt, opensAt, ...others } = row
  const { gateUntil, orderBy, turnsPerSecond, commitment, beacon, beaconRound, ...rest } = others
  const { publishedKeys, cohortSeconds, ...facts } = rest
  const announcement = {
    id,
    restaurantId,
    serviceDate,
    announcedAt,
    lobbyOpensAt,
    opensAt,
    gateUntil,
    orderBy,
    turnsPerSecond,
    commitment,
    beacon,
    beaconRound,
    cohortSeconds,
  }
  return {
    format: cohortSeconds === null ? 'bobjool-opening-log/1' : 'bobjool-opening-log/2',
    announcement,
    announcementHash: hashAnnouncement(announcement),
    ...facts,
    receiptKeys: mergePublicKeys(publishedKeys),
  }
}

/** Each list's rows, in the log's order. `$1` opening, `$2` restaurant, `$3` date, `$4` gate. */
export const LISTS = {
  slots: `
    SELECT s.id, iso_instant(s.starts_at) AS "startsAt", t.number AS "tableNumber", s.off_plan AS "isOffPlan"
      FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
     WHERE s.restaurant_id = $2 AND s.service_date = $3
       AND (s.deleted_at IS NULL OR s.deleted_at >= $4
            OR EXISTS (SELECT FROM reservation_slots c WHERE c.slot_id = s.id))
     ORDER BY s.starts_at, t.number, s.id`,
  entries: `
    SELECT entry_id FROM opening_entries WHERE opening_id = $1 AND in_lobby
     ORDER BY entry_id COLLATE "C"`,
  numbered: `
    SELECT entry_id AS entry, number FROM opening_entries
     WHERE opening_id = $1 AND number IS NOT NULL ORDER BY number`,
  late: `
    SELECT entry_id AS entry, cohort, iso_instant(entered_at) AS "enteredAt" FROM opening_entries
     WHERE opening_id = $1 AND NOT in_lobby AND number IS NULL ORDER BY cohort, entry_id COLLATE "C"`,
  turns: `
    SELECT t.entry_id AS entry, iso_instant(t.given_at) AS "givenAt", e.number, coalesce(e.in_lobby, false) AS "inLobby", e.cohort,
           e.entry_id IS NOT NULL AS "isEntered"
      FROM opening_turns t
      LEFT JOIN opening_entries e ON e.opening_id = t.opening_id AND e.entry_id = t.entry_id
     WHERE t.opening_id = $1 ORDER BY t.given_at, t.entry_id`,
  bookings: `
    SELECT CASE WHEN r.walk_in OR r.source IS NOT NULL THEN 'HOUSE' ELSE 'DINER' END AS by,
           coalesce(e.entry_id, c.entry_id, CASE WHEN r.service_date = $3 THEN r.entry_id END) AS entry,
           c.slot_id AS slot, iso_instant(least(coalesce(c.moved_in_at, r.created_at), c.taken_at)) AS "bookedAt",
           iso_instant(c.taken_at) AS "takenAt", iso_instant(c.released_at) AS "releasedAt"
      FROM (SELECT c.* FROM reservations v JOIN reservation_slots c ON c.reservation_id = v.id
             WHERE v.restaurant_id = $2 AND v.service_date = $3
            UNION
            SELECT c.* FROM slots l JOIN reservation_slots c ON c.slot_id = l.id AND c.moved_away
             WHERE l.restaurant_id = $2 AND l.service_date = $3) c
      JOIN slots s ON s.id = c.slot_id
      JOIN reservations r ON r.id = c.reservation_id
      LEFT JOIN opening_entries e ON e.opening_id = $1 AND e.account_id = r.diner_id
     WHERE s.restaurant_id = $2 AND s.service_date = $3
     ORDER BY c.taken_at, c.slot_id`,
}
/**
 * PostgreSQL refuses parameters that a statement doesn't name, so every statement names all four.
 */
export const ALL_NAMED = 'WITH given AS (SELECT $1::uuid, $2::uuid, $3::date, $4::timestamptz)'

/** Selects a whole list, or its first rows. */
export function selectList(list: keyof typeof LISTS): string {
  return `${ALL_NAMED} ${LISTS[list]}`
}
