import type { Transaction } from '@/lib/db/transaction'

/**
 * The numbers of the tables of these slots at which another party sits, on the business day of that
 * instant; who was forgotten on an earlier one makes room. Locks nothing: the unique index on
 * occupancies is the judge (G21), and this names the tables in the answer.
 */
export async function listOccupied(
  tx: Transaction,
  {
    slotIds,
    reservationId = null,
    at,
  }: {
    slotIds: string[]
    /** The party that is about to sit down. Null: it has no reservation yet. */
    reservationId?: string | null
    at: Date
  },
): Promise<number[]> {
  const tables = await tx.$queryRaw<{ number: number }[]>`
    SELECT DISTINCT t.number
      FROM slots s
      JOIN restaurants r ON r.id = s.restaurant_id
      JOIN restaurant_tables t ON t.id = s.table_id
      JOIN occupancies o ON o.table_id = s.table_id AND o.ended_at IS NULL
     WHERE s.id = ANY(${slotIds}::uuid[]) AND o.reservation_id IS DISTINCT FROM ${reservationId}::uuid
       AND o.service_date = service_date_at(${at}::timestamptz, r.time_zone, r.day_cut_minutes)
     ORDER BY t.number`
  return tables.map(({ number }) => number)
}
