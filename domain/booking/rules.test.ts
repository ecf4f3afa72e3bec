import { describe, expect, it } from 'vitest'
import { canDinerCancel, sectionOf } from './rules'
import type { ReservationStatus } from './types'

describe('a diner’s list of reservations', () => {
  const now = new Date('2026-11-22T10:00:00.000Z')
  const endsAt = '2026-11-22T10:00:00.001Z'

  it.each<[ReservationStatus, string, string]>([
    ['HELD', 'UPCOMING', 'PAST'],
    ['CONFIRMED', 'UPCOMING', 'PAST'],
    ['SEATED', 'UPCOMING', 'PAST'],
    ['LEFT', 'PAST', 'PAST'],
    ['NO_SHOW', 'PAST', 'PAST'],
    ['EXPIRED', 'CANCELLED', 'CANCELLED'],
    ['CANCELLED', 'CANCELLED', 'CANCELLED'],
  ])('%s: %s before its end, then %s', (status, before, after) => {
    expect(sectionOf({ status, endsAt, now })).toBe(before)
    expect(sectionOf({ status, endsAt: now.toISOString(), now })).toBe(after)
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
