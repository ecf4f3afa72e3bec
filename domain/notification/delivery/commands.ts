import { setTimeout as sleep } from 'node:timers/promises'
import { recordOutcomes } from '@/domain/notification/outbox/commands'
import { decideBackOffMs } from '@/domain/notification/rules'
import type { ClaimedNotice, DrainSummary, NoticeOutcome } from '@/domain/notification/types'
import { composeNotice } from '@/emails/notice-mails'
import { env } from '@/lib/env'
import { signLink } from '@/lib/link-token'
import { log } from '@/lib/log'
import { MAIL_CONNECTIONS, sendMail } from '@/lib/mail'
import type { Mailbox } from '@/lib/mail-address'

/** What was accepted is recorded at the latest so much later, however slow the rest of its batch is. */
const RECORD_WITHIN_MS = 2_000

/** Claimed together, under one lease. `startBeforeMs` is monotonic time; `summary` is counted up. */
type Batch = {
  notices: ClaimedNotice[]
  leaseToken: string
  sender: Mailbox
  startBeforeMs: number
  sendTimeoutMs: number
  summary: DrainSummary
}

/** Sends side by side; records all at once, or what has settled so far when some take long. */
export async function deliverBatch({
  notices,
  leaseToken,
  summary,
  ...limits
}: Batch): Promise<void> {
  const settled: NoticeOutcome[] = []
  const waiting = [...notices]
  const deliverInTurn = async () => {
    for (let notice = waiting.shift(); notice; notice = waiting.shift()) {
      const outcome = await deliverInTime({ notice, summary, ...limits })
      summary[outcome.outcome] += 1
      settled.push(outcome)
    }
  }
  const sending = Promise.all(Array.from({ length: MAIL_CONNECTIONS }, deliverInTurn))
  const recordSettled = async () => {
    const outcomes = [...settled]
    await recordOutcomes({ leaseToken, outcomes })
    settled.splice(0, outcomes.length)
  }
  while (!(await settlesWithin({ work: sending, timeoutMs: RECORD_WITHIN_MS }))) {
    // Those under way go on, and what could not be recorded now is recorded with them.
    await recordSettled().catch((error) => log.warn({ error }, 'sent notices not recorded yet'))
  }
  await recordSettled()
}

async function deliverInTime({
  notice,
  sender,
  startBeforeMs,
  sendTimeoutMs,
  summary,
}: Omit<Batch, 'notices' | 'leaseToken'> & { notice: ClaimedNotice }): Promise<NoticeOutcome> {
  const { id } = notice
  if (summary.isServerAway) {
    const backOffMs = decideBackOffMs({ attempts: 1, jitter: Math.random() })
    return { id, outcome: 'untried', backOffMs }
  }
  if (performance.now() >= startBeforeMs) return { id, outcome: 'untried', backOffMs: 0 }
  const attempt = await deliverNotice({ notice, sender, timeoutMs: sendTimeoutMs })
  if (attempt.isServerAway) summary.isServerAway = true
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

type Attempt = { outcome: NoticeOutcome; isServerAway: boolean }

/**
 * Tries once to deliver one claimed notice. Never throws: a notice that can't be written as a mail,
 * or that a server refuses for good, is dead with its reason, and stops nobody else's.
 */
async function deliverNotice(asked: {
  notice: ClaimedNotice
  sender: Mailbox
  timeoutMs: number
}): Promise<Attempt> {
  try {
    return await attemptDelivery(asked)
  } catch (error) {
    // A bug of ours: it may be mended by the next deployment, so the notice is kept for a day.
    log.error({ noticeId: asked.notice.id, error }, 'notice could not be handled')
    return postpone({ notice: asked.notice, error: 'unexpected', isServerAway: false })
  }
}

async function attemptDelivery({
  notice,
  sender,
  timeoutMs,
}: {
  notice: ClaimedNotice
  sender: Mailbox
  timeoutMs: number
}): Promise<Attempt> {
  const { id, kind, recipient, locale, payload, queuedAt, attempts } = notice
  // Tried before and never finished within a day: its workers died of it, or the server never took it.
  if (notice.isOverdue && attempts > 1) {
    return bury({ notice, error: `gave-up: ${notice.lastError ?? 'no attempt came to an end'}` })
  }
  const composed = await composeNotice({
    kind,
    locale,
    payload,
    queuedAt,
    appUrl: env.APP_URL,
    sender,
    sealLink: signLink,
  })
  if (!composed.ok) return bury({ notice, error: `${composed.reason}: ${composed.detail}` })
  const { calendar, ...mail } = composed.mail
  const letter = {
    ...mail,
    name: `notice-${id}`,
    to: recipient,
    attachments: calendar
      ? [
          {
            filename: 'reservation.ics',
            contentType: `text/calendar; charset=utf-8; method=${calendar.method}`,
            content: calendar.content,
          },
        ]
      : [],
  }
  const delivery = await sendMail({ letter, timeoutMs })
  if (delivery.outcome === 'permanent') return bury({ notice, error: delivery.error })
  if (delivery.outcome === 'accepted')
    return { outcome: { id, outcome: 'sent' }, isServerAway: false }
  return postpone({ notice, error: delivery.error, isServerAway: delivery.isServerAway })
}

function postpone({
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
function bury({ notice: { id, kind }, error }: { notice: ClaimedNotice; error: string }): Attempt {
  log.warn({ noticeId: id, kind }, 'notice can’t be delivered')
  return { outcome: { id, outcome: 'dead', error }, isServerAway: false }
}
