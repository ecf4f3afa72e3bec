import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listTicks, makeTimeScale, measureAxis, placeBlocks, placeInstant } from './axis.rules'
import { layOutRows } from './grid.rules'
import type { DaySlot } from './schema'

const at = (time: string) => `2026-09-14T${time}:00.000Z`
const ms = (time: string) => Date.parse(at(time))

function makeSlot(given: Partial<DaySlot> & { slotId: string; from: string; to: string }): DaySlot {
  const { from, to, ...slot } = given
  return {
    tableNumber: 1,
    minParty: 1,
    maxParty: 4,
    state: 'FREE',
    reservationId: null,
    offPlan: false,
    startsAt: at(from),
    endsAt: at(to),
    ...slot,
  }
}

const tables = [{ number: 1, minParty: 1, maxParty: 4, seatedReservationId: null }]
const lunch = makeSlot({ slotId: 'lunch', from: '03:00', to: '04:30' })
const early = makeSlot({ slotId: 'early', from: '09:00', to: '10:30' })
const late = makeSlot({ slotId: 'late', from: '10:30', to: '12:00' })

describe('time scale', () => {
  it('cuts a long pause short', () => {
    const scale = makeTimeScale([lunch, early, late])
    expect(scale).toMatchObject({ total: 90 + 30 + 180, namedMinutes: 90 })
  })

  it('places instants, also within a pause, and none outside the scale', () => {
    const scale = makeTimeScale([lunch, early, late])
    if (!scale) throw new Error('there are slots')
    const place = (time: string) => placeInstant({ scale, atMs: ms(time) })
    expect(place('02:59')).toBeNull()
    expect(place('03:00')).toBe(0)
    expect(place('04:30')).toBe(30)
    expect(place('06:45')).toBe(35)
    expect(place('09:00')).toBe(40)
    expect(place('12:00')).toBe(100)
    expect(place('12:01')).toBeNull()
  })

  it('stays as the plan needs it, however short a stay off the plan is', () => {
    const plan = [lunch, early, late]
    const walkIn = makeSlot({ slotId: 'short', tableNumber: 2, from: '09:20', to: '09:30' })
    const short = { ...walkIn, state: 'TAKEN' as const, offPlan: true }
    const shortest = { ...short, slotId: 'shortest', endsAt: at('09:22') }
    const measure = (slots: DaySlot[]) => {
      const scale = makeTimeScale(slots)
      if (!scale) throw new Error('there are slots')
      const rows = layOutRows({ day: { tables, slots, parties: [] }, nowMs: ms('08:00') })
      return measureAxis({ scale, rows })
    }
    expect(measure([...plan, short, shortest])).toBe(measure(plan))
    // Neither does a slip of a finger in the plan, nor a date whose plan is gone.
    const slip = { ...early, slotId: 'slip', tableNumber: 2, endsAt: at('09:02') }
    expect(measure([...plan, slip])).toBe(Math.round((300 * 128) / 30))
    expect(measure([{ ...early, offPlan: true }, shortest])).toBe(Math.round((90 * 128) / 60))
  })

  it('is null without slots', () => {
    expect(makeTimeScale([])).toBeNull()
  })

  it('never places a later instant before an earlier one', () => {
    const minute = fc.integer({ min: 0, max: 1_440 })
    const slots = fc.array(
      fc.record({ start: minute, minutes: fc.integer({ min: 15, max: 240 }) }).map((drawn) => {
        const startMs = Date.parse('2026-09-14T00:00:00.000Z') + drawn.start * 60_000
        return {
          ...early,
          startsAt: new Date(startMs).toISOString(),
          endsAt: new Date(startMs + drawn.minutes * 60_000).toISOString(),
        }
      }),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(slots, minute, minute, (drawn, one, other) => {
        const scale = makeTimeScale(drawn)
        if (!scale) return false
        const places = [one, other]
          .sort((a, b) => a - b)
          .map((minutes) =>
            placeInstant({
              scale,
              atMs: Date.parse('2026-09-14T00:00:00.000Z') + minutes * 60_000,
            }),
          )
          .filter((place) => place !== null)
        const [before = 0, after = 100] = places
        return places.length < 2 || (0 <= before && before <= after && after <= 100)
      }),
    )
  })
})

describe('places', () => {
  const scale = makeTimeScale([early, late])
  if (!scale) throw new Error('there are slots')
  const stay = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) })
  const axisPx = 440
  const least = (44 / axisPx) * 100

  it('are those of the times where they are long enough', () => {
    const blocks = [stay('09:00', '10:30'), stay('10:30', '12:00')]
    expect(placeBlocks({ blocks, scale, axisPx })).toEqual([
      { left: 0, width: 50 },
      { left: 50, width: 50 },
    ])
  })

  it('leave a short stay a finger’s room, from what follows or at the end from what goes before', () => {
    const blocks = [stay('09:00', '09:02'), stay('09:02', '11:58'), stay('11:58', '12:00')]
    const [first, between, last] = placeBlocks({ blocks, scale, axisPx })
    expect(first).toEqual({ left: 0, width: least })
    expect(between?.left).toBe(least)
    expect(between?.width).toBeCloseTo(100 - 2 * least)
    expect(last?.left).toBeCloseTo(100 - least)
    expect(last?.width).toBeCloseTo(least)
  })

  it('never overlap and never lack a finger’s room, on an axis that was measured for them', () => {
    const minute = fc.integer({ min: 0, max: 180 })
    fc.assert(
      fc.property(fc.uniqueArray(minute, { minLength: 2, maxLength: 60 }), (minutes) => {
        const times = minutes
          .toSorted((a, b) => a - b)
          .map((after) => new Date(ms('09:00') + after * 60_000).toISOString())
        const slots = times.slice(1).map(
          (endsAt, index): DaySlot => ({
            ...{ ...early, slotId: `s${index}`, state: 'TAKEN', offPlan: true },
            ...{ startsAt: times[index] ?? '', endsAt, reservationId: `r${index}` },
          }),
        )
        const rows = layOutRows({ day: { tables, slots, parties: [] }, nowMs: ms('08:00') })
        const measured = measureAxis({ scale, rows })
        const blocks = rows[0]?.blocks ?? []
        const places = placeBlocks({ blocks, scale, axisPx: measured })
        const fingerWide = (44 / measured) * 100
        return places.every(
          ({ left, width }, index) =>
            left > -1e-6 &&
            left + width <= (places[index + 1]?.left ?? 100) + 1e-6 &&
            width >= fingerWide - 1e-6,
        )
      }),
    )
  })
})

describe('ticks', () => {
  const readMinute = (startsAt: string) => Number(startsAt.slice(14, 16))
  const list = (slots: DaySlot[], apart: number) => {
    const scale = makeTimeScale(slots)
    if (!scale) throw new Error('there are slots')
    const ticks = listTicks({ scale, slots, apart, readMinute })
    return { scale, ticks: ticks.map((tick) => tick.slice(11, 16)) }
  }
  const quarters = Array.from({ length: 24 }, (_, index) => {
    const startsAt = new Date(ms('09:15') + index * 15 * 60_000).toISOString()
    const endsAt = new Date(Date.parse(startsAt) + 90 * 60_000).toISOString()
    return makeSlot({ slotId: `q${index}`, from: '09:15', to: '10:45', startsAt, endsAt })
  })

  it('labels each start time once and leaves out labels that would overlap', () => {
    const quarter = makeSlot({ slotId: 'quarter', tableNumber: 2, from: '09:15', to: '10:45' })
    const slots = [early, quarter, late, { ...early, slotId: 'twin', tableNumber: 3 }]
    expect(list(slots, 12).ticks).toEqual(
      [early, late].map(({ startsAt }) => startsAt.slice(11, 16)),
    )
  })

  it('keeps the rounder times where there is no room for all', () => {
    expect(list(quarters, 0).ticks).toHaveLength(24)
    expect(list(quarters, 5).ticks.slice(0, 4)).toEqual(['09:30', '10:00', '10:30', '11:00'])
    expect(list(quarters, 12).ticks).toEqual(['10:00', '11:00', '12:00', '13:00', '14:00', '15:00'])
  })

  it('never puts two labels closer than one needs', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 60, noNaN: true }), (apart) => {
        const { scale, ticks } = list(quarters, apart)
        const places = ticks.map((time) => placeInstant({ scale, atMs: ms(time) }) ?? 0)
        return places.every(
          (place, index) => index === 0 || place - (places[index - 1] ?? 0) >= apart,
        )
      }),
    )
  })
})
