import { randomBytes } from 'node:crypto'
import { type NewPasskeyAnswer, type PasskeyAnswer, readChallenge } from '@/lib/crypto/passkey'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { CHALLENGE_MINUTES, type ChallengePurpose } from './passkey.rules'

export type Challenge = Uint8Array<ArrayBuffer>

/**
 * Makes a challenge for one browser, named by its sealed cookie, and for an account, if it is known
 * whose passkey is asked for.
 */
export async function makeChallenge({
  purpose,
  browserId,
  accountId,
}: {
  purpose: ChallengePurpose
  browserId: string
  accountId: string | null
}): Promise<Challenge> {
  const challenge = new Uint8Array(randomBytes(32))
  await pool.query(
    `INSERT INTO passkey_challenges (challenge, purpose, browser_id, account_id, expires_at)
     VALUES ($1, $2, $3, $4, now() + $5 * interval '1 minute')`,
    [challenge, purpose, browserId, accountId, CHALLENGE_MINUTES],
  )
  return challenge
}

/**
 * Notes that this browser showed an account's first factor, so that it may show the second. Expects
 * the caller to have judged the first.
 */
export async function awaitSecondFactor(asked: {
  accountId: string
  browserId: string
}): Promise<void> {
  await makeChallenge({ purpose: 'SECOND_FACTOR', ...asked })
}

/**
 * Spends the challenge that an answer answers, whatever becomes of the answer: one statement deletes
 * it, so of any number of answers at once one is judged. Refuses `passkey-over` for a challenge
 * that is spent or expired, of another browser or for another purpose.
 */
export async function spendChallenge({
  answer,
  purpose,
  browserId,
}: {
  answer: NewPasskeyAnswer | PasskeyAnswer
  purpose: ChallengePurpose
  /** Null: the browser holds no cookie of ours. */
  browserId: string | null
}): Promise<Result<{ challenge: Challenge; accountId: string | null }, 'passkey-over'>> {
  const given = readChallenge(answer)
  if (!given || browserId === null) return refuse('passkey-over')
  const { rows } = await pool.query<{ accountId: string | null }>(
    `DELETE FROM passkey_challenges
      WHERE challenge = $1 AND purpose = $2 AND browser_id = $3 AND expires_at > now()
     RETURNING account_id AS "accountId"`,
    [given, purpose, browserId],
  )
  const [spent] = rows
  return spent ? succeed({ challenge: given, ...spent }) : refuse('passkey-over')
}

const BATCH = 4_000

/** Drops challenges that nobody answered in time. */
export async function sweepPasskeyChallenges(): Promise<{ dropped: number }> {
  const { rowCount } = await pool.query(
    `DELETE FROM passkey_challenges WHERE ctid IN
       (SELECT ctid FROM passkey_challenges WHERE expires_at < now() LIMIT $1)`,
    [BATCH],
  )
  return { dropped: rowCount ?? 0 }
}
