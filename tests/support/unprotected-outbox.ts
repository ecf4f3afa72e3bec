import { randomUUID } from 'node:crypto'
import { composeNotice } from '@/emails/notice-mails'
import { env } from '@/lib/env'
import { sendMail } from '@/lib/mail/mail'
import { readMailbox } from '@/lib/mail/mail-address'
import type { Database } from '@/prisma/rows'

interface Row {
  id: string
  kind: string
  recipient: string
  locale: string
  payload: unknown
  queuedAt: Date
}

/**
 * Control for G17: the outbox as a first version does it: read, send, mark. Without a claim two
 * workers send the same notice, so the race that the real one is tested against does exist.
 */
export async function drainWithoutClaim(db: Database, meet: () => Promise<void>): Promise<void> {
  const { rows } = await db.query<Row & Record<string, unknown>>(
    `SELECT id, kind, recipient, locale, payload, queued_at AS "queuedAt" FROM notices WHERE state = 'QUEUED'`,
  )
  await meet()
  for (const row of rows) {
    await sendRow(row, `notice-${row.id}`)
    await db.query(`UPDATE notices SET state = 'SENT', sent_at = now() WHERE id = $1`, [row.id])
  }
}

async function sendRow({ recipient, ...notice }: Row, name: string): Promise<void> {
  const setting = {
    appUrl: env.APP_URL,
    sender: readMailbox(env.MAIL_FROM),
    sealLink: () => 'sealed',
  }
  const composed = await composeNotice({ ...notice, ...setting })
  if (!composed.ok) throw new Error(composed.detail)
  const letter = { ...composed.mail, name, to: recipient, attachments: [] }
  await sendMail({ letter, timeoutMs: 5_000 })
}

/** A sender with a new Message-ID per attempt: no mailbox can recognise a repeated mail. */
export async function sendUnderNewNames(
  db: Database,
  { dieBeforeRecording }: { dieBeforeRecording: boolean },
): Promise<void> {
  const { rows } = await db.query<Row & Record<string, unknown>>(
    `SELECT id, kind, recipient, locale, payload, queued_at AS "queuedAt" FROM notices WHERE state = 'QUEUED'`,
  )
  for (const row of rows) {
    await sendRow(row, `mail-${randomUUID()}`)
    if (dieBeforeRecording) return
    await db.query(`UPDATE notices SET state = 'SENT', sent_at = now() WHERE id = $1`, [row.id])
  }
}

/** Queues a notice over a connection of its own, as a mail queue outside of Postgres would. */
export async function tellOutsideTransaction(
  db: Database,
  notice: { eventId: string; subjectId: string; recipient: string },
): Promise<void> {
  await db.query(
    `INSERT INTO audit_events (id, actor_role, subject, subject_id, act, to_status)
     VALUES ($1, 'SERVICE', 'RESERVATION', $2, 'TELL', 'CONFIRMED')`,
    [notice.eventId, notice.subjectId],
  )
  await db.query(
    `INSERT INTO notices (event_id, kind, subject_id, recipient, locale, payload)
     VALUES ($1, 'RESERVATION_CONFIRMED', $2, $3, 'ko', '{}')`,
    [notice.eventId, notice.subjectId, notice.recipient],
  )
}

/** The order of a claim without lanes: the control for fairness. */
export async function claimInOrderOfQueueing(
  db: { query: (sql: string, values: unknown[]) => Promise<{ kind: string }[]> },
  limit: number,
): Promise<string[]> {
  const rows = await db.query(
    `SELECT kind FROM notices WHERE state = 'QUEUED' AND due_at <= now() ORDER BY due_at, ordinal LIMIT $1`,
    [limit],
  )
  return rows.map(({ kind }) => kind)
}

/**
 * Control for the fan-out: read what waits, make what comes of it, mark it. Two workers make it twice,
 * because neither holds the notice, and each records an act of its own.
 */
export async function fanOutWithoutClaim(db: Database, meet: () => Promise<void>): Promise<void> {
  const { rows } = await db.query<{ id: string }>(`SELECT id FROM notices WHERE channel = 'NONE'`)
  await meet()
  for (const { id } of rows) {
    await bringReminders(db, id)
    await db.query(`UPDATE notices SET channel = 'MAIL', event_id = id WHERE id = $1`, [id])
  }
}

async function bringReminders(db: Database, id: string): Promise<void> {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
     SELECT 'SERVICE', 'RESERVATION', subject_id, 'TELL', 'CONFIRMED' FROM notices WHERE id = $1 RETURNING id`,
    [id],
  )
  await db.query(
    `INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, due_at, payload)
     SELECT $2, reminder.kind, n.account_id, n.restaurant_id, n.subject_id, n.recipient, n.locale, now() + interval '1 day', '{}'
       FROM notices n, (VALUES ('RESERVATION_TOMORROW'), ('RESERVATION_SOON')) AS reminder (kind) WHERE n.id = $1`,
    [id, rows[0]?.id],
  )
}

/** Control for a killed fan-out: the notice is marked first, in a statement of its own. */
export async function fanOutInSteps(
  db: Database,
  { dieBetween }: { dieBetween: boolean },
): Promise<void> {
  const { rows } = await db.query<{ id: string }>(
    `UPDATE notices SET channel = 'MAIL', event_id = id WHERE channel = 'NONE' RETURNING id`,
  )
  if (dieBetween) return
  for (const { id } of rows) await bringReminders(db, id)
}

/**
 * Control for a change that meets the fan-out: drops the reminders that wait and queues new ones, without
 * a look at the notice from which they are still to be made.
 */
export async function renewWithoutMark(
  db: Database,
  { reservationId, between }: { reservationId: string; between: () => Promise<unknown> },
): Promise<void> {
  await db.query(
    `UPDATE notices SET state = 'DROPPED', dropped_because = 'changed'
      WHERE subject_id = $1 AND kind IN ('RESERVATION_TOMORROW', 'RESERVATION_SOON') AND state = 'QUEUED'`,
    [reservationId],
  )
  await between()
  await db.query(
    `SELECT queue_reservation_notice($1, e.id, NULL, now()) FROM audit_events e WHERE e.subject_id = $1 LIMIT 1`,
    [reservationId],
  )
}
