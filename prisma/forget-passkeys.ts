import type { Database } from './rows'

export type ForgetOutcome = 'forgotten' | 'none' | 'unknown'

/**
 * Removes the passkeys of a person who lost them, and their account's wish for one, in one statement
 * with its audit event and the mail to the account's address. All their sessions end; a mailed link
 * or a password signs in again. The statement locks the account's row, then its passkeys.
 */
export async function forgetPasskeys(db: Database, email: string): Promise<ForgetOutcome> {
  const { rows } = await db.query<{ isForgotten: boolean }>(
    `WITH found AS (
       SELECT id, email, name, locale FROM accounts WHERE email = lower($1) FOR NO KEY UPDATE),
     forgotten AS (
       DELETE FROM passkeys p USING found WHERE p.account_id = found.id RETURNING p.account_id),
     freed AS (
       UPDATE accounts a SET needs_passkey = false, passkey_lost_at = NULL, session_epoch = session_epoch + 1
         FROM found WHERE a.id = found.id AND EXISTS (SELECT FROM forgotten)
       RETURNING a.id),
     told AS (
       INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
       SELECT 'SERVICE', 'ACCOUNT', id, 'FORGET_PASSKEYS', 'ACTIVE' FROM freed
       RETURNING id, subject_id),
     mailed AS (
       INSERT INTO notices (event_id, kind, account_id, subject_id, recipient, locale, payload)
       SELECT told.id, 'PASSKEY_REMOVED', found.id, found.id, found.email, found.locale,
              jsonb_build_object('accountName', found.name, 'email', found.email)
         FROM told JOIN found ON found.id = told.subject_id)
     SELECT EXISTS (SELECT FROM forgotten) AS "isForgotten" FROM found`,
    [email.trim()],
  )
  const [found] = rows
  if (!found) return 'unknown'
  return found.isForgotten ? 'forgotten' : 'none'
}
