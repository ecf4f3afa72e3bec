import type { Mailbox } from '@/lib/mail/mail-address'
import type { ClaimedNotice, NoticeOutcome } from './types'

export type Asked = {
  notice: ClaimedNotice
  sender: Mailbox
  timeoutMs: number
  /** Origins that said nothing in this drain; nobody waits for one a second time. */
  silent: Set<string>
}

/** `isServerAway`: any other notice through this channel would have failed too. */
export type Attempt = { outcome: NoticeOutcome; isServerAway: boolean }

/** A channel: tries once to hand one notice to whoever carries it on. */
export type Deliver = (asked: Asked) => Promise<Attempt>
