import { readLink, signLink } from '@/lib/crypto/link-token'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { recordAct } from './audit.commands'
import { redeemLinkRow, writeLink } from './link.commands'
import { takeLinkTry } from './link-visit.commands'
import { queueAccountMail } from './notice.commands'

/**
 * Ends what a thief may have brought in since the link was mailed: logins at Kakao or Naver,
 * passkeys, links that lead back to addresses of after it, and the password, which the thief may know. Raising the
 * epoch ends the sessions and the other links (prisma/functions/identity/end_sessions.sql).
 */
async function takeBack(
  tx: Transaction,
  { accountId, linkId, email }: { accountId: string; linkId: string; email: string },
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM external_logins e USING account_links l
     WHERE l.id = ${linkId}::uuid AND e.account_id = l.account_id AND e.created_at >= l.created_at`
  await tx.$executeRaw`
    DELETE FROM passkeys p USING account_links l
     WHERE l.id = ${linkId}::uuid AND p.account_id = l.account_id AND p.created_at >= l.created_at`
  await tx.$executeRaw`
    UPDATE account_links o SET expires_at = greatest(now(), o.created_at + interval '1 millisecond')
      FROM account_links l
     WHERE l.id = ${linkId}::uuid AND o.account_id = l.account_id AND o.id <> l.id
       AND o.purpose = 'UNDO_ADDRESS' AND o.used_at IS NULL AND o.created_at >= l.created_at`
  // Nobody but the mailbox's reader can confirm an account of its address, and that is the person.
  await tx.$executeRaw`
    DELETE FROM accounts
     WHERE email = ${email} AND email_confirmed_at IS NULL AND id <> ${accountId}::uuid`
  await tx.$executeRaw`
    UPDATE accounts
       SET email = ${email}, email_confirmed_at = now(), password_hash = NULL,
           needs_passkey = needs_passkey AND EXISTS (SELECT FROM passkeys p WHERE p.account_id = accounts.id),
           passkey_lost_at = NULL, session_epoch = session_epoch + 1
     WHERE id = ${accountId}::uuid`
}

/**
 * Uses the link that an account's former address got when the address was changed: the account has
 * that address again, whatever it was changed to since, and every session has ended. Returns the
 * link on which the mailbox's reader chooses a new password. Locks the account's row, then its
 * links. Refuses as `redeemLink`, `rate-limited`, and `address-taken` when another account has
 * confirmed the address.
 */
export async function undoAddressChange({
  token,
  address,
}: {
  token: string
  address: string | null
}): Promise<Result<{ token: string }>> {
  const limited = await takeLinkTry({ token, address })
  if (limited) return limited
  const linkId = readLink({ kind: 'account', token })
  if (!linkId) return refuse('link-unknown')
  return runTransaction<{ token: string }>(
    async (tx, stop) => {
      const redeemed = await redeemLinkRow(tx, { id: linkId, purpose: 'UNDO_ADDRESS' })
      if (!redeemed.ok) return stop(redeemed)
      const { account, email } = redeemed.value
      const accountId = account.id
      await takeBack(tx, { accountId, linkId, email })
      const actor = { accountId: null, role: 'SERVICE', address } as const
      const { id: eventId } = await recordAct(tx, {
        subject: 'ACCOUNT',
        subjectId: accountId,
        actor,
        act: 'UNDO_ADDRESS',
        to: 'ACTIVE',
      })
      // A person who changed it themselves learns that their former mailbox took it back.
      const told = { eventId, kind: 'ADDRESS_CHANGED', account, email } as const
      if (account.email !== email) await queueAccountMail(tx, { ...told, recipient: account.email })
      const link = await writeLink(tx, { accountId, purpose: 'RESET_PASSWORD', email })
      return { token: signLink({ kind: 'account', id: link.id }) }
    },
    { constraints: { accounts_email_key: 'address-taken' } },
  )
}
