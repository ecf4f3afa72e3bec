import type { SessionClaims } from '@/lib/crypto/session-token'
import { runTransaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import { recordAccountAct } from './audit.commands'
import { lockOwnAccount, type OwnAccount } from './profile.commands'
import { claimsOf } from './rules'

/**
 * A diner, or somebody an admin has refused, asks to be an owner; an admin answers. Until then the
 * account may do nothing as an owner. Asking twice is asking once. Locks the account's row; refuses
 * `cannot-move` for owners and admins.
 */
export function askToBeOwner({ accountId, address }: OwnAccount) {
  return runTransaction<SessionClaims>(async (tx, stop) => {
    const before = await lockOwnAccount(tx, { accountId, stop })
    if (before.role === 'ADMIN' || before.ownerApprovedAt) return stop(refuse('cannot-move'))
    if (before.role === 'OWNER' && !before.ownerRefusedAt) return claimsOf(before)
    const account = await tx.account.update({
      where: { id: accountId },
      data: { role: 'OWNER', ownerRefusedAt: null, ownerRefusal: null },
    })
    const from = before.ownerRefusedAt ? 'REFUSED' : 'DINER'
    const actor = { accountId, role: before.role, address }
    await recordAccountAct(tx, { accountId, actor, act: 'ASK_TO_OWN', from, to: 'WAITING' })
    return claimsOf(account)
  })
}
