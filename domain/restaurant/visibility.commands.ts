import { actAsAdmin } from '@/domain/identity/admin.commands'
import type { AdminActor } from '@/domain/identity/admin.schema'
import { recordAct } from '@/domain/identity/audit.commands'
import type { Stop, Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { Restaurant } from '@/prisma/generated/client'
import { lockRestaurant } from './commands'

type Asked = { restaurantId: string; reason: string; actor: AdminActor }
type Done = { name: string }

async function findRestaurant(
  tx: Transaction,
  { restaurantId, stop }: { restaurantId: string; stop: Stop },
): Promise<Restaurant> {
  return (await lockRestaurant(tx, restaurantId)) ?? stop(refuse('not-found'))
}

const states = {
  HIDE: { act: 'HIDE', from: 'PUBLISHED', to: 'HIDDEN' },
  RESTORE: { act: 'RESTORE', from: 'HIDDEN', to: 'PUBLISHED' },
} as const

/** Hides or restores a restaurant. Locks the admin's account, then the restaurant. */
function decideVisibility({
  restaurantId,
  reason,
  actor,
  act,
}: Asked & { act: keyof typeof states }): Promise<Result<Done>> {
  const isHiding = act === 'HIDE'
  return actAsAdmin({
    actor,
    work: async (tx, stop) => {
      const { name, published, hiddenAt } = await findRestaurant(tx, { restaurantId, stop })
      if (isHiding ? !published : !hiddenAt) return stop(refuse('already-decided'))
      await tx.$executeRaw`
        UPDATE restaurants
           SET published = ${!isHiding}, hidden_at = CASE WHEN ${isHiding} THEN now() END,
               hidden_reason = CASE WHEN ${isHiding} THEN ${reason} END, version = version + 1
         WHERE id = ${restaurantId}::uuid`
      const on = { subject: 'RESTAURANT', subjectId: restaurantId, restaurantId } as const
      const by = { ...actor, role: 'ADMIN' } as const
      await recordAct(tx, { ...on, actor: by, ...states[act], details: { reason } })
      return { name }
    },
  })
}

/**
 * An admin hides a restaurant from everyone but its staff: it has no listing, page or new bookings,
 * and its owner can't publish it. Reservations stand, and the staff's board works. Locks the
 * admin's account, then the restaurant. Refuses `not-found`, and `already-decided` when it is not
 * published.
 */
export function hideRestaurant(asked: Asked): Promise<Result<Done>> {
  return decideVisibility({ ...asked, act: 'HIDE' })
}

/** Shows a hidden restaurant to everyone again. Locks and refuses as `hideRestaurant`. */
export function restoreRestaurant(asked: Asked): Promise<Result<Done>> {
  return decideVisibility({ ...asked, act: 'RESTORE' })
}
