import { describe, expect, test } from 'vitest'
import { deriveSessionSeal } from './session-seal'

const [first, second] = [
  { accountId: 'account', sessionId: 'first' },
  { accountId: 'account', sessionId: 'second' },
]

describe('a session’s seal', () => {
  test('is the same each time it is asked for', () => {
    expect(deriveSessionSeal(first)).toEqual(deriveSessionSeal(first))
  })

  test('is another in another session, but for the key of the account’s own acts', () => {
    const [one, other] = [deriveSessionSeal(first), deriveSessionSeal(second)]
    expect(other.name).not.toBe(one.name)
    expect(other.boardKey).not.toBe(one.boardKey)
    expect(other.actKey).toBe(one.actKey)
    const stranger = deriveSessionSeal({ ...first, accountId: 'stranger' })
    expect(stranger.actKey).not.toBe(one.actKey)
  })

  test('has keys of 256 bits, which are no part of each other and don’t name the session', () => {
    const { name, boardKey, actKey } = deriveSessionSeal(first)
    for (const key of [boardKey, actKey]) expect(Buffer.from(key, 'base64url')).toHaveLength(32)
    expect(new Set([name, boardKey, actKey]).size).toBe(3)
    expect(name).not.toContain('first')
  })
})
