import { describe, expect, it } from 'vitest'
import { isPlainAddress, readMailbox } from './mail-address'

describe('isPlainAddress', () => {
  it.each(['a@b.test', 'first.last+tag@mail.example.co.kr', "o'brien@x-y.test", '손님@예약.test'])(
    'accepts %s',
    (address) => expect(isPlainAddress(address)).toBe(true),
  )

  it.each([
    '"a@x"@y.test',
    'a@x@y.test',
    'a b@y.test',
    'a@y.test\r\nBcc: b@z.test',
    'a@y.test, b@z.test',
    '<a@y.test>',
    'a(comment)@y.test',
    'a@[127.0.0.1]',
    'a@-y.test',
    'a@y..test',
    'a',
    '@y.test',
    '',
    `${'a'.repeat(65)}@y.test`,
    `a@${'y'.repeat(63)}.${'y'.repeat(63)}.${'y'.repeat(63)}.${'y'.repeat(63)}`,
  ])('G18: refuses %j', (address) => expect(isPlainAddress(address)).toBe(false))
})

describe('readMailbox', () => {
  it('reads an address with or without a name', () => {
    const plain = { address: 'no-reply@bobjool.test', domain: 'bobjool.test' }
    expect(readMailbox('밥줄 <no-reply@bobjool.test>')).toEqual({ ...plain, name: '밥줄' })
    expect(readMailbox('"Bobjool, Inc." <no-reply@bobjool.test>')).toEqual({
      ...plain,
      name: 'Bobjool, Inc.',
    })
    expect(readMailbox(' no-reply@bobjool.test ')).toEqual({ ...plain, name: '' })
  })

  it.each(['', 'Bobjool', '밥줄 <>', 'a <b@c.test> d', '<"a@x"@y.test>'])(
    'says what it expected instead of %j',
    (text) => expect(() => readMailbox(text)).toThrow('MAIL_FROM needs the form'),
  )
})
