import { pool } from '@/lib/db/database'
import type { Account } from '@/prisma/generated/client'
import { mailNew, mailTo, redeem } from '../account-links'

/** The tokens of mailed links, one for each state a link can be in. */
export interface LinkScene {
  confirm: string
  confirmOnOtherDevice: string
  signIn: string
  reset: string
  /** Stops a request to sign in without lost passkeys. */
  keep: string
  /** The newcomer's. */
  change: string
  /** The newcomer's, used. */
  confirmed: string
  expired: string
  used: string
  unknown: string
}

type Addressee = Pick<Account, 'id' | 'email' | 'name' | 'locale'>

export async function setUpLinks(newcomer: Addressee): Promise<LinkScene> {
  const known = { emailConfirmedAt: new Date() }
  const expired = await mailNew('SIGN_IN', known)
  await pool.query(
    `UPDATE account_links SET created_at = now() - interval '1 day', expires_at = now() WHERE account_id = $1`,
    [expired.account.id],
  )
  const used = await mailNew('RESET_PASSWORD', known)
  await redeem(used.token, 'RESET_PASSWORD')
  const confirmed = await mailTo(newcomer, 'CONFIRM_ADDRESS')
  await redeem(confirmed, 'CONFIRM_ADDRESS')
  return {
    confirm: (await mailNew('CONFIRM_ADDRESS', known)).token,
    confirmOnOtherDevice: (await mailNew('CONFIRM_ADDRESS')).token,
    signIn: (await mailNew('SIGN_IN', known)).token,
    reset: (await mailNew('RESET_PASSWORD', known)).token,
    keep: (await mailNew('KEEP_PASSKEY', known)).token,
    change: await mailTo(newcomer, 'CHANGE_ADDRESS', 'new-address@bobjool.test'),
    confirmed,
    expired: expired.token,
    used: used.token,
    unknown: 'not-a-link-of-ours',
  }
}
