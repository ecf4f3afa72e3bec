import { describe, expect, test } from 'vitest'
import { beginMinute, judgeSitting } from './walk-in-place.rules'

const at = (wall: string) => new Date(`2026-11-28T${wall}:00Z`)
const now = new Date('2026-11-28T18:00:20Z')
const asked = { startsAt: at('18:00'), endsAt: at('19:30'), isExact: false, now }
const next = (wall: string, tableNumber = 3) => ({ tableNumber, startsAt: at(wall) })

describe('a party that sits down now', () => {
  test('has its table from the minute that is running', () => {
    expect(beginMinute(now)).toEqual(at('18:00'))
  })

  test('has it as long as usual where nothing is booked', () => {
    expect(judgeSitting({ ...asked, taken: [] })).toEqual({ ok: true, value: at('19:30') })
  })

  test('has what is left of the time until the next booking of any of its tables', () => {
    const taken = [next('19:00'), next('18:45', 4)]
    expect(judgeSitting({ ...asked, taken })).toEqual({ ok: true, value: at('18:45') })
  })

  test('is told what comes next, and how long is left, where that is too short', () => {
    expect(judgeSitting({ ...asked, taken: [next('18:10'), next('18:30', 5)] })).toEqual({
      ok: false,
      reason: 'next-party-soon',
      details: { tableNumbers: [3], nextAt: at('18:10').toISOString(), minutes: 9 },
    })
    expect(judgeSitting({ ...asked, taken: [next('18:11')] })).toMatchObject({ ok: true })
  })

  test('has the length that staff named, or none', () => {
    expect(judgeSitting({ ...asked, isExact: true, taken: [next('19:00')] })).toMatchObject({
      reason: 'next-party-soon',
      details: { minutes: 59 },
    })
  })

  test('has no table whose booked time has begun, though its party is not there', () => {
    expect(
      judgeSitting({ ...asked, taken: [next('17:30', 2), next('18:00', 1), next('19:00')] }),
    ).toEqual({ ok: false, reason: 'slot-taken', details: { tableNumbers: [1, 2] } })
  })
})
