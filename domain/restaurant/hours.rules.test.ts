import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  copyWeekday,
  findHoursFault,
  listSeatingMinutes,
  readClock,
  readClosing,
  showClock,
} from './hours.rules'

const dayCutMinutes = 300
const stretch = (fromMinutes: number, toMinutes: number, weekday = 5) => ({
  weekday,
  fromMinutes,
  toMinutes,
})
const faultOf = (...hours: ReturnType<typeof stretch>[]) =>
  findHoursFault({ hours, dayCutMinutes })?.reason ?? null

describe('hard case 14: weekly hours', () => {
  it('may have breaks, touch, and run past midnight up to the next day cut', () => {
    expect(faultOf()).toBeNull()
    expect(faultOf(stretch(690, 870), stretch(1050, 1560))).toBeNull()
    expect(faultOf(stretch(870, 1050), stretch(690, 870))).toBeNull()
    expect(faultOf(stretch(300, 1740))).toBeNull()
  })

  it('are refused where they overlap, are empty or reversed, or leave their day', () => {
    expect(faultOf(stretch(690, 871), stretch(870, 1050))).toBe('hours-overlap')
    expect(faultOf(stretch(690, 690))).toBe('hours-empty')
    expect(faultOf(stretch(870, 690))).toBe('hours-empty')
    expect(faultOf(stretch(299, 690))).toBe('before-day-cut')
    expect(faultOf(stretch(1080, 1741))).toBe('beyond-day-cut')
    expect(faultOf(stretch(690, 900, 1), stretch(690, 900, 2))).toBeNull()
  })

  it('never let two dates claim one table at once, whatever the week', () => {
    const minute = fc.integer({ min: 0, max: 2879 })
    const anyHours = fc.array(
      fc.record({
        weekday: fc.integer({ min: 1, max: 7 }),
        fromMinutes: minute,
        toMinutes: minute,
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(anyHours, fc.nat({ max: 720 }), (hours, cut) => {
        fc.pre(findHoursFault({ hours, dayCutMinutes: cut }) === null)
        const onOneLine = hours
          .map(({ weekday, fromMinutes, toMinutes }) => [
            weekday * 1440 + fromMinutes,
            weekday * 1440 + toMinutes,
          ])
          .toSorted(([a = 0], [b = 0]) => a - b)
        for (const [index, [from = 0]] of onOneLine.entries())
          expect(from).toBeGreaterThanOrEqual(onOneLine[index - 1]?.[1] ?? 0)
      }),
    )
  })
})

describe('typed times', () => {
  it('belong to the evening before when they are before the day cut', () => {
    expect(readClock({ clock: '18:30', dayCutMinutes })).toBe(1110)
    expect(readClock({ clock: '01:00', dayCutMinutes })).toBe(1500)
    expect(readClock({ clock: '05:00', dayCutMinutes })).toBe(300)
    for (const clock of ['', '24:00', '7', '12:60', 'ab:cd'])
      expect(readClock({ clock, dayCutMinutes })).toBeNull()
  })

  it('end a stretch at the first such time after its start', () => {
    const closing = (clock: string, fromMinutes: number) =>
      readClosing({ clock, fromMinutes, dayCutMinutes })
    expect(closing('22:00', 1080)).toBe(1320)
    expect(closing('01:00', 1080)).toBe(1500)
    expect(closing('00:00', 1080)).toBe(1440)
    expect(closing('11:00', 1080)).toBe(2100)
    expect(closing('18:00', 1080)).toBe(1080)
    expect(closing('02:00', 1470)).toBe(1560)
  })

  it('are shown as they were typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 1739 }), (minutes) => {
        expect(readClock({ clock: showClock(minutes), dayCutMinutes })).toBe(minutes)
      }),
    )
  })
})

it('counts the seatings a stretch holds', () => {
  expect(listSeatingMinutes({ ...stretch(690, 870), seatingMinutes: 90 })).toEqual([690, 780])
  expect(listSeatingMinutes({ ...stretch(690, 869), seatingMinutes: 90 })).toEqual([690])
  expect(listSeatingMinutes({ ...stretch(690, 779), seatingMinutes: 90 })).toEqual([])
})

it('copies one weekday to others and leaves the rest alone', () => {
  const hours = [stretch(690, 870, 1), stretch(600, 660, 2), stretch(600, 660, 3)]
  expect(copyWeekday({ hours, from: 1, to: [1, 2] })).toEqual([
    stretch(690, 870, 1),
    stretch(690, 870, 2),
    stretch(600, 660, 3),
  ])
})
