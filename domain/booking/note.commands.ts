import { recordAct } from '@/domain/identity/audit.commands'
import { readStaffRole } from '@/domain/restaurant/queries'
import { prisma } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { actorKindOf } from './rules'
import type { Actor, ReservationStatus } from './types'

/**
 * Writes what the staff noted about a party, in one transaction with its audit event, which says
 * who and when but not what: words about a guest stand in one place, from which they can be erased.
 * Locks the reservation. Null erases the note.
 *
 * The last writer wins only over what they have seen: refuses `changed-meanwhile` with the `present`
 * note when another was written since, so that no text is lost; the same text again is no change.
 * Refuses `not-found`, also to everybody who is not the restaurant's staff.
 */
export async function writeStaffNote({
  reservationId,
  shown,
  text,
  actor,
}: {
  reservationId: string
  /** What stood there when the writing began; null: nothing. */
  shown: string | null
  text: string | null
  actor: Actor
}): Promise<Result<null>> {
  const { accountId } = actor
  const reservation = await prisma.reservation.findUnique({
    where: { id: reservationId },
    select: { restaurantId: true },
  })
  const role = reservation && (await readStaffRole({ accountId, ...reservation }))
  if (!role) return refuse('not-found')
  return runTransaction(async (tx, stop) => {
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
      actor: { ...actor, role: actorKindOf(role) },
      act: 'NOTE',
      from: status,
      to: status,
    })
    return null
  })
}
