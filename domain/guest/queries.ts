import { z } from 'zod'
import { readStaffRole } from '@/domain/restaurant/queries'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { withShownPhone } from '@/lib/text/phone'
import type { Guest } from './schema'
import { planSearch } from './search.rules'

const listKey = z.tuple([z.iso.datetime(), z.uuid()])

const LIST = `
  SELECT g.id, g.name, g.phone, g.email, g.locale, iso_instant(g.created_at) AS "createdAt",
         r.time_zone AS "timeZone"
    FROM guests g JOIN restaurants r ON r.id = g.restaurant_id
   WHERE g.restaurant_id = $1
     AND ($2::timestamptz IS NULL OR (g.created_at, g.id) < ($2::timestamptz, $3::uuid))
     AND ($4::text IS NULL OR replace(typed_key(g.name), ' ', '') || chr(10) || typed_initials(g.name) ~ $4)
     AND ($5::text[] IS NULL OR phone_key(g.phone) LIKE ANY ($5::text[]))
   ORDER BY g.created_at DESC, g.id DESC LIMIT $6`

type Row = Guest & { createdAt: string; timeZone: string }

/**
 * The guests of a restaurant, the newest first, for its staff only. The search takes part of a name, or
 * the last digits of a phone; what is neither finds nobody. Refuses `not-found`, also to everyone
 * outside the restaurant's staff.
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
}): Promise<Result<Page<Guest>, 'not-found'>> {
  const role = await readStaffRole({ accountId, restaurantId })
  if (!role) return refuse('not-found')
  const { name, ends } = search === undefined ? { name: null, ends: null } : planSearch(search)
  if (search !== undefined && name === null && ends === null)
    return succeed({ items: [], nextCursor: null })
  const [at, id] = readCursor(listKey, cursor) ?? [null, null]
  const { rows } = await pool.query<Row>(LIST, [restaurantId, at, id, name, ends, limit + 1])
  const page = cutPage({ rows, limit, keyOf: (last) => [last.createdAt, last.id] })
  const items = page.items.map(({ createdAt: _, timeZone, ...found }) =>
    withShownPhone(found, timeZone),
  )
  return succeed({ items, nextCursor: page.nextCursor })
}
