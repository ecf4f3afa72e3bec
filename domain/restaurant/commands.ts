import {
  type Constraints,
  type Meanings,
  runTransaction,
  type Stop,
  type Transaction,
} from '@/lib/db/transaction'
import type { Reason } from '@/lib/problems/problem'
import { type Result, refuse } from '@/lib/problems/result'
import type { Prisma, Restaurant } from '@/prisma/generated/client'
import { readStaffRoleIn } from './queries'
import type { ActingRole, StaffActor } from './types'

export type Editing<R extends Reason = Reason> = {
  tx: Transaction
  stop: Stop<R>
  /** As it is now, its row locked. */
  restaurant: Restaurant
  role: Exclude<ActingRole, 'STAFF'>
  record: (act: RestaurantAct) => Promise<string>
}

type RestaurantAct = {
  act: string
  to: string
  from?: string
  /** Absent: it is about the restaurant itself. */
  subject?: { kind: string; id: string }
  /** What was before, or why; nothing personal, for it is kept when people leave. */
  details?: Prisma.InputJsonObject
}

/**
 * One change by somebody who runs a restaurant, an approved owner or an admin; floor staff and
 * strangers read `not-found`. Locks the restaurant's row first, so that two changes of one
 * restaurant come one after the other, but not against its key, which bookings refer to. Rights are
 * read after that: whoever was just removed changes nothing any more.
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
    const restaurant = await lockRestaurant(tx, restaurantId)
    const role = await readStaffRoleIn(tx, { accountId: actor.accountId, restaurantId })
    if (!restaurant || !role || role === 'STAFF') return stop(refuse('not-found'))
    const record = (act: RestaurantAct) =>
      recordRestaurantAct(tx, { ...act, restaurantId, actor, role })
    return work({ tx, stop, restaurant, role, record })
  }
  return runTransaction(edit, { constraints })
}

/**
 * The same for what is saved from a form that showed `version`. When somebody else saved meanwhile
 * it refuses `changed-meanwhile`; the details hold the version there is now, and as `present` what
 * `readPresent` answers, so that the page can show both. The new version is in the answer.
 */
export async function editVersion({
  restaurantId,
  actor,
  version,
  constraints = {},
  readPresent,
  work,
}: {
  restaurantId: string
  actor: StaffActor
  version: number
  constraints?: Constraints
  readPresent: (editing: Editing) => Promise<unknown>
  work: (editing: Editing) => Promise<unknown>
}): Promise<Result<{ version: number }>> {
  return editRestaurant<{ version: number }, Reason>({
    restaurantId,
    actor,
    constraints,
    work: async (editing) => {
      const { tx, stop, restaurant } = editing
      if (restaurant.version !== version) {
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

/** Null: there is none, or it was deleted. */
export async function lockRestaurant(tx: Transaction, id: string): Promise<Restaurant | null> {
  await tx.$queryRaw`SELECT id FROM restaurants WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  return tx.restaurant.findFirst({ where: { id, deletedAt: null } })
}

/** Writes the audit event of something done in or to a restaurant; its id. */
export async function recordRestaurantAct(
  tx: Transaction,
  asked: RestaurantAct & { restaurantId: string; actor: StaffActor; role: ActingRole | 'DINER' },
): Promise<string> {
  const { restaurantId, actor, role, act, from = null, to, details } = asked
  const subject = asked.subject ?? { kind: 'RESTAURANT', id: restaurantId }
  const event = await tx.auditEvent.create({
    data: {
      actorId: actor.accountId,
      actorRole: role,
      address: actor.address,
      restaurantId,
      subject: subject.kind,
      subjectId: subject.id,
      act,
      fromStatus: from,
      toStatus: to,
      ...(details && { details }),
    },
    select: { id: true },
  })
  return event.id
}
