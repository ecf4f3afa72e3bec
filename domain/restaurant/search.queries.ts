import { pool } from '@/lib/db/database'
import { createSnapshots } from '@/lib/http/snapshot'
import { cutPage, PARTY_RANGE, PUBLIC_COLUMNS } from './queries'
import { readKeyword, type Translations } from './search.rules'
import type { Facets, Restaurant, RestaurantListQuery, RestaurantPage } from './types'

/** The texts a keyword is searched in; Korean is written with and without spaces. */
const NAMES = (of: string) =>
  `concat_ws(' ', ${of}.name, ${of}.name_en, replace(${of}.name, ' ', ''),
             replace(${of}.name_en, ' ', ''), replace(${of}.region, ' ', ''),
             replace(${of}.category, ' ', ''))`
const TEXT = `concat_ws(' ', ${NAMES('r')}, r.region, r.category, r.description, r.description_en)`

/**
 * Names that begin with the keyword come first, then names that contain its words, then the rest.
 */
const RANK = (of: string) => `CASE
  WHEN replace(${of}.name, ' ', '') ~* $4 OR replace(${of}.name_en, ' ', '') ~* $4 THEN 0
  WHEN ${NAMES(of)} ~* ALL ($2::text[]) AND ${NAMES(of)} ~* ALL ($3::text[]) THEN 1 ELSE 2 END`

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
  const { anywhere, inNames, atStart } = readKeyword({ keyword, translations })
  const { rows } = await pool.query<Restaurant>(
    `SELECT ${PUBLIC_COLUMNS} FROM restaurants r ${PARTY_RANGE}
      WHERE r.deleted_at IS NULL AND r.published
        AND ($1::uuid[] IS NULL OR r.id = ANY ($1))
        AND ${TEXT} ~* ALL ($2::text[]) AND ${NAMES('r')} ~* ALL ($3::text[])
        AND ($5::text IS NULL OR r.category = $5)
        AND ($6::text IS NULL OR r.region = $6)
        AND ($7::uuid IS NULL OR (${RANK('r')}, r.name COLLATE "C", r.id) >
              (SELECT ${RANK('c')}, c.name COLLATE "C", c.id FROM restaurants c WHERE c.id = $7))
      ORDER BY ${RANK('r')}, r.name COLLATE "C", r.id
      LIMIT $8`,
    [among, anywhere, inNames, atStart, category, region, cursor, limit + 1],
  )
  return cutPage({ rows, limit })
}

const MOST_FACETS = 20

const facets = createSnapshots<Facets>({
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
