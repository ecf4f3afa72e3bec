import { takeAtLeast } from '@/lib/crypto/steady-time'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import type { Account } from '@/prisma/generated/client'
import { recordAct } from './audit.commands'
import type { AuditActor } from './audit.types'
import { mailLink } from './link.commands'
import { type LinkPurpose, refuseRenewal } from './link.rules'
import type { LinkWish } from './link.schema'
import { queueAccountMail } from './notice.commands'
import { findLink } from './queries'

const HOUR_SECONDS = 3_600
const DAY_SECONDS = 24 * HOUR_SECONDS
/**
 * Per mailbox that would be filled, for each kind of mail; then per network address of the visitor.
 */
const perMailbox = createLimit({ name: 'mail-link:mailbox', tries: 5, windowSeconds: HOUR_SECONDS })
const perAddress = createLimit({
  name: 'mail-link:address',
  tries: 60,
  windowSeconds: HOUR_SECONDS,
})
/** Anyone can type a known address, so a mailbox gets at most three such mails a day. */
const perKnown = createLimit({ name: 'already-registered', tries: 3, windowSeconds: DAY_SECONDS })
/** Longer than writing a link and its mail takes, so that unknown addresses take equally long. */
const FLOOR_MS = 250

/** The visitor isn't signed in, so the audit log names no account. */
function somebody(address: string | null): AuditActor {
  return { accountId: null, role: 'SERVICE', address }
}

type Known = Pick<Account, 'id' | 'email' | 'name' | 'locale' | 'emailConfirmedAt'>

function findKnown(tx: Transaction, email: string): Promise<Known | null> {
  return tx.account.findUnique({ where: { email } })
}

/**
 * Mails an address that signed up again: the link once more if none has been used yet, else that
 * the account exists. The caller learns nothing from how long it takes.
 */
export async function mailRegistered(
  tx: Transaction,
  { email, address }: { email: string; address: string | null },
): Promise<void> {
  const account = await findKnown(tx, email)
  if (!account) return
  const actor = somebody(address)
  if (!account.emailConfirmedAt) {
    await mailLink(tx, { account, purpose: 'CONFIRM_ADDRESS', email, actor })
    return
  }
  if (!(await perKnown(email)).allowed) return
  const { id: eventId } = await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: account.id,
    actor,
    act: 'SIGN_UP_AGAIN',
    to: 'CONFIRMED',
  })
  await queueAccountMail(tx, { eventId, kind: 'ALREADY_REGISTERED', account, recipient: email })
}

/**
 * Mails a link to an address if it has an account, and answers the same if it has none. An account
 * with an unconfirmed address gets the sign-up link only, because that link also settles whose
 * password counts. Refuses `rate-limited` with `retryAfterMs`.
 */
export async function requestLink({
  email,
  purpose,
  address,
}: LinkWish & {
  /** The network address the platform vouches for, or null. */
  address: string | null
}): Promise<Result<null, 'rate-limited'>> {
  const limited = await takeEach([
    [perMailbox, `${purpose} ${email}`],
    [perAddress, address],
  ])
  if (limited) return limited
  return takeAtLeast(FLOOR_MS, async () => {
    await runTransaction(async (tx) => {
      if (purpose === 'CONFIRM_ADDRESS') return mailRegistered(tx, { email, address })
      const account = await findKnown(tx, email)
      if (!account) return
      const needed: LinkPurpose =
        purpose === 'SIGN_IN' && !account.emailConfirmedAt ? 'CONFIRM_ADDRESS' : purpose
      await mailLink(tx, { account, purpose: needed, email, actor: somebody(address) })
    })
    return succeed(null)
  })
}

/**
 * Mails a new link to the mailbox an old one of ours went to, or says why none is sent: whoever has
 * the old link may know. Refuses `link-unknown` (also for a change of address, which only its
 * signed-in account can ask for anew), `link-moved` (the account has another address by now),
 * `link-used` (the address is confirmed, so signing in is all there is to do) and `rate-limited`
 * with `retryAfterMs`.
 */
export async function renewLink({
  token,
  address,
}: {
  token: string
  address: string | null
}): Promise<Result<null, 'rate-limited' | 'link-unknown' | 'link-moved' | 'link-used'>> {
  const link = await findLink(token)
  if (!link || link.purpose === 'CHANGE_ADDRESS') return refuse('link-unknown')
  const refusal = refuseRenewal(link)
  if (refusal) return refuse(refusal)
  return requestLink({ email: link.email, purpose: link.purpose, address })
}
