import { createHmac } from 'node:crypto'
import { env } from '@/lib/env'
import { securityStream } from '@/lib/log'
import { countRefusal } from '@/lib/metrics/metrics'
import { statusOf } from '@/lib/problems/problem'
import type { Refusal } from '@/lib/problems/result'
import { findRequest } from '@/lib/request-context'
import { createThinning } from './thinning'

/** What the security log tells. Ids and our own words only: no secret, no mail address, no name. */
export type SecurityEvent =
  | { event: 'sign-in'; accountId: string; way: string }
  /** `mailbox`: see `hideMailbox`. */
  | { event: 'sign-in-failed' | 'sign-in-locked'; mailbox: string; reason: string }
  | { event: 'sign-out'; accountId: string }
  | { event: 'forbidden' | 'limited' | 'proof-failed' | 'link-refused'; reason: string }
  /** An act on an account or on who may act, or any act of an admin; `auditId` is its audit row. */
  | {
      event: 'account-act' | 'admin-act'
      actorId: string | null
      subject: string
      subjectId: string
      act: string
      to: string
      auditId: string
    }
  | { event: 'export'; kind: 'account' | 'guests'; subjectId: string; format: string }

/** Not about rights: the same person may do it later. */
const ABOUT_TIME = ['not-open-yet', 'no-turn', 'not-your-turn', 'bookings-off']
/** A passkey was shown, and was not accepted. */
const ABOUT_PASSKEYS = /^passkey-(?!needed)/
const ABOUT_LINKS = /^(link|code|number|cancel-link|request)-/

const thin = createThinning({ everyMs: 10_000, most: 10_000 })

/** A mailbox that can be recognised within the log, and read by nobody without our secret. */
export function hideMailbox(email: string): string {
  const [secret = ''] = env.AUTH_SECRET
  const mac = createHmac('sha256', secret).update(`bobjool security log ${email.toLowerCase()}`)
  return mac.digest('hex').slice(0, 16)
}

/** Writes one line, with the request, its operation and who asked from where. */
export function noteSecurity(event: SecurityEvent, more: object = {}): void {
  const request = findRequest()
  const asked = request && {
    operation: request.operation,
    address: request.address,
    ...(request.accountId && { askerId: request.accountId }),
  }
  securityStream.info({ ...asked, ...event, ...more })
}

function eventOf({
  reason,
  status,
}: {
  reason: string
  status: number
}): 'forbidden' | 'limited' | 'proof-failed' | 'link-refused' | null {
  if (reason === 'wrong-password' || reason === 'wrong-pin' || ABOUT_PASSKEYS.test(reason))
    return 'proof-failed'
  if (ABOUT_LINKS.test(reason)) return 'link-refused'
  if (status === 429) return 'limited'
  return status === 403 && !ABOUT_TIME.includes(reason) ? 'forbidden' : null
}

/**
 * Counts a refusal that leaves the process, and notes it if it is about rights, limits, proofs or links.
 * A flood of the same one by the same person is one line in ten seconds, which counts the rest.
 */
export function noteRefusal({ reason }: Refusal): void {
  countRefusal(reason)
  const event = eventOf({ reason, status: statusOf(reason) })
  if (!event) return
  const { operation, accountId, address } = findRequest() ?? {}
  const thinned = thin({
    key: [event, reason, operation, accountId ?? address].join(' '),
    nowMs: Date.now(),
  })
  if (thinned) noteSecurity({ event, reason }, thinned.unwritten > 0 ? thinned : {})
}
