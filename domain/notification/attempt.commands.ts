import { log } from '@/lib/log'
import type { Attempt } from './delivery.types'
import { decideBackOffMs } from './rules'
import type { ClaimedNotice } from './types'

/** To be tried again after a while. */
export function postpone({
  notice: { id, attempts },
  error,
  isServerAway,
}: {
  notice: ClaimedNotice
  error: string
  isServerAway: boolean
}): Attempt {
  const backOffMs = decideBackOffMs({ attempts, jitter: Math.random() })
  return { outcome: { id, outcome: 'retry', error, backOffMs }, isServerAway }
}

/** The log tells the kind and the id; a server's words may hold an address, so only the row has them. */
export function bury({
  notice: { id, kind },
  error,
}: {
  notice: ClaimedNotice
  error: string
}): Attempt {
  log.warn({ noticeId: id, kind }, 'notice can’t be delivered')
  return { outcome: { id, outcome: 'dead', error }, isServerAway: false }
}
