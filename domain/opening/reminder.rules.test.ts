import { describe, expect, it } from 'vitest'
import { findLatestRate, findReminderMs } from './reminder.rules'

describe('when a diner is told of an opening', () => {
  const opensAt = '2026-12-04T01:00:00.000Z'
  it('ten minutes before, or as the lobby opens if that is later', () => {
    const told = (lobbyOpensAt: string) =>
      new Date(findReminderMs({ opensAt, lobbyOpensAt })).toISOString()
    expect(told('2026-12-04T00:00:00.000Z')).toBe('2026-12-04T00:50:00.000Z')
    expect(told('2026-12-04T00:55:00.000Z')).toBe('2026-12-04T00:55:00.000Z')
  })
})

describe('the rate from which a turn is computed', () => {
  it('is the latest one by its instant, wherever it stands', () => {
    const rate = (fromAt: string) => ({ fromAt, turnsPerSecond: 1 })
    const [early, late] = ['2026-12-04T01:00:00.000Z', '2026-12-04T01:05:00.000Z'] as const
    expect(findLatestRate({ rates: [rate(late), rate(early)] })).toBe(late)
    expect(findLatestRate({ rates: [] })).toBeNull()
  })
})
