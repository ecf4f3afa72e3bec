import { z } from 'zod'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { withShownPhone } from '@/lib/text/phone'
import { planBookSearch, planLetterSearch } from './book-search.rules'
import type { KnownGuest } from './entry.schema'

const listKey = z.tuple([z.iso.datetime(), z.uuid()])

/** The restaurant's book, for who may act for the restaurant. */
export const BOOK = `
  SELECT r.id, r.time_zone, r.day_cut_minutes FROM restaurants r JOIN accounts a ON a.id = $2
    LEFT JOIN restaurant_staff s ON s.restaurant_id = r.id AND s.account_id = a.id
   WHERE r.id = $1 AND r.deleted_at IS NULL AND acting_role(a.role, a.owner_approved_at, s.role) IS NOT NULL`

const GUEST = `
  g.id, g.name, coalesce(g.phone, d.phone) AS phone, g.email, g.locale, iso_instant(g.created_at) AS "createdAt",
  guest_marks(p_entry => g.id) AS marks`

const PAGE = `
  AND ($3::timestamptz IS NULL OR (g.created_at, g.id) < ($3::timestamptz, $4::uuid))
  ORDER BY g.created_at DESC, g.id DESC LIMIT $5`

const LIST = `
  WITH book AS (${BOOK})
  SELECT b.time_zone AS "timeZone",
         (SELECT coalesce(json_agg(p ORDER BY p."createdAt" DESC, p.id DESC), '[]') FROM (
            SELECT ${GUEST} FROM guests g LEFT JOIN accounts d ON d.id = g.account_id
             WHERE g.restaurant_id = b.id AND g.merged_into IS NULL ${PAGE}) AS p) AS items
    FROM book b`

/** Who is found by what was merged into them is found as the entry. */
const SEARCH = `
  WITH book AS (${BOOK})
  SELECT b.time_zone AS "timeZone",
         (SELECT coalesce(json_agg(p ORDER BY p."createdAt" DESC, p.id DESC), '[]') FROM (
            SELECT ${GUEST} FROM guests g LEFT JOIN accounts d ON d.id = g.account_id
             WHERE g.id = ANY (ARRAY(
               SELECT coalesce(f.merged_into, f.id) FROM guests f
                WHERE guest_words(f.restaurant_id, f.name, f.phone) @@ $6::tsquery AND f.restaurant_id = b.id
                  AND ($7::text IS NULL OR replace(typed_key(f.name), ' ', '') || chr(10) || typed_initials(f.name) ~ $7)))
             ${PAGE}) AS p) AS items
    FROM book b`

/** The key of a name is compared letter by letter, as `guests_name_idx` has it. */
const BEGINNING = `
  WITH book AS (${BOOK})
  SELECT b.time_zone AS "timeZone",
         (SELECT coalesce(json_agg(p ORDER BY p."createdAt" DESC, p.id DESC), '[]') FROM (
            SELECT ${GUEST} FROM guests g LEFT JOIN accounts d ON d.id = g.account_id
             WHERE g.id = ANY (ARRAY(
               SELECT coalesce(f.merged_into, f.id) FROM unnest($6::text[]) AS asked (letters)
                 JOIN guests f ON f.restaurant_id = b.id AND typed_key(f.name) ~>=~ asked.letters
                  AND typed_key(f.name) ~<~ (asked.letters || chr(1114111))))
             ${PAGE}) AS p) AS items
    FROM book b`

type Row = { timeZone: string; items: (KnownGuest & { createdAt: string })[] }

/**
 * The entries of a restaurant's guest book, the newest first, for its staff only, in one statement. The
 * search takes part of a name, one letter or syllable that it begins with, or the last digits of a phone, each
 * over an index; what is none of these finds nobody. Refuses `not-found`, also to everyone outside the restaurant's staff.
 */
export async function listGuests({
  restaurantId,
  accountId,
  search,
  cursor,
  limit,
}: {
  restaurantId: string
  accountId: string
  search?: string | undefined
  cursor?: string | undefined
  limit: number
}): Promise<Result<Page<KnownGuest>, 'not-found'>> {
  const [at, id] = readCursor(listKey, cursor) ?? [null, null]
  const asked = [restaurantId, accountId, at, id, limit + 1]
  const find = () => {
    if (search === undefined) return pool.query<Row>(LIST, asked)
    const letters = planLetterSearch(search)
    return letters === null
      ? pool.query<Row>(SEARCH, [...asked, ...planBookSearch({ search, restaurantId })])
      : pool.query<Row>(BEGINNING, [...asked, letters])
  }
  const { rows } = await find()
  const [row] = rows
  if (!row) return refuse('not-found')
  const page = cutPage({
    rows: row.items,
    limit,
    keyOf: (last) => [last.createdAt, last.id],
  })
  const items = page.items.map(({ createdAt: _, ...found }) => withShownPhone(found, row.timeZone))
  return succeed({ items, nextCursor: page.nextCursor })
}
