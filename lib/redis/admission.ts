import { findLocalWaitMs, type Limit, takeLocally } from './local-limit'
import { createSharedScript } from './shared-script'

/**
 * GCRA for each limit in turn, then one hint. Stops at the first limit that refuses, so that a
 * refused request does not use up the others. Redis's clock, in milliseconds.
 * KEYS: one per limit, then the hint, then the set of members the hint does not apply to.
 * ARGV: burst and interval per limit, then the member to look up in that set.
 */
const ADMIT = `#!lua flags=allow-key-locking
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limits = #KEYS - 2
for i = 1, limits do
  local burst = tonumber(ARGV[2 * i - 1])
  local every = tonumber(ARGV[2 * i])
  local arrival = tonumber(redis.call('GET', KEYS[i]) or now)
  if arrival < now then arrival = now end
  arrival = arrival + every
  local wait = arrival - burst * every - now
  if wait > 0 then return { tostring(wait), '' } end
  redis.call('SET', KEYS[i], string.format('%.0f', arrival), 'PX', string.format('%.0f', arrival - now))
end
local hint = redis.call('GET', KEYS[limits + 1])
if not hint or redis.call('SISMEMBER', KEYS[limits + 2], ARGV[2 * limits + 1]) == 1 then hint = '' end
return { '0', hint }
`
const askAdmission = createSharedScript<[string | number, unknown]>(ADMIT)

export type Admission =
  | { admitted: false; retryAfterMs: number }
  | { admitted: true; hint: unknown }

/**
 * One request to Redis, shared by all callers at the same instant: the limits (the account's first,
 * the address's second) and a hint left by other processes. None where this process alone has let as
 * much through as the limit allows: who hammers costs no request. When Redis does not answer, this
 * process's own limits decide, and there is no hint.
 */
export async function admit({
  limits,
  hintKey,
  exceptKey,
  member,
}: {
  limits: Limit[]
  hintKey: string
  exceptKey: string
  member: string
}): Promise<Admission> {
  const waitMs = Math.max(0, ...limits.map((limit) => findLocalWaitMs(limit)))
  if (waitMs > 0) return { admitted: false, retryAfterMs: waitMs }
  const keys = [...limits.map((limit) => limit.subject), hintKey, exceptKey]
  const args = [...limits.flatMap((limit) => [String(limit.burst), String(limit.everyMs)]), member]
  const asked = await askAdmission(keys, args)
  if (asked) {
    const [wait, hint] = asked.answer
    if (Number(wait) > 0) return { admitted: false, retryAfterMs: Math.ceil(Number(wait)) }
    for (const limit of limits) takeLocally(limit)
    return { admitted: true, hint: hint || null }
  }
  for (const limit of limits) {
    const retryAfterMs = takeLocally(limit)
    if (retryAfterMs > 0) return { admitted: false, retryAfterMs }
  }
  return { admitted: true, hint: null }
}
