import { recordAct } from '@/domain/identity/audit.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { runTransaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { Actor, ReservationStatus } from './types'

/**
 * Writes the staff's note about a party, in one transaction with its audit event, which records
 * author and time but not the text: words about a guest are kept in one place, where they can be
 * erased. Locks the staff's role, then the reservation. Null erases the note.
 *
 * Staff can only overwrite the note they saw: refuses `changed-meanwhile` with the `present` note
 * when another was written since, so that no text is lost; writing the same text is no change.
 * Refuses `not-found`, also to everyone outside the restaurant's staff.
 */
export async function writeStaffNote({
  reservationId,
  shown,
  text,
  actor,
}: {
  reservationId: string
  /** The note shown when the writing began. Null: there was none. */
  shown: string | null
  text: string | null
  actor: Actor
}): Promise<Result<null>> {
  return runTransaction(async (tx, stop) => {
    const reservation = await tx.reservation.findUnique({
      where: { id: reservationId },
      select: { restaurantId: true },
    })
    const role = reservation && (await lockStaffRole(tx, { ...actor, ...reservation }))
    if (!role) return stop(refuse('not-found'))
    const [found] = await tx.$queryRaw<{ present: string | null; status: ReservationStatus }[]>`
      SELECT staff_note AS present, status::text AS status FROM reservations WHERE id = ${reservationId}::uuid FOR UPDATE`
    if (!found) return stop(refuse('not-found'))
    const { present, status } = found
    if (present === text) return null
    if (present !== shown) return stop(refuse('changed-meanwhile', { present }))
    await tx.$executeRaw`
      UPDATE reservations SET staff_note = ${text} WHERE id = ${reservationId}::uuid`
    await recordAct(tx, {
      subject: 'RESERVATION',
      subjectId: reservationId,
      restaurantId: reservation.restaurantId,
      actor: { ...actor, role },
      act: 'NOTE',
      from: status,
      to: status,
    })
    return null
  })
}
