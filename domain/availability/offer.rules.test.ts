import { describe, expect, it } from 'vitest'
import type { BoardTime, SlotState } from './board.schema'
import { listBookableDates, offerTimes, suggestTimes } from './offer.rules'

type Table = [minParty: number, maxParty: number, state: SlotState]

function makeTime(hour: string, ...tables: Table[]): BoardTime {
  return {
    startsAt: `2026-11-22T${hour}:00.000Z`,
    slots: tables.map(([minParty, maxParty, state], index) => ({
      slotId: `${hour}-${index}`,
      tableNumber: index + 1,
      minParty,
      maxParty,
      state,
    })),
  }
}

describe('what a time offers a party', () => {
  it.each<[string, Table[], string, number]>([
    [
      'a free table fits',
      [
        [1, 2, 'TAKEN'],
        [1, 2, 'FREE'],
      ],
      'free',
      1,
    ],
    [
      'a larger class is left',
      [
        [1, 2, 'TAKEN'],
        [2, 4, 'FREE'],
      ],
      'free',
      1,
    ],
    [
      'only a hold is left',
      [
        [1, 2, 'TAKEN'],
        [1, 2, 'HELD'],
      ],
      'held',
      0,
    ],
    [
      'everything is taken',
      [
        [1, 2, 'TAKEN'],
        [1, 2, 'BLOCKED'],
      ],
      'full',
      0,
    ],
    [
      'what is free is too large',
      [
        [1, 2, 'TAKEN'],
        [3, 4, 'FREE'],
      ],
      'full',
      0,
    ],
    [
      'no table is made for two',
      [
        [3, 4, 'FREE'],
        [4, 6, 'FREE'],
      ],
      'misfit',
      0,
    ],
  ])('%s', (_, tables, state, freeTables) => {
    const [offer] = offerTimes({ times: [makeTime('09:00', ...tables)], partySize: 2 })
    expect(offer).toMatchObject({ state, freeTables })
  })
})

describe('alternatives to a time that is gone', () => {
  const free: Table = [1, 4, 'FREE']
  const times = [
    makeTime('02:30', free),
    makeTime('08:30', free),
    makeTime('09:30', [1, 4, 'TAKEN']),
    makeTime('10:00', free),
    makeTime('11:30', free),
    makeTime('12:00', [1, 4, 'HELD']),
  ]

  it('are the three nearest free ones, earliest first', () => {
    const instead = '2026-11-22T09:30:00.000Z'
    expect(suggestTimes({ times, partySize: 2, instead })).toEqual([
      '2026-11-22T08:30:00.000Z',
      '2026-11-22T10:00:00.000Z',
      '2026-11-22T11:30:00.000Z',
    ])
  })

  it('never include the time asked for, and are empty for a party that no table fits', () => {
    const instead = '2026-11-22T10:00:00+00:00'
    expect(suggestTimes({ times, partySize: 2, instead })).not.toContain('2026-11-22T10:00:00.000Z')
    expect(suggestTimes({ times, partySize: 9, instead })).toEqual([])
  })
})

describe('the dates to choose from', () => {
  it('cross the end of a month, and nights on which clocks change in other places', () => {
    const dates = listBookableDates({ today: '2026-02-27', horizonDays: 3, sameDayOnly: false })
    expect(dates).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
    expect(listBookableDates({ today: '2026-10-24', horizonDays: 2, sameDayOnly: false })).toEqual([
      '2026-10-24',
      '2026-10-25',
      '2026-10-26',
    ])
  })

  it('are only today where only today can be booked', () => {
    const dates = listBookableDates({ today: '2026-11-22', horizonDays: 14, sameDayOnly: true })
    expect(dates).toEqual(['2026-11-22'])
  })
})
