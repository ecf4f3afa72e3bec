import { pool } from '@/lib/db/database'
import { createSnapshots } from '@/lib/http/snapshot'

/**
 * Everything that search engines may list, as paths without language: the two pages of lists,
 * visible restaurants, and announced openings whose date has not passed.
 */
const PUBLIC_PAGES = `
  SELECT 0 AS kind, '/' AS path
  UNION ALL SELECT 0, '/restaurants'
  UNION ALL SELECT 1, '/restaurants/' || r.slug FROM restaurants r
             WHERE r.deleted_at IS NULL AND r.published
  UNION ALL SELECT 2, '/openings/' || o.id FROM openings o JOIN restaurants r ON r.id = o.restaurant_id
             WHERE o.cancelled_at IS NULL AND r.deleted_at IS NULL AND r.published
               AND o.service_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes)`

/** A sitemap seldom changes, and crawlers ask for it seldom. */
const AGE_MS = 60_000
/** How many pages a process remembers. */
const MOST = 8

const counts = createSnapshots({
  of: 'sitemap',
  ageMs: AGE_MS,
  most: 1,
  build: async () => {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (${PUBLIC_PAGES}) AS pages`,
    )
    const data = rows[0]?.count ?? 0
    return { data, content: data, body: '' }
  },
})

const lists = createSnapshots<string[]>({
  of: 'sitemap',
  ageMs: AGE_MS,
  most: MOST,
  build: async (key) => {
    const [offset, limit] = key.split(' ').map(Number)
    const { rows } = await pool.query<{ path: string }>(
      `SELECT pages.path FROM (${PUBLIC_PAGES}) AS pages
        ORDER BY pages.kind, pages.path COLLATE "C" OFFSET $1 LIMIT $2`,
      [offset, limit],
    )
    const data = rows.map(({ path }) => path)
    return { data, content: data, body: '' }
  },
})

/** How many pages are public, in one language; at most a minute old. */
export async function countPublicPages(): Promise<number> {
  return (await counts.get('')).data
}

/** Their paths, without language; at most a minute old. */
export async function listPublicPages({
  offset,
  limit,
}: {
  offset: number
  limit: number
}): Promise<string[]> {
  return (await lists.get(`${offset} ${limit}`)).data
}
