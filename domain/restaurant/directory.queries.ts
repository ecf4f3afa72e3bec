import { z } from 'zod'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { withShownPhone } from '@/lib/text/phone'
import { findPersonWords } from '@/lib/text/word-query'
import type { Restaurant, RestaurantLine, RestaurantQuery } from './directory.schema'
import { RESTAURANT_WORDS } from './queries'

/** A restaurant's state as admins see it, from `restaurants r`. */
const STATE = `CASE WHEN r.deleted_at IS NOT NULL THEN 'DELETED' WHEN r.hidden_at IS NOT NULL THEN 'HIDDEN'
                    WHEN r.published THEN 'PUBLISHED' ELSE 'DRAFT' END`

const LINE = `
  r.id, r.slug, r.name, r.name_en AS "nameEn", r.region, r.category, ${STATE} AS state,
  r.bookings_on AS "bookingsOn",
  ARRAY(SELECT a.name FROM restaurant_staff s JOIN accounts a ON a.id = s.account_id
         WHERE s.restaurant_id = r.id AND s.role = 'OWNER' ORDER BY a.name COLLATE "C", a.id LIMIT 5) AS owners`

// Postgres text can't contain NUL.
const name = z
  .string()
  .max(100)
  .refine((text) => !text.includes('\0'))
const nameKey = z.tuple([name, z.uuid()])

/** The ids of restaurants whose name or slug contains what `findNames` reads, in a parameter. */
export const idsOfNames = (parameter: string) =>
  `ARRAY(SELECT m.id FROM restaurants m WHERE ${RESTAURANT_WORDS('m')} @@ ${parameter}::tsquery)`

/**
 * One page of all restaurants, by name as `listRestaurants` orders them. The keyword must occur in
 * the name, the slug or another text of the restaurant, or in an owner's name, address or phone.
 */
export async function searchRestaurants({
  keyword,
  state,
  cursor,
  limit = 20,
}: RestaurantQuery & { limit?: number }): Promise<Page<RestaurantLine>> {
  const [lastName = null, id = null] = readCursor(nameKey, cursor) ?? []
  const { rows } = await pool.query<RestaurantLine>(
    `SELECT ${LINE} FROM restaurants r
      WHERE ($1::text IS NULL OR ${STATE} = $1)
        AND ($2::tsquery IS NULL OR r.id = $3::uuid OR ${RESTAURANT_WORDS('r')} @@ $2::tsquery
             OR r.id = ANY (ARRAY(SELECT s.restaurant_id FROM restaurant_staff s JOIN accounts a ON a.id = s.account_id
                                   WHERE s.role = 'OWNER' AND account_words(a.name, a.email, a.phone) @@ $2::tsquery)))
        AND ($4::text IS NULL OR (r.name COLLATE "C", r.id) > ($4::text COLLATE "C", $5::uuid))
      ORDER BY r.name COLLATE "C", r.id LIMIT $6`,
    [
      ...[state, keyword === null ? null : findPersonWords(keyword)],
      ...[z.uuid().safeParse(keyword).data ?? null, lastName, id, limit + 1],
    ],
  )
  return cutPage({ rows, limit, keyOf: (last) => [last.name, last.id] })
}

/** Null: no restaurant ever had this id. */
export async function findRestaurant(restaurantId: string): Promise<Restaurant | null> {
  const { rows } = await pool.query<Restaurant>(
    `SELECT ${LINE}, r.address, r.phone, r.time_zone AS "timeZone",
            iso_instant(r.created_at) AS "createdAt", iso_instant(r.hidden_at) AS "hiddenAt",
            r.hidden_reason AS "hiddenReason",
            (SELECT count(*)::int FROM restaurant_tables t
              WHERE t.restaurant_id = r.id AND t.deleted_at IS NULL) AS "tableCount",
            (SELECT coalesce(json_agg(json_build_object('accountId', a.id, 'name', a.name, 'email', a.email, 'role', s.role)
                                      ORDER BY s.role, a.name COLLATE "C", a.id), '[]')
               FROM restaurant_staff s JOIN accounts a ON a.id = s.account_id
              WHERE s.restaurant_id = r.id) AS staff
       FROM restaurants r WHERE r.id = $1`,
    [restaurantId],
  )
  const [found] = rows
  return found ? withShownPhone(found, found.timeZone) : null
}

/** The restaurants a person works for; never more than fit on one page. */
export async function listRestaurantsOf(
  accountId: string,
): Promise<(RestaurantLine & { role: 'OWNER' | 'STAFF' })[]> {
  const { rows } = await pool.query<RestaurantLine & { role: 'OWNER' | 'STAFF' }>(
    `SELECT ${LINE}, w.role::text AS role
       FROM restaurant_staff w JOIN restaurants r ON r.id = w.restaurant_id
      WHERE w.account_id = $1 ORDER BY r.name COLLATE "C", r.id LIMIT 100`,
    [accountId],
  )
  return rows
}

/** The restaurant whose slug or id is exactly this word. Null: none. */
export async function findRestaurantByWord(
  word: string,
): Promise<{ id: string; name: string } | null> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM restaurants WHERE id = $1::uuid OR slug = lower($2)',
    [z.uuid().safeParse(word).data ?? null, word],
  )
  return rows[0] ?? null
}
