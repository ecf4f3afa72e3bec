import { expect, test } from 'vitest'
import { createTurnstile } from './turnstile'

/** Work that ends on demand. */
function makeWork() {
  const started: number[] = []
  const ends: ((answer: string) => void)[] = []
  const start = (number: number) => () => {
    started.push(number)
    return new Promise<string>((resolve) => ends.push(resolve))
  }
  return { started, ends, start }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('G20: some run at once, the rest wait in order, and callers beyond the limit are turned away', async () => {
  const pass = createTurnstile({ atOnce: 2, mostWaiting: 2 })
  const { started, ends, start } = makeWork()
  const asked = [1, 2, 3, 4, 5].map((number) => pass(start(number)))
  expect(await asked[4]).toBeNull()
  expect(started).toEqual([1, 2])
  ends[1]?.('two')
  expect(await asked[1]).toEqual({ answer: 'two' })
  await settle()
  expect(started).toEqual([1, 2, 3])
  ends[0]?.('one')
  ends[2]?.('three')
  await settle()
  expect(started).toEqual([1, 2, 3, 4])
  ends[3]?.('four')
  expect(await Promise.all(asked.slice(0, 4))).toEqual(
    ['one', 'two', 'three', 'four'].map((answer) => ({ answer })),
  )
})

test('G20: work that fails frees its place, and its caller gets the error', async () => {
  const pass = createTurnstile({ atOnce: 1, mostWaiting: 1 })
  const failing = pass(() => Promise.reject(new Error('no')))
  const next = pass(async () => 'yes')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toEqual({ answer: 'yes' })
  expect(await pass(async () => 'again')).toEqual({ answer: 'again' })
})
