import { expect, it } from 'vitest'
import { createBatches } from './batch'

it('writes one batch at a time and gathers what arrives meanwhile into the next', async () => {
  const written: number[][] = []
  let running = 0
  const ask = createBatches<number>({
    most: 3,
    write: async (items) => {
      running += 1
      expect(running).toBe(1)
      await new Promise(setImmediate)
      written.push(items)
      running -= 1
    },
  })
  await Promise.all([1, 2, 3, 4, 5, 6].map(ask))
  expect(written).toEqual([[1], [2, 3, 4], [5, 6]])
  await ask(7)
  expect(written.at(-1)).toEqual([7])
})

it('fails only the callers of a failed batch, and goes on with the next', async () => {
  const ask = createBatches<number>({
    most: 2,
    write: async (items) => {
      if (items.includes(2)) throw new Error('no')
    },
  })
  const ended = await Promise.allSettled([1, 2, 3, 4].map(ask))
  expect(ended.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'rejected', 'rejected', 'fulfilled'],
  ])
})
