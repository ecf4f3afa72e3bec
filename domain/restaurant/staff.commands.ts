import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { type Editing, editRestaurant } from './commands'
import type { MemberRole } from './staff.schema'
import type { StaffActor } from './types'

type Choosing = { restaurantId: string; accountId: string; actor: StaffActor }

/**
 * Gives a member of staff another role. Locks the restaurant's row, so that two owners who demote
 * each other at once do so one after the other. Refuses `not-found` (also to callers other than
 * approved owners and admins), `not-an-owner` where the account is not an approved owner, and
 * `last-owner`. Giving a member their present role changes nothing.
 */
export async function changeMemberRole({
  role,
  accountId,
  ...asked
}: Choosing & { role: MemberRole }): Promise<Result<null>> {
  return editRestaurant({
    ...asked,
    work: async (editing) => {
      const { tx, stop, restaurant, record } = editing
      const member = await requireMember(editing, accountId)
      if (member.role === role) return null
      if (role === 'OWNER' && !member.isApprovedOwner) return stop(refuse('not-an-owner'))
      if (role === 'STAFF') await requireOtherOwner(editing, accountId)
      const key = { restaurantId: restaurant.id, accountId }
      await tx.restaurantStaff.update({ where: { restaurantId_accountId: key }, data: { role } })
      const on = { subject: 'STAFF', subjectId: accountId } as const
      await record({ act: 'CHANGE_ROLE', ...on, from: member.role, to: role })
      return null
    },
  })
}

/**
 * Removes a person from a restaurant's staff at once; their account stays. Locks the restaurant's
 * row. Refuses `not-found` and `last-owner`. Removing a person who already left succeeds.
 */
export async function removeMember({ accountId, ...asked }: Choosing): Promise<Result<null>> {
  return editRestaurant({
    ...asked,
    work: async (editing) => {
      const { tx, restaurant, record } = editing
      const member = await requireMember(editing, accountId)
      if (member.role === 'OWNER') await requireOtherOwner(editing, accountId)
      await tx.restaurantStaff.deleteMany({ where: { restaurantId: restaurant.id, accountId } })
      const on = { subject: 'STAFF', subjectId: accountId } as const
      await record({ act: 'REMOVE_STAFF', ...on, from: member.role, to: 'NONE' })
      return null
    },
  })
}

async function requireMember({ tx, stop, restaurant }: Editing, accountId: string) {
  const member = await tx.restaurantStaff.findFirst({
    where: { restaurantId: restaurant.id, accountId },
    select: { role: true, account: { select: { role: true, ownerApprovedAt: true } } },
  })
  if (!member) return stop(refuse('not-found'))
  const { role, account } = member
  return { role, isApprovedOwner: account.role === 'OWNER' && account.ownerApprovedAt !== null }
}

/** Only owners who may act count: one awaiting approval could not run the restaurant. */
async function requireOtherOwner(
  { tx, stop, restaurant }: Editing,
  accountId: string,
): Promise<void> {
  if (!(await hasOtherOwner(tx, { restaurantId: restaurant.id, accountId })))
    stop(refuse('last-owner'))
}

async function hasOtherOwner(
  tx: Transaction,
  { restaurantId, accountId }: { restaurantId: string; accountId: string },
): Promise<boolean> {
  const others = await tx.restaurantStaff.count({
    where: {
      restaurantId,
      role: 'OWNER',
      accountId: { not: accountId },
      account: { role: 'OWNER', ownerApprovedAt: { not: null } },
    },
  })
  return others > 0
}
