import { publishAuthKeys } from '@/domain/identity/auth-key.commands'
import { listAuthKeys } from '@/lib/crypto/auth-key'
import { pool } from '@/lib/db/database'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { type Result, refuse, succeed } from '@/lib/problems/result'

/**
 * A key of AUTH_SECRET by its id, until when a link or an opening needs it, and when the last session
 * whose token it signed has run out: dropped before, it signs those people out. Null: nothing does.
 */
export type KeyUse = { id: string; neededUntil: string | null; sessionsUntil: string | null }

/**
 * An opening needs the key of its entries until its gate falls, and a reservation the keys that were
 * signing when it was young enough to be mailed a link: it may be cancelled by it.
 */
const READ_USE = `
  SELECT k.key_id AS id, iso_instant(greatest(
           (SELECT max(o.gate_until) FROM openings o
             WHERE o.entry_key = k.key_id AND o.cancelled_at IS NULL
               AND o.opens_at > now() - interval '1 day' AND o.gate_until > now()),
           (SELECT max(r.ends_at) FROM reservations r
             WHERE r.status IN ('HELD', 'CONFIRMED') AND r.ends_at > now()
               AND r.created_at < k.last_signed_at + interval '1 hour'))) AS "neededUntil",
         iso_instant((SELECT max(s.expires_at) FROM sessions s
                       WHERE s.key_id = k.key_id AND s.expires_at > now())) AS "sessionsUntil"
    FROM auth_keys k ORDER BY k.published_at, k.key_id`

let isNamed = false

/** Openings announced before they named their key had their entries named by the oldest one. */
async function nameOldOpenings(): Promise<void> {
  if (isNamed) return
  await pool.query(
    'UPDATE openings SET entry_key = $1 WHERE entry_key IS NULL AND gate_until > now()',
    [listAuthKeys().at(-1)?.id],
  )
  isNamed = true
}

/**
 * Whether this process has every key of AUTH_SECRET that is still needed. Publishes its own first.
 * Returns its keys, the signing one first, each with until when it may not be dropped. Refuses
 * `key-in-use` with the `keys` that it lacks, but for those that the operator has given up.
 */
export async function judgeKeys(): Promise<Result<KeyUse[], 'key-in-use'>> {
  await publishAuthKeys()
  await nameOldOpenings()
  const { rows } = await pool.query<KeyUse>(READ_USE)
  const own = listAuthKeys().map(({ id }) => id)
  const others = rows.filter(({ id }) => !own.includes(id) && !env.GIVEN_UP_KEYS.includes(id))
  const missing = others.filter(({ neededUntil }) => neededUntil !== null)
  if (missing.length > 0) return refuse('key-in-use', { keys: missing })
  return succeed(
    own.map(
      (id) => rows.find((row) => row.id === id) ?? { id, neededUntil: null, sessionsUntil: null },
    ),
  )
}

/** As `judgeKeys`, when a process starts: tells the log what is wrong. Never throws. */
export async function reportKeys(): Promise<void> {
  try {
    const judged = await judgeKeys()
    if (!judged.ok) log.error({ ...judged.details }, 'AUTH_SECRET lacks a key that is in use')
  } catch (error) {
    log.warn({ error }, 'keys not checked')
  }
}
