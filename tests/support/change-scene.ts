import { expect } from 'vitest'
import { changeReservation } from '@/domain/booking/change.commands'
import type { ReservationChange } from '@/domain/booking/change.schema'
import type { MoveScope } from '@/domain/booking/types'
import { pool } from '@/lib/db/database'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createSlot,
  createTable,
  readToday,
} from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'
import { actorOf } from './booking-restaurant'
import { createDinerIds } from './booking-scene'
import { TIME_ZONE } from './time-zone'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

export type Cell = {
  slotId: string
  tableNumber: number
  serviceDate: string
  startsAt: string
}

/**
 * Today and the two dates after it, on each the same seatings of ninety minutes, one after another, at
 * every table. `cellAt(day, table, seating)` counts from nought.
 */
export async function setUpPlan({
  tables = [2, 4, 4],
  seatings = 3,
  days = 2,
  inMinutes = 120,
  ...restaurant
}: Partial<Restaurant> & {
  /** The largest party of each. */
  tables?: number[]
  seatings?: number
  days?: number
  /** How long until the first seating of today. */
  inMinutes?: number
} = {}) {
  const owner = await createAccount(pool, { role: 'OWNER' })
  const { id: restaurantId } = await createRestaurant(pool, {
    timeZone: TIME_ZONE,
    ...restaurant,
    ...({ ownerId: owner.id } as object),
  })
  const today = await readToday(pool, restaurantId)
  const firstMs = Math.ceil((Date.now() + inMinutes * MINUTE_MS) / MINUTE_MS) * MINUTE_MS
  const dateAfter = (count: number) =>
    new Date(Date.parse(today) + count * DAY_MS).toISOString().slice(0, 10)
  const cells: Cell[][][] = Array.from({ length: days }, () => [])
  for (const [table, maxParty] of tables.entries()) {
    const made = await createTable(pool, { restaurantId, minParty: 1, maxParty })
    for (let day = 0; day < days; day++) {
      const row: Cell[] = []
      for (let seating = 0; seating < seatings; seating++) {
        const startsAt = new Date(firstMs + day * DAY_MS + seating * 90 * MINUTE_MS)
        const { id } = await createSlot(pool, {
          tableId: made.id,
          serviceDate: dateAfter(day),
          startsAt,
          endsAt: new Date(startsAt.getTime() + 90 * MINUTE_MS),
        })
        row.push({
          slotId: id,
          tableNumber: made.number,
          serviceDate: dateAfter(day),
          startsAt: startsAt.toISOString(),
        })
      }
      const ofDay = cells[day] ?? []
      ofDay[table] = row
    }
  }
  const cellAt = (day: number, table: number, seating: number): Cell => {
    const cell = cells[day]?.[table]?.[seating]
    if (!cell) throw new Error(`no seating ${seating} at table ${table} on day ${day}`)
    return cell
  }
  const [dinerId = '', otherId = '', thirdId = ''] = await createDinerIds(3)
  const bookCell = async (cell: Cell, diner: string | null = dinerId, change = {}) =>
    (
      await createReservation(pool, {
        slotId: cell.slotId,
        ...(diner !== null && { dinerId: diner }),
        partySize: 2,
        ...change,
      })
    ).id
  return { restaurantId, ownerId: owner.id, dinerId, otherId, thirdId, today, cellAt, bookCell }
}

/** What a change to that seating at that table asks for. */
export const toCell = ({ serviceDate, startsAt, tableNumber }: Cell) => ({
  serviceDate,
  startsAt,
  tableNumbers: [tableNumber],
})

/** The same by a diner, who names no table. */
export const toTime = ({ serviceDate, startsAt }: Cell) => ({ serviceDate, startsAt })

export const change = (
  reservationId: string,
  asked: ReservationChange,
  accountId: string,
  { scope = 'either', key = null }: { scope?: MoveScope; key?: string | null } = {},
) =>
  changeReservation({
    reservationId,
    change: asked,
    actor: actorOf(accountId),
    scope,
    key,
    later: () => {},
  })

/** Which reservation has which slot now. */
export async function readPlaces(): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ slot: string; reservation: string }>(
    `SELECT c.slot_id::text AS slot, c.reservation_id::text AS reservation
       FROM reservation_slots c WHERE c.released_at IS NULL ORDER BY c.slot_id`,
  )
  return Object.fromEntries(rows.map(({ slot, reservation }) => [slot, reservation]))
}

/** Reservations that are only half where they say: at another date or time than their slots (G22). */
export async function findHalfChanged(): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT v.id::text AS id FROM reservations v
       JOIN (SELECT c.reservation_id, min(s.starts_at) AS starts_at, max(s.ends_at) AS ends_at,
                    min(s.service_date) AS first_date, max(s.service_date) AS last_date,
                    bool_and(s.held_until IS NOT DISTINCT FROM CASE v.status WHEN 'HELD' THEN v.hold_expires_at END) AS is_held_alike
               FROM reservation_slots c JOIN slots s ON s.id = c.slot_id JOIN reservations v ON v.id = c.reservation_id
              WHERE c.released_at IS NULL GROUP BY 1) p ON p.reservation_id = v.id
      WHERE v.status IN ('HELD', 'CONFIRMED')
        AND ((v.starts_at, v.ends_at, v.service_date, v.service_date) IS DISTINCT FROM (p.starts_at, p.ends_at, p.first_date, p.last_date)
             OR NOT p.is_held_alike)`,
  )
  return rows.map(({ id }) => id)
}

/** A plan with one party of two, at the first seating of the second table. */
export async function setUpBooked(wish: Parameters<typeof setUpPlan>[0] = {}) {
  const plan = await setUpPlan(wish)
  const id = await plan.bookCell(plan.cellAt(0, 1, 0), plan.dinerId)
  const byStaff = (asked: Parameters<typeof change>[1]) => change(id, asked, plan.ownerId)
  return { ...plan, id, byStaff }
}

export async function readReservation(id: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT status::text, service_date::text AS "serviceDate", iso_instant(starts_at) AS "startsAt",
            party_size AS "partySize", sequence, late_minutes AS "lateMinutes" FROM reservations WHERE id = $1`,
    [id],
  )
  return rows[0]
}

/** Every row that a change writes: reservations, their slots, notices and acts. */
export async function readBook(): Promise<unknown> {
  const { rows } = await pool.query(
    `SELECT (SELECT jsonb_agg(v ORDER BY v.id) FROM reservations v) AS v,
            (SELECT jsonb_agg(c ORDER BY c.slot_id, c.reservation_id) FROM reservation_slots c) AS c,
            (SELECT jsonb_agg(s ORDER BY s.id) FROM slots s) AS s,
            (SELECT count(*) FROM notices) AS n, (SELECT count(*) FROM audit_events) AS e`,
  )
  return rows
}

/** The work is refused, and leaves everything as it was. */
export async function expectUntouched<Answer extends { ok: boolean }>(
  work: () => Promise<Answer>,
): Promise<Answer> {
  const before = await readBook()
  const answer = await work()
  expect(answer.ok).toBe(false)
  expect(await readBook()).toEqual(before)
  return answer
}
