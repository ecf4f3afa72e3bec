import { describe, expect, it } from 'vitest'
import { countWallMinutes, countWallMinutesAt, planSlots, spreadSeatings, todayOf } from './rules'
import { serviceDate, wallTime } from './schema'
import type { PlannedSlot, SeatedTable } from './types'

const seoul = 'Asia/Seoul'
const tables: SeatedTable[] = [
  { id: 'two', minParty: 1, maxParty: 2 },
  { id: 'six', minParty: 3, maxParty: 6 },
]

function planOrThrow(asked: Parameters<typeof planSlots>[0]) {
  const plan = planSlots(asked)
  if (!plan.ok) throw new Error(`expected a plan, got ${JSON.stringify(plan)}`)
  return plan
}

function showStarts(slots: readonly PlannedSlot[]): string[] {
  return slots.filter((slot) => slot.tableId === 'two').map((slot) => slot.startsAt.toISOString())
}

describe('service dates and wall times', () => {
  it('accepts only dates that exist', () => {
    for (const date of ['2026-11-22', '2028-02-29']) {
      expect(serviceDate.safeParse(date).success).toBe(true)
    }
    const impossible = ['2026-02-30', '2026-02-29', '2026-13-01', '0000-01-01', '9999-12-31']
    const misspelt = ['2026-1-1', '20261122', '2026-11-22T00:00:00Z', ' 2026-11-22', '', '\0']
    for (const date of [...impossible, ...misspelt]) {
      expect(serviceDate.safeParse(date).success, date).toBe(false)
    }
  })

  it('counts past midnight, up to the second midnight', () => {
    for (const time of ['00:00', '18:30', '25:30', '47:59']) {
      expect(wallTime.safeParse(time).success, time).toBe(true)
    }
    for (const time of ['48:00', '7:30', '18:60', '18.30', '-1:00', '18:30:00']) {
      expect(wallTime.safeParse(time).success, time).toBe(false)
    }
    expect(countWallMinutes('25:30')).toBe(1530)
  })

  it('is still today at half past midnight, until the day cut', () => {
    const at = (now: string) => todayOf({ now: new Date(now), timeZone: seoul, dayCutMinutes: 300 })
    expect(at('2026-11-21T15:30:00Z')).toBe('2026-11-21')
    expect(at('2026-11-21T19:59:59.999Z')).toBe('2026-11-21')
    expect(at('2026-11-21T20:00:00Z')).toBe('2026-11-22')
  })

  it('reads an instant back as the wall time it came from', () => {
    const at = new Date('2026-11-22T16:30:45Z')
    expect(countWallMinutesAt({ at, serviceDate: '2026-11-22', timeZone: seoul })).toBe(1530)
    expect(countWallMinutesAt({ at, serviceDate: '2026-11-23', timeZone: seoul })).toBe(90)
  })
})

describe('G1: planned slots', () => {
  it('give every table every seating, with the party sizes of the table', () => {
    const { slots, leftOut } = planOrThrow({
      serviceDate: '2026-11-22',
      timeZone: seoul,
      tables,
      seatings: ['19:00', '17:30', '25:30'],
      seatingMinutes: 90,
    })
    expect(leftOut).toEqual([])
    expect(showStarts(slots)).toEqual([
      '2026-11-22T08:30:00.000Z',
      '2026-11-22T10:00:00.000Z',
      '2026-11-22T16:30:00.000Z',
    ])
    expect(slots).toContainEqual({
      tableId: 'six',
      startsAt: new Date('2026-11-22T10:00:00Z'),
      endsAt: new Date('2026-11-22T11:30:00Z'),
      minParty: 3,
      maxParty: 6,
    })
  })

  it('fill the hours from opening to closing, across midnight', () => {
    const hours = { from: '21:00', to: '26:00' }
    expect(spreadSeatings({ hours, seatingMinutes: 120 })).toEqual(['21:00', '23:00'])
    expect(spreadSeatings({ hours, seatingMinutes: 100 })).toEqual(['21:00', '22:40', '24:20'])
    expect(spreadSeatings({ hours, seatingMinutes: 301 })).toEqual([])
  })

  it('may touch, but overlapping seatings are refused', () => {
    const plan = (seatings: string[]) =>
      planSlots({
        serviceDate: '2026-11-22',
        timeZone: seoul,
        tables,
        seatings,
        seatingMinutes: 90,
      })
    expect(plan(['18:00', '19:30']).ok).toBe(true)
    expect(plan(['19:29', '18:00'])).toEqual({
      ok: false,
      reason: 'seatings-overlap',
      wallTimes: ['18:00', '19:29'],
    })
    expect(plan(['18:00', '18:00']).ok).toBe(false)
  })

  it('leave out seatings for which a clock going forward leaves no room', () => {
    // In Berlin 02:00 becomes 03:00 on 29 March 2026.
    const night = { serviceDate: '2026-03-28', timeZone: 'Europe/Berlin', tables }
    const skipped = planOrThrow({
      ...night,
      seatings: ['25:00', '26:30', '28:00'],
      seatingMinutes: 90,
    })
    expect(showStarts(skipped.slots)).toEqual([
      '2026-03-29T00:00:00.000Z',
      '2026-03-29T02:00:00.000Z',
    ])
    expect(skipped.leftOut).toEqual([{ wallTime: '26:30', reason: 'time-does-not-exist' }])

    const pushed = planOrThrow({ ...night, seatings: ['25:30', '27:00'], seatingMinutes: 90 })
    expect(showStarts(pushed.slots)).toEqual(['2026-03-29T00:30:00.000Z'])
    expect(pushed.leftOut).toEqual([{ wallTime: '27:00', reason: 'previous-still-seated' }])

    const closing = planOrThrow({
      ...night,
      hours: [{ from: '25:50', to: '27:30' }],
      seatingMinutes: 90,
    })
    expect(closing.slots).toEqual([])
    expect(closing.leftOut).toEqual([{ wallTime: '25:50', reason: 'ends-after-closing' }])
  })

  it('use the first occurrence of a time that comes twice', () => {
    // In Berlin 03:00 becomes 02:00 again on 25 October 2026.
    const { slots, leftOut } = planOrThrow({
      serviceDate: '2026-10-24',
      timeZone: 'Europe/Berlin',
      tables,
      seatings: ['25:00', '26:30', '28:00'],
      seatingMinutes: 90,
    })
    expect(leftOut).toEqual([])
    expect(showStarts(slots)).toEqual([
      '2026-10-24T23:00:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T03:00:00.000Z',
    ])
  })
})
