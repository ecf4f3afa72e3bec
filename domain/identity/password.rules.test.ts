import { describe, expect, it } from 'vitest'
import { isCommonPassword, isOwnWord } from './password.rules'
import { newPassword } from './schema'

describe('hard case 19: passwords', () => {
  it.each([
    '123456789',
    '',
    'a'.repeat(201),
    'Qwertyuiop',
    'PASSWORD123',
    '1111111111',
    'aAaAaAaAaA',
  ])('%j is refused', (password) => {
    expect(newPassword.safeParse(password).success).toBe(false)
  })

  it.each([
    ' 밥은 먹고 다니니 ',
    'correct horse',
    'aaaaaaaaab',
    `${'x'.repeat(199)}y`,
    '🍚🍚🍚🍚🍚🍜🍜🍜🍜🍜',
  ])('%j is taken as it stands', (password) => {
    expect(newPassword.parse(password)).toBe(password)
  })

  it('says which of them are commonly used', () => {
    expect(isCommonPassword('qwerty123456')).toBe(true)
    expect(isCommonPassword('qwerty1234567')).toBe(false)
  })

  it('refuses the account’s own address and name', () => {
    const person = { email: 'kim.bobjool@example.com', name: '김밥줄과 아이들 모임' }
    for (const password of ['KIM.BOBJOOL@example.com', 'kim.bobjool', ' 김밥줄과 아이들 모임 '])
      expect(isOwnWord({ password, ...person })).toBe(true)
    expect(isOwnWord({ password: 'kim.bobjool2', ...person })).toBe(false)
  })
})
