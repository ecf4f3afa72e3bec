import { z } from 'zod'
import { admit } from '@/lib/admission'
import { estimateDatabaseNowMs } from '@/lib/clock'
import { readTurn } from '@/lib/receipt'
import { type Result, refuse, succeed } from '@/lib/result'
import { readOpening } from '../queries'

const UUID_LENGTH = 36

/** A person taps a few times and comes back on another phone; a bot hammers. */
const PER_ACCOUNT = { burst: 20, everyMs: 500 }
const PER_ADDRESS = { burst: 3_000, everyMs: 3 }

/**
 * One request to Redis: the account's limit first, the network address' second. Refuses
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

/**
 * The opening for which somebody's turn is valid at this moment, or null. Reads the opening once
 * where this process does not know the database's clock; otherwise no I/O.
 */
export async function checkTurn({
  token,
  accountId,
}: {
  /** What `takeTurn` gave: the opening's id, a dot, the turn. Null: none was sent. */
  token: string | null
  accountId: string
}): Promise<string | null> {
  const openingId = z.uuid().safeParse(token?.slice(0, UUID_LENGTH)).data
  if (!token || !openingId) return null
  const expiresAtMs = readTurn({ token: token.slice(UUID_LENGTH + 1), openingId, accountId })
  // What we never gave must not make us look anything up.
  if (expiresAtMs === null) return null
  if (estimateDatabaseNowMs() === null) await readOpening(openingId)
  const nowMs = estimateDatabaseNowMs()
  return nowMs !== null && nowMs < expiresAtMs ? openingId : null
}
