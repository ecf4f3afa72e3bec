import { describe, expect, it } from 'vitest'
import { groupWeek, readOpenNow, readWallTime } from './week.rules'

const stretch = (weekday: number, fromMinutes: number, toMinutes: number) => ({
  weekday,
  fromMinutes,
  toMinutes,
})
/** Lunch and dinner; on Friday past midnight; Monday off. */
const hours = [
  ...[2, 3, 4].flatMap((day) => [stretch(day, 1020, 1320), stretch(day, 690, 900)]),
  stretch(5, 1020, 1500),
]
const FRIDAY = '2026-11-27'
const SATURDAY = '2026-11-28'
const at = (date: string, minutes: number, closures: { date: string }[] = []) =>
  readOpenNow({ hours, closures, date, minutes })

describe('weekly hours', () => {
  it('are grouped for consecutive days with the same hours', () => {
    expect(groupWeek(hours).map(({ weekdays }) => weekdays)).toEqual([[1], [2, 3, 4], [5], [6, 7]])
    expect(groupWeek(hours)[1]?.stretches.map((it) => it.fromMinutes)).toEqual([690, 1020])
  })

  it('past midnight belong to the next day, but midnight itself does not', () => {
    expect(readWallTime(1500)).toEqual({ time: '01:00', isNextDay: true })
    expect(readWallTime(1440)).toEqual({ time: '24:00', isNextDay: false })
    expect(readWallTime(0)).toEqual({ time: '00:00', isNextDay: false })
  })

  it('say whether it is open, in a break, not open yet or closed', () => {
    const THURSDAY = '2026-11-26'
    expect(at(THURSDAY, 689)).toMatchObject({ state: 'before', fromMinutes: 690 })
    expect(at(THURSDAY, 690)).toMatchObject({ state: 'open', untilMinutes: 900 })
    expect(at(THURSDAY, 900)).toMatchObject({ state: 'break', fromMinutes: 1020 })
    expect(at(THURSDAY, 1320)).toMatchObject({ state: 'over' })
    expect(at('2026-11-23', 800)).toMatchObject({ state: 'off' })
  })

  it('of the evening before continue after midnight, but only until closing', () => {
    expect(at(SATURDAY, 30)).toMatchObject({
      state: 'open',
      untilMinutes: 60,
      date: FRIDAY,
    })
    expect(at(SATURDAY, 60)).toMatchObject({ state: 'off' })
    expect(at(FRIDAY, 30)).toMatchObject({ state: 'before', fromMinutes: 1020, date: FRIDAY })
  })

  it('don’t count on a closed day, nor in the night after it', () => {
    expect(at(FRIDAY, 1100, [{ date: FRIDAY }])).toMatchObject({ state: 'off' })
    expect(at(SATURDAY, 30, [{ date: FRIDAY }])).toMatchObject({ state: 'off' })
  })
})
