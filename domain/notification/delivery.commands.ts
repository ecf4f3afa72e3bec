import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '@/lib/log'
import { MAIL_CONNECTIONS } from '@/lib/mail/mail'
import type { Mailbox } from '@/lib/mail/mail-address'
import { bury, deliverByMail, deliverByPush, deliverToSlack, postpone } from './channel.commands'
import { recordOutcomes } from './outbox.commands'
import { decideBackOffMs } from './rules'
import type {
  Asked,
  Attempt,
  ClaimedNotice,
  Deliver,
  DrainSummary,
  NoticeChannel,
  NoticeOutcome,
} from './types'

/** What was accepted is recorded at the latest so much later, however slow the rest of its batch is. */
const RECORD_WITHIN_MS = 2_000

/**
 * Claimed together, under one lease, which ends after `recordBeforeMs`; none is begun after
 * `startBeforeMs`. Both are monotonic time. `summary` is counted up.
 */
type Batch = {
  notices: ClaimedNotice[]
  leaseToken: string
  sender: Mailbox
  startBeforeMs: number
  recordBeforeMs: number
  sendTimeoutMs: number
  /** Those that can be sent through; one whose server is away is taken out. */
  channels: Set<NoticeChannel>
  silent: Set<string>
  summary: DrainSummary
}

/**
 * Sends side by side; records all at once, or what has settled so far when some take long. The last
 * one's sending has begun at `allBegun`, so that there is room for the next batch; everything is
 * written down at `done`.
 */
export function deliverBatch({ notices, leaseToken, summary, recordBeforeMs, ...limits }: Batch): {
  allBegun: Promise<void>
  done: Promise<void>
} {
  const settled: NoticeOutcome[] = []
  const waiting = [...notices]
  const deliverInTurn = async () => {
    for (let notice = waiting.shift(); notice; notice = waiting.shift()) {
      const outcome = await deliverInTime({ notice, summary, ...limits })
      summary[outcome.outcome] += 1
      settled.push(outcome)
    }
  }
  const senders = Array.from({ length: MAIL_CONNECTIONS }, deliverInTurn)
  return {
    // Whoever finds nothing left to begin with is the first to end.
    allBegun: Promise.race(senders),
    done: recordAlong({ sending: Promise.all(senders), settled, leaseToken, recordBeforeMs }),
  }
}

async function recordAlong({
  sending,
  settled,
  leaseToken,
  recordBeforeMs,
}: {
  sending: Promise<unknown>
  settled: NoticeOutcome[]
  leaseToken: string
  recordBeforeMs: number
}): Promise<void> {
  const recordSettled = async () => {
    const outcomes = [...settled]
    await recordOutcomes({ leaseToken, outcomes })
    settled.splice(0, outcomes.length)
  }
  while (!(await settlesWithin({ work: sending, timeoutMs: RECORD_WITHIN_MS }))) {
    // Those under way go on, and what could not be recorded now is recorded with them.
    await recordSettled().catch((error) => log.warn({ error }, 'sent notices not recorded yet'))
  }
  // What was accepted and not written down goes out again when the lease is over: while it lasts, no
  // pause of Postgres is too long.
  for (let pauseMs = 500; ; pauseMs *= 2) {
    try {
      return await recordSettled()
    } catch (error) {
      if (performance.now() + pauseMs >= recordBeforeMs) throw error
      await sleep(pauseMs)
    }
  }
}

async function deliverInTime({
  notice,
  sender,
  startBeforeMs,
  sendTimeoutMs,
  channels,
  silent,
  summary,
}: Omit<Batch, 'notices' | 'leaseToken' | 'recordBeforeMs'> & {
  notice: ClaimedNotice
}): Promise<NoticeOutcome> {
  const { id } = notice
  if (!channels.has(notice.channel)) {
    const backOffMs = decideBackOffMs({ attempts: 1, jitter: Math.random() })
    return { id, outcome: 'untried', backOffMs }
  }
  if (performance.now() >= startBeforeMs) return { id, outcome: 'untried', backOffMs: 0 }
  const attempt = await deliverNotice({ notice, sender, silent, timeoutMs: sendTimeoutMs })
  if (attempt.isServerAway) {
    summary.isServerAway = true
    channels.delete(notice.channel)
  }
  return attempt.outcome
}

async function settlesWithin({
  work,
  timeoutMs,
}: {
  work: Promise<unknown>
  timeoutMs: number
}): Promise<boolean> {
  const stop = new AbortController()
  try {
    return await Promise.race([
      work.then(() => true),
      sleep(timeoutMs, false, { signal: stop.signal }),
    ])
  } finally {
    stop.abort()
  }
}

/** Each tries once; a server's refusal is a value. */
const ways: Record<NoticeChannel, Deliver> = {
  MAIL: deliverByMail,
  PUSH: deliverByPush,
  SLACK: deliverToSlack,
}

/**
 * Tries once to deliver one claimed notice. Never throws: a notice that can't be written, or that a
 * server refuses for good, is dead with its reason, and stops nobody else's.
 */
async function deliverNotice(asked: Asked): Promise<Attempt> {
  const { notice } = asked
  // Tried before and never finished within a day: its workers died of it, or the server never took it.
  if (notice.isOverdue && notice.attempts > 1)
    return bury({ notice, error: `gave-up: ${notice.lastError ?? 'no attempt came to an end'}` })
  try {
    return await ways[notice.channel](asked)
  } catch (error) {
    // A bug of ours: it may be mended by the next deployment, so the notice is kept for a day.
    log.error({ noticeId: notice.id, error }, 'notice could not be handled')
    return postpone({ notice, error: 'unexpected', isServerAway: false })
  }
}
