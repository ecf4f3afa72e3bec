import { checkTurn } from '@/domain/opening/turn.commands'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { takeLocally } from '@/lib/redis/local-limit'
import { createSharedScript } from '@/lib/redis/shared-script'
import { recallBoard } from './board.queries'
import {
  recallSoftHolds,
  rememberSoftHolds,
  type SoftHoldDay,
  softHoldScriptKeysOf,
} from './soft-hold.queries'
import { listBestFits, SOFT_HOLD_MS } from './soft-hold.rules'
import type { SoftHoldAnswer } from './soft-hold.schema'
import { type SoftHoldRequest, softHoldTaken } from './soft-hold.schema'

/**
 * Removes run-out holds and the diner's earlier hold on that date, then takes the first candidate
 * that no other diner holds. A diner holds at most one slot of a date. ARGV: holder, length in
 * milliseconds, candidates in booking order. Timed by Redis' clock. KEYS: the day, and the days that have holds.
 */
const TAKE = `#!lua flags=allow-key-locking
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local all = redis.call('HGETALL', KEYS[1])
local held = {}
for i = 1, #all, 2 do
  local ends, holder = string.match(all[i + 1], '^(%d+) (.+)$')
  if ends and tonumber(ends) > now and holder ~= ARGV[1] then
    held[all[i]] = true
  else
    redis.call('HDEL', KEYS[1], all[i])
  end
end
for i = 3, #ARGV do
  if not held[ARGV[i]] then
    local ends = string.format('%.0f', now + tonumber(ARGV[2]))
    redis.call('HSET', KEYS[1], ARGV[i], ends .. ' ' .. ARGV[1])
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    redis.call('ZADD', KEYS[2], ends, KEYS[1])
    redis.call('PEXPIRE', KEYS[2], ARGV[2])
    return { ARGV[i], ends }
  end
end
return { '', '0' }
`
/** Compare and delete. ARGV: holder, slot. KEYS: as above. */
const RELEASE = `#!lua flags=allow-key-locking
local value = redis.call('HGET', KEYS[1], ARGV[2])
if value and string.match(value, '^%d+ (.+)$') == ARGV[1] then
  redis.call('HDEL', KEYS[1], ARGV[2])
  if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('ZREM', KEYS[2], KEYS[1]) end
  return 1
end
return 0
`
const askToTake = createSharedScript<unknown>(TAKE)
const askToRelease = createSharedScript<unknown>(RELEASE)

/**
 * Limited per process: a diner holds one slot of a date however often they try, so there is nothing
 * to gain, and a limit in Redis would cost as much as it saves.
 */
const PER_ACCOUNT = { burst: 20, everyMs: 2_000 }
const PER_ADDRESS = { burst: 600, everyMs: 20 }

type Asking = SoftHoldDay & { dinerId: string; address: string | null }

function limit({ dinerId, address }: Asking): Result<null, 'rate-limited'> {
  const limits = [{ subject: `soft-hold:account:${dinerId}`, ...PER_ACCOUNT }]
  if (address) limits.push({ subject: `soft-hold:address:${address}`, ...PER_ADDRESS })
  for (const each of limits) {
    const retryAfterMs = takeLocally(each)
    if (retryAfterMs > 0) return refuse('rate-limited', { retryAfterMs })
  }
  return succeed(null)
}

/**
 * Asks other diners to leave the best-fitting table alone for three minutes while this diner
 * confirms. It is a hint in Redis: booking respects it while other tables of that class are left,
 * and it refuses no booking (docs/decisions/0006-soft-holds.md). One request to Redis, none to
 * Postgres; the fit is judged by the board this process last read. If that board shows a gate, the
 * diner needs a turn, so that no one marks tables they can't book. Refuses `rate-limited`, and
 * `no-turn` with the opening's id.
 */
export async function holdSoftly({
  request,
  turn,
  ...asking
}: Asking & {
  request: SoftHoldRequest
  /** The turn the diner's page got from `takeTurn`. Null: none. */
  turn: string | null
}): Promise<Result<SoftHoldAnswer, 'rate-limited' | 'no-turn'>> {
  const limited = limit(asking)
  if (!limited.ok) return limited
  const { dinerId, restaurantId, serviceDate } = asking
  const day = { restaurantId, serviceDate }
  const known = recallBoard({ idOrSlug: restaurantId, date: serviceDate })
  const openingId = known?.gate?.openingId
  if (openingId && openingId !== (await checkTurn({ token: turn, accountId: asking.dinerId })))
    return refuse('no-turn', { openingId })
  const candidates = known ? listBestFits({ board: known.board, ...request }) : []
  if (candidates.length === 0) return succeed({ slotId: null })
  const asked = await askToTake(softHoldScriptKeysOf(day), [
    dinerId,
    String(SOFT_HOLD_MS),
    ...candidates,
  ])
  const [slotId, endsAtMs] = softHoldTaken.safeParse(asked?.answer).data ?? ['', 0]
  if (!slotId) return succeed({ slotId: null })
  const hold = { slotId, holderId: dinerId, untilMs: performance.now() + SOFT_HOLD_MS }
  rememberSoftHolds({ day, holds: [...withoutThoseOf({ day, dinerId }), hold] })
  return succeed({ slotId, until: new Date(endsAtMs).toISOString() })
}

/** Releases the diner's hold on this slot, if it is still theirs. Refuses only `rate-limited`. */
export async function releaseSoftly({
  slotId,
  ...asking
}: Asking & { slotId: string }): Promise<Result<null, 'rate-limited'>> {
  const limited = limit(asking)
  if (!limited.ok) return limited
  const { dinerId, restaurantId, serviceDate } = asking
  const day = { restaurantId, serviceDate }
  await askToRelease(softHoldScriptKeysOf(day), [dinerId, slotId])
  const holds = recallSoftHolds(day).filter(
    (hold) => hold.holderId !== dinerId || hold.slotId !== slotId,
  )
  rememberSoftHolds({ day, holds })
  return succeed(null)
}

function withoutThoseOf({ day, dinerId }: { day: SoftHoldDay; dinerId: string }) {
  return recallSoftHolds(day).filter((hold) => hold.holderId !== dinerId)
}
