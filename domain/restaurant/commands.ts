import { recordAct } from '@/domain/identity/audit.commands'
import type { ActOn, AuditedAct, AuditedEvent } from '@/domain/identity/audit.types'
import { type Meanings, runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import type { Reason } from '@/lib/problems/problem'
import { type Result, refuse } from '@/lib/problems/result'
import type { Restaurant } from '@/prisma/generated/client'
import type { ActingRole, StaffActor } from './types'

export type Editing<R extends Reason = Reason> = {
  tx: Transaction
  stop: Stop<R>
  /** Its current state, with its row locked. */
  restaurant: Restaurant
  role: Exclude<ActingRole, 'STAFF'>
  record: (act: RestaurantAct) => Promise<AuditedEvent>
}

/** An act on something of the restaurant's or, without a subject, on the restaurant itself. */
type RestaurantAct = AuditedAct | ({ subject?: undefined } & ActOn<'RESTAURANT'>)

/**
 * Runs one change by a person who manages a restaurant, an approved owner or an admin; floor staff
 * and strangers are refused `not-found`. Locks as `lockStaffRole` with the restaurant's row, so that
 * changes of one restaurant run one after another.
 *
 * `work` writes, and records its audit event by `record`, in the same transaction.
 */
export async function editRestaurant<T, R extends Reason = Reason>({
  restaurantId,
  actor,
  constraints = {},
  work,
}: {
  restaurantId: string
  actor: StaffActor
  constraints?: Meanings<NoInfer<R>>
  work: (editing: Editing<R | 'not-found'>) => Promise<T>
}): Promise<Result<T, R | 'not-found'>> {
  const edit = async (tx: Transaction, stop: Stop<R | 'not-found'>) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId, isEditing: true })
    const restaurant = role && (await findPresent(tx, restaurantId))
    if (!restaurant || role === 'STAFF') return stop(refuse('not-found'))
    const by = { ...actor, role }
    const self = { subject: 'RESTAURANT', subjectId: restaurantId } as const
    const record = (act: RestaurantAct) =>
      recordAct(tx, { ...(act.subject ? act : { ...act, ...self }), restaurantId, actor: by })
    return work({ tx, stop, restaurant, role, record })
  }
  return runTransaction(edit, { constraints })
}

/**
 * The same for a form that showed `version`. Refuses `changed-meanwhile` when another person saved
 * meanwhile; the details hold the current version and, as `present`, the result of `readPresent`,
 * so that the page can show both. The new version is in the answer. `version` null: whichever it is.
 */
export async function editVersion<R extends Reason = Reason>({
  restaurantId,
  actor,
  version,
  constraints = {},
  readPresent,
  work,
}: {
  restaurantId: string
  actor: StaffActor
  version: number | null
  constraints?: Meanings<NoInfer<R>>
  readPresent: (editing: Editing<R | EditRefusal>) => Promise<unknown>
  work: (editing: Editing<R | EditRefusal>) => Promise<unknown>
}): Promise<Result<{ version: number }, R | EditRefusal>> {
  return editRestaurant<{ version: number }, R | EditRefusal>({
    restaurantId,
    actor,
    constraints,
    work: async (editing) => {
      const { tx, stop, restaurant } = editing
      if (version !== null && restaurant.version !== version) {
        const present = await readPresent(editing)
        return stop(refuse('changed-meanwhile', { version: restaurant.version, present }))
      }
      await work(editing)
      return tx.restaurant.update({
        where: { id: restaurantId },
        data: { version: { increment: 1 } },
        select: { version: true },
      })
    },
  })
}

/** What each save of a form can be refused for. */
export type EditRefusal = 'not-found' | 'changed-meanwhile'

/**
 * An account's role at a restaurant, locked until the transaction ends: a role withdrawn at the same
 * time ends either after the act or before it, and then the act is refused. Null: none. Locks the
 * account, with `isEditing` the restaurant's row (not its key, which bookings reference), and the
 * account's listing; comes before the locks of lines, slots and reservations.
 */
export async function lockStaffRole(
  tx: Transaction,
  {
    accountId,
    restaurantId,
    isEditing = false,
  }: { accountId: string; restaurantId: string; isEditing?: boolean },
): Promise<ActingRole | null> {
  const [locked] = await tx.$queryRaw<{ role: ActingRole | null }[]>`
    SELECT lock_acting_role(p_account => ${accountId}::uuid, p_restaurant => ${restaurantId}::uuid,
                            p_edits => ${isEditing}) AS role`
  return locked?.role ?? null
}

/** For the service itself, or an admin whose role is locked. Null: no such restaurant, or deleted. */
export async function lockRestaurant(tx: Transaction, id: string): Promise<Restaurant | null> {
  await tx.$queryRaw`SELECT id FROM restaurants WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  return findPresent(tx, id)
}

function findPresent(tx: Transaction, id: string): Promise<Restaurant | null> {
  return tx.restaurant.findFirst({ where: { id, deletedAt: null } })
}
