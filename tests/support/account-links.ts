import { mailLink, redeemLink } from '@/domain/identity/link.commands'
import type { LinkPurpose } from '@/domain/identity/link.rules'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import { createAccount } from '@/prisma/factories'
import type { Account } from '@/prisma/generated/client'

export const SOMEBODY = { accountId: null, role: 'SERVICE', address: null } as const

/** Mails one more link to an account; returns its token as the mail has it. */
export async function mailTo(
  account: Pick<Account, 'id' | 'name' | 'email' | 'locale'>,
  purpose: LinkPurpose,
  email = account.email,
): Promise<string> {
  const mailed = await runTransaction((tx) =>
    mailLink(tx, { account, purpose, email, actor: SOMEBODY }),
  )
  if (!mailed.ok) throw new Error('no link was mailed')
  return signLink({ kind: 'account', id: mailed.value.linkId })
}

/** A new account, unconfirmed by default, and the token of a link mailed to it. */
export async function mailNew(purpose: LinkPurpose, change: Partial<Account> = {}) {
  const account = await createAccount(pool, { emailConfirmedAt: null, ...change })
  return { account, token: await mailTo(account, purpose) }
}

/** Uses a link in a transaction of its own. */
export async function redeem(token: string, purpose: LinkPurpose) {
  const redeemed = await runTransaction((tx) => redeemLink(tx, { token, purpose }))
  if (!redeemed.ok) throw new Error('nothing rolls this back')
  return redeemed.value
}

/** As if every link had been mailed that many minutes earlier. */
export async function ageLinks(minutes: number): Promise<void> {
  await pool.query(
    `UPDATE account_links SET created_at = created_at - $1 * interval '1 minute',
                              expires_at = expires_at - $1 * interval '1 minute'`,
    [minutes],
  )
}
