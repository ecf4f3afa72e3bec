import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { pool } from '@/lib/db/database'
import { type Refusal, refuse, succeed } from '@/lib/problems/result'
import { createSharedScript } from './shared-script'

/** How long a lease lasts that nobody renews: its holder has died or sleeps. */
const LEASE_MS = 10_000
const WAIT_MS = 2_000
/** Renewed so often while the work runs. */
const RENEWALS_PER_LEASE = 3
/** How long a waiting one thinks before it asks again; drawn anew each time. */
const PAUSE_MS = { least: 15, most: 90 }
/** A newest number older than this belongs to nobody who still runs. */
const NEWEST_MS = 3_600_000

export type Lease = {
  /**
   * Every write made under the lease carries it, and Postgres refuses one that is older than it
   * has seen. It alone keeps the data right; the lease keeps people from working in vain.
   */
  fence: bigint
}

/**
 * Takes and renews: the holder's token stays while it is the holder's, or nobody's. Whoever drew a
 * number before the last holder did is sent to draw another, for Postgres would refuse that one's
 * writes; Redis may forget which was the newest, and then Postgres says it.
 */
const keep = createSharedScript<number>(`#!lua flags=allow-key-locking
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
local newest = redis.call('GET', KEYS[2])
if newest and tonumber(newest) > tonumber(ARGV[2]) then return -1 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[4])
return 1
`)

/** Deletes the lease if it is still the holder's own. */
const release = createSharedScript<number>(`#!lua flags=allow-key-locking
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`)

/**
 * From Postgres, which never counts backwards, and before the lease is taken: whoever drew it after
 * having slept over the end of a lease would look newer than the one who holds it now.
 */
async function drawFence(): Promise<bigint> {
  const { rows } = await pool.query<{ fence: string }>(
    `SELECT nextval('lease_fences')::text AS fence`,
  )
  const [row] = rows
  if (!row) throw new Error('the sequence lease_fences gave no number')
  return BigInt(row.fence)
}

type HeldLease = { keys: string[]; token: string; fence: bigint; leaseMs: number }

async function askToKeep({ keys, token, fence, leaseMs }: HeldLease): Promise<number | null> {
  const args = [token, String(fence), String(leaseMs), String(NEWEST_MS)]
  return (await keep(keys, args))?.answer ?? null
}

/**
 * Null: another held it until the deadline. Without an answer from Redis nobody knows who holds it;
 * then the work goes on with its number alone, since no Redis is no reason to do nothing.
 */
async function takeLease({
  name,
  leaseMs,
  waitMs,
}: {
  name: string
  leaseMs: number
  waitMs: number
}): Promise<HeldLease | null> {
  const keys = [`lease:{${name}}`, `lease:{${name}}:newest`]
  const token = randomUUID()
  const deadlineMs = performance.now() + waitMs
  for (;;) {
    const held = { keys, token, fence: await drawFence(), leaseMs }
    const kept = await askToKeep(held)
    if (kept === null || kept === 1) return held
    const pauseMs = PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least)
    if (performance.now() + pauseMs > deadlineMs) return null
    if (kept === 0) await sleep(pauseMs)
  }
}

/**
 * Does some work that others should not do at the same time, under a lease of this name. Refuses
 * `busy` when another still had it after `waitMs`. Where Redis gives no answer the work is done
 * without: never the only guard of anything, so whatever is written has to carry `lease.fence` to
 * where Postgres compares it.
 */
export async function runUnderLease<Value>({
  name,
  leaseMs = LEASE_MS,
  waitMs = WAIT_MS,
  run,
}: {
  name: string
  leaseMs?: number
  waitMs?: number
  run: (lease: Lease) => Promise<Value>
}): Promise<{ ok: true; value: Value } | Refusal<'busy'>> {
  const held = await takeLease({ name, leaseMs, waitMs })
  if (!held) return refuse('busy')
  let renewing: Promise<unknown> = Promise.resolve()
  const renewal = setInterval(() => {
    renewing = askToKeep(held)
  }, leaseMs / RENEWALS_PER_LEASE)
  renewal.unref()
  try {
    return succeed(await run({ fence: held.fence }))
  } finally {
    clearInterval(renewal)
    // Otherwise a renewal on its way could take again what has just been given back.
    await renewing
    // Asked for also when taking got no answer: it may have been done. What is lost ends by itself.
    await release(held.keys, [held.token])
  }
}
