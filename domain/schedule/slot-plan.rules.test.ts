import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, countWallMinutesAt, findInstant, formatWallTime, planSlots } from './rules'
import type { PlannedSlot, SeatedTable } from './types'

const tables: SeatedTable[] = [
  { id: 'two', minParty: 1, maxParty: 2 },
  { id: 'six', minParty: 3, maxParty: 6 },
]

/** Zones whose clocks change by an hour, by half an hour, at midnight, or never. */
const zones = [
  'America/St_Johns',
  'Europe/Berlin',
  'Asia/Seoul',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/Santiago',
  'Africa/Cairo',
]

/** Days around clock changes in those zones, and any other day. */
const dates = fc.oneof(
  fc.constantFrom(
    ...['2026-03-07', '2026-03-08', '2026-10-31', '2026-11-01'], // St. John's
    ...['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25'], // Berlin
    ...['2026-04-04', '2026-04-05', '2026-10-03', '2026-10-04'], // Lord Howe
    ...['2026-09-26', '2026-09-27', '2026-09-05', '2026-09-06'], // Chatham, Santiago
    ...['2026-04-23', '2026-04-24', '2026-10-29', '2026-10-30'], // Cairo
  ),
  fc.integer({ min: 0, max: 2_000 }).map((days) => addDays({ date: '2024-01-01', days })),
)

const anyTables = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 50 }).map(String),
    party: fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 10 })),
  }),
  { minLength: 1, maxLength: 6, selector: (table) => table.id },
)

/** Seatings that don't overlap on an ordinary day, back to back or with gaps, up to 47:59. */
const anySeatings = fc
  .record({
    seatingMinutes: fc.integer({ min: 15, max: 240 }),
    firstMinute: fc.integer({ min: 0, max: 30 * 60 }),
    pauses: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90 })), { maxLength: 30 }),
  })
  .map(({ seatingMinutes, firstMinute, pauses }) => {
    const starts = [firstMinute]
    for (const pause of pauses) starts.push((starts.at(-1) ?? 0) + seatingMinutes + pause)
    return {
      seatingMinutes,
      seatings: starts.filter((minute) => minute < 48 * 60).map(formatWallTime),
    }
  })

function toTables(drawn: { id: string; party: [number, number] }[]): SeatedTable[] {
  return drawn.map(({ id, party: [minParty, more] }) => ({
    id,
    minParty,
    maxParty: minParty + more,
  }))
}

function findOverlaps(slots: readonly PlannedSlot[]): [PlannedSlot, PlannedSlot][] {
  return slots.flatMap((one, index) =>
    slots
      .slice(index + 1)
      .filter(
        (other) =>
          one.tableId === other.tableId &&
          one.startsAt < other.endsAt &&
          other.startsAt < one.endsAt,
      )
      .map((other): [PlannedSlot, PlannedSlot] => [one, other]),
  )
}

function planOrThrow(asked: Parameters<typeof planSlots>[0]) {
  const plan = planSlots(asked)
  if (!plan.ok) throw new Error(`expected a plan, got ${JSON.stringify(plan)}`)
  return plan
}

describe('G1: planned slots, whatever the date, the zone and the seatings', () => {
  it('never overlap on one table, keep its party sizes, and name every seating left out', () => {
    fc.assert(
      fc.property(
        dates,
        fc.constantFrom(...zones),
        anyTables,
        anySeatings,
        (serviceDate, timeZone, drawn, { seatings, seatingMinutes }) => {
          const given = toTables(drawn)
          const plan = planOrThrow({
            serviceDate,
            timeZone,
            tables: given,
            seatings,
            seatingMinutes,
          })
          expect(findOverlaps(plan.slots)).toEqual([])
          const kept = seatings.length - plan.leftOut.length
          expect(plan.slots).toHaveLength(kept * given.length)
          for (const slot of plan.slots) {
            const table = given.find(({ id }) => id === slot.tableId)
            expect(slot).toMatchObject({ minParty: table?.minParty, maxParty: table?.maxParty })
            expect(slot.endsAt.getTime() - slot.startsAt.getTime()).toBe(seatingMinutes * 60_000)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('start at the requested wall time, on the date they belong to', () => {
    fc.assert(
      fc.property(
        dates,
        fc.constantFrom(...zones),
        anySeatings,
        (serviceDate, timeZone, { seatings, seatingMinutes }) => {
          const plan = planOrThrow({ serviceDate, timeZone, tables, seatings, seatingMinutes })
          const lost = new Set(plan.leftOut.map(({ wallTime }) => wallTime))
          const seen = plan.slots
            .filter((slot) => slot.tableId === 'two')
            .map(({ startsAt: at }) =>
              formatWallTime(countWallMinutesAt({ at, serviceDate, timeZone })),
            )
          expect(seen).toEqual(seatings.filter((wallTime) => !lost.has(wallTime)))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('stay between opening and closing', () => {
    fc.assert(
      fc.property(
        dates,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 30 * 60 }),
        fc.integer({ min: 0, max: 17 * 60 }),
        fc.integer({ min: 15, max: 240 }),
        (serviceDate, timeZone, opening, length, seatingMinutes) => {
          const hours = { from: formatWallTime(opening), to: formatWallTime(opening + length) }
          const plan = planOrThrow({
            serviceDate,
            timeZone,
            tables,
            hours: [hours],
            seatingMinutes,
          })
          const closesAt = findInstant({ serviceDate, timeZone, wallTime: hours.to }).at
          expect(findOverlaps(plan.slots)).toEqual([])
          for (const slot of plan.slots) {
            // In wall time, because an opening time that the clock skips has no instant.
            const startsAtWall = countWallMinutesAt({ at: slot.startsAt, serviceDate, timeZone })
            expect(startsAtWall).toBeGreaterThanOrEqual(opening)
            expect(slot.endsAt <= closesAt).toBe(true)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
