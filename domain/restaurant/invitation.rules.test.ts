import { describe, expect, test } from 'vitest'
import { maskEmail, readerOf, stateOf } from './invitation.rules'

describe('an invitation', () => {
  test('shows only enough of its address for its owner to recognise it', () => {
    expect(maskEmail('kim@bobjool.test')).toBe('k•••@bobjool.test')
    expect(maskEmail('😀x@bobjool.test')).toBe('😀•••@bobjool.test')
  })

  test('stays accepted after its time runs out', () => {
    const open = { isAccepted: false, isRevoked: false, isExpired: false }
    expect(stateOf(open)).toBe('OPEN')
    expect(stateOf({ ...open, isExpired: true })).toBe('EXPIRED')
    expect(stateOf({ ...open, isRevoked: true, isExpired: true })).toBe('REVOKED')
    expect(stateOf({ ...open, isAccepted: true, isExpired: true })).toBe('USED')
  })
})

describe('what it means for its reader', () => {
  const invitedEmail = 'kim@bobjool.test'
  const account = {
    email: invitedEmail,
    isConfirmed: true,
    worksHere: false,
    role: 'DINER' as const,
    isApproved: false,
  }
  const read = (role: 'OWNER' | 'STAFF', change: object = {}) =>
    readerOf({ role, invitedEmail, account: { ...account, ...change } })

  test('a diner works at once as staff, and as an owner after an approval', () => {
    expect(read('STAFF')).toBe('READY')
    expect(read('OWNER')).toBe('ASKS_APPROVAL')
    expect(read('OWNER', { role: 'OWNER' })).toBe('AWAITS_APPROVAL')
    expect(read('OWNER', { role: 'OWNER', isApproved: true })).toBe('READY')
  })

  test('another address, an unconfirmed one, or a visitor who isn’t signed in may not accept', () => {
    expect(readerOf({ role: 'STAFF', invitedEmail, account: null })).toBe('SIGNED_OUT')
    expect(read('STAFF', { email: 'lee@bobjool.test', isConfirmed: false })).toBe('OTHER_ADDRESS')
    expect(read('STAFF', { isConfirmed: false })).toBe('UNCONFIRMED')
    expect(read('STAFF', { worksHere: true })).toBe('WORKS_HERE')
  })
})
