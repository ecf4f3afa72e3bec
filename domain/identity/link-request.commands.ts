import { takeAtLeast } from '@/lib/crypto/steady-time'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import type { Account } from '@/prisma/generated/client'
import { recordAct } from './audit.commands'
import type { AuditActor } from './audit.types'
import { mailLink } from './link.commands'
import type { LinkPurpose } from './link.rules'
import type { LinkWish } from './link.schema'
import { queueAccountMail } from './notice.commands'
import { findLink } from './queries'

const HOUR_SECONDS = 3_600
const DAY_SECONDS = 24 * HOUR_SECONDS
/** By the mailbox that would be filled, for each kind of mail; then by where it is asked from. */
const perMailbox = createLimit({ name: 'mail-link:mailbox', tries: 5, windowSeconds: HOUR_SECONDS })
const perAddress = createLimit({
  name: 'mail-link:address',
  tries: 60,
  windowSeconds: HOUR_SECONDS,
})
/** Anybody may type an address of somebody who has an account; three such mails a day are enough. */
const perKnown = createLimit({ name: 'already-registered', tries: 3, windowSeconds: DAY_SECONDS })
/** Longer than writing a link and its mail takes, so that unknown addresses take the same. */
const FLOOR_MS = 250

/** Somebody who isn't signed in asks: nobody is known to have done it. */
function somebody(address: string | null): AuditActor {
  return { accountId: null, role: 'SERVICE', address }
}

type Known = Pick<Account, 'id' | 'email' | 'name' | 'locale' | 'emailConfirmedAt'>

function findKnown(tx: Transaction, email: string): Promise<Known | null> {
  return tx.account.findUnique({ where: { email } })
}

/**
 * Tells the mailbox of an address that signed up again: the link once more while nobody has followed
 * one, else that there is an account. Its time is not told to whoever asks.
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
 * Mails a link to an address if it has an account, and says the same if it has none. Before its
 * address is confirmed an account is signed in to by the link of sign-up only: that one also settles
 * whose password counts. Refuses `rate-limited` with `retryAfterMs`.
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
 * Mails a new link to where an old one of ours had been mailed. Whatever it is, the answer is the
 * same; a change of address is asked for anew by whoever is signed in.
 */
export async function renewLink({
  token,
  address,
}: {
  token: string
  address: string | null
}): Promise<Result<null, 'rate-limited'>> {
  const link = await findLink(token)
  if (!link || link.purpose === 'CHANGE_ADDRESS') return succeed(null)
  return requestLink({ email: link.email, purpose: link.purpose, address })
}
