import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '@/lib/log'
import type { Mailbox } from '@/lib/mail/mail-address'
import { beginAttempts, countAttempt } from '@/lib/metrics/metrics'
import { bury, deliverByMail, deliverByPush, deliverToSlack, postpone } from './channel.commands'
import { recordOutcomes } from './outbox.commands'
import { decideBackOffMs } from './rules'
import {
  type Asked,
  type Attempt,
  type ClaimedNotice,
  type Deliver,
  type DrainSummary,
  type NoticeChannel,
  type NoticeOutcome,
  noticeChannels,
} from './types'

beginAttempts(noticeChannels, ['sent', 'retry', 'dead', 'rerouted', 'away'])

/** An accepted notice is recorded within this time, however slow the rest of its batch is. */
const RECORD_WITHIN_MS = 2_000

/**
 * Notices claimed together, under one lease, which ends after `recordBeforeMs`; none is started
 * after `startBeforeMs`. Both are monotonic time. `summary` is incremented in place.
 */
type Batch = {
  notices: ClaimedNotice[]
  leaseToken: string
  sender: Mailbox
  /** How many are sent at a time. */
  atOnce: number
  startBeforeMs: number
  recordBeforeMs: number
  sendTimeoutMs: number
  /** Channels that can send; one whose server is away is removed. */
  channels: Set<NoticeChannel>
  silent: Set<string>
  summary: DrainSummary
}

/**
 * Sends in parallel. Records all at once, or those settled so far when some take long. At
 * `allBegun` the last send has started, which leaves room for the next batch; at `done` everything
 * is recorded.
 */
export function deliverBatch({
  notices,
  leaseToken,
  summary,
  atOnce,
  recordBeforeMs,
  ...limits
}: Batch): {
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
  const senders = Array.from({ length: atOnce }, deliverInTurn)
  return {
    // The first sender to end has found nothing left to start.
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
    // Sends in progress continue, and failed recordings are retried with theirs.
    await recordSettled().catch((error) => log.warn({ error }, 'sent notices not recorded yet'))
  }
  // A notice that was accepted but not recorded is sent again when the lease expires, so recording
  // is retried for as long as the lease lasts, however long Postgres is away.
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
}: Omit<Batch, 'notices' | 'leaseToken' | 'atOnce' | 'recordBeforeMs'> & {
  notice: ClaimedNotice
}): Promise<NoticeOutcome> {
  const { id } = notice
  if (!channels.has(notice.channel)) {
    const backOffMs = decideBackOffMs({ attempts: 1, jitter: Math.random() })
    return { id, outcome: 'untried', backOffMs }
  }
  if (performance.now() >= startBeforeMs) return { id, outcome: 'untried', backOffMs: 0 }
  const attempt = await deliverNotice({ notice, sender, silent, timeoutMs: sendTimeoutMs })
  countAttempt(notice.channel, attempt.isServerAway ? 'away' : attempt.outcome.outcome)
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
 * Tries once to deliver one claimed notice. Never throws: a notice that can't be rendered, or that
 * a server permanently refuses, is marked dead with the reason and does not hold up the others.
 */
async function deliverNotice(asked: Asked): Promise<Attempt> {
  const { notice } = asked
  // Tried before and not finished within a day: it killed its workers, or the server never accepted
  // it.
  if (notice.isOverdue && notice.attempts > 1)
    return bury({ notice, error: `gave-up: ${notice.lastError ?? 'no attempt came to an end'}` })
  try {
    return await ways[notice.channel](asked)
  } catch (error) {
    // A bug of ours, which the next deployment may fix, so the notice is kept for a day.
    log.error({ noticeId: notice.id, error }, 'notice could not be handled')
    return postpone({ notice, error: 'unexpected', isServerAway: false })
  }
}
