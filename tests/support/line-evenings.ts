import { pool } from '@/lib/db/database'
import { readToday } from '@/prisma/factories'

export interface PastTicket {
  daysAgo: number
  /** Minutes until the party was called; null: never. */
  calledAfter: number | null
  /** Minutes until it left or was seated; null: still waiting. */
  endedAfter?: number | null
  cancelledBy?: 'DINER' | 'SERVICE'
  /** The range it was told. */
  quote?: [from: number, to: number] | null
  basisMinutes?: number | null
  postponedBehind?: number | null
  takenHoursAgo?: number
}

/** Tickets of past evenings, each with its told range and its outcome. */
export async function addPast(restaurantId: string, tickets: PastTicket[]): Promise<void> {
  const today = await readToday(pool, restaurantId)
  const numbers = new Map<number, number>()
  for (const ticket of tickets) {
    const number = (numbers.get(ticket.daysAgo) ?? 0) + 1
    numbers.set(ticket.daysAgo, number)
    await addTicket({ restaurantId, today, number, ticket })
  }
}

async function addTicket({
  restaurantId,
  today,
  number,
  ticket,
}: {
  restaurantId: string
  today: string
  number: number
  ticket: PastTicket
}): Promise<void> {
  const { daysAgo, calledAfter, endedAfter = calledAfter, cancelledBy = null } = ticket
  const { quote = null, basisMinutes = 10, postponedBehind = null, takenHoursAgo = 0 } = ticket
  await pool.query(
    `WITH day AS (
       INSERT INTO lines VALUES ($1, $2::date - $3::int, $4)
       ON CONFLICT (restaurant_id, service_date) DO UPDATE SET last_number = $4 RETURNING service_date)
     INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel, asker_id, taken_key,
                          taken_hash, taken_at, first_called_at, called_at, ended_at, status, cancelled_by,
                          quote_from_minutes, quote_to_minutes, quote_ahead, quote_basis_minutes, postponements,
                          postponed_behind)
     SELECT $1, service_date, $4, $4, 2, 'IN_STORE', 'KIOSK', gen_random_uuid(), 'k', 'h', taken,
            taken + make_interval(mins => $5), taken + make_interval(mins => $5), taken + make_interval(mins => $6),
            (CASE WHEN $7::text IS NOT NULL THEN 'CANCELLED' WHEN $6::int IS NULL THEN 'WAITING' ELSE 'SEATED' END)::ticket_status,
            $7, $8, $9, CASE WHEN $10::float8 IS NOT NULL THEN 0 END, $10,
            CASE WHEN $11::int IS NULL THEN 0 ELSE 1 END, $11
       FROM day, (SELECT now() - make_interval(days => $3, hours => $12) AS taken) AS instant`,
    [
      ...[restaurantId, today, daysAgo, number, calledAfter, endedAfter, cancelledBy],
      ...[quote?.[0] ?? null, quote?.[1] ?? null, basisMinutes, postponedBehind, takenHoursAgo],
    ],
  )
}

/**
 * Six evenings of eight parties each, which waited between half and one and a half of the estimate.
 */
export function listOrdinaryPast(): PastTicket[] {
  return Array.from({ length: 48 }, (_, index) => ({
    daysAgo: 1 + Math.floor(index / 8),
    calledAfter: 5 + (index % 11),
    basisMinutes: 10,
  }))
}
