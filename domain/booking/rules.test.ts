import { describe, expect, it } from 'vitest'
import {
  canDinerCancel,
  decideMove,
  isPlanning,
  listActs,
  nameCorrection,
  sectionOf,
} from './rules'
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

describe('a hold', () => {
  const confirm = { act: 'CONFIRM', status: 'HELD' } as const
  it('is confirmed by its diner or by staff', () => {
    for (const by of ['DINER', 'OWNER', 'ADMIN'] as const)
      expect(decideMove({ ...confirm, by })).toMatchObject({ value: 'CONFIRMED' })
  })

  it('that awaits staff is confirmed by them alone; its diner may give it back', () => {
    const awaiting = { ...confirm, awaitsStaff: true }
    expect(decideMove({ ...awaiting, by: 'DINER' })).toMatchObject({ reason: 'cannot-move' })
    for (const by of ['OWNER', 'ADMIN'] as const)
      expect(decideMove({ ...awaiting, by })).toMatchObject({ value: 'CONFIRMED' })
    expect(decideMove({ ...awaiting, act: 'CANCEL', by: 'DINER' })).toMatchObject({
      value: 'CANCELLED',
    })
    expect(listActs({ status: 'HELD', awaitsStaff: true, by: 'OWNER' })).toEqual([
      'CONFIRM',
      'CANCEL',
    ])
  })

  it('is confirmed ahead of its date, which is planning', () => {
    const party = { act: 'CONFIRM', status: 'HELD', walkIn: false } as const
    expect(isPlanning({ ...party, serviceDate: '2026-11-23', today: '2026-11-22' })).toBe(true)
    expect(isPlanning({ ...party, serviceDate: '2026-11-21', today: '2026-11-22' })).toBe(false)
  })
})

describe('the corrections of a party', () => {
  it.each<[ReservationStatus, 'CONFIRMED' | 'SEATED', boolean, string | null]>([
    ['SEATED', 'CONFIRMED', false, 'CORRECT_SEAT'],
    ['LEFT', 'SEATED', false, 'CORRECT_LEAVE'],
    ['NO_SHOW', 'CONFIRMED', false, 'CORRECT_NO_SHOW'],
    ['NO_SHOW', 'SEATED', false, 'SEAT'],
    ['CANCELLED', 'CONFIRMED', false, 'CORRECT_CANCEL'],
    ['CANCELLED', 'SEATED', true, 'CORRECT_CANCEL'],
    ['CONFIRMED', 'CONFIRMED', false, 'CORRECT_ARRIVAL'],
    ['CANCELLED', 'SEATED', false, null],
    ['CANCELLED', 'CONFIRMED', true, null],
    ['LEFT', 'CONFIRMED', false, null],
    ['SEATED', 'SEATED', false, null],
    ['CONFIRMED', 'SEATED', false, null],
    ['HELD', 'CONFIRMED', false, null],
    ['EXPIRED', 'CONFIRMED', false, null],
  ])('%s to %s (a walk-in: %s) is %s', (status, to, walkIn, act) => {
    expect(nameCorrection({ status, to, walkIn })).toBe(act)
  })

  it('are the staff’s, and of what staff did', () => {
    const cancelled = { status: 'CANCELLED', act: 'CORRECT_CANCEL' } as const
    expect(decideMove({ ...cancelled, by: 'OWNER', cancelledBy: 'OWNER' })).toMatchObject({
      value: 'CONFIRMED',
    })
    const removed = { ...cancelled, cancelledBy: 'OWNER', walkIn: true }
    expect(decideMove({ ...removed, by: 'OWNER' })).toMatchObject({ value: 'SEATED' })
    expect(decideMove({ ...cancelled, by: 'OWNER', cancelledBy: 'DINER' }).ok).toBe(false)
    expect(decideMove({ ...cancelled, by: 'DINER', cancelledBy: 'OWNER' }).ok).toBe(false)
  })

  it('stand among the acts of a board', () => {
    const acts = (status: ReservationStatus, rest = {}) =>
      listActs({ status, by: 'OWNER', ...rest }).filter((act) => /CORRECT|ARRIVE/.test(act))
    expect(acts('CONFIRMED')).toEqual(['ARRIVE'])
    expect(acts('CONFIRMED', { arrivedAt: '2026-11-22T10:00:00.000Z' })).toEqual([
      'CORRECT_ARRIVAL',
    ])
    expect(acts('LEFT')).toEqual(['CORRECT_LEAVE'])
    expect(acts('CANCELLED', { cancelledBy: 'DINER' })).toEqual([])
    expect(acts('CANCELLED', { cancelledBy: 'ADMIN' })).toEqual(['CORRECT_CANCEL'])
  })
})
