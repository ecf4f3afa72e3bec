import { pool } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { readStaffRole } from './queries'
import type { Area, Combination } from './table-group.schema'

const AREAS = `
  SELECT a.id, a.name,
         ARRAY(SELECT t.number FROM restaurant_tables t WHERE t.area_id = a.id ORDER BY t.number)::int[] AS "tableNumbers"
    FROM restaurant_areas a WHERE a.restaurant_id = $1::uuid ORDER BY a.position, a.id`

const COMBINATIONS = `
  SELECT n.numbers AS "tableNumbers", c.min_party AS "minParty", c.max_party AS "maxParty"
    FROM restaurant_combinations c
    CROSS JOIN LATERAL (
      SELECT ARRAY(SELECT t.number FROM restaurant_tables t WHERE t.id = ANY (c.table_ids)
                    ORDER BY t.number)::int[] AS numbers) AS n
   WHERE c.restaurant_id = $1::uuid ORDER BY n.numbers`

/** In the order of the settings. */
export async function listAreas({ restaurantId }: { restaurantId: string }): Promise<Area[]> {
  const { rows } = await pool.query<Area>(AREAS, [restaurantId])
  return rows
}

/** The same on a transaction's own connection. */
export async function listAreasIn(tx: Transaction, restaurantId: string): Promise<Area[]> {
  return tx.$queryRawUnsafe<Area[]>(AREAS, restaurantId)
}

/** By their lowest table numbers. */
export async function listCombinations({
  restaurantId,
}: {
  restaurantId: string
}): Promise<Combination[]> {
  const { rows } = await pool.query<Combination>(COMBINATIONS, [restaurantId])
  return rows
}

/** The same on a transaction's own connection. */
export async function listCombinationsIn(
  tx: Transaction,
  restaurantId: string,
): Promise<Combination[]> {
  return tx.$queryRawUnsafe<Combination[]>(COMBINATIONS, restaurantId)
}

export type Asked = { restaurantId: string; accountId: string }
/** With the version of the restaurant that a change of the list names. */
export type Versioned<Item> = { version: number; items: Item[] }

/** For the restaurant's staff. Refuses `not-found` to everyone else. */
export function readAreas(asked: Asked): Promise<Result<Versioned<Area>, 'not-found'>> {
  return readForStaff({ ...asked, list: listAreas })
}

/** For the restaurant's staff. Refuses `not-found` to everyone else. */
export function readCombinations(
  asked: Asked,
): Promise<Result<Versioned<Combination>, 'not-found'>> {
  return readForStaff({ ...asked, list: listCombinations })
}

/** One of a restaurant's lists, with its version. Refuses `not-found`, also to everyone outside its staff. */
export async function readForStaff<Item>({
  restaurantId,
  accountId,
  list,
}: Asked & { list: (asked: { restaurantId: string }) => Promise<Item[]> }): Promise<
  Result<Versioned<Item>, 'not-found'>
> {
  if ((await readStaffRole({ accountId, restaurantId })) === null) return refuse('not-found')
  // Before the list: if it changes meanwhile, a change that names this version is refused.
  const { rows } = await pool.query<{ version: number }>(
    'SELECT version FROM restaurants WHERE id = $1',
    [restaurantId],
  )
  const [restaurant] = rows
  if (!restaurant) return refuse('not-found')
  return succeed({ version: restaurant.version, items: await list({ restaurantId }) })
}
