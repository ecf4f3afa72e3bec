import type { Stop, Transaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import type { PlaceMove } from './place.commands'

/**
 * The guest has one to come on that date: as the guest, as one they are merged with, or as a diner.
 * `exceptId`: the reservation that moves.
 */
export async function hasOther(
  tx: Transaction,
  {
    guestId,
    serviceDate,
    exceptId = null,
  }: { guestId: string; serviceDate: string; exceptId?: string | null },
): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ hasOther: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM reservations_of_guest(p_guest => ${guestId}::uuid) v
       WHERE v.service_date = ${serviceDate}::date AND v.id IS DISTINCT FROM ${exceptId}::uuid
         AND is_reservation_coming(v.status, v.hold_expires_at, now())) AS "hasOther"`
  return found?.hasOther ?? false
}

/**
 * On another date a guest's reservation is an ordinary one, or stands beside one that the guest has there
 * (G2). Stops with `already-booked` for the latter, unless staff insist.
 */
export async function judgeExtra(
  tx: Transaction,
  { move, insists, stop }: { move: PlaceMove; insists: boolean; stop: Stop<'already-booked'> },
): Promise<PlaceMove> {
  const { id, guestId, serviceDate: dateBefore } = move.reservation
  const { serviceDate } = move.place
  if (guestId === null || serviceDate === dateBefore) return move
  const isExtra = await hasOther(tx, { guestId, serviceDate, exceptId: id })
  if (isExtra && !insists) return stop(refuse('already-booked'))
  return { ...move, isExtra }
}
