import { setTimeout as sleep } from 'node:timers/promises'
import type { ClaimedNotice, NoticeKind, NoticeOutcome } from '@/domain/notification/types'
import { pool } from '@/lib/db'
import type { Locale } from '@/lib/locale'
import { type OutboxRow, writeToOutbox } from '@/lib/outbox'
import type { Prisma } from '@/prisma/generated/client'
import { NOTHING_EARLIER_WAITS } from './queries'

/**
 * Takes up to `limit` due notices for this worker, in one statement that is its own transaction.
 * Locks them for that instant only, skipping those another worker is just taking; from then on the
 * lease, judged by the database's clock, keeps others away. A lease that ran out (its worker died)
 * is taken over. The attempt counts from here, so that a notice that kills its worker is seen to.
 */
export async function claimNotices({
  limit,
  leaseToken,
  leaseMs,
}: {
  limit: number
  leaseToken: string
  leaseMs: number
}): Promise<ClaimedNotice[]> {
  const { rows } = await pool.query<ClaimedNotice>(
    `WITH next AS (
       SELECT n.id FROM notices n
        WHERE n.state = 'QUEUED' AND n.channel = 'MAIL' AND n.due_at <= now()
          AND (n.lease_until IS NULL OR n.lease_until <= now())
          AND ${NOTHING_EARLIER_WAITS}
        ORDER BY n.due_at, n.ordinal
        LIMIT $1
          FOR UPDATE SKIP LOCKED)
     UPDATE notices n
        SET attempts = n.attempts + 1, lease_token = $2,
            lease_until = now() + $3 * interval '1 millisecond'
       FROM next
      WHERE n.id = next.id
     RETURNING n.id, n.kind, n.recipient, n.locale, n.payload, n.attempts,
               n.queued_at AS "queuedAt", n.last_error AS "lastError",
               n.give_up_at <= now() AS "isOverdue"`,
    [limit, leaseToken, leaseMs],
  )
  return rows
}

/** Records one mail of a known kind in the caller's transaction (G16). */
export async function queueMail(
  tx: Prisma.TransactionClient,
  notice: Omit<OutboxRow, 'kind' | 'locale'> & { kind: NoticeKind; locale: Locale },
): Promise<void> {
  await writeToOutbox(tx, notice)
}

/** A lost answer would send accepted mails again, so recording is tried more than once. */
const RECORDING_PAUSES_MS = [200, 1_000]

/**
 * Writes down what became of claimed notices, in one statement, where the lease token is still this
 * worker's: whoever took over an expired lease is not overruled. Doing it twice changes nothing.
 */
export async function recordOutcomes({
  leaseToken,
  outcomes,
}: {
  leaseToken: string
  outcomes: NoticeOutcome[]
}): Promise<void> {
  if (outcomes.length === 0) return
  for (const pauseMs of RECORDING_PAUSES_MS) {
    try {
      return await writeOutcomes({ leaseToken, outcomes })
    } catch {
      await sleep(pauseMs)
    }
  }
  return writeOutcomes({ leaseToken, outcomes })
}

async function writeOutcomes({
  leaseToken,
  outcomes,
}: {
  leaseToken: string
  outcomes: NoticeOutcome[]
}): Promise<void> {
  await pool.query(
    `UPDATE notices n
        SET state = CASE
              WHEN o.outcome = 'sent' THEN 'SENT'::notice_state
              WHEN o.outcome = 'dead' OR (o.outcome = 'retry' AND n.give_up_at <= now()) THEN 'DEAD'
              ELSE n.state END,
            sent_at = CASE WHEN o.outcome = 'sent' THEN now() END,
            due_at = CASE
              WHEN o.outcome IN ('retry', 'untried') THEN now() + o.back_off_ms * interval '1 millisecond'
              ELSE n.due_at END,
            attempts = CASE WHEN o.outcome = 'untried' THEN n.attempts - 1 ELSE n.attempts END,
            last_error = coalesce(o.error, n.last_error),
            lease_token = NULL, lease_until = NULL
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::int[]) AS o (id, outcome, error, back_off_ms)
      WHERE n.id = o.id AND n.lease_token = $1`,
    [
      leaseToken,
      outcomes.map(({ id }) => id),
      outcomes.map(({ outcome }) => outcome),
      outcomes.map((each) => ('error' in each ? each.error : null)),
      outcomes.map((each) => ('backOffMs' in each ? each.backOffMs : 0)),
    ],
  )
}
