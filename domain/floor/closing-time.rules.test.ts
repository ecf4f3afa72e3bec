import { describe, expect, test } from 'vitest'
import { isOfDay, readClosing, readReopening } from './closing-time.rules'

const at = (time: string, date = '2026-12-04') => new Date(`${date}T${time}:00+09:00`).toISOString()
const next = (time: string) => at(time, '2026-12-05')
const timeZone = 'Asia/Seoul'

describe('the times typed for a closing', () => {
  const day = { serviceDate: '2026-12-04', timeZone, dayCutMinutes: 300 }

  test('are of the board’s date', () => {
    expect(readClosing({ day, from: '18:00', to: '20:30' })).toEqual({
      from: at('18:00'),
      to: at('20:30'),
    })
  })

  test.each([
    ['18:00', '00:30', at('18:00'), next('00:30')],
    ['18:00', '00:00', at('18:00'), next('00:00')],
    ['00:30', '02:00', next('00:30'), next('02:00')],
  ])('after midnight are the night’s: %s to %s', (from, to, startsAt, endsAt) => {
    expect(readClosing({ day, from, to })).toEqual({ from: startsAt, to: endsAt })
  })

  test.each([
    ['12:00', '05:00', at('12:00'), next('05:00')],
    ['22:00', '06:00', at('22:00'), next('06:00')],
    ['01:00', '07:30', next('01:00'), next('07:30')],
  ])('may end at the day cut or past it: %s to %s', (from, to, startsAt, endsAt) => {
    expect(readClosing({ day, from, to })).toEqual({ from: startsAt, to: endsAt })
  })

  test('may end after midnight where the date is cut there', () => {
    const cutAtMidnight = { ...day, dayCutMinutes: 0 }
    expect(readClosing({ day: cutAtMidnight, from: '21:00', to: '01:00' })).toEqual({
      from: at('21:00'),
      to: next('01:00'),
    })
    expect(readClosing({ day: cutAtMidnight, from: '21:00', to: '00:00' })?.to).toBe(next('00:00'))
  })

  test.each([
    ['18:00', '17:00'],
    ['18:00', '18:00'],
    ['18:00', '12:00'],
    ['08:30', '08:00'],
    ['02:00', '01:00'],
    ['02:00', '23:00'],
    ['', '20:00'],
    ['18:00', ''],
    ['18:00', '2'],
  ])('don’t end before they begin: %s to %s', (from, to) => {
    expect(readClosing({ day, from, to })).toBeNull()
  })

  test('hold across a clock change', () => {
    const turning = { serviceDate: '2026-10-31', timeZone: 'America/New_York', dayCutMinutes: 300 }
    expect(readClosing({ day: turning, from: '22:00', to: '06:00' })).toEqual({
      from: '2026-11-01T02:00:00.000Z',
      to: '2026-11-01T11:00:00.000Z',
    })
  })
})

test('a service date goes from one day cut to the next', () => {
  const day = { serviceDate: '2026-12-04', timeZone, dayCutMinutes: 300 }
  const ofDay = [at('04:59'), at('05:00'), next('04:59'), next('05:00')]
  expect(ofDay.map((each) => isOfDay({ at: each, day }))).toEqual([false, true, true, false])
})

describe('the time typed for the tables to open again', () => {
  const closure = { from: at('18:00'), to: next('01:00') }
  const read = (wall: string, now: string, of = closure) =>
    readReopening({ closure: of, wall, timeZone, nowMs: Date.parse(now) })

  test.each([
    ['20:30', at('19:00'), at('20:30')],
    ['00:30', at('19:00'), next('00:30')],
    ['00:30', next('00:10'), next('00:30')],
    ['18:30', at('12:00'), at('18:30')],
  ])('is the next %s of the closing', (wall, now, reopensAt) => {
    expect(read(wall, now)).toBe(reopensAt)
  })

  test.each([
    ['01:00', at('19:00')],
    ['02:00', at('19:00')],
    ['18:30', at('19:00')],
    ['17:00', at('12:00')],
    ['18:00', at('12:00')],
    ['', at('19:00')],
  ])('is none outside of it: %s', (wall, now) => {
    expect(read(wall, now)).toBeNull()
  })

  test('is of the closing’s own date, whichever board shows it', () => {
    const nextWeek = { from: at('18:00', '2026-12-11'), to: at('22:00', '2026-12-11') }
    expect(read('20:00', at('19:00'), nextWeek)).toBe(at('20:00', '2026-12-11'))
  })
})
