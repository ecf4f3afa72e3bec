import { closeTables, endTableClosure } from '@/domain/floor/table-closure.commands'
import type { TableClosureDraft } from '@/domain/floor/table-closure.schema'
import { pool } from '@/lib/db/database'
import { actorOf } from './booking-restaurant'
import { type Cell, setUpPlan } from './change-scene'
import { createOtherStaff } from './floor-scene'

const MINUTE_MS = 60_000

/** Three seatings today at tables for two, four, four and six, and floor staff who close some. */
export async function setUpClosing(given: Parameters<typeof setUpPlan>[0] = {}) {
  const plan = await setUpPlan({ tables: [2, 4, 4, 6], days: 1, ...given })
  const { restaurantId, cellAt } = plan
  const staffId = await createOtherStaff(restaurantId)
  const minutesAfter = (cell: Cell, minutes: number) =>
    new Date(Date.parse(cell.startsAt) + minutes * MINUTE_MS).toISOString()
  /** From the first seating until the end of the last one that is meant. */
  const during = (first: number, last = first) => ({
    from: cellAt(0, 0, first).startsAt,
    to: minutesAfter(cellAt(0, 0, last), 90),
  })
  const numberOf = (table: number) => cellAt(0, table, 0).tableNumber
  const close = (closure: TableClosureDraft, by = staffId) =>
    closeTables({ restaurantId, actor: actorOf(by), closure })
  const closed = async (closure: TableClosureDraft) => {
    const made = await close(closure)
    if (!made.ok) throw new Error(made.reason)
    return made.value
  }
  const end = (closureId: string, to: string | null = null, by = staffId) =>
    endTableClosure({ restaurantId, closureId, to, actor: actorOf(by) })
  /** Of one table's seatings: free, taken, blocked, closed. */
  const listStates = async (table: number) => {
    const { rows } = await pool.query<{ state: string }>(
      `SELECT CASE WHEN s.closed THEN 'closed' WHEN s.blocked THEN 'blocked' ELSE 'open' END
              || CASE WHEN s.taken THEN ' taken' ELSE '' END AS state
         FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
        WHERE t.restaurant_id = $1 AND t.number = $2 AND s.deleted_at IS NULL ORDER BY s.starts_at`,
      [restaurantId, numberOf(table)],
    )
    return rows.map(({ state }) => state)
  }
  const setArea = async (...tables: number[]) => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO restaurant_areas (restaurant_id, name, position) VALUES ($1, '테라스', 0) RETURNING id`,
      [restaurantId],
    )
    const id = rows[0]?.id ?? ''
    await pool.query(
      'UPDATE restaurant_tables SET area_id = $1 WHERE restaurant_id = $2 AND number = ANY($3)',
      [id, restaurantId, tables.map(numberOf)],
    )
    return id
  }
  return {
    ...plan,
    staffId,
    minutesAfter,
    during,
    numberOf,
    close,
    closed,
    end,
    listStates,
    setArea,
  }
}
