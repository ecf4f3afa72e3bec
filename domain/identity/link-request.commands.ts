import { randomInt, randomUUID } from 'node:crypto'
import { takeAtLeast } from '@/lib/crypto/steady-time'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import type { Browser } from '@/lib/http/browser'
import type { DeviceOf } from '@/lib/http/sealed-cookie'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import type { Account } from '@/prisma/generated/client'
import { recordAct } from './audit.commands'
import type { AuditActor } from './audit.types'
import { takeLinkMail } from './guess.commands'
import { mailLink } from './link.commands'
import { isRenewable, type LinkPurpose, refuseRenewal } from './link.rules'
import type { Errand, LinkWish } from './link.schema'
import { CODE_MINUTES, drawNumbers } from './link-request.rules'
import { queueAccountMail } from './notice.commands'
import { findErrand, findLink } from './queries'

const DAY_SECONDS = 24 * 3_600
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

/** A browser that asks for a mail, and where it goes on. Its id is made before the mail. */
export type Asking = Browser & Errand & { requestId: string }

/** What a browser asks with. `returnPath` has been read by `readReturnPath`. */
export function beginAsking(asked: Browser & Errand): Asking {
  return { ...asked, requestId: randomUUID() }
}

/**
 * Writes down the browser that asked, whether or not anything was mailed, so that nothing it sees
 * depends on that. Comes after the link, in the same transaction.
 */
export async function keepRequest(
  tx: Transaction,
  {
    asking: { requestId, browser, system, returnPath, texts },
    purpose,
    email,
    linkId,
    sessionId = null,
  }: {
    asking: Asking
    purpose: LinkWish['purpose'] | 'PROVE'
    email: string
    linkId: string | null
    /** The session in which the code is a proof. Absent: its browser is not signed in. */
    sessionId?: string | null
  },
): Promise<void> {
  const { number, choices } = drawNumbers((below) => randomInt(below))
  await tx.$executeRaw`
    INSERT INTO link_requests (id, purpose, email, link_id, browser, system, return_path, texts,
                               number, choices, expires_at, session_id)
    VALUES (${requestId}::uuid, ${purpose}, ${email}, ${linkId}::uuid, ${browser}, ${system},
            ${returnPath}, ${JSON.stringify(texts)}::jsonb, ${number}::smallint,
            ${choices}::smallint[], now() + ${CODE_MINUTES} * interval '1 minute', ${sessionId}::uuid)`
}

/**
 * Mails an address that signed up again: the link once more if none has been used yet, else that
 * the account exists. The caller learns nothing from how long it takes. Returns the link's id, if
 * one was mailed.
 */
export async function mailRegistered(
  tx: Transaction,
  { email, address, asking }: { email: string; address: string | null; asking: Asking | null },
): Promise<string | null> {
  const account = await findKnown(tx, email)
  if (!account) return null
  const actor = somebody(address)
  if (!account.emailConfirmedAt) {
    const mailed = await mailLink(tx, { account, purpose: 'CONFIRM_ADDRESS', email, actor, asking })
    return mailed.linkId
  }
  if (!(await perKnown(email)).allowed) return null
  const { id: eventId } = await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: account.id,
    actor,
    act: 'SIGN_UP_AGAIN',
    to: 'CONFIRMED',
  })
  await queueAccountMail(tx, { eventId, kind: 'ALREADY_REGISTERED', account, recipient: email })
  return null
}

/**
 * Mails a link and its code to an address if it has an account, and answers the same if it has
 * none. An account with an unconfirmed address gets the sign-up link only, because that link also
 * settles whose password counts. Refuses `rate-limited` with `retryAfterMs`.
 */
export async function requestLink({
  email,
  purpose,
  asking,
  address,
  deviceOf = () => null,
}: Omit<LinkWish, 'errand'> & {
  asking: Asking
  /** The network address the platform vouches for, or null. */
  address: string | null
  /** Absent: no account has signed in on this browser. */
  deviceOf?: DeviceOf
}): Promise<Result<{ requestId: string }, 'rate-limited'>> {
  const counted = await takeLinkMail({ email, purpose, deviceOf, address })
  if (!counted.ok) return counted
  return takeAtLeast(FLOOR_MS, async () => {
    await runTransaction(async (tx) => {
      const linkId = await mailIfKnown(tx, { email, purpose, asking, address })
      await keepRequest(tx, { asking, purpose, email, linkId })
    })
    return succeed({ requestId: asking.requestId })
  })
}

async function mailIfKnown(
  tx: Transaction,
  {
    email,
    purpose,
    asking,
    address,
  }: Omit<LinkWish, 'errand'> & { asking: Asking; address: string | null },
): Promise<string | null> {
  if (purpose === 'CONFIRM_ADDRESS') return mailRegistered(tx, { email, address, asking })
  const account = await findKnown(tx, email)
  if (!account) return null
  const needed: LinkPurpose =
    purpose === 'SIGN_IN' && !account.emailConfirmedAt ? 'CONFIRM_ADDRESS' : purpose
  const actor = somebody(address)
  return (await mailLink(tx, { account, purpose: needed, email, actor, asking })).linkId
}

/**
 * Mails a new link to the mailbox an old one of ours went to, which leads where the old one led, or
 * says why none is sent: the old link's holder may know. Refuses `link-unknown` (also for a
 * change of address, which only its signed-in account can ask for anew), `link-moved` (the account
 * has another address by now), `link-used` (the address is confirmed, so signing in is all there is
 * to do) and `rate-limited` with `retryAfterMs`.
 */
export async function renewLink({
  token,
  browser,
  otherwise,
  address,
  deviceOf,
}: {
  token: string
  browser: Browser
  /** Where the visitor goes on if the old link knew no page. */
  otherwise: string
  address: string | null
  deviceOf?: DeviceOf | undefined
}): Promise<
  Result<{ requestId: string }, 'rate-limited' | 'link-unknown' | 'link-moved' | 'link-used'>
> {
  const link = await findLink(token)
  if (!link || !isRenewable(link.purpose)) return refuse('link-unknown')
  const refusal = refuseRenewal(link)
  if (refusal) return refuse(refusal)
  const { email, purpose } = link
  const errand = (await findErrand(token)) ?? { returnPath: otherwise, texts: {} }
  const asking = beginAsking({ ...browser, ...errand })
  return requestLink({ email, purpose, asking, address, ...(deviceOf && { deviceOf }) })
}
