import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { countLocally, giveBackLocally, OPEN_MS, takeTriesLocally } from './local-tries'

const limitOf = (most: number) => ({ subject: randomUUID(), most, withinMs: 60_000 })
const withMember = (limit: ReturnType<typeof limitOf>, member: string = randomUUID()) => [
  { ...limit, member },
]

test('as many tries as allowed within the time, and one more for each that ends', () => {
  const limit = limitOf(2)
  expect(takeTriesLocally(withMember(limit), 0)).toBe(0)
  expect(takeTriesLocally(withMember(limit), 1_000)).toBe(0)
  expect(takeTriesLocally(withMember(limit), 2_000)).toBe(58_000)
  expect(takeTriesLocally(withMember(limit), 60_000)).toBe(0)
  expect(takeTriesLocally(withMember(limit), 60_500)).toBe(500)
})

test('a try that is given back counts no more', () => {
  const limit = limitOf(1)
  const right = withMember(limit)
  expect(takeTriesLocally(right, 0)).toBe(0)
  giveBackLocally(right)
  expect(takeTriesLocally(withMember(limit), 1)).toBe(0)
  expect(takeTriesLocally(withMember(limit), 2)).toBeGreaterThan(0)
})

test('tries of the same member count once', () => {
  const limit = limitOf(1)
  for (const at of [0, 1, 2]) expect(takeTriesLocally(withMember(limit, 'one'), at)).toBe(0)
  expect(takeTriesLocally(withMember(limit, 'another'), 3)).toBeGreaterThan(0)
})

test('a try that one limit refuses uses up none of the others', () => {
  const [full, other] = [limitOf(1), limitOf(1)]
  takeTriesLocally(withMember(full), 0)
  const both = [...withMember(other), ...withMember(full)]
  expect(takeTriesLocally(both, 1)).toBeGreaterThan(0)
  expect(takeTriesLocally(withMember(other), 2)).toBe(0)
})

describe('a limit with room for tries that are being judged', () => {
  const setUp = () => ({ ...limitOf(1), mostOpen: 2 })

  test('lets that many in at once, and another for each that is given back', () => {
    const limit = setUp()
    const first = withMember(limit)
    expect(takeTriesLocally(first, 0)).toBe(0)
    expect(takeTriesLocally(withMember(limit), 0)).toBe(0)
    expect(takeTriesLocally(withMember(limit), 0)).toBeGreaterThan(0)
    giveBackLocally(first)
    expect(takeTriesLocally(withMember(limit), 1)).toBe(0)
  })

  test('lets none in once as many as allowed were wrong, for as long as they count', () => {
    const limit = setUp()
    const wrong = withMember(limit)
    takeTriesLocally(wrong, 0)
    countLocally(wrong, 1_000)
    expect(takeTriesLocally(withMember(limit), 1_001)).toBe(59_999)
    expect(takeTriesLocally(withMember(limit), 61_000)).toBe(0)
  })

  test('forgets those that nobody ended', () => {
    const limit = setUp()
    for (const at of [0, 1]) takeTriesLocally(withMember(limit), at)
    expect(takeTriesLocally(withMember(limit), OPEN_MS - 1)).toBeGreaterThan(0)
    expect(takeTriesLocally(withMember(limit), OPEN_MS)).toBe(0)
  })
})
