import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { estimateBits, findWeakness } from './secret-strength'

describe('a secret that is refused', () => {
  it.each([
    ['too short', randomBytes(23).toString('base64url')],
    ['one word again and again', 'changemechangemechangemechangeme'],
    ['a word and a count', 'password123password123password123'],
    ['one character', 'a'.repeat(40)],
    ['two characters in turn', 'ab'.repeat(20)],
    ['the alphabet and the digits', 'abcdefghijklmnopqrstuvwxyz0123456789'],
    ['the digits backwards', '98765432109876543210987654321098'],
    ['hex digits in order', '0123456789abcdef0123456789abcdef'],
    ['every second letter', 'acegikmoqsuwyacegikmoqsuwy1357913579'],
    ['pairs in order', '00112233445566778899aabbccddeeff'],
    ['rows of a keyboard', 'qwertyuiopasdfghjklzxcvbnm1234567890'],
    ['a placeholder', 'your-super-secret-key-please-change-this-in-production'],
    ['words that everybody tells', 'correct horse battery staple correct horse'],
    ['a sentence', 'ThisIsAVeryLongSecretThatNobodyCanGuess!'],
    ['a sentence of another language', 'Lorem ipsum dolor sit amet consectetur'],
    ['a word in leet, repeated', 'ch4ng3m3ch4ng3m3ch4ng3m3ch4ng3m3'],
    ['what the tests of this repository had', 'a-secret-for-tests-only-0123456789'],
    ['the name of the product', 'bobjool-bobjool-production-secret-2026'],
    ['nonsense of a hex joke', 'deadbeefcafebabedeadbeefcafebabe'],
  ])('is %s', (_, secret) => {
    expect(findWeakness(secret)).not.toBeNull()
  })

  it('is each value of .env.example', () => {
    const { DRAND_URLS: _, ...values } = parseEnv(readFileSync('.env.example', 'utf8'))
    const given = Object.values(values).filter((value) => value)
    expect(given.length).toBeGreaterThan(5)
    expect(given.filter((value) => findWeakness(String(value)) === null)).toEqual([])
  })

  it('says how short it is, or how little there is to guess', () => {
    expect(findWeakness('short')).toBe('has 5 characters, and needs 32')
    expect(findWeakness('a'.repeat(40))).toMatch(/can be guessed: .+ leave 0 of the 80 bits/)
  })
})

describe('a random secret', () => {
  it.each<[string, () => string]>([
    ['in base64url', () => randomBytes(32).toString('base64url')],
    ['of 24 bytes in base64url', () => randomBytes(24).toString('base64url')],
    ['in hex', () => randomBytes(32).toString('hex')],
    ['of 16 bytes in hex', () => randomBytes(16).toString('hex')],
    ['as a UUID', randomUUID],
    ['of a webhook', () => `whsec_${randomBytes(24).toString('base64')}`],
  ])('%s is never refused', (_, make) => {
    for (let times = 0; times < 300; times += 1) {
      const secret = make()
      expect({ secret, weakness: findWeakness(secret) }).toEqual({ secret, weakness: null })
    }
  })

  it('has its bits: 32 hex digits somewhat less than 128, 43 of base64url more', () => {
    expect(estimateBits('f3a91c07be64d258a0e75b1946cd82f7')).toBeGreaterThan(100)
    expect(estimateBits('q3VwTz8KpYxN1sRb5uHgLd0mJcFe7oAiWkXvQy2Zt4M')).toBeGreaterThan(128)
  })
})
