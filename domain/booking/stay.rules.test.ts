import { describe, expect, it } from 'vitest'
import { judgeStay } from './stay.rules'

const TIME_ZONE = 'America/New_York'
const at = (text: string) => new Date(`2026-11-27T${text}:00-05:00`)
const late = (text: string) => new Date(`2026-11-28T${text}:00-05:00`)

/** A Friday from 17:30 to 01:00, whose day is cut at 05:00. */
const friday = {
  serviceDate: '2026-11-27',
  timeZone: TIME_ZONE,
  dayCutMinutes: 300,
  hours: [{ fromMinutes: 1050, toMinutes: 1500 }],
  now: at('12:00'),
}
const judge = (change: Partial<Parameters<typeof judgeStay>[0]>) => {
  const stay = { startsAt: at('18:07'), endsAt: at('19:31'), insists: false }
  const judged = judgeStay({ ...friday, ...stay, ...change })
  return judged.ok ? 'fine' : judged.reason
}

describe('a stay off the plan', () => {
  it('begins at any minute and stays any length within the hours', () => {
    expect(judge({})).toBe('fine')
    expect(judge({ startsAt: at('17:30'), endsAt: at('17:31') })).toBe('fine')
    expect(judge({ startsAt: late('00:10'), endsAt: late('01:00') })).toBe('fine')
  })

  it('outside the hours, or past closing, is for staff who insist', () => {
    const early = { startsAt: at('17:29') }
    const long = { endsAt: late('01:01') }
    expect([judge(early), judge(long), judge({ hours: [] })]).toEqual(
      Array.from({ length: 3 }, () => 'outside-hours'),
    )
    expect([judge({ ...early, insists: true }), judge({ ...long, insists: true })]).toEqual([
      'fine',
      'fine',
    ])
  })

  it('never runs over the day cut, nor begins on another date, insisted or not', () => {
    const insists = true
    expect(judge({ endsAt: late('05:00'), insists })).toBe('fine')
    expect(judge({ endsAt: late('05:01'), insists })).toBe('beyond-day-cut')
    expect(judge({ startsAt: late('05:00'), endsAt: late('05:30'), insists })).toBe('no-such-time')
    expect(judge({ startsAt: at('04:59'), insists })).toBe('no-such-time')
  })

  it('does not begin in the past, but may in the minute that is running', () => {
    const now = new Date(at('18:07').getTime() + 59_000)
    expect(judge({ now })).toBe('fine')
    expect(judge({ now: at('18:08') })).toBe('past-time')
    expect(judge({ now: at('18:08'), insists: true })).toBe('past-time')
  })

  it('of a party whose time has begun may end later, but not before now', () => {
    expect(judge({ now: at('18:30'), keepsStart: true })).toBe('fine')
    expect(judge({ now: at('19:31'), keepsStart: true })).toBe('past-time')
  })

  it('on the night the clocks go back lasts as long as it says', () => {
    const fall = {
      serviceDate: '2026-10-31',
      now: new Date('2026-10-31T12:00:00-04:00'),
      startsAt: new Date('2026-11-01T00:30:00-04:00'),
    }
    // 05:00 comes an hour later than on other nights.
    expect(judge({ ...fall, endsAt: new Date('2026-11-01T05:00:00-05:00'), insists: true })).toBe(
      'fine',
    )
  })
})
