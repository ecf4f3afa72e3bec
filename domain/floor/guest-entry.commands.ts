import { changeGuest } from '@/domain/guest/entry.commands'
import type { Result } from '@/lib/problems/result'
import { readGuestEntry } from './guest-entry.queries'
import type { GuestEntry } from './guest-entry.schema'

type Changing = Parameters<typeof changeGuest>[0]
type ChangeRefusal = Extract<Awaited<ReturnType<typeof changeGuest>>, { ok: false }>['reason']

/**
 * Changes an entry of the guest book, and reads it as it is then, with what the reservations tell. Locks and
 * refuses as `changeGuest`.
 */
export async function changeGuestEntry(
  changing: Changing,
): Promise<Result<GuestEntry, ChangeRefusal>> {
  const changed = await changeGuest(changing)
  if (!changed.ok) return changed
  const { restaurantId, guestId, actor } = changing
  return readGuestEntry({ restaurantId, guestId, accountId: actor.accountId })
}
