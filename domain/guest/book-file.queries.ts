import { pool } from '@/lib/db/database'
import { withShownPhone } from '@/lib/text/phone'
import type { BookLine } from './book-file.schema'

/** Short enough for the limit of a statement, and for the memory of a process that sends many files. */
const LINES_A_BATCH = 1_000

type Row = BookLine & { id: string; createdAt: string; timeZone: string }

/**
 * An entry without a number or address of its own has those of the first guest who was merged into it, so
 * that the line finds its person when it is imported again.
 */
const READ_BATCH = `
  SELECT g.id, iso_instant(g.created_at) AS "createdAt", r.time_zone AS "timeZone", g.name,
         coalesce(g.phone, d.phone, CASE WHEN g.email IS NULL THEN m.phone END) AS phone,
         coalesce(g.email, CASE WHEN coalesce(g.phone, d.phone) IS NULL THEN m.email END) AS email, g.locale,
         ARRAY(SELECT t ->> 'name' FROM jsonb_array_elements(k.marks -> 'tags') WITH ORDINALITY AS l(t, place) ORDER BY place) AS tags,
         (SELECT string_agg(n.note, chr(10) ORDER BY n.merged_into IS NOT NULL, n.created_at, n.id)
            FROM guests n WHERE n.id = ANY (p.rows)) AS note,
         k.marks ->> 'allergies' AS allergies, k.marks ->> 'dislikes' AS dislikes,
         c.consent_way AS "consentWay", to_char(c.consented_at AT TIME ZONE r.time_zone, 'YYYY-MM-DD') AS "consentDate"
    FROM restaurants r JOIN guests g ON g.restaurant_id = r.id
    LEFT JOIN accounts d ON d.id = g.account_id
    CROSS JOIN LATERAL (SELECT ARRAY(SELECT guests_merged_with(p_guest => g.id)) AS rows) p
    CROSS JOIN LATERAL (SELECT guest_marks(p_entry => g.id) AS marks) k
    LEFT JOIN LATERAL (
      SELECT n.phone, n.email FROM guests n
       WHERE n.merged_into = g.id AND num_nonnulls(n.phone, n.email) > 0 ORDER BY n.created_at, n.id LIMIT 1) m ON true
    LEFT JOIN LATERAL (
      SELECT c.consent_way, c.consented_at FROM guest_diets c
       WHERE c.guest_id = ANY (p.rows) ORDER BY c.guest_id = g.id DESC, c.consented_at DESC LIMIT 1) c ON true
   WHERE r.id = $1 AND g.merged_into IS NULL
     AND ($2::timestamptz IS NULL OR (g.created_at, g.id) > ($2::timestamptz, $3::uuid))
   ORDER BY g.created_at, g.id LIMIT ${LINES_A_BATCH}`

/**
 * The entries of a restaurant's guest book, the oldest first, read in batches while they are sent. The
 * caller has checked that the reader owns the restaurant.
 */
export async function* readBook(restaurantId: string): AsyncGenerator<BookLine> {
  let after: [at: string | null, id: string | null] = [null, null]
  for (;;) {
    const { rows } = await pool.query<Row>(READ_BATCH, [restaurantId, ...after])
    for (const { id: _, createdAt: __, timeZone, ...line } of rows)
      yield withShownPhone(line, timeZone)
    const last = rows.at(-1)
    if (!last || rows.length < LINES_A_BATCH) return
    after = [last.createdAt, last.id]
  }
}
