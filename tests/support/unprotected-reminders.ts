import type { Database } from '@/prisma/rows'

/**
 * Control for reminders: read who is due, tell them, mark them. Two sweeps tell everybody twice, because
 * neither holds the reminders, and each records an event of its own.
 */
export async function tellWithoutClaim(db: Database, meet: () => Promise<void>): Promise<void> {
  const { rows } = await db.query<{ id: string; accountId: string }>(
    `SELECT id, account_id AS "accountId" FROM opening_reminders WHERE settled_at IS NULL AND due_at <= now()`,
  )
  await meet()
  for (const { id, accountId } of rows) {
    await db.query(
      `WITH event AS (
         INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
         VALUES ('SERVICE', 'OPENING', $1, 'REMIND', 'QUEUED') RETURNING id)
       INSERT INTO notices (event_id, kind, account_id, subject_id, recipient, locale, payload)
       SELECT event.id, 'OPENING_SOON', a.id, $1, a.email, a.locale, '{}' FROM event, accounts a WHERE a.id = $2`,
      [id, accountId],
    )
    await db.query('UPDATE opening_reminders SET settled_at = now() WHERE id = $1', [id])
  }
}
