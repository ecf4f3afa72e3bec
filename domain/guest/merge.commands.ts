import { recordAct } from '@/domain/identity/audit.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { MergedGuests } from './entry.schema'

const MOST_TRIES = 4

type Asked = { restaurantId: string; guestId: string; actor: StaffActor }
type Row = { id: string; mergedInto: string | null }

/** Those guests with all who are merged into the first: who is merged before entries, each in id order. */
function lockGuests(
  tx: Transaction,
  { restaurantId, guestId, other }: { restaurantId: string; guestId: string; other: string },
): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT id, merged_into AS "mergedInto" FROM guests
     WHERE restaurant_id = ${restaurantId}::uuid
       AND (id IN (${guestId}::uuid, ${other}::uuid) OR merged_into = ${guestId}::uuid)
     ORDER BY merged_into IS NULL, id FOR UPDATE`
}

/**
 * Staff say that a guest is the same person as another: its row points to that entry from now on, with
 * all that were merged into it. Nothing is moved and nothing lost: reservations stay where they are, mails
 * go where they went, and an account finds what it found. Asked again, it is done already.
 *
 * Locks the staff's role, then the guests: who is merged before entries, each in id order. A foreign key
 * refuses what two merges at once would make of it: chains, circles, other restaurants.
 *
 * Refuses `not-found` (also another restaurant's guest), `same-guest`, `already-merged` with the `guestId`
 * of the entry that either is part of, and `busy` when other transactions kept interfering.
 */
export async function mergeGuests({
  restaurantId,
  guestId,
  into,
  actor,
}: Asked & { into: string }): Promise<
  Result<MergedGuests, 'not-found' | 'same-guest' | 'already-merged' | 'busy'>
> {
  type Refusal = 'not-found' | 'same-guest' | 'already-merged'
  return runTransaction<MergedGuests, Refusal>(
    async (tx, stop) => {
      const role = await lockStaffRole(tx, { ...actor, restaurantId })
      if (!role) return stop(refuse('not-found'))
      const rows = await lockGuests(tx, { restaurantId, guestId, other: into })
      const guest = rows.find(({ id }) => id === guestId)
      const entry = rows.find(({ id }) => id === into)
      if (!guest || !entry) return stop(refuse('not-found'))
      if (guestId === into) return stop(refuse('same-guest'))
      const done = { id: into, mergedId: guestId }
      if (guest.mergedInto === into) return done
      const elsewhere = guest.mergedInto ?? entry.mergedInto
      if (elsewhere !== null) return stop(refuse('already-merged', { guestId: elsewhere }))
      // In one statement: at its end the guest is no entry any more. Who was merged into it since the rows
      // were read is among those that come along.
      const moved = await tx.$queryRaw<{ id: string }[]>`
        UPDATE guests SET merged_into = ${into}::uuid, version = version + 1
         WHERE id = ${guestId}::uuid OR merged_into = ${guestId}::uuid RETURNING id`
      const others = moved.map(({ id }) => id).filter((id) => id !== guestId)
      await tx.$executeRaw`UPDATE guests SET version = version + 1 WHERE id = ${into}::uuid`
      await recordAct(tx, {
        subject: 'GUEST',
        subjectId: guestId,
        restaurantId,
        actor: { ...actor, role },
        act: 'MERGE_GUEST',
        from: 'KNOWN',
        to: 'MERGED',
        details: { into, others },
      })
      return done
    },
    { constraints: { guests_merged_fkey: 'begin-anew' }, tries: MOST_TRIES },
  )
}

/** Who was merged into the guest when it was merged, and came along. */
async function listOthers(tx: Transaction, guestId: string): Promise<string[]> {
  const [merge] = await tx.$queryRaw<{ others: string[] }[]>`
    SELECT ARRAY(SELECT jsonb_array_elements_text(details -> 'others')) AS others FROM audit_events
     WHERE subject_id = ${guestId}::uuid AND act = 'MERGE_GUEST' ORDER BY audit_events.at DESC, id LIMIT 1`
  return merge?.others ?? []
}

/**
 * Takes a merge back, however long ago: the guest is an entry of its own again, with those that came along.
 * What staff have written since stays with the entry on which they wrote it. Locks the staff's role, then
 * the guest, then the entry that it was part of.
 *
 * Refuses `not-found` (also another restaurant's guest), `not-merged`, and `busy` when other transactions
 * kept interfering.
 */
export async function splitGuest({
  restaurantId,
  guestId,
  actor,
}: Asked): Promise<Result<MergedGuests, 'not-found' | 'not-merged' | 'busy'>> {
  return runTransaction<MergedGuests, 'not-found' | 'not-merged'>(
    async (tx, stop) => {
      const role = await lockStaffRole(tx, { ...actor, restaurantId })
      if (!role) return stop(refuse('not-found'))
      const [guest] = await tx.$queryRaw<Row[]>`
        SELECT id, merged_into AS "mergedInto" FROM guests
         WHERE id = ${guestId}::uuid AND restaurant_id = ${restaurantId}::uuid FOR UPDATE`
      if (!guest) return stop(refuse('not-found'))
      const { mergedInto } = guest
      if (mergedInto === null) return stop(refuse('not-merged'))
      const others = await listOthers(tx, guestId)
      await tx.$executeRaw`
        UPDATE guests SET merged_into = NULL, version = version + 1 WHERE id = ${guestId}::uuid`
      await tx.$executeRaw`
        UPDATE guests SET merged_into = ${guestId}::uuid, version = version + 1
         WHERE id = ANY(${others}::uuid[]) AND merged_into = ${mergedInto}::uuid`
      await tx.$executeRaw`UPDATE guests SET version = version + 1 WHERE id = ${mergedInto}::uuid`
      await recordAct(tx, {
        subject: 'GUEST',
        subjectId: guestId,
        restaurantId,
        actor: { ...actor, role },
        act: 'SPLIT_GUEST',
        from: 'MERGED',
        to: 'KNOWN',
        details: { from: mergedInto },
      })
      return { id: mergedInto, mergedId: guestId }
    },
    { constraints: { guests_merged_fkey: 'begin-anew' }, tries: MOST_TRIES },
  )
}
