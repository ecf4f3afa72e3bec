import { describe, expect, it } from 'vitest'
import { canDinerCancel, isUpcoming } from './rules'
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

describe('the page of a reservation', () => {
  const now = new Date('2026-11-22T10:00:00.000Z')
  it.each<[ReservationStatus, string, boolean]>([
    ['CONFIRMED', '2026-11-22T10:00:00.001Z', true],
    ['HELD', '2026-11-22T10:00:00.001Z', true],
    ['CONFIRMED', '2026-11-22T10:00:00.000Z', false],
    ['HELD', '2026-11-21T10:00:00.000Z', false],
    ['SEATED', '2026-11-22T10:00:00.001Z', false],
    ['CANCELLED', '2026-11-22T10:00:00.001Z', false],
  ])('of %s at %s offers to cancel: %s', (status, startsAt, offers) => {
    expect(canDinerCancel({ status, startsAt, now })).toBe(offers)
  })
})
