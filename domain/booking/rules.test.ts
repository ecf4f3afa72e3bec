import { describe, expect, it } from 'vitest'
import { isUpcoming } from './rules'
import type { ReservationStatus } from './types'

describe('a diner’s upcoming reservations', () => {
  const now = new Date('2026-11-22T10:00:00.000Z')
  const endsAt = '2026-11-22T10:00:00.001Z'

  it.each<[ReservationStatus, boolean]>([
    ['HELD', true],
    ['CONFIRMED', true],
    ['SEATED', true],
    ['LEFT', false],
    ['EXPIRED', false],
    ['CANCELLED', false],
    ['NO_SHOW', false],
  ])('%s before its end: %s', (status, isStill) => {
    expect(isUpcoming({ status, endsAt, now })).toBe(isStill)
  })

  it('leave out those that have ended', () => {
    expect(isUpcoming({ status: 'CONFIRMED', endsAt: now.toISOString(), now })).toBe(false)
  })
})
