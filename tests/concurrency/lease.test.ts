import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { type Lease, runUnderLease } from '@/lib/redis/lease'
import { askRedis } from '@/lib/redis/redis'
import type { FaultKind } from '@/local/upstash/faults'
import { createRestaurant, createServiceDate } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { useGateway } from '../support/stack-gateway'
import { writeWithFence, writeWithoutFence } from '../support/unprotected-lease'

const database = useDatabase()
const gateway = useGateway()
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  // After failures in a row the client leaves Redis alone for a moment; these tests need it asked.
  await expect.poll(() => askRedis((redis) => redis.ping()), { timeout: 5_000 }).not.toBeNull()
})

const KEY = 'lease:{the-day}'
const ours = new Date('2026-12-04T01:00:00Z')
const theirs = new Date('2026-12-04T02:00:00Z')

/** The end of the lease passes: its key is cut short, no clock is moved. */
async function letLeaseEnd(): Promise<void> {
  const cut = await askRedis((redis) => redis.del(KEY))
  expect(cut?.answer).toBe(1)
}

async function setUpDay() {
  const { id: restaurantId } = await createRestaurant(pool)
  const { serviceDate } = await createServiceDate(pool, { restaurantId })
  const readOpening = async () =>
    (await database.query<{ opensAt: Date }>('SELECT opens_at AS "opensAt" FROM service_dates'))[0]
      ?.opensAt
  return { restaurantId, serviceDate, readOpening }
}

const take = <Value>(run: (lease: Lease) => Promise<Value>, waitMs = 5_000) =>
  runUnderLease({ name: 'the-day', waitMs, run })

describe('hard case 12: a holder who sleeps past the end of the lease', () => {
  async function sleepThrough(write: typeof writeWithFence) {
    const day = await setUpDay()
    const sleeper = await take(async ({ fence }) => {
      await letLeaseEnd()
      const other = await take((lease) => write({ ...day, opensAt: theirs, fence: lease.fence }))
      expect(other).toEqual({ ok: true, value: true })
      return write({ ...day, opensAt: ours, fence })
    })
    return { sleeper, opensAt: await day.readOpening() }
  }

  test('is refused by Postgres, and the next holder’s write stands', async () => {
    const { sleeper, opensAt } = await sleepThrough(writeWithFence)
    expect(sleeper).toEqual({ ok: true, value: false })
    expect(opensAt).toEqual(theirs)
  })

  test('control: without the fencing number the sleeper overwrites the next holder’s write', async () => {
    const { opensAt } = await sleepThrough(writeWithoutFence)
    expect(opensAt).toEqual(ours)
  })

  test('does not release the lease, which is another’s by now', async () => {
    await take(async () => {
      await letLeaseEnd()
      await askRedis((redis) => redis.set(KEY, 'another', { px: 5_000 }))
    })
    expect((await askRedis((redis) => redis.get(KEY)))?.answer).toBe('another')
  })

  test('can’t take it again with its number from before the next holder', async () => {
    const fences: bigint[] = []
    await take(async (first) => {
      await letLeaseEnd()
      await take(async (second) => void fences.push(first.fence, second.fence))
    })
    await take(async (third) => void fences.push(third.fence))
    expect(fences.toSorted((a, b) => Number(a - b))).toEqual(fences)
    expect(new Set(fences).size).toBe(3)
  })
})

describe('takers at once', () => {
  /** How many worked at the same time at most, and their numbers in the order of their work. */
  async function rush({ count, isFlushed = false }: { count: number; isFlushed?: boolean }) {
    let working = 0
    let most = 0
    const fences: bigint[] = []
    const outcomes = await Promise.all(
      Array.from({ length: count }, () =>
        take(async ({ fence }) => {
          working += 1
          most = Math.max(most, working)
          fences.push(fence)
          await pool.query('SELECT 1')
          if (isFlushed && fences.length === 3) await gateway.flush()
          await pool.query('SELECT 1')
          working -= 1
        }, 60_000),
      ),
    )
    return { most, fences, done: outcomes.filter(({ ok }) => ok).length }
  }

  test('fifty takers work one at a time, in the order of their numbers', async () => {
    const { most, fences, done } = await rush({ count: 50 })
    expect({ most, done }).toEqual({ most: 1, done: 50 })
    expect(fences).toEqual(fences.toSorted((a, b) => Number(a - b)))
  })

  test('Redis flushed in the middle lets a second one in, and all of them still work', async () => {
    const { most, done } = await rush({ count: 12, isFlushed: true })
    expect(most).toBeLessThanOrEqual(2)
    expect(done).toBe(12)
  })

  test('a taker that does not get it in time gets a refusal as a value, and has done nothing', async () => {
    let hasWorked = false
    const told = await take(() =>
      take(async () => {
        hasWorked = true
      }, 0),
    )
    expect(told).toEqual({ ok: true, value: { ok: false, reason: 'busy' } })
    expect(hasWorked).toBe(false)
  })

  test('a holder that fails releases it', async () => {
    const failing = take(async () => {
      throw new Error('the work failed')
    })
    await expect(failing).rejects.toThrow('the work failed')
    expect(await take(async () => 'done', 0)).toEqual({ ok: true, value: 'done' })
  })
})

describe('a lease that is renewed', () => {
  test('outlives its first length while the work runs, and survives a flush', async () => {
    const read = async () => (await askRedis((redis) => redis.pttl(KEY)))?.answer ?? 0
    await runUnderLease({
      name: 'the-day',
      leaseMs: 60,
      run: async () => {
        await askRedis((redis) => redis.pexpire(KEY, 30_000))
        await expect.poll(read, { interval: 5 }).toBeLessThan(61)
        await gateway.flush()
        await expect.poll(read, { interval: 5 }).toBeGreaterThan(0)
      },
    })
    expect((await askRedis((redis) => redis.exists(KEY)))?.answer).toBe(0)
  })
})

describe('without an answer from Redis', () => {
  test.each<FaultKind>(['drop-before', 'hang', 'error-500', 'not-json'])(
    '%s: the work goes on with its number alone',
    async (kind) => {
      const day = await setUpDay()
      await gateway.setFault({ kind })
      const done = await take(({ fence }) => writeWithFence({ ...day, opensAt: ours, fence }))
      await gateway.setFault(null)
      expect(done).toEqual({ ok: true, value: true })
      expect(await day.readOpening()).toEqual(ours)
    },
  )

  test('hard case 8: it was taken but the reply was lost; it is released all the same', async () => {
    await gateway.setFault({ kind: 'drop-after', times: 1 })
    expect(await take(async () => 'done')).toEqual({ ok: true, value: 'done' })
    expect(await take(async () => 'next', 0)).toEqual({ ok: true, value: 'next' })
  })

  test('hard case 8: it was released but the reply was lost; the next taker gets it', async () => {
    const done = await take(async () => {
      await gateway.setFault({ kind: 'drop-after', times: 1 })
      return 'done'
    })
    expect(done).toEqual({ ok: true, value: 'done' })
    expect(await take(async () => 'next', 0)).toEqual({ ok: true, value: 'next' })
  })

  test('the release never arrived: the next taker waits for the end of the lease', async () => {
    await take(() => gateway.setFault({ kind: 'drop-before', times: 1 }))
    // A connection that was cut comes back in a moment.
    await expect.poll(() => askRedis((redis) => redis.ping())).not.toBeNull()
    expect(await take(async () => 'next', 0)).toEqual({ ok: false, reason: 'busy' })
    await letLeaseEnd()
    expect(await take(async () => 'next', 0)).toEqual({ ok: true, value: 'next' })
  })
})
