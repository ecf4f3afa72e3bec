/** Every kind of notice there is. A new one is an entry here; the compiler then asks for its mail. */
export const noticeKinds = [
  ...(['RESERVATION_HELD', 'RESERVATION_CONFIRMED', 'RESERVATION_CANCELLED'] as const),
  ...(['RESERVATION_EXPIRED', 'RESERVATION_NO_SHOW'] as const),
  // The evening before, and two hours before.
  ...(['RESERVATION_TOMORROW', 'RESERVATION_SOON', 'DAY_SHEET'] as const),
  ...(['CONFIRM_ADDRESS', 'SIGN_IN_LINK', 'RESET_PASSWORD', 'ALREADY_REGISTERED'] as const),
  ...(['CHANGE_ADDRESS', 'ADDRESS_CHANGED', 'PASSWORD_CHANGED', 'LOGIN_CONNECTED'] as const),
  ...(['OWNER_APPROVED', 'OWNER_REFUSED', 'OWNER_WITHDRAWN', 'STAFF_INVITED'] as const),
  ...(['TICKET_TAKEN', 'TICKET_THIRD', 'TICKET_POSTPONED', 'TICKET_CALLED'] as const),
  ...(['TICKET_LAST_CALLED', 'TICKET_LAPSED', 'TICKET_CANCELLED'] as const),
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** A notice as a worker holds it after claiming it. */
export type ClaimedNotice = {
  id: string
  kind: string
  recipient: string
  locale: string
  payload: unknown
  /** This attempt included. */
  attempts: number
  queuedAt: Date
  /** What the last failed attempt met; null when none has failed. */
  lastError: string | null
  /** Past the instant until which failures are retried, by the database's clock. */
  isOverdue: boolean
}

/**
 * What became of one attempt. `sent`: a mail server took responsibility. `retry`: try again after
 * the back-off. `dead`: no further attempt would differ. `untried`: nothing was attempted, so the
 * attempt doesn't count.
 */
export type NoticeOutcome =
  | { id: string; outcome: 'sent' }
  | { id: string; outcome: 'retry'; error: string; backOffMs: number }
  | { id: string; outcome: 'dead'; error: string }
  | { id: string; outcome: 'untried'; backOffMs: number }

/**
 * What a drain did, in notices. `untried` ones wait for the next drain; `dropped` ones were no longer
 * true.
 */
export type DrainSummary = Record<NoticeOutcome['outcome'] | 'dropped', number> & {
  isServerAway: boolean
}
