import { loadPrisma, pool } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/transaction'
import type { Setup } from './setup.rules'
import type { HoursStretch, Picture, Table } from './setup.schema'

/** Counted afresh; slots and dates by the database's clock. */
export async function countSetup(restaurantId: string): Promise<Setup> {
  const { rows } = await pool.query<Setup>(
    `SELECT (SELECT count(*)::int FROM restaurant_tables t
              WHERE t.restaurant_id = r.id AND t.deleted_at IS NULL) AS tables,
            (SELECT count(*)::int FROM restaurant_hours h WHERE h.restaurant_id = r.id) AS hours,
            (SELECT count(DISTINCT s.service_date)::int FROM slots s
              WHERE s.restaurant_id = r.id AND s.deleted_at IS NULL AND NOT s.blocked
                AND s.service_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes)
                AND s.starts_at > now()) AS schedule,
            (r.description <> '')::int AS description,
            (SELECT count(*)::int FROM restaurant_pictures p WHERE p.restaurant_id = r.id) AS pictures
       FROM restaurants r WHERE r.id = $1`,
    [restaurantId],
  )
  const [found] = rows
  if (!found) throw new Error(`expected a restaurant, found none: ${restaurantId}`)
  return found
}

const TABLES = `
  SELECT id, number, min_party AS "minParty", max_party AS "maxParty" FROM restaurant_tables
   WHERE restaurant_id = $1::uuid AND deleted_at IS NULL ORDER BY number`

/** The tables in use, by number. */
export async function listTables({ restaurantId }: { restaurantId: string }): Promise<Table[]> {
  const { rows } = await pool.query<Table>(TABLES, [restaurantId])
  return rows
}

/** The same on a transaction's own connection. */
export async function listTablesIn(tx: Transaction, restaurantId: string): Promise<Table[]> {
  return tx.$queryRawUnsafe<Table[]>(TABLES, restaurantId)
}

/** The regular week of a restaurant, by weekday and time. */
export async function listHours({
  restaurantId,
}: {
  restaurantId: string
}): Promise<HoursStretch[]> {
  const { rows } = await pool.query<HoursStretch>(
    `SELECT weekday, from_minutes AS "fromMinutes", to_minutes AS "toMinutes"
       FROM restaurant_hours WHERE restaurant_id = $1 ORDER BY weekday, from_minutes`,
    [restaurantId],
  )
  return rows
}

/** The same on a transaction's own connection. */
export async function listHoursIn(tx: Transaction, restaurantId: string): Promise<HoursStretch[]> {
  return tx.restaurantHours.findMany({
    where: { restaurantId },
    select: { weekday: true, fromMinutes: true, toMinutes: true },
    orderBy: [{ weekday: 'asc' }, { fromMinutes: 'asc' }],
  })
}

/** In display order. */
export async function listPictures(restaurantId: string, tx?: Transaction): Promise<Picture[]> {
  const db = tx ?? (await loadPrisma())
  return db.restaurantPicture.findMany({
    where: { restaurantId },
    orderBy: { position: 'asc' },
    select: { url: true, alt: true },
  })
}
