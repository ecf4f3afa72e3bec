import { recordAct } from '@/domain/identity/audit.commands'
import type { Editing } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { closeDate } from '@/domain/schedule/closure.commands'
import { type Result, refuse } from '@/lib/problems/result'
import type { ClosedDate, PartyOfDate } from './closed-date.schema'
import { tellDiner } from './move-notice.commands'
import { decideMove, sideOf } from './rules'
import { lockReservations, writeStatus } from './slot-lock.commands'

/** The parties to come on a date; those that sit are not among them. Locks nothing. */
function listToCome(
  { tx, restaurant }: Editing,
  { date }: { date: string },
): Promise<PartyOfDate[]> {
  return tx.$queryRaw<PartyOfDate[]>`
    SELECT v.id, iso_instant(v.starts_at) AS "startsAt", v.party_size AS "partySize", coalesce(a.name, g.name) AS name,
           ARRAY(SELECT DISTINCT t.number FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
                   JOIN restaurant_tables t ON t.id = s.table_id
                  WHERE c.reservation_id = v.id AND NOT c.moved_away ORDER BY t.number) AS "tableNumbers"
      FROM reservations v LEFT JOIN accounts a ON a.id = v.diner_id LEFT JOIN guests g ON g.id = v.guest_id
     WHERE v.restaurant_id = ${restaurant.id}::uuid AND v.service_date = ${date}::date AND v.ends_at > now()
       AND is_reservation_coming(v.status, v.hold_expires_at, now())
     ORDER BY v.starts_at, v.id`
}

async function cancelAll(
  { tx, stop, role }: Editing,
  {
    ids,
    reason,
    usualReason,
    actor,
  }: Pick<ClosedDate, 'reason' | 'usualReason'> & { ids: string[]; actor: StaffActor },
): Promise<void> {
  for (const reservation of await lockReservations(tx, { reservationIds: ids })) {
    const { id, status, restaurantId } = reservation
    const decided = decideMove({ ...reservation, act: 'CANCEL', by: role })
    if (!decided.ok) return stop(decided)
    const written = await writeStatus(tx, {
      reservation,
      to: 'CANCELLED',
      cancelledBy: sideOf(role),
    })
    if (!written.ok) return stop(written)
    const event = await recordAct(tx, {
      subject: 'RESERVATION',
      subjectId: id,
      restaurantId,
      actor: { ...actor, role },
      act: 'CANCEL',
      from: status,
      to: 'CANCELLED',
      details: { because: 'CLOSE_DATE' },
    })
    const told = {
      reservationId: id,
      eventId: event.id,
      act: 'CANCEL',
      to: 'CANCELLED',
      by: role,
    } as const
    const why = usualReason ? { reason: undefined, usualReason } : { reason: reason ?? undefined }
    await tellDiner(tx, { ...told, ...why })
  }
}

/**
 * Closes a date like `closeDate`, which may cancel the reservations to come on it: `cancelled` are those
 * that its owner was shown, and each diner is told, with a usual reason or the date's own. Locks like `closeDate`, then
 * the reservations in id order, so nobody books in between.
 *
 * Refuses `has-reservations` with the `parties` to come when they are others than those shown, and
 * changes nothing.
 */
export async function closeBookedDate({
  cancelled,
  usualReason,
  actor,
  ...asked
}: ClosedDate & { actor: StaffActor }): Promise<Result<{ version: number }>> {
  if (asked.keepsReservations) return closeDate({ ...asked, actor })
  const settle = async (editing: Editing) => {
    const parties = await listToCome(editing, asked)
    const ids = parties.map(({ id }) => id)
    const isShown = ids.length === cancelled.length && ids.every((id) => cancelled.includes(id))
    if (!isShown) return editing.stop(refuse('has-reservations', { parties }))
    await cancelAll(editing, { ids, reason: asked.reason, usualReason, actor })
    return 0
  }
  return closeDate({ ...asked, actor, settle })
}
