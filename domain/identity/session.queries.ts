import type { AccountClaims } from '@/lib/crypto/session-token'
import { isDatabaseCrowded, pool } from '@/lib/db/database'
import { log } from '@/lib/log'
import { PROOF_MINUTES } from './proof.rules'
import { createSightings } from './session.rules'
import type { OwnSession, SessionRef } from './types'

/** The account as it is now, and whether its session was not noted for an hour. */
type LiveSession = AccountClaims & {
  isUnseen: boolean
  /** Its person has shown a passkey in it. */
  isByPasskey: boolean
  /** Several people share its device. */
  isShared: boolean
  /** Its person has proved lately who they are. */
  isProved: boolean
  hasPassword: boolean
  hasPasskey: boolean
}

/**
 * The claims for a session, from the account's present state. Null: the account is gone, or the
 * session has ended. Reads a few rows by their keys.
 */
export async function findLiveSession({
  accountId,
  epoch,
  sessionId,
}: SessionRef): Promise<LiveSession | null> {
  const { rows } = await pool.query<LiveSession>(
    `SELECT a.id AS "accountId", a.email, a.name, a.role, a.locale, a.session_epoch AS epoch,
            a.role = 'OWNER' AND a.owner_approved_at IS NULL AS "awaitsApproval",
            coalesce(s.last_seen_at < now() - interval '1 hour', false) AS "isUnseen",
            s.passkey_at IS NOT NULL AS "isByPasskey", s.shared_at IS NOT NULL AS "isShared",
            coalesce(s.proved_at > now() - $4::integer * interval '1 minute', false) AS "isProved",
            a.password_hash IS NOT NULL AS "hasPassword",
            EXISTS (SELECT FROM passkeys p WHERE p.account_id = a.id) AS "hasPasskey"
       FROM accounts a LEFT JOIN sessions s ON s.id = $3
      WHERE a.id = $1 AND is_session_live(p_account => $1, p_epoch => $2, p_session => $3)`,
    [accountId, epoch, sessionId, PROOF_MINUTES],
  )
  return rows[0] ?? null
}

/** Judged where nothing else is read, so that an ended session is over there within a minute. */
const sightings = createSightings()

/**
 * Whether a session went on less than a minute ago: this process asks Postgres once a minute for
 * each session. While Postgres is away or crowded the token alone counts: nothing can be changed
 * with it then, and the paths that ask here have to stay fast.
 */
export async function isLiveLately({ accountId, epoch, sessionId }: SessionRef): Promise<boolean> {
  const key = `${sessionId ?? accountId} ${epoch}`
  if (sightings.has(key, performance.now())) return true
  if (isDatabaseCrowded()) return true
  const startedAt = performance.now()
  try {
    const { rows } = await pool.query<{ isLive: boolean }>(
      'SELECT is_session_live(p_account => $1, p_epoch => $2, p_session => $3) AS "isLive"',
      [accountId, epoch, sessionId],
    )
    const isLive = rows[0]?.isLive === true
    if (isLive) sightings.note(key, startedAt)
    return isLive
  } catch (error) {
    log.warn({ error }, 'a session was judged by its token alone')
    return true
  }
}

/** More are neither shown nor needed; the newest come first. */
const MOST_SHOWN = 50

/** An account's sessions that go on, the asking one first. */
export async function listOwnSessions({
  accountId,
  sessionId,
}: Pick<SessionRef, 'accountId' | 'sessionId'>): Promise<OwnSession[]> {
  const { rows } = await pool.query<OwnSession>(
    `SELECT id, browser, system,
            floor(extract(epoch FROM now() - last_seen_at) / 3600)::integer AS "hoursAgo",
            coalesce(id = $2::uuid, false) AS "isThis"
       FROM sessions WHERE account_id = $1 AND expires_at > now()
      ORDER BY coalesce(id = $2::uuid, false) DESC, last_seen_at DESC, id LIMIT $3`,
    [accountId, sessionId, MOST_SHOWN],
  )
  return rows
}
