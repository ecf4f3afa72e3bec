import { readStaffRole } from '@/domain/restaurant/queries'
import { loadPrisma } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { ShiftNote } from './shift-note.schema'

const NONE: ShiftNote = { version: 0, text: null, by: null, at: null }

/** The note of a service date, on a transaction's own connection. */
export async function readShiftNoteIn(
  tx: Transaction,
  { restaurantId, date }: { restaurantId: string; date: string },
): Promise<ShiftNote> {
  const [note] = await tx.$queryRaw<ShiftNote[]>`
    SELECT n.version, n.text, w.name AS by, iso_instant(n.written_at) AS at
      FROM shift_notes n LEFT JOIN accounts w ON w.id = n.written_by
     WHERE n.restaurant_id = ${restaurantId}::uuid AND n.service_date = ${date}::date`
  return note ?? NONE
}

/** The service date that is asked for, or today's, and whether it is over. Null: no such restaurant. */
export async function readNoteDate(
  tx: Transaction,
  { restaurantId, date }: { restaurantId: string; date?: string | undefined },
): Promise<{ date: string; today: string } | null> {
  const [found] = await tx.$queryRaw<{ date: string; today: string }[]>`
    SELECT coalesce(${date ?? null}::date, d.today)::text AS date, d.today::text AS today
      FROM restaurants r, LATERAL (SELECT service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today) d
     WHERE r.id = ${restaurantId}::uuid`
  return found ?? null
}

/** For the restaurant's staff. Refuses `not-found` to everyone else. */
export async function readShiftNote({
  restaurantId,
  accountId,
  date,
}: {
  restaurantId: string
  accountId: string
  date?: string | undefined
}): Promise<Result<ShiftNote, 'not-found'>> {
  const role = await readStaffRole({ accountId, restaurantId })
  const prisma = await loadPrisma()
  const asked = role && (await readNoteDate(prisma, { restaurantId, date }))
  return asked
    ? succeed(await readShiftNoteIn(prisma, { restaurantId, date: asked.date }))
    : refuse('not-found')
}
