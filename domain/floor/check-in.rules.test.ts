import { describe, expect, test } from 'vitest'
import { linkToParty, readCode } from './check-in.rules'

const id = '0b8f3c1e-7d43-4d3a-9c0e-2f1f6c1d9a77'
const origins = ['https://bobjool.test']
const read = (text: string) => readCode({ text, origins })

describe('the code a diner shows at the door', () => {
  test('names its reservation, in either language', () => {
    expect(read(`https://bobjool.test/owner/check-in/${id}`)).toBe(id)
    expect(read(` https://bobjool.test/en/owner/check-in/${id.toUpperCase()}/\n`)).toBe(id)
  })

  test.each([
    `https://evil.test/owner/check-in/${id}`,
    `https://bobjool.test@evil.test/owner/check-in/${id}`,
    `https://bobjool.test/reservations/${id}`,
    `https://bobjool.test/owner/check-in/${id}/../../admin`,
    'https://bobjool.test/owner/check-in/------------------------------------',
    `javascript:alert("${id}")`,
    id,
    'WIFI:S:guest;P:1234;;',
    '',
  ])('%s is none of ours', (text) => {
    expect(read(text)).toBeNull()
  })

  test('leads to the board of its date, which for today moves on with the day', () => {
    const party = { slug: 'friday', serviceDate: '2026-11-27', reservationId: id }
    expect(linkToParty({ ...party, today: '2026-11-22' })).toBe(
      `/owner?restaurant=friday&date=2026-11-27&party=${id}`,
    )
    expect(linkToParty({ ...party, today: '2026-11-27' })).toBe(
      `/owner?restaurant=friday&party=${id}`,
    )
  })
})
