import { z } from 'zod'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import type { DisputeLine } from './dispute.schema'

const PAGE = 20
const lineKey = z.tuple([z.enum(['0', '1']), z.iso.datetime(), z.uuid()])

/**
 * The disputes of a restaurant's no-shows: those that wait first, then the decided ones, both from the
 * latest. One of a no-show that staff have corrected is none any more. The caller has checked that the
 * reader works there.
 */
export async function listDisputes({
  restaurantId,
  cursor,
}: {
  restaurantId: string
  cursor?: string | null | undefined
}): Promise<Page<DisputeLine>> {
  const [isDecided, disputedAt, id] = readCursor(lineKey, cursor) ?? [null, null, null]
  const { rows } = await pool.query<DisputeLine>(
    `SELECT v.id, v.service_date AS "serviceDate", iso_instant(v.starts_at) AS "startsAt",
            v.party_size AS "partySize", coalesce(a.name, g.name) AS name, v.dispute_text AS text,
            iso_instant(v.disputed_at) AS "disputedAt", v.dispute_granted AS granted
       FROM reservations v
       LEFT JOIN accounts a ON a.id = v.diner_id AND a.email_confirmed_at IS NOT NULL
       LEFT JOIN guests g ON g.id = v.guest_id
      WHERE v.restaurant_id = $1 AND v.disputed_at IS NOT NULL AND v.status = 'NO_SHOW'
        AND ($2::int IS NULL OR (v.dispute_decided_at IS NOT NULL)::int > $2
             OR ((v.dispute_decided_at IS NOT NULL)::int = $2 AND (v.disputed_at, v.id) < ($3::timestamptz, $4::uuid)))
      ORDER BY v.dispute_decided_at IS NOT NULL, v.disputed_at DESC, v.id DESC LIMIT $5`,
    [restaurantId, isDecided, disputedAt, id, PAGE + 1],
  )
  return cutPage({
    rows,
    limit: PAGE,
    keyOf: (last) => [last.granted === null ? '0' : '1', last.disputedAt, last.id],
  })
}
