import { expect, it } from 'vitest'
import { createBatches, Overdue } from './batch'
import { classifyDatabaseError } from './database-error'

const spoiled = Object.assign(new Error('spoiled'), { code: '22P05' })

const tick = () => new Promise(setImmediate)
const double = (items: number[]) => items.map((item) => item * 2)

it('writes one batch at a time and gathers what arrives meanwhile into the next', async () => {
  const written: number[][] = []
  let running = 0
  const ask = createBatches<number, number>({
    most: 3,
    write: async (items) => {
      running += 1
      expect(running).toBe(1)
      await tick()
      written.push(items)
      running -= 1
      return double(items)
    },
  })
  expect(await Promise.all([1, 2, 3, 4, 5, 6].map(ask))).toEqual([2, 4, 6, 8, 10, 12])
  expect(written).toEqual([[1], [2, 3, 4], [5, 6]])
  expect(await ask(7)).toBe(14)
  expect(written.at(-1)).toEqual([7])
})

it('keeps apart what may not go together, and lets one key wait for no other', async () => {
  const written: number[][] = []
  let running = 0
  let mostRunning = 0
  const ask = createBatches<number, number>({
    keyOf: (item) => String(item % 2),
    most: 10,
    write: async (items) => {
      running += 1
      mostRunning = Math.max(mostRunning, running)
      await tick()
      running -= 1
      written.push(items)
      return double(items)
    },
  })
  await Promise.all([1, 2, 3, 4, 5, 6].map(ask))
  expect(written.toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
    ...[[1], [2], [3, 5], [4, 6]],
  ])
  expect(mostRunning).toBe(2)
})

it('writes each item of a spoiled batch alone, once; only what spoils it fails', async () => {
  const written: number[][] = []
  const ask = createBatches<number, number>({
    most: 64,
    write: async (items) => {
      await tick()
      written.push(items)
      if (items.includes(13)) throw spoiled
      return double(items)
    },
  })
  const asked = [1, 12, 13, 14]
  const ended = await Promise.allSettled(asked.map(ask))
  expect(ended.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  ])
  expect(written.slice(0, 2)).toEqual([[1], [12, 13, 14]])
  expect(written.slice(2).flat().toSorted()).toEqual([12, 13, 14])
  expect(written).toHaveLength(5)
})

it.each([
  [1, [[1], [2, 3, 4], [2, 3, 4]]],
  [2, [[1], [2, 3, 4], [2, 3, 4], [2], [3], [4]]],
])(
  'goes again as a whole when its lock did not come, before each goes alone: %i time(s)',
  async (times, expected) => {
    const written: number[][] = []
    let left = times
    const ask = createBatches<number, number>({
      most: 64,
      write: async (items) => {
        await tick()
        written.push(items)
        if (items.length > 1 && left-- > 0)
          throw Object.assign(new Error('no lock'), { code: '55P03' })
        return double(items)
      },
    })
    expect(await Promise.all([1, 2, 3, 4].map(ask))).toEqual([2, 4, 6, 8])
    expect(written).toEqual(expected)
  },
)

it('refuses those whose time ran out while their batch waited for a lock', async () => {
  let nowMs = 0
  const written: number[][] = []
  const ask = createBatches<number, number>({
    most: 64,
    readMs: () => nowMs,
    write: async (items) => {
      await tick()
      written.push(items)
      if (items.length === 1) return double(items)
      nowMs += 2_000
      throw Object.assign(new Error('no lock'), { code: '55P03' })
    },
  })
  const ended = await Promise.allSettled([1, 2, 3].map(ask))
  expect(ended.slice(1)).toMatchObject([
    { reason: expect.any(Overdue) },
    { reason: expect.any(Overdue) },
  ])
  expect(written).toEqual([[1], [2, 3]])
})

it('asks once for a lock that does not come, and neither again nor for those behind it who waited as long', async () => {
  let nowMs = 0
  const written: number[][] = []
  const ask = createBatches<number, number>({
    most: 2,
    readMs: () => nowMs,
    write: async (items) => {
      await tick()
      written.push(items)
      nowMs += 1_000
      throw Object.assign(new Error('no lock'), { code: '55P03' })
    },
  })
  const ended = await Promise.allSettled([1, 2, 3, 4, 5].map(ask))
  expect(ended.map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
  // Each would have waited a second of its own, after all those before it.
  expect(written).toEqual([[1]])
  await expect(ask(6)).rejects.toThrow('no lock')
})

it.each(['ECONNRESET', 'ENETDOWN', 'ERR_SSL_WRONG_VERSION_NUMBER', '57P01'])(
  'writes nothing again after %s, sends nobody after it, and goes on with who comes later',
  async (code) => {
    const written: number[][] = []
    const ask = createBatches<number, number>({
      most: 2,
      write: async (items) => {
        await tick()
        written.push(items)
        if (items.includes(2)) throw Object.assign(new Error('gone'), { code })
        return double(items)
      },
    })
    const ended = await Promise.allSettled([1, 2, 3, 4].map(ask))
    expect(ended.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'rejected', 'rejected'],
    ])
    expect(ended[3]).toMatchObject({ reason: expect.any(Overdue) })
    expect(await ask(5)).toBe(10)
    expect(written).toEqual([[1], [2, 3], [5]])
  },
)

it('refuses at once what finds too many waiting, as busy', async () => {
  const ask = createBatches<number, number>({
    most: 9,
    mostWaiting: 2,
    write: async (items) => {
      await tick()
      return double(items)
    },
  })
  const asked = [1, 2, 3].map(ask)
  await expect(ask(4)).rejects.toThrow(Overdue)
  expect(classifyDatabaseError(new Overdue())).toBe('lost-race')
  expect(await Promise.all(asked)).toEqual([2, 4, 6])
})

it('refuses what waited too long while a spoiled batch is written item by item', async () => {
  let nowMs = 0
  const written: number[][] = []
  const ask = createBatches<number, number>({
    most: 64,
    readMs: () => nowMs,
    write: async (items) => {
      await tick()
      written.push(items)
      if (items.length > 1) throw spoiled
      nowMs += 500
      return double(items)
    },
  })
  const ended = await Promise.allSettled(Array.from({ length: 10 }, (_, item) => ask(item)))
  const refused = ended.filter(({ status }) => status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  expect(written).toHaveLength(2 + 9 - refused.length)
})

it('refuses what waited too long for its batch, unwritten', async () => {
  let nowMs = 0
  const written: number[][] = []
  const ask = createBatches<number, number>({
    most: 2,
    readMs: () => nowMs,
    write: async (items) => {
      await tick()
      written.push(items)
      nowMs += 1_000
      return double(items)
    },
  })
  const ended = await Promise.allSettled([1, 2, 3, 4, 5].map(ask))
  expect(ended.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'],
  ])
  expect(ended[4]).toMatchObject({ reason: expect.any(Overdue) })
  expect(written).toEqual([[1], [2, 3]])
})

it('lets everything go alone and at once where nothing may go together', async () => {
  const written: number[][] = []
  const write = async (items: number[]) => {
    written.push(items)
    await tick()
    return double(items)
  }
  const alone = createBatches<number, number>({ most: 1, write })
  const unkeyed = createBatches<number, number>({ most: 9, keyOf: () => null, write })
  const asked = [alone(1), alone(2), unkeyed(3), unkeyed(4)]
  expect(written).toEqual([[1], [2], [3], [4]])
  expect(await Promise.all(asked)).toEqual([2, 4, 6, 8])
})
