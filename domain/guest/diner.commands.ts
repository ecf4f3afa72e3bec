import { recordAct } from '@/domain/identity/audit.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { keepDiner } from './commands'
import type { PartyRef } from './entry.schema'

type Person = { entryId: string | null; dinerId: string | null }

async function findPerson(
  tx: Transaction,
  { restaurantId, party }: { restaurantId: string; party: PartyRef },
): Promise<Person | null> {
  const [found] =
    'reservationId' in party
      ? await tx.$queryRaw<Person[]>`
          SELECT guest_entry_of(p_restaurant => v.restaurant_id, p_guest => v.guest_id, p_diner => v.diner_id) AS "entryId",
                 v.diner_id AS "dinerId"
            FROM reservations v WHERE v.id = ${party.reservationId}::uuid AND v.restaurant_id = ${restaurantId}::uuid`
      : await tx.$queryRaw<Person[]>`
          SELECT guest_entry_of(p_restaurant => t.restaurant_id, p_guest => t.guest_id, p_diner => t.account_id) AS "entryId",
                 t.account_id AS "dinerId"
            FROM tickets t WHERE t.id = ${party.ticketId}::uuid AND t.restaurant_id = ${restaurantId}::uuid`
  return found ?? null
}

/**
 * Staff write the diner of a reservation or ticket down in the guest book, so that they can say something
 * about them; a diner's booking itself writes nothing there. Who is in it already is found. The contact of a
 * ticket at the door makes no entry, unless its person has agreed to that. Locks the staff's role.
 *
 * Refuses `not-found` (also another restaurant's party), and `no-person` for a walk-in or a ticket of nobody
 * who has an account, or whose account is deleted.
 */
export async function writeDownGuest({
  restaurantId,
  party,
  actor,
}: {
  restaurantId: string
  party: PartyRef
  actor: StaffActor
}): Promise<Result<{ id: string }, 'not-found' | 'no-person'>> {
  return runTransaction<{ id: string }, 'not-found' | 'no-person'>(async (tx, stop) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    const found = role && (await findPerson(tx, { restaurantId, party }))
    if (!found) return stop(refuse('not-found'))
    const { entryId, dinerId } = found
    if (entryId !== null) return { id: entryId }
    const kept = dinerId === null ? null : await keepDiner(tx, { restaurantId, dinerId })
    if (!kept) return stop(refuse('no-person'))
    if (kept.isNew)
      await recordAct(tx, {
        subject: 'GUEST',
        subjectId: kept.id,
        restaurantId,
        actor: { ...actor, role },
        act: 'WRITE_DOWN',
        to: 'KNOWN',
      })
    return { id: kept.id }
  })
}
