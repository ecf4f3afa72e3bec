import { pool } from '@/lib/db/database'
import { createSnapshots } from '@/lib/http/snapshot'
import { withShownPhone } from '@/lib/text/phone'
import { cutPage, PARTY_RANGE, PUBLIC_COLUMNS, RESTAURANT_WORDS } from './queries'
import { readKeyword, type Translations } from './search.rules'
import type { Facets, Restaurant, RestaurantListQuery, RestaurantPage } from './types'

const KEYS = (of: string) =>
  `ARRAY[replace(typed_key(${of}.name), ' ', ''), replace(typed_key(${of}.name_en), ' ', '')]`

/** Names that begin with the keyword come first, then names that contain its words, then the rest. */
const RANK = (of: string) => `CASE
  WHEN $2::tsquery IS NULL OR EXISTS (SELECT FROM unnest(${KEYS(of)}) AS key WHERE key LIKE $3) THEN 0
  WHEN concat_ws(' ', VARIADIC ${KEYS(of)}) LIKE ALL ($4::text[]) THEN 1 ELSE 2 END`

/** As many names as are compared letter by letter when a keyword finds nothing. */
const MOST_NEAR = 100

/**
 * Restaurants whose name is spelt almost like the keyword, only where it finds none: the index gives
 * candidates that share a piece with it, at most so many.
 */
const NEAR = `(
  r.id = ANY (ARRAY(
    SELECT n.id FROM restaurants n
     WHERE ${RESTAURANT_WORDS('n')} @@ $5::tsquery AND n.deleted_at IS NULL AND n.published
       -- Counted, because for one row alone the planner would read the table instead of the index.
       AND (SELECT count(*) FROM restaurants e
             WHERE ${RESTAURANT_WORDS('e')} @@ $2::tsquery AND e.deleted_at IS NULL AND e.published) = 0
     ORDER BY n.id LIMIT ${MOST_NEAR}))
  AND EXISTS (SELECT FROM unnest(${KEYS('r')}) AS key WHERE is_typed_near(key, $6, $7)))`

/**
 * One page: the keyword's best matches first, then by name in code point order (for Hangul,
 * dictionary order), then by id. Each word of the keyword must occur somewhere; `category` and
 * `region` must be equal; `among` restricts the result to these. The cursor is the id of the last
 * item on the previous page; an unknown one gives an empty page.
 */
export async function listRestaurants({
  keyword,
  category,
  region,
  cursor,
  limit,
  among,
  translations = {},
}: RestaurantListQuery & {
  among?: string[] | undefined
  translations?: Translations
}): Promise<RestaurantPage> {
  const asked = readKeyword({ keyword, translations })
  const { rows } = await pool.query<Restaurant>(
    `SELECT ${PUBLIC_COLUMNS} FROM restaurants r ${PARTY_RANGE}
      WHERE r.deleted_at IS NULL AND r.published
        AND ($1::uuid[] IS NULL OR r.id = ANY ($1))
        AND ($2::tsquery IS NULL OR ${RESTAURANT_WORDS('r')} @@ $2::tsquery OR ${NEAR})
        AND ($8::text IS NULL OR r.category = $8)
        AND ($9::text IS NULL OR r.region = $9)
        AND ($10::uuid IS NULL OR (${RANK('r')}, r.name COLLATE "C", r.id) >
              (SELECT ${RANK('c')}, c.name COLLATE "C", c.id FROM restaurants c WHERE c.id = $10))
      ORDER BY ${RANK('r')}, r.name COLLATE "C", r.id
      LIMIT $11`,
    [
      ...[among, asked.found, asked.atStart, asked.inNames, asked.near, asked.key, asked.errors],
      ...[category, region, cursor, limit + 1],
    ],
  )
  const shown = rows.map((row) => withShownPhone(row, row.timeZone))
  return cutPage({ rows: shown, limit })
}

const MOST_FACETS = 20

const facets = createSnapshots<Facets>({
  of: 'facets',
  most: 1,
  build: async () => {
    const { rows } = await pool.query<{ word: string; count: number; isRegion: boolean }>(
      `SELECT coalesce(r.category, r.region) AS word, count(*)::int AS count,
              GROUPING(r.region) = 0 AS "isRegion"
         FROM restaurants r WHERE r.deleted_at IS NULL AND r.published
        GROUP BY GROUPING SETS ((r.category), (r.region))
        ORDER BY count(*) DESC, coalesce(r.category, r.region) COLLATE "C"`,
    )
    const pick = (isRegion: boolean) =>
      rows
        .filter((row) => row.isRegion === isRegion)
        .slice(0, MOST_FACETS)
        .map(({ word, count }) => ({ word, count }))
    const data = { categories: pick(false), regions: pick(true) }
    return { data, content: data, body: '' }
  },
})

/** The existing categories and regions, most frequent first; at most a second old. */
export async function listFacets(): Promise<Facets> {
  return (await facets.get('')).data
}
