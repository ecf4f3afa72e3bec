import { z } from 'zod'
import { readTurn } from '@/lib/crypto/receipt'
import { createBatches } from '@/lib/db/batch'
import { estimateDatabaseNowMs } from '@/lib/db/clock'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { admit } from '@/lib/redis/admission'
import { readOpening } from './queries'

const UUID_LENGTH = 36

/** A person taps a few times and comes back on another phone; a bot hammers. */
/** A person taps a few times, on two phones; each entry beyond is the same entry again. */
const PER_ACCOUNT = { burst: 8, everyMs: 500 }
const PER_ADDRESS = { burst: 3_000, everyMs: 3 }

/**
 * One request to Redis: the account's limit first, then the network address's. Refuses
 * `rate-limited` with `retryAfterMs`.
 */
export async function admitTo({
  act,
  accountId,
  address,
}: {
  act: 'enter'
  accountId: string
  address: string | null
}): Promise<Result<null, 'rate-limited'>> {
  const limits = [{ subject: `${act}:account:${accountId}`, ...PER_ACCOUNT }]
  if (address) limits.push({ subject: `${act}:address:${address}`, ...PER_ADDRESS })
  const none = `${act}:none`
  const admission = await admit({ limits, hintKey: none, exceptKey: none, member: accountId })
  return admission.admitted
    ? succeed(null)
    : refuse('rate-limited', { retryAfterMs: admission.retryAfterMs })
}

type TurnGiven = { openingId: string; entryId: string }
const MOST_IN_A_BATCH = 1_000
/** Diners tap again and bots hammer, so a process does not rewrite turns it has already written. */
const MOST_REMEMBERED = 20_000
const recorded = new Set<string>()

/** Always in the same order, so that two processes writing the same turns don't deadlock. */
const writeTurns = createBatches<TurnGiven, null>({
  most: MOST_IN_A_BATCH,
  keyOf: ({ openingId }) => openingId,
  write: async (turns) => {
    const sorted = turns.toSorted((a, b) => (a.entryId < b.entryId ? -1 : 1))
    await pool.query(
      `INSERT INTO opening_turns (opening_id, entry_id)
       SELECT * FROM unnest($1::uuid[], $2::text[]) ON CONFLICT DO NOTHING`,
      [sorted.map(({ openingId }) => openingId), sorted.map(({ entryId }) => entryId)],
    )
    return turns.map(() => null)
  },
})

/**
 * Records an entry's first turn, by the database's clock. Turns given while a batch is being
 * written go together in the next statement: a process has at most one in flight, at any rate.
 * Locks nothing but the new rows.
 */
export async function recordTurn(turn: TurnGiven): Promise<void> {
  const key = `${turn.openingId} ${turn.entryId}`
  if (recorded.has(key)) return
  await writeTurns(turn)
  if (recorded.size >= MOST_REMEMBERED) recorded.clear()
  recorded.add(key)
}

/**
 * The opening for which a diner's turn is valid at this moment, or null. Reads the opening once if
 * this process does not know the database's clock; otherwise no I/O.
 */
export async function checkTurn({
  token,
  accountId,
}: {
  /** The token from `takeTurn`: the opening's id, a dot, the turn. Null: none was sent. */
  token: string | null
  accountId: string
}): Promise<string | null> {
  const openingId = z.uuid().safeParse(token?.slice(0, UUID_LENGTH)).data
  if (!token || !openingId) return null
  const expiresAtMs = readTurn({ token: token.slice(UUID_LENGTH + 1), openingId, accountId })
  // A token we never gave must not cost a look-up.
  if (expiresAtMs === null) return null
  if (estimateDatabaseNowMs() === null) await readOpening(openingId)
  const nowMs = estimateDatabaseNowMs()
  return nowMs !== null && nowMs < expiresAtMs ? openingId : null
}
