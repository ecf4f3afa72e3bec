import { LRUCache } from 'lru-cache'
import { createSharedScript } from '@/lib/redis/shared-script'
import type { SoftHold } from './soft-hold.schema'
import { softHoldList } from './soft-hold.schema'

export type SoftHoldDay = { restaurantId: string; serviceDate: string }

/**
 * One hash for each restaurant and date: slot → "<end by Redis' clock> <holder>". The hash expires
 * with its last hold.
 */
export const softHoldsKeyOf = ({ restaurantId, serviceDate }: SoftHoldDay) =>
  `soft-holds:${restaurantId}:${serviceDate}`

/**
 * The keys of the days on which tables are held softly, each with the end of its last hold: nearly all
 * boards of a service have none, and need not ask for theirs.
 */
const DAYS_KEY = 'soft-holds:days'
const DAYS_AGE_MS = 1_000

/** The keys that the scripts of a day work on. */
export const softHoldScriptKeysOf = (day: SoftHoldDay) => [softHoldsKeyOf(day), DAYS_KEY]

const LIST_DAYS = `#!lua flags=allow-key-locking
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
return redis.call('ZRANGE', KEYS[1], 0, -1)
`
const LIST = `#!lua flags=allow-key-locking
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local all = redis.call('HGETALL', KEYS[1])
local live = {}
for i = 1, #all, 2 do
  local ends, holder = string.match(all[i + 1], '^(%d+) (.+)$')
  if ends and tonumber(ends) > now then
    live[#live + 1] = all[i]
    live[#live + 1] = holder
    live[#live + 1] = string.format('%.0f', tonumber(ends) - now)
  end
end
if #live == 0 then redis.call('ZREM', KEYS[2], KEYS[1]) end
return live
`
const askDays = createSharedScript<unknown>(LIST_DAYS)
const askSoftHolds = createSharedScript<unknown>(LIST)

/** The days whose soft holds this process knows; the oldest is evicted first. */
const known = new LRUCache<string, SoftHold[]>({ max: 500 })

export function rememberSoftHolds({ day, holds }: { day: SoftHoldDay; holds: SoftHold[] }): void {
  const key = softHoldsKeyOf(day)
  if (holds.length > 0) known.set(key, holds)
  else known.delete(key)
}

/** The soft holds this process last read that have not run out; no I/O. */
export function recallSoftHolds(day: SoftHoldDay): SoftHold[] {
  const nowMs = performance.now()
  return (known.get(softHoldsKeyOf(day)) ?? []).filter((hold) => hold.untilMs > nowMs)
}

function readList(answer: unknown): SoftHold[] | null {
  const parts = softHoldList.safeParse(answer).data
  if (!parts) return null
  const nowMs = performance.now()
  const holds: SoftHold[] = []
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const [slotId = '', holderId = '', leftMs = ''] = parts.slice(at, at + 3)
    holds.push({ slotId, holderId, untilMs: nowMs + Number(leftMs) })
  }
  return holds
}

async function askHeldDays(): Promise<Set<string> | null> {
  const asked = await askDays([DAYS_KEY], [])
  const days = asked && softHoldList.safeParse(asked.answer).data
  return days ? new Set(days) : null
}

let reading: { days: ReturnType<typeof askHeldDays>; atMs: number } | null = null

/** Asked once a second, whatever the number of boards. Null: Redis did not answer. */
function readHeldDays(): ReturnType<typeof askHeldDays> {
  const nowMs = performance.now()
  if (!reading || nowMs - reading.atMs > DAYS_AGE_MS) reading = { days: askHeldDays(), atMs: nowMs }
  return reading.days
}

/** Where this process knows of a hold, the day itself tells what became of it. */
async function mayHaveHolds(day: SoftHoldDay): Promise<boolean> {
  if (recallSoftHolds(day).length > 0) return true
  return (await readHeldDays())?.has(softHoldsKeyOf(day)) ?? false
}

/**
 * The soft holds of a date, in one request to Redis where there may be any; the last known ones when
 * Redis does not answer. Another process's first hold of a date is seen a second later at most.
 */
export async function readSoftHolds(day: SoftHoldDay): Promise<SoftHold[]> {
  if (!(await mayHaveHolds(day))) return []
  const asked = await askSoftHolds(softHoldScriptKeysOf(day), [])
  const holds = asked && readList(asked.answer)
  if (holds) rememberSoftHolds({ day, holds })
  return recallSoftHolds(day)
}

/** Slots that other diners are confirming, as far as this process knows; no I/O. */
export function listHeldByOthers({
  dinerId,
  restaurantId,
  serviceDate,
}: SoftHoldDay & { dinerId: string }): string[] {
  return recallSoftHolds({ restaurantId, serviceDate })
    .filter((hold) => hold.holderId !== dinerId)
    .map((hold) => hold.slotId)
}
