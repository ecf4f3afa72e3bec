import { z } from 'zod'
import { readMailboxLink } from '@/lib/crypto/link-token'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { env } from '@/lib/env'
import { withShownPhone } from '@/lib/text/phone'
import type { DeletionPreview } from './delete-account.schema'
import { describeNoShow, type NoShowFacts } from './no-show.rules'
import type { ReservationView } from './schema'
import type { CancelLinkState, LinkedReservation } from './types'

type Obstacle = {
  reason: 'no-shows' | 'already-booked' | 'too-many-reservations' | 'overlapping-reservation'
} & Record<string, unknown>

/**
 * What this diner's own reservations have against one more at that time, in the words of
 * `judge_no_shows` and `judge_hoarding`; null: nothing. Seatings of different lengths count as the
 * shortest, so that nothing is told which the booking would not say too.
 */
export async function findObstacle({
  dinerId,
  restaurantId,
  serviceDate,
  startsAt,
}: {
  dinerId: string
  restaurantId: string
  serviceDate: string
  startsAt: string
}): Promise<Obstacle | null> {
  const { rows } = await pool.query<{ obstacle: Obstacle | null }>(
    `SELECT coalesce(
       (SELECT refusal FROM judge_no_shows(p_diner => $1, p_restaurant => $2)),
       judge_hoarding(p_diner => $1, p_restaurant => $2, p_service_date => $3, p_starts_at => $4,
                      p_ends_at => (SELECT min(ends_at) FROM slots
                                     WHERE restaurant_id = $2 AND service_date = $3 AND starts_at = $4
                                       AND deleted_at IS NULL AND NOT off_plan),
                      p_most => $5)) AS obstacle`,
    [dinerId, restaurantId, serviceDate, startsAt, env.DINER_RESERVATIONS_MAX],
  )
  return rows[0]?.obstacle ?? null
}

/**
 * The reservations of an account, by the SQL for its id: those it has booked, and those that staff
 * booked for a guest with the address it has confirmed. `v` is the reservation.
 */
export const isOf = (account: string) =>
  `(v.diner_id = ${account} OR v.guest_id = ANY (ARRAY(SELECT guests_of_account(p_account => ${account}))))`

/** A run-out hold reads as EXPIRED and a party of a day that is over as LEFT, recorded or not. */
const EFFECTIVE_STATUS = `CASE WHEN is_seating_over(v.status, v.seated_at, r.time_zone, r.day_cut_minutes) THEN 'LEFT'
              ELSE reservation_status_at(v.status, v.hold_expires_at, now())::text END`

const VIEW = `
  SELECT v.id, ${EFFECTIVE_STATUS} AS status, v.service_date AS "serviceDate",
         iso_instant(v.starts_at) AS "startsAt", iso_instant(v.ends_at) AS "endsAt",
         v.party_size AS "partySize", v.note, v.allergies, iso_instant(v.hold_expires_at) AS "holdExpiresAt",
         v.awaits_staff AS "awaitsStaff",
         v.cancelled_by AS "cancelledBy", v.sequence,
         v.late_minutes AS "lateMinutes",
         CASE WHEN v.status = 'NO_SHOW' THEN json_build_object(
           'today', service_date_at(now(), r.time_zone, r.day_cut_minutes), 'disputedAt', iso_instant(v.disputed_at),
           'text', v.dispute_text, 'granted', v.dispute_granted, 'months', r.no_show_months, 'holds', r.holds_after_no_shows,
           -- What staff booked for a guest counts against no account.
           'limit', CASE WHEN v.diner_id IS NOT NULL THEN r.no_show_limit END)
         END AS "noShow",
         EXISTS (SELECT FROM guest_diets d WHERE d.guest_id IN (SELECT guests_merged_with(p_guest =>
           guest_entry_of(p_restaurant => v.restaurant_id, p_guest => v.guest_id, p_diner => v.diner_id)))) AS "isDietKept",
         json_build_object('id', r.id, 'slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'address', r.address,
                           'phone', r.phone, 'timeZone', r.time_zone, 'mapUrl', r.map_url) AS restaurant,
         (SELECT coalesce(json_agg(DISTINCT t.number), '[]') FROM reservation_slots c
            JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
           WHERE c.reservation_id = v.id AND NOT c.moved_away) AS "tableNumbers"
    FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id`

type ViewRow = Omit<ReservationView, 'noShow'> & { noShow: NoShowFacts | null }

const showReservation = ({ noShow: facts, ...row }: ViewRow): ReservationView => ({
  ...row,
  noShow: facts && describeNoShow({ serviceDate: row.serviceDate, facts }),
  restaurant: withShownPhone(row.restaurant, row.restaurant.timeZone),
})

/** Whether a reservation is the account's own, as `isOf` has them. */
export async function isOwnReservation({
  accountId,
  reservationId,
}: {
  accountId: string
  reservationId: string
}): Promise<boolean> {
  const { rows } = await pool.query<{ isOwn: boolean | null }>(
    `SELECT ${isOf('$1::uuid')} AS "isOwn" FROM reservations v WHERE v.id = $2::uuid`,
    [accountId, reservationId],
  )
  return rows[0]?.isOwn ?? false
}

/** One of this diner's own reservations, as `isOf` has them; null for other people's. */
export async function findOwnReservation({
  dinerId,
  reservationId,
}: {
  dinerId: string
  reservationId: string
}): Promise<ReservationView | null> {
  const { rows } = await pool.query<ViewRow>(`${VIEW} WHERE ${isOf('$1')} AND v.id = $2`, [
    dinerId,
    reservationId,
  ])
  return rows.map(showReservation)[0] ?? null
}

const listKey = z.tuple([z.iso.datetime(), z.enum(['0', '1', '2']), z.iso.datetime(), z.uuid()])

/** All pages are judged at the first one's instant: none is listed twice while time goes on. */
const LIST = `
  SELECT l.* FROM (
    SELECT v.*, iso_instant(coalesce($2::timestamptz, now())) AS "judgedAt",
           CASE WHEN v.status IN ('CANCELLED', 'EXPIRED') THEN 2
                WHEN v.status IN ('HELD', 'CONFIRMED', 'SEATED')
                     AND v."endsAt"::timestamptz > coalesce($2::timestamptz, now()) THEN 0
                ELSE 1 END AS section
      FROM (${VIEW} WHERE ${isOf('$1')}) AS v) AS l
   CROSS JOIN LATERAL (SELECT extract(epoch FROM l."startsAt"::timestamptz)
                              * CASE l.section WHEN 0 THEN 1 ELSE -1 END AS turn) AS o
   WHERE $3::int IS NULL OR (l.section, o.turn, l.id) > (
           $3::int, extract(epoch FROM $4::timestamptz) * CASE $3::int WHEN 0 THEN 1 ELSE -1 END, $5::uuid)
   ORDER BY l.section, o.turn, l.id LIMIT $6`

type ListRow = ViewRow & { judgedAt: string; section: number }

/**
 * A diner's reservations as `sectionOf` has them: the next one first, then past ones, then those
 * that came to nothing, both from the latest. The cursor is opaque; `limit` rows a page.
 */
export async function listOwnReservations({
  dinerId,
  cursor,
  limit,
}: {
  dinerId: string
  cursor?: string | undefined
  limit: number
}): Promise<Page<ReservationView>> {
  const key = readCursor(listKey, cursor) ?? [null, null, null, null]
  const { rows } = await pool.query<ListRow>(LIST, [dinerId, ...key, limit + 1])
  const { items, nextCursor } = cutPage({
    rows,
    limit,
    keyOf: (last) => [last.judgedAt, String(last.section), last.startsAt, last.id],
  })
  const told = items.map(({ judgedAt: _, section: __, ...item }) => showReservation(item))
  return { items: told, nextCursor }
}

/**
 * The reservation behind a mailed link, to see it or to act on it. Null: the link is not ours, there is
 * no such reservation, or its person is forgotten. Deadlines by the database's clock.
 */
export async function findLinkedReservation({
  kind,
  token,
}: {
  kind: 'cancel' | 'reservation'
  token: string
}): Promise<LinkedReservation | null> {
  const link = readMailboxLink({ kind, token })
  if (!link) return null
  const { rows } = await pool.query<{
    dinerId: string | null
    email: string | null
    isBegun: boolean
  }>(
    `SELECT a.id AS "dinerId", coalesce(a.email, g.email) AS email, v.starts_at <= now() AS "isBegun"
       FROM reservations v LEFT JOIN accounts a ON a.id = v.diner_id LEFT JOIN guests g ON g.id = v.guest_id
      WHERE v.id = $1`,
    [link.id],
  )
  const [row] = rows
  if (!row?.email) return null
  const { dinerId, email, isBegun } = row
  const shown = await pool.query<ViewRow>(`${VIEW} WHERE v.id = $1`, [link.id])
  const reservation = shown.rows.map(showReservation)[0]
  if (!reservation) return null
  // The reader of a mailbox that is no longer their person's learns nothing more.
  const isOwn = link.isMailedTo(email)
  const state = isOwn ? judge(reservation.status, isBegun) : 'MOVED'
  return { dinerId, mailbox: isOwn ? email : null, reservation, state }
}

function judge(
  status: LinkedReservation['reservation']['status'],
  isBegun: boolean,
): CancelLinkState {
  if (status === 'CANCELLED') return 'CANCELLED'
  if (status !== 'HELD' && status !== 'CONFIRMED') return 'OVER'
  return isBegun ? 'OVER' : 'OPEN'
}

/**
 * Reservations that deleting an account cancels; `v` is the reservation. One that
 * has begun stays: the party may be at the door, or a no-show.
 */
export const IS_COMING = `v.status IN ('HELD', 'CONFIRMED') AND v.starts_at > now()
  AND is_reservation_coming(v.status, v.hold_expires_at, now())`

/** Restaurants of which `$1` is the only owner able to act; an unapproved owner could run none. */
export const OWNERLESS = `
  SELECT r.name, r.name_en AS "nameEn" FROM restaurants r
    JOIN restaurant_staff s ON s.restaurant_id = r.id AND s.account_id = $1 AND s.role = 'OWNER'
   WHERE r.deleted_at IS NULL AND NOT EXISTS (
     SELECT FROM restaurant_staff o JOIN accounts a ON a.id = o.account_id
      WHERE o.restaurant_id = r.id AND o.account_id <> $1 AND o.role = 'OWNER'
        AND a.role = 'OWNER' AND a.owner_approved_at IS NOT NULL)
   ORDER BY r.name COLLATE "C", r.id`

/** What deleting the account now would do; null when the account is already gone. */
export async function previewDeletion(accountId: string): Promise<DeletionPreview | null> {
  const { rows } = await pool.query<DeletionPreview>(
    `SELECT a.password_hash IS NOT NULL AS "hasPassword",
            a.role = 'ADMIN' AND NOT EXISTS (
              SELECT FROM accounts o WHERE o.role = 'ADMIN' AND o.id <> a.id) AS "isLastAdmin",
            (SELECT count(*)::int FROM reservations v
              WHERE ${isOf('a.id')} AND ${IS_COMING}) AS coming,
            (SELECT coalesce(json_agg(n), '[]') FROM (${OWNERLESS}) AS n) AS ownerless
       FROM accounts a WHERE a.id = $1`,
    [accountId],
  )
  return rows[0] ?? null
}
