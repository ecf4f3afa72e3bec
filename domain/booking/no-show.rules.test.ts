import { describe, expect, it } from 'vitest'
import {
  describeNoShow,
  endNoShow,
  judgeDecision,
  judgeDispute,
  lastDisputeDate,
} from './no-show.rules'

describe('a no-show counts for so many calendar months', () => {
  it.each([
    ['the same day of the next month', '2026-11-29', 1, '2026-12-29'],
    ['over a year’s end', '2026-11-29', 6, '2027-05-29'],
    ['31 January, for a month: the last of February', '2027-01-31', 1, '2027-02-28'],
    ['31 January of a leap year', '2028-01-31', 1, '2028-02-29'],
    ['30 and 31 August end on one day', '2026-08-30', 6, '2027-02-28'],
    ['31 August', '2026-08-31', 6, '2027-02-28'],
    ['the leap day, for a year', '2028-02-29', 12, '2029-02-28'],
    ['the leap day, for two years', '2028-02-29', 24, '2030-02-28'],
    ['31 March, for a month', '2027-03-31', 1, '2027-04-30'],
  ])('%s', (_, serviceDate, months, endsOn) => {
    expect(endNoShow({ serviceDate, months })).toBe(endsOn)
  })
})

const NO_SHOW = { status: 'NO_SHOW', isDisputed: false, serviceDate: '2026-11-20' } as const

describe('a no-show can be disputed once, for 14 days', () => {
  it('on the fourteenth day after its service date still, on the fifteenth no more', () => {
    expect(lastDisputeDate('2026-11-20')).toBe('2026-12-04')
    expect(judgeDispute({ ...NO_SHOW, today: '2026-12-04' })).toEqual({ ok: true, value: null })
    expect(judgeDispute({ ...NO_SHOW, today: '2026-12-05' })).toEqual({
      ok: false,
      reason: 'dispute-closed',
      details: { lastDate: '2026-12-04' },
    })
  })

  it('not a second time, and nothing but a no-show', () => {
    const today = '2026-11-20'
    expect(judgeDispute({ ...NO_SHOW, isDisputed: true, today })).toMatchObject({
      reason: 'already-disputed',
    })
    expect(judgeDispute({ ...NO_SHOW, status: 'CONFIRMED', today })).toMatchObject({
      reason: 'not-a-no-show',
      details: { present: 'CONFIRMED' },
    })
  })

  it('is decided once, while it is a no-show', () => {
    const disputed = { status: 'NO_SHOW', isDisputed: true, granted: null } as const
    expect(judgeDecision(disputed)).toMatchObject({ ok: true })
    expect(judgeDecision({ ...disputed, isDisputed: false })).toMatchObject({
      reason: 'not-disputed',
    })
    expect(judgeDecision({ ...disputed, granted: false })).toMatchObject({
      reason: 'dispute-decided',
      details: { granted: false },
    })
    expect(judgeDecision({ ...disputed, status: 'CONFIRMED' })).toMatchObject({
      reason: 'not-a-no-show',
    })
  })
})

describe('what its diner sees', () => {
  const facts = {
    today: '2026-12-01',
    disputedAt: null,
    text: null,
    granted: null,
    limit: 2,
    months: 6,
    holds: false,
  }
  it('until when it can be disputed, and from when it counts no more', () => {
    expect(describeNoShow({ serviceDate: '2026-11-20', facts })).toEqual({
      disputableUntil: '2026-12-04',
      canDispute: true,
      dispute: null,
      rule: { limit: 2, months: 6, holds: false, endsOn: '2027-05-20' },
    })
  })

  it('no rule where the restaurant counts none, and no dispute after the days', () => {
    const later = { ...facts, today: '2026-12-05', limit: null, months: null }
    expect(describeNoShow({ serviceDate: '2026-11-20', facts: later })).toMatchObject({
      canDispute: false,
      rule: null,
    })
  })

  it('their dispute, which they can’t send again', () => {
    const disputed = { ...facts, disputedAt: '2026-11-21T03:00:00.000Z', text: '갔어요.' }
    expect(describeNoShow({ serviceDate: '2026-11-20', facts: disputed })).toMatchObject({
      canDispute: false,
      dispute: { text: '갔어요.', disputedAt: '2026-11-21T03:00:00.000Z', granted: null },
    })
  })
})
