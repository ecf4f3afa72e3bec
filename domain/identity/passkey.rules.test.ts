import { describe, expect, test } from 'vitest'
import { isCounterFresh, isVerifying, nameNew, refuseRemoval } from './passkey.rules'

describe('a passkey', () => {
  test('verifies its person wherever nothing else does', () => {
    expect(isVerifying('SIGN_IN')).toBe(true)
    expect(isVerifying('PROVE')).toBe(true)
    expect(isVerifying('ADD')).toBe(true)
    expect(isVerifying('SECOND_FACTOR')).toBe(false)
  })

  test('has a counter that goes on, or none at all', () => {
    expect(isCounterFresh({ stored: 0, given: 0 })).toBe(true)
    expect(isCounterFresh({ stored: 0, given: 1 })).toBe(true)
    expect(isCounterFresh({ stored: 7, given: 8 })).toBe(true)
    expect(isCounterFresh({ stored: 7, given: 7 })).toBe(false)
    expect(isCounterFresh({ stored: 7, given: 6 })).toBe(false)
    expect(isCounterFresh({ stored: 7, given: 0 })).toBe(false)
  })

  test('goes unless it is the last way in, or the last where one is needed', () => {
    const last = { others: 0, hasOtherWay: true, isNeeded: false }
    expect(refuseRemoval(last)).toBeNull()
    expect(refuseRemoval({ ...last, hasOtherWay: false })).toBe('last-login')
    expect(refuseRemoval({ ...last, isNeeded: true })).toBe('last-passkey')
    expect(refuseRemoval({ others: 1, hasOtherWay: false, isNeeded: true })).toBeNull()
  })

  test('is named after its browser, and told from others of the same', () => {
    expect(nameNew({ browser: '크롬 · Mac', taken: [] })).toBe('크롬 · Mac')
    expect(nameNew({ browser: '크롬 · Mac', taken: ['크롬 · Mac'] })).toBe('크롬 · Mac 2')
    expect(nameNew({ browser: '크롬 · Mac', taken: ['크롬 · Mac', '내 폰'] })).toBe('크롬 · Mac 2')
    expect(nameNew({ browser: '크롬 · Mac', taken: ['내 폰'] })).toBe('크롬 · Mac')
  })
})
