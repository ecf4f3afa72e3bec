import { describe, expect, it } from 'vitest'
import { decidePushTerms, decidesForMail, nameTopic } from './push.rules'

describe('the delivery terms of a push', () => {
  it.each([
    ['TICKET_CALLED', 0, 600, 'high'],
    ['TICKET_THIRD', 1, 1_800, 'high'],
    ['RESERVATION_CANCELLED', 1, 86_400, 'normal'],
    ['RESERVATION_SOON', 2, 7_200, 'normal'],
    ['OPENING_SOON', 2, 600, 'high'],
    ['OPENING_TURN', 3, 60, 'high'],
  ] as const)('%s of urgency %i is kept for %i seconds, %s', (kind, urgency, ttlSeconds, how) =>
    expect(decidePushTerms({ kind, urgency })).toEqual({ ttlSeconds, urgency: how }),
  )

  it('has a topic that a push service accepts', () => {
    expect(nameTopic('0b0e7c1e-6c1c-4b53-9d6c-0a5c3f6f2f10')).toMatch(/^[\w-]{32}$/)
  })
})

describe('when it goes by mail instead', () => {
  it.each([
    ['a call, after its first failure', { urgency: 0, attempts: 1, isWorthWaiting: true }, true],
    [
      'anything else, not after its first',
      { urgency: 1, attempts: 1, isWorthWaiting: true },
      false,
    ],
    ['but after its third', { urgency: 2, attempts: 3, isWorthWaiting: true }, true],
    ['and at once without a device', { urgency: 2, attempts: 1, isWorthWaiting: false }, true],
  ])('%s', (_, given, expected) =>
    expect(decidesForMail({ ...given, hasAddress: true })).toBe(expected),
  )

  it('never while a guest who left no address may still be reached by phone', () => {
    const given = { urgency: 0, attempts: 9, hasAddress: false }
    expect(decidesForMail({ ...given, isWorthWaiting: true })).toBe(false)
    expect(decidesForMail({ ...given, isWorthWaiting: false })).toBe(true)
  })
})
