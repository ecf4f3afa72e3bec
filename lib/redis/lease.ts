import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { pool } from '@/lib/db/database'
import { type Refusal, refuse, succeed } from '@/lib/problems/result'
import { createSharedScript } from './shared-script'

/** How long a lease lasts without renewal, when its holder has died or hangs. */
const LEASE_MS = 10_000
const WAIT_MS = 2_000
/** Renewals per lease duration while the work runs. */
const RENEWALS_PER_LEASE = 3
/** How long a waiting process pauses before it tries again; drawn anew each time. */
const PAUSE_MS = { least: 15, most: 90 }
/** A number older than this belongs to no process that still runs. */
const NEWEST_MS = 3_600_000

export type Lease = {
  /**
   * Every write under the lease carries it, and Postgres refuses one older than it has seen. The
   * fence alone protects the data; the lease only saves wasted work.
   */
  fence: bigint
}

/**
 * Takes or renews: the lease is the holder's if it holds it already or no process does. A process
 * that drew its number before the last holder did is sent to draw another, since Postgres would
 * refuse its writes. If Redis forgets the newest number, Postgres refuses them.
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

/** Deletes the lease if the holder still has it. */
const release = createSharedScript<number>(`#!lua flags=allow-key-locking
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`)

/**
 * Drawn from Postgres, which never counts backwards, and before the lease is taken: a process that
 * drew after sleeping past the end of its lease would look newer than the current holder.
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
 * Null: another process held it until the deadline. When Redis does not answer, the holder is
 * unknown and the work goes on with its number alone: losing Redis is no reason to stop.
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
 * Runs work that only one process should do at a time, under a lease of this name. Refuses `busy`
 * when another process still holds it after `waitMs`. When Redis does not answer, the work runs
 * without a lease, so the lease is never the only guard: every write must carry `lease.fence` to
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
    // Otherwise a renewal in flight could retake the lease after its release.
    await renewing
    // Released even when taking it got no answer, since it may have succeeded. A lost release
    // expires by itself.
    await release(held.keys, [held.token])
  }
}
