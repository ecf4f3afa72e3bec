import { describe, expect, it } from 'vitest'
import { readPhone, showPhone } from './phone'

describe('what people type: phones', () => {
  it.each([
    ['010-1234-5678', '+821012345678'],
    ['01012345678', '+821012345678'],
    ['010.1234.5678', '+821012345678'],
    ['010 1234 5678', '+821012345678'],
    ['\u200E010\u00A01234\u30005678\uFEFF', '+821012345678'],
    ['０１０－１２３４－５６７８', '+821012345678'],
    ['010–1234—5678', '+821012345678'],
    ['010ー1234ー5678', '+821012345678'],
    ['010ㅡ1234ㅡ5678', '+821012345678'],
    ['+82 10-1234-5678', '+821012345678'],
    ['+82 (0)10-1234-5678', '+821012345678'],
    ['＋82 10 1234 5678', '+821012345678'],
    ['0082-10-1234-5678', '+821012345678'],
    ['02-312-4567', '+8223124567'],
    ['(02) 312 4567', '+8223124567'],
    ['02)312-4567', '+8223124567'],
    ['031-123-4567', '+82311234567'],
    ['0507-1234-5678', '+8250712345678'],
    ['0507-123-4567', '+825071234567'],
    ['070-1234-5678', '+827012345678'],
    ['1588-1234', '+8215881234'],
    ['+1 415 555 0100', '+14155550100'],
    ['+1 (415) 555-0100', '+14155550100'],
    ['0014155550100', '+14155550100'],
    ['+81 3-1234-5678', '+81312345678'],
  ])('%j is %s', (typed, phone) => expect(readPhone({ typed })).toBe(phone))

  it.each([
    '',
    '12',
    '010-1234',
    '010-1234-56789',
    '전화 주세요',
    '+82',
    '+0123456789',
    '112',
    '010-1234-5678; DROP',
    '+'.repeat(50),
    `010${'1'.repeat(90)}`,
  ])('%j is none', (typed) => expect(readPhone({ typed })).toBeNull())

  it('without a country code are of the restaurant’s country', () => {
    expect(readPhone({ typed: '03-1234-5678', timeZone: 'Asia/Tokyo' })).toBe('+81312345678')
    expect(readPhone({ typed: '(415) 555-0100', timeZone: 'America/Los_Angeles' })).toBe(
      '+14155550100',
    )
    expect(readPhone({ typed: '+82 2-312-4567', timeZone: 'Asia/Tokyo' })).toBe('+8223124567')
    expect(readPhone({ typed: '010-1234-5678', timeZone: 'Etc/UTC' })).toBe('+821012345678')
  })

  it.each([
    ['984-1234567', 'Asia/Kathmandu', '+9779841234567'],
    ['984-1234567', 'Asia/Katmandu', '+9779841234567'],
    ['098765 43210', 'Asia/Kolkata', '+919876543210'],
    ['010-1234-5678', 'Mars/Olympus', '+821012345678'],
  ])('%s in %s is %s, by whichever name the zone goes', (typed, timeZone, phone) => {
    expect(readPhone({ typed, timeZone })).toBe(phone)
  })

  it('are Korean where the restaurant’s country has no such number', () => {
    const timeZone = 'Pacific/Marquesas'
    expect(readPhone({ typed: '010-1234-5678', timeZone })).toBe('+821012345678')
    expect(readPhone({ typed: '40 41 23 45', timeZone })).toBe('+68940412345')
    expect(readPhone({ typed: '010-1234', timeZone })).toBeNull()
  })

  it.each([
    ['+821012345678', 'Asia/Seoul', '010-1234-5678'],
    ['+8223124567', undefined, '02-312-4567'],
    ['+8250712345678', 'Asia/Seoul', '0507-1234-5678'],
    ['+825071234567', 'Asia/Seoul', '0507-123-4567'],
    ['+8215881234', 'Asia/Seoul', '1588-1234'],
    ['+14155550100', 'Asia/Seoul', '+1 415 555 0100'],
    ['+14155550100', 'America/New_York', '(415) 555-0100'],
    ['+81312345678', 'Asia/Tokyo', '03-1234-5678'],
    ['+821012345678', 'Asia/Tokyo', '+82 10 1234 5678'],
    ['02-312-4567', 'Asia/Seoul', '02-312-4567'],
    ['전화 없음', 'Asia/Seoul', '전화 없음'],
  ])('%s is shown in %s as %s', (phone, timeZone, shown) => {
    expect(showPhone({ phone, timeZone })).toBe(shown)
    expect(readPhone({ typed: shown, timeZone })).toBe(
      phone.startsWith('+') ? phone : readPhone({ typed: phone }),
    )
  })
})
