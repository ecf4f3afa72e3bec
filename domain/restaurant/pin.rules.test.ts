import { describe, expect, test } from 'vitest'
import { isGuessablePin, locksPin, pinWaitMinutes } from './pin.rules'

describe('a PIN', () => {
  test.each([
    ...['0000', '1234', '4321', '7890', '1357', '12345678', '1212', '123123', '1122', '111222'],
    ...['1004', '2580', '99999999'],
  ])('%s is guessable', (pin) => {
    expect(isGuessablePin({ pin, phone: null })).toBe(true)
  })

  test.each(['4071', '830195', '90210', '1123', '20481936'])('%s is not', (pin) => {
    expect(isGuessablePin({ pin, phone: '+821098765432' })).toBe(false)
  })

  test('that ends the person’s own phone number is guessable', () => {
    expect(isGuessablePin({ pin: '5432', phone: '+82 10-9876-5432' })).toBe(true)
    expect(isGuessablePin({ pin: '9876', phone: '+82 10-9876-5432' })).toBe(true)
    expect(isGuessablePin({ pin: '9871', phone: '+82 10-9871-5432' })).toBe(false)
  })
})

describe('wrong PINs in a row', () => {
  test('wait from the fifth on, twice as long each time, an hour at most', () => {
    expect([0, 1, 4, 5, 6, 7, 10, 11, 14].map(pinWaitMinutes)).toEqual([
      ...[0, 0, 0, 1, 2, 4, 32, 60, 60],
    ])
  })

  test('lock the PIN at the fifteenth', () => {
    expect([14, 15, 16].map(locksPin)).toEqual([false, true, true])
  })
})
