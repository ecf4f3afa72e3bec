import { describe, expect, test } from 'vitest'
import { findPlace, followTicket, listBehind, needsAnotherLook } from './place.rules'
import type { LineSnapshot } from './schema'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString()

const tickets: LineSnapshot['tickets'] = [
  { number: 4, partySize: 2, status: 'CALLED' },
  { number: 7, partySize: 3, status: 'WAITING' },
  { number: 5, partySize: 2, status: 'POSTPONED' },
  { number: 9, partySize: 4, status: 'WAITING' },
]
const line = { serviceDate: '2026-01-01', asOf: at(10), tickets }
const own = {
  number: 7,
  status: 'WAITING',
  place: 3,
  serviceDate: '2026-01-01',
  now: at(5),
} as const

describe('a ticket and its public line', () => {
  test('G10: a place is the number of parties ahead, plus one', () => {
    expect(findPlace({ tickets, number: 4 })).toBe(1)
    expect(findPlace({ tickets, number: 9 })).toBe(4)
    expect(findPlace({ tickets, number: 8 })).toBeNull()
  })

  test('the place comes from the later of the two reads', () => {
    const shown: null = null
    expect(followTicket({ own, line, shown })).toMatchObject({ status: 'WAITING', place: 2 })
    const older = { ...line, asOf: at(4) }
    expect(followTicket({ own, line: older, shown })).toMatchObject({ place: 3 })
    expect(followTicket({ own, line: null, shown })).toMatchObject({ status: 'WAITING', place: 3 })
  })

  test('G10: a ticket that left the line never returns to an earlier place', () => {
    const shown = followTicket({ own, line, shown: null })
    const without = { ...line, asOf: at(12), tickets: tickets.filter(({ number }) => number !== 7) }
    expect(followTicket({ own, line: without, shown })).toEqual(shown)
    const asked = { ...own, status: 'SEATED', place: null, now: at(13) } as const
    expect(followTicket({ own: asked, line: without, shown })).toMatchObject({
      status: 'SEATED',
      place: null,
    })
  })

  test('a line of another day says nothing about the ticket', () => {
    const tomorrow = { ...line, serviceDate: '2026-01-02' }
    expect(followTicket({ own, line: tomorrow, shown: null }).place).toBe(3)
    expect(needsAnotherLook({ own, line: tomorrow })).toBe(true)
    const ended = { ...own, status: 'SEATED', place: null } as const
    expect(needsAnotherLook({ own: ended, line: tomorrow })).toBe(false)
  })

  test('the ticket is read again when the line changes its status, drops or re-lists it', () => {
    expect(needsAnotherLook({ own, line })).toBe(false)
    expect(needsAnotherLook({ own: { ...own, status: 'CALLED' }, line })).toBe(true)
    expect(needsAnotherLook({ own: { ...own, number: 8 }, line })).toBe(true)
    expect(needsAnotherLook({ own: { ...own, status: 'LAPSED' }, line })).toBe(true)
    const gone = { ...own, number: 8, status: 'SEATED' } as const
    expect(needsAnotherLook({ own: gone, line })).toBe(false)
    expect(needsAnotherLook({ own: { ...own, number: 8, now: at(11) }, line })).toBe(false)
  })

  test('G10: a party that goes behind a number gets its place, and none ahead is offered', () => {
    expect(listBehind({ tickets, number: 7 })).toEqual([
      { number: 5, place: 3 },
      { number: 9, place: 4 },
    ])
    expect(listBehind({ tickets, number: 9 })).toEqual([])
    expect(listBehind({ tickets, number: 8 })).toEqual([])
  })
})
