import { describe, expect, test } from 'vitest'
import type { DaySlot } from './schema'
import { listSeats, listTablesNow, nameSeats, proposeSeat, proposeSeats } from './walk-in-now.rules'

const at = (time: string) => `2026-09-14T${time}:00.000Z`
const nowMs = Date.parse(at('16:00'))

const slotAt = (tableNumber: number, from: string, to: string, change = {}): DaySlot => ({
  slotId: `${from}-${tableNumber}`,
  tableNumber,
  minParty: 1,
  maxParty: tableNumber * 2,
  startsAt: at(from),
  endsAt: at(to),
  state: 'FREE',
  reservationId: null,
  offPlan: false,
  ...change,
})

function dayOf({
  slots = [slotAt(1, '18:00', '19:30'), slotAt(2, '18:00', '19:30')],
  sitting = [] as number[],
  serviceDate = '2026-09-14',
} = {}) {
  const tables = [1, 2].map((number) => ({
    number,
    minParty: 1,
    maxParty: number * 2,
    seatedReservationId: sitting.includes(number) ? 'sitting' : null,
  }))
  return { slots, tables, serviceDate, today: '2026-09-14' }
}

const numbersOf = (slots: DaySlot[]) => slots.map(({ tableNumber }) => tableNumber)

describe('a table now, at an hour at which the plan has no slot', () => {
  test('is offered for what is left until its next booking', () => {
    const slots = [
      slotAt(1, '16:22', '18:00', { state: 'TAKEN' }),
      slotAt(1, '18:00', '19:30', { state: 'TAKEN' }),
    ]
    expect(listTablesNow({ day: dayOf({ slots }), nowMs })).toMatchObject([
      { tableNumber: 1, startsAt: at('16:00'), endsAt: at('16:22') },
      { tableNumber: 2, startsAt: at('16:00'), endsAt: at('16:00') },
    ])
  })

  test.each([
    ['somebody sits there', { sitting: [1] }],
    ['its party is late', { slots: [slotAt(1, '15:30', '17:00', { state: 'TAKEN' })] }],
    ['staff have blocked it', { slots: [slotAt(1, '15:30', '17:00', { state: 'BLOCKED' })] }],
    ['it is booked in nine minutes', { slots: [slotAt(1, '16:09', '17:00', { state: 'HELD' })] }],
  ])('is not offered where %s', (_, given) => {
    expect(numbersOf(listTablesNow({ day: dayOf(given), nowMs }))).toEqual([2])
  })

  test('is not offered on another date than today’s', () => {
    expect(listTablesNow({ day: dayOf({ serviceDate: '2026-09-15' }), nowMs })).toEqual([])
  })

  test('stands beside the slots that are free, and not for a table that has one now', () => {
    const slots = [slotAt(1, '15:30', '17:00'), slotAt(2, '18:00', '19:30')]
    const seats = listSeats({ day: dayOf({ slots }), chosenIds: [], nowMs })
    expect(seats.map(({ slotId }) => slotId)).toEqual(['15:30-1', 'now-2'])
  })

  test('is offered before any slot of a time to come, and those where there is none', () => {
    const seatsOf = (sitting: number[], chosenIds: string[] = []) =>
      listSeats({ day: dayOf({ sitting }), chosenIds, nowMs }).map(({ slotId }) => slotId)
    expect(seatsOf([])).toEqual(['now-1', 'now-2'])
    expect(seatsOf([], ['now-1'])).toEqual(['now-1', 'now-2'])
    expect(seatsOf([1, 2])).toEqual([])
  })

  test.each([
    ['after one that is blocked', 'BLOCKED', ['18:00-1']],
    ['never after a party that comes before it', 'TAKEN', []],
  ])('is not there, and a slot of a time to come is offered %s', (_, state, offered) => {
    const slots = [slotAt(1, '16:05', '17:30', { state }), slotAt(1, '18:00', '19:30')]
    const day = dayOf({ slots, sitting: [2] })
    expect(listSeats({ day, chosenIds: [], nowMs }).map(({ slotId }) => slotId)).toEqual(offered)
  })

  test('is not offered beside a slot of a time to come that is chosen', () => {
    const seats = listSeats({ day: dayOf(), chosenIds: ['18:00-1'], nowMs })
    expect(seats.map(({ slotId }) => slotId)).toEqual(['18:00-1', '18:00-2'])
  })

  test('is proposed where no slot fits: the smallest that is large enough', () => {
    expect(proposeSeat({ day: dayOf(), partySize: 2, nowMs })?.slotId).toBe('now-1')
    expect(proposeSeat({ day: dayOf(), partySize: 3, nowMs })?.slotId).toBe('now-2')
    expect(proposeSeat({ day: dayOf(), partySize: 5, nowMs })).toBeNull()
    const slots = [slotAt(2, '15:30', '17:00')]
    expect(proposeSeat({ day: dayOf({ slots }), partySize: 2, nowMs })?.slotId).toBe('15:30-2')
  })

  test('is asked for by its number, and so are the others beside it', () => {
    const slots = [slotAt(1, '15:30', '17:00'), slotAt(2, '18:00', '19:30')]
    const seats = listSeats({ day: dayOf({ slots }), chosenIds: [], nowMs })
    expect(nameSeats(seats)).toEqual({ slotIds: [], tableNumbers: [1, 2] })
    expect(nameSeats(seats.slice(0, 1))).toEqual({ slotIds: ['15:30-1'] })
  })
})

describe('what is proposed to a party that sits down now', () => {
  const combined = [{ tableNumbers: [2, 1], minParty: 5, maxParty: 6 }]
  const propose = (given: Parameters<typeof dayOf>[0], partySize = 6, combinations = combined) =>
    proposeSeats({ day: { ...dayOf(given), combinations }, partySize, nowMs }).map(
      ({ slotId }) => slotId,
    )

  test('is one seat where a table alone is large enough', () => {
    const small = [{ tableNumbers: [2, 1], minParty: 2, maxParty: 6 }]
    expect(propose({}, 4, small)).toEqual(['now-2'])
  })

  test('is a combination where none is: one seat a table, of the plan or from now on', () => {
    expect(propose({})).toEqual(['now-1', 'now-2'])
    const slots = [
      slotAt(1, '15:30', '17:00'),
      slotAt(1, '16:10', '18:00', { offPlan: true }),
      slotAt(2, '18:00', '19:30'),
    ]
    expect(propose({ slots })).toEqual(['15:30-1', 'now-2'])
  })

  test('is the one that seats the fewest, and nothing for a party of another size', () => {
    const several = [{ tableNumbers: [1, 2], minParty: 4, maxParty: 5 }, ...combined]
    expect(propose({}, 5, several)).toEqual(['now-1', 'now-2'])
    expect(propose({}, 7)).toEqual([])
    expect(propose({}, 6, [])).toEqual([])
  })

  test.each([
    ['somebody sits at one of its tables', { sitting: [1] }],
    ['one of them is booked', { slots: [slotAt(1, '15:30', '17:00', { state: 'TAKEN' })] }],
    [
      'one of them is free for no longer than some minutes',
      { slots: [slotAt(1, '15:00', '16:09')] },
    ],
    [
      'one of them has only a later seating',
      {
        slots: [
          slotAt(1, '16:05', '17:30', { state: 'BLOCKED' }),
          slotAt(1, '18:00', '19:30'),
          slotAt(2, '18:00', '19:30'),
        ],
      },
    ],
  ])('is no combination where %s', (_, given) => {
    expect(propose(given)).toEqual([])
  })
})
