import type { ClaimedNotice } from './types'

const MINUTE = 60

/**
 * How long a push service keeps a message for a phone that is off, and whether it may wake the
 * phone. A call that arrives half an hour late sends the diner to a table that is gone.
 */
export function decidePushTerms({ kind, urgency }: Pick<ClaimedNotice, 'kind' | 'urgency'>): {
  ttlSeconds: number
  urgency: 'normal' | 'high'
} {
  // After the instant it would be wrong.
  if (kind === 'OPENING_TURN') return { ttlSeconds: MINUTE, urgency: 'high' }
  if (kind === 'OPENING_SOON') return { ttlSeconds: 10 * MINUTE, urgency: 'high' }
  if (urgency === 0) return { ttlSeconds: 10 * MINUTE, urgency: 'high' }
  if (kind.startsWith('TICKET_')) return { ttlSeconds: 30 * MINUTE, urgency: 'high' }
  return { ttlSeconds: (urgency === 2 ? 2 : 24) * 60 * MINUTE, urgency: 'normal' }
}

/** Failures of a push service before the notice goes by mail instead. */
const PATIENCE = 3

/**
 * Whether a notice that no device accepted goes by mail: at once when a person is waiting for it,
 * or when no device is left to retry.
 */
export function decidesForMail({
  urgency,
  attempts,
  isWorthWaiting,
  hasAddress,
}: {
  urgency: number
  attempts: number
  isWorthWaiting: boolean
  /** False: a guest left none, so the only option is to retry. */
  hasAddress: boolean
}): boolean {
  if (!hasAddress) return !isWorthWaiting
  return !isWorthWaiting || urgency === 0 || attempts >= PATIENCE
}

/** The notice's id as a topic: letters, digits, `-` and `_`, at most 32 of them (RFC 8030, 5.4). */
export function nameTopic(noticeId: string): string {
  return noticeId.replaceAll('-', '').slice(0, 32)
}
