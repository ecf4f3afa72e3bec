import { expect, test } from 'vitest'
import { createThinning } from './thinning'

test('a flood of one event is one line per interval, which counts the rest', () => {
  const thin = createThinning({ everyMs: 10_000, most: 10 })
  expect(thin({ key: 'a', nowMs: 0 })).toEqual({ unwritten: 0 })
  for (let nowMs = 1; nowMs <= 500; nowMs++) expect(thin({ key: 'a', nowMs })).toBeNull()
  expect(thin({ key: 'b', nowMs: 600 })).toEqual({ unwritten: 0 })
  expect(thin({ key: 'a', nowMs: 10_000 })).toEqual({ unwritten: 500 })
  expect(thin({ key: 'a', nowMs: 20_000 })).toEqual({ unwritten: 0 })
})

test('any number of keys takes bounded memory, and the newest stay thinned', () => {
  const thin = createThinning({ everyMs: 10_000, most: 3 })
  for (const key of ['a', 'b', 'c', 'd']) thin({ key, nowMs: 0 })
  expect(thin({ key: 'd', nowMs: 1 })).toBeNull()
  expect(thin({ key: 'a', nowMs: 1 })).toEqual({ unwritten: 0 })
})
