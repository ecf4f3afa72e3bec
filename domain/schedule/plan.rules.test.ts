import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDay, describeEffects, findOpening, listDates, weekdayOf } from './plan.rules'
import type { DayChange, ExistingDay, ExistingSlot, PlanningRestaurant } from './plan.schema'
import { addDays, findInstant } from './rules'

const friday = '2026-12-04'
const timeZone = 'America/St_Johns'
const instant = (wallTime: string, serviceDate = friday) =>
  findInstant({ serviceDate, wallTime, timeZone }).at

const tables = [
  { id: 'a', number: 1, minParty: 1, maxParty: 2 },
  { id: 'b', number: 2, minParty: 2, maxParty: 4 },
]
const restaurant: PlanningRestaurant = {
  id: 'restaurant',
  version: 0,
  timeZone,
  dayCutMinutes: 300,
  seatingMinutes: 90,
  sameDayOnly: false,
  horizonDays: 14,
  opensMinutes: null,
  opensDaysBefore: 0,
  now: new Date('2026-12-01T12:00:00Z'),
  today: '2026-12-01',
  // 11:30, 13:00 · 17:30, 19:00
  hours: [
    { weekday: 5, fromMinutes: 690, toMinutes: 870 },
    { weekday: 5, fromMinutes: 1050, toMinutes: 1230 },
  ],
  closures: [],
  tables,
  openings: [],
}
const day: ExistingDay = { serviceDate: friday, opensAt: null, closed: false }

function compare(given: Partial<Parameters<typeof compareDay>[0]> = {}): DayChange {
  return compareDay({
    restaurant,
    serviceDate: friday,
    day: null,
    slots: [],
    onOtherDates: [],
    ...given,
  })
}

/** The slots that exist once a change is applied. */
function apply(change: DayChange, slots: readonly ExistingSlot[]): ExistingSlot[] {
  const gone = new Set(change.removed.map(({ id }) => id))
  const added = change.added.map((slot, index) => ({
    ...slot,
    id: `new-${index}`,
    serviceDate: change.serviceDate,
    tableNumber: tables.find(({ id }) => id === slot.tableId)?.number ?? 0,
    isTaken: false,
    isOffPlan: false,
    gaveWay: false,
  }))
  return [...slots.filter(({ id }) => !gone.has(id)), ...added]
}

const made = apply(compare(), [])
const withParty = (index: number) =>
  made.map((slot, at) => ({ ...slot, isTaken: at === index || slot.isTaken }))

describe('the plan of a date', () => {
  it('has every table at every seating of each stretch', () => {
    const change = compare()
    expect(change).toMatchObject({ state: 'NEW', removed: [], conflicts: [], opensAt: null })
    expect(change.added).toHaveLength(8)
    expect(change.added.map(({ startsAt }) => startsAt)).toContainEqual(instant('17:30'))
  })

  it('changes nothing when it is already the same', () => {
    expect(compare({ day, slots: made })).toMatchObject({ state: 'SAME', added: [], removed: [] })
  })

  it('recognises days off, closed dates, and dates that become one', () => {
    const monday = { serviceDate: '2026-12-07' }
    expect(compare(monday)).toMatchObject({ state: 'CLOSED', closedBecause: null })
    const closed = { ...restaurant, closures: [{ date: friday, reason: '김장' }] }
    expect(compare({ restaurant: closed })).toMatchObject({
      state: 'CLOSED',
      closedBecause: '김장',
    })
    const slots = withParty(0)
    expect(compare({ restaurant: closed, day, slots })).toMatchObject({
      state: 'CLOSES',
      takenCount: 1,
      removed: [],
      conflicts: [{ id: 'new-0' }],
    })
    const isClosed = { ...day, closed: true }
    expect(compare({ restaurant: closed, day: isClosed, slots }).state).toBe('CLOSED')
    expect(compare({ day: isClosed, slots: made }).state).toBe('CHANGES')
  })

  it('never moves a party: a taken slot stays, and slots that it blocks are not made', () => {
    const longer = { ...restaurant, seatingMinutes: 120, hours: restaurant.hours.slice(1) }
    const slots = withParty(0)
    const change = compare({ restaurant: longer, day, slots })
    expect(change.conflicts.map(({ id }) => id)).toEqual(['new-0'])
    expect(change.removed).toHaveLength(7)
    const party = slots[0]
    expect(party?.startsAt).toEqual(instant('11:30'))
    const lunch = { ...longer, hours: [{ weekday: 5, fromMinutes: 720, toMinutes: 840 }] }
    expect(compare({ restaurant: lunch, day, slots })).toMatchObject({ crowdedOutCount: 1 })
  })

  it('keeps the party size of a taken slot, and changes that of a free one', () => {
    const larger = { ...restaurant, tables: tables.map((table) => ({ ...table, maxParty: 6 })) }
    const change = compare({ restaurant: larger, day, slots: withParty(0) })
    expect(change.kept.map(({ id }) => id)).toEqual(['new-0'])
    expect(change.conflicts).toEqual([])
    expect(change.added).toHaveLength(7)
  })

  it('keeps a blocked slot blocked', () => {
    const slots = made.map((slot) => ({ ...slot, blocked: slot.tableId === 'a' }))
    const later = {
      ...restaurant,
      hours: restaurant.hours.map((stretch) => ({
        ...stretch,
        fromMinutes: stretch.fromMinutes + 30,
      })),
    }
    const change = compare({ restaurant: later, day, slots })
    expect(
      new Set(change.added.filter(({ blocked }) => blocked).map((slot) => slot.tableId)),
    ).toEqual(new Set(['a']))
    expect(change.added.some(({ blocked }) => !blocked)).toBe(true)
  })

  it('leaves past slots alone, and makes none for a past time', () => {
    const evening = { ...restaurant, now: instant('16:00'), today: friday }
    expect(compare({ restaurant: evening }).added).toHaveLength(4)
    const noLunch = { ...evening, hours: restaurant.hours.slice(1) }
    expect(compare({ restaurant: noLunch, day, slots: made }).state).toBe('SAME')
    expect(compare({ restaurant: { ...evening, now: instant('23:00') } }).state).toBe('NOTHING')
  })

  it('makes no slot on a table that a neighbouring date still occupies', () => {
    const late: ExistingSlot = {
      id: 'late',
      serviceDate: '2026-12-03',
      tableId: 'a',
      tableNumber: 1,
      startsAt: instant('11:00'),
      endsAt: instant('12:00'),
      minParty: 1,
      maxParty: 2,
      isTaken: false,
      blocked: false,
      isOffPlan: false,
      gaveWay: false,
    }
    expect(compare({ onOtherDates: [late] })).toMatchObject({ crowdedOutCount: 1 })
  })
})

describe('a date with a party off the plan', () => {
  const party: ExistingSlot = {
    id: 'party',
    serviceDate: friday,
    tableId: 'a',
    tableNumber: 1,
    startsAt: instant('18:07'),
    endsAt: instant('18:50'),
    minParty: 1,
    maxParty: 2,
    isTaken: true,
    blocked: false,
    isOffPlan: true,
    gaveWay: false,
  }
  const isHidden = (slot: ExistingSlot) =>
    slot.tableId === 'a' && slot.startsAt.getTime() === instant('17:30').getTime()
  const slots = [...made.map((slot) => ({ ...slot, gaveWay: isHidden(slot) })), party]
  const later = { ...restaurant, hours: [{ weekday: 5, fromMinutes: 1065, toMinutes: 1245 }] }

  it('is as planned while the seating that gave way is in the plan', () => {
    const same = compare({ day, slots })
    expect(same).toMatchObject({ state: 'SAME', conflicts: [], crowdedOutCount: 0 })
    expect(same.kept).toHaveLength(7)
  })

  it('gets what the plan has now when the party goes, and not what it had', () => {
    const change = compare({ restaurant: later, day, slots })
    expect(change.waiting.removed.map(({ id }) => id)).toEqual(
      slots.filter(isHidden).map(({ id }) => id),
    )
    expect(change.waiting.added.map(({ startsAt }) => startsAt)).toEqual([instant('17:45')])
    expect(change.added).toHaveLength(3)
    expect(change).toMatchObject({ state: 'CHANGES', conflicts: [], crowdedOutCount: 0 })
  })

  it('is another plan once the party is there, even where only what gave way would go', () => {
    const beside = { ...party, startsAt: instant('17:32'), endsAt: instant('17:44') }
    const before = compare({ restaurant: later, day, slots: made })
    for (const present of [party, beside]) {
      const after = compare({ restaurant: later, day, slots: [...slots.slice(0, -1), present] })
      expect(describeEffects(after)).not.toBe(describeEffects(before))
    }
  })
})

describe('when bookings open', () => {
  const gated = { ...restaurant, opensMinutes: 600, opensDaysBefore: 3 }

  it('is that of an announced opening, whatever the rules say, whether or not bookings were open', () => {
    const opensAt = instant('09:30')
    const openings = [{ date: friday, opensAt: opensAt.toISOString() }]
    const announced = { restaurant: { ...gated, openings } }
    expect(compare(announced)).toMatchObject({ opensAt, opensAtChanges: false })
    expect(compare({ ...announced, day: { ...day, opensAt } })).toMatchObject({
      opensAt,
      opensAtChanges: false,
    })
    expect(compare({ ...announced, day })).toMatchObject({ opensAt, opensAtChanges: true })
  })

  it('is a set number of days before, at that time in the restaurant’s zone, or on the day itself', () => {
    const asked = { serviceDate: friday }
    expect(findOpening({ restaurant, ...asked })).toBeNull()
    expect(findOpening({ restaurant: gated, ...asked })).toEqual(instant('10:00', '2026-12-01'))
    const sameDay = { ...gated, sameDayOnly: true }
    expect(findOpening({ restaurant: sameDay, ...asked })).toEqual(instant('10:00'))
  })

  it('stays unchanged once bookings are open, and follows the settings until then', () => {
    expect(compare({ restaurant: gated, day, slots: made })).toMatchObject({ state: 'SAME' })
    const later = { ...day, opensAt: instant('12:00') }
    expect(compare({ restaurant: gated, day: later, slots: made })).toMatchObject({
      state: 'CHANGES',
      opensAtChanges: true,
      opensAt: instant('10:00', '2026-12-01'),
    })
  })
})

describe('hard case 14: remaking a schedule, whatever the zone, the date and the hours', () => {
  const zones = ['America/St_Johns', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Cairo']
  const nights = [
    ...['2026-03-07', '2026-03-08', '2026-10-31', '2026-11-01', '2026-03-28', '2026-03-29'],
    ...['2026-10-24', '2026-10-25', '2026-04-04', '2026-10-03', '2026-04-23', '2026-10-29'],
  ]
  const stretches = fc
    .uniqueArray(fc.integer({ min: 300, max: 1740 }), { minLength: 2, maxLength: 6 })
    .map((edges) => edges.toSorted((a, b) => a - b))

  it('changes nothing the second time, never moves a party, and never overlaps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...nights),
        stretches,
        stretches,
        fc.integer({ min: 30, max: 240 }),
        fc.func(fc.boolean()),
        (zone, serviceDate, before, after, seatingMinutes, isTaken) => {
          const restaurantOf = (edges: number[], minutes: number): PlanningRestaurant => ({
            ...restaurant,
            timeZone: zone,
            seatingMinutes: minutes,
            now: new Date('2026-01-01T00:00:00Z'),
            hours: edges.flatMap((fromMinutes, index) => {
              const toMinutes = edges[index + 1]
              if (index % 2 === 1 || toMinutes === undefined) return []
              return [{ weekday: weekdayOf(serviceDate), fromMinutes, toMinutes }]
            }),
          })
          const given = { serviceDate, onOtherDates: [] }
          const first = compare({ ...given, restaurant: restaurantOf(before, 90), day: null })
          const slots = apply(first, []).map((slot) => ({ ...slot, isTaken: isTaken(slot.id) }))
          const existing = { ...day, serviceDate }
          const again = restaurantOf(after, seatingMinutes)
          const change = compare({ ...given, restaurant: again, day: existing, slots })
          expect(change.removed.filter((slot) => slot.isTaken)).toEqual([])
          const then = apply(change, slots).map((slot, id) => ({ ...slot, id: String(id) }))
          expect(listOverlaps(then)).toEqual([])
          const same = compare({ ...given, restaurant: again, day: existing, slots: then })
          expect([same.added, same.removed]).toEqual([[], []])
        },
      ),
      { numRuns: 200 },
    )
  })
})

function listOverlaps(slots: readonly ExistingSlot[]) {
  return slots.filter((one) =>
    slots.some(
      (other) =>
        other !== one &&
        other.tableId === one.tableId &&
        other.startsAt < one.endsAt &&
        one.startsAt < other.endsAt,
    ),
  )
}

it('keeps its fingerprint as long as it would do the same', () => {
  const longer = { ...restaurant, seatingMinutes: 120 }
  const free = describeEffects(compare({ restaurant: longer, day, slots: made }))
  expect(describeEffects(compare({ restaurant: longer, day, slots: withParty(0) }))).not.toBe(free)
  const kept = describeEffects(compare({ day, slots: made }))
  expect(describeEffects(compare({ day, slots: withParty(0) }))).toBe(kept)
})

it('counts the dates of a range', () => {
  expect(listDates({ from: '2026-02-27', to: '2026-03-02' })).toHaveLength(4)
  expect(listDates({ from: friday, to: addDays({ date: friday, days: -1 }) })).toEqual([])
})
