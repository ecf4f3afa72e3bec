import type { Mailbox } from '@/lib/mail/mail-address'

/** Every kind of mail. A new kind is added here, and the compiler then asks for its mail. */
export const mailKinds = [
  ...(['RESERVATION_HELD', 'RESERVATION_CONFIRMED', 'RESERVATION_CANCELLED'] as const),
  ...(['RESERVATION_CHANGED', 'RESERVATION_EXPIRED', 'RESERVATION_NO_SHOW'] as const),
  ...(['RESERVATION_DISPUTE_GRANTED', 'RESERVATION_DISPUTE_DECLINED'] as const),
  // The evening before, and two hours before.
  ...(['RESERVATION_TOMORROW', 'RESERVATION_SOON', 'DAY_SHEET'] as const),
  'NO_SHOW_DISPUTED',
  'HOLD_TO_CONFIRM',
  ...(['CONFIRM_ADDRESS', 'SIGN_IN_LINK', 'RESET_PASSWORD', 'ALREADY_REGISTERED'] as const),
  ...(['CHANGE_ADDRESS', 'ADDRESS_CHANGED', 'PASSWORD_CHANGED', 'LOGIN_CONNECTED'] as const),
  ...(['PASSKEY_ADDED', 'PASSKEY_REMOVED', 'PASSKEY_NOT_NEEDED'] as const),
  ...(['PASSKEY_LOST', 'PIN_LOCKED', 'PROOF_CODE', 'ACCOUNT_ASLEEP'] as const),
  ...(['OWNER_APPROVED', 'OWNER_REFUSED', 'OWNER_WITHDRAWN', 'STAFF_INVITED'] as const),
  ...(['TICKET_TAKEN', 'TICKET_THIRD', 'TICKET_POSTPONED', 'TICKET_CALLED'] as const),
  ...(['TICKET_LAST_CALLED', 'TICKET_LAPSED', 'TICKET_CANCELLED'] as const),
  // Shortly before an opening, and before a turn in it, to those who asked.
  ...(['OPENING_SOON', 'OPENING_CANCELLED', 'OPENING_TURN'] as const),
] as const
export type MailedKind = (typeof mailKinds)[number]

/** Every kind of notice; the last goes to a restaurant's Slack only. */
export const noticeKinds = [...mailKinds, 'DELIVERY_TROUBLE'] as const
export type NoticeKind = (typeof noticeKinds)[number]

export const noticeChannels = ['MAIL', 'PUSH', 'SLACK'] as const
export type NoticeChannel = (typeof noticeChannels)[number]

/**
 * The channel of a booking's notice until a worker takes it: it becomes its mail, and brings its other
 * channels' messages and the reminders (`fan_out_notice`).
 */
export const NO_CHANNEL_YET = 'NONE'

/**
 * The urgency of what a crowd is told within minutes: 77,000 turns of an opening. Workers of its own claim
 * and send it, so that none of it stands before a notice of any other kind.
 */
export const CROWD_URGENCY = 3

/** A browser that accepts pushes, as its row stores it: its address and keys are sealed. */
export type Device = {
  id: string
  table: 'push_subscriptions' | 'guest_devices'
  endpoint: string
  p256dh: string
  auth: string
}

/** A notice as a worker holds it after claiming it. */
export type ClaimedNotice = {
  id: string
  kind: string
  channel: NoticeChannel
  /** 0: a person is waiting for it; 1: it has happened; 2: it is going to happen; 3: a crowd's. */
  urgency: number
  recipient: string
  /** The push targets; empty for other channels. */
  devices: Device[]
  /** The Slack webhook, sealed, and since when it is set. Null: another channel, or no longer set. */
  hook: { url: string; setAt: string } | null
  restaurantId: string | null
  locale: string
  payload: unknown
  /** This attempt included. */
  attempts: number
  queuedAt: Date
  /** The last failure. Null: none. */
  lastError: string | null
  /** Past the deadline for retries, by the database's clock. */
  isOverdue: boolean
}

/**
 * The outcome of one attempt. `sent`: another server took responsibility. `retry`: try again after
 * the back-off. `dead`: no further attempt would differ. `untried`: nothing was attempted, so the
 * attempt doesn't count. `rerouted`: this channel can't deliver, so the notice goes by mail and
 * records why. Devices that are gone are deleted, and a Slack hook that refuses permanently is not
 * used again.
 */
export type NoticeOutcome = {
  goneDeviceIds?: string[]
  refusedHook?: { restaurantId: string; setAt: string }
} & (
  | { id: string; outcome: 'sent' }
  | { id: string; outcome: 'retry'; error: string; backOffMs: number }
  | { id: string; outcome: 'dead'; error: string }
  | { id: string; outcome: 'untried'; backOffMs: number }
  | { id: string; outcome: 'rerouted'; error: string; because: string }
)

/**
 * A drain's results, in notices. `untried` ones wait for the next drain; `dropped` ones were no
 * longer true.
 */
export type DrainSummary = Record<NoticeOutcome['outcome'] | 'dropped', number> & {
  /** True if any channel's server was away. */
  isServerAway: boolean
}

export type Asked = {
  notice: ClaimedNotice
  sender: Mailbox
  timeoutMs: number
  /** Origins that did not answer in this drain; none is waited for twice. */
  silent: Set<string>
}

/** `isServerAway`: any other notice through this channel would have failed too. */
export type Attempt = { outcome: NoticeOutcome; isServerAway: boolean }

/** A channel: tries once to hand one notice to the service that carries it on. */
export type Deliver = (asked: Asked) => Promise<Attempt>
