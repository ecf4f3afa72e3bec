import { describe, expect, test } from 'vitest'
import { canInsist, insistOn } from './insist.rules'

const change = { serviceDate: '2026-12-04', partySize: 7 }
const work = { kind: 'CHANGE' as const, reservationId: 'a', change }
const insisted = { reservationId: 'a', change: { ...change, override: true } }

describe('staff insist on a change or a correction', () => {
  test.each(['party-size', 'already-booked', 'closed-day', 'not-open-yet', 'outside-hours'])(
    'that is refused for %s, once',
    (reason) => {
      expect(canInsist(reason)).toBe(true)
      expect(insistOn({ work, reason })).toEqual(insisted)
      expect(insistOn({ work: { ...work, change: insisted.change }, reason })).toBeNull()
    },
  )

  test.each(['slot-taken', 'table-occupied', 'gate-stands', 'past-date', null])(
    'never on %s',
    (reason) => {
      expect(canInsist(reason)).toBe(false)
      expect(insistOn({ work, reason })).toBeNull()
    },
  )

  test('a correction onto a date that was closed or announced meanwhile, once', () => {
    const correction = {
      kind: 'MOVE' as const,
      reservationId: 'a',
      act: 'CORRECT_CANCEL' as const,
    }
    for (const reason of ['closed-day', 'not-open-yet']) {
      expect(insistOn({ work: correction, reason })).toEqual({ reservationId: 'a', correction })
      expect(insistOn({ work: correction, reason, override: true })).toBeNull()
    }
    expect(insistOn({ work: correction, reason: 'slot-taken' })).toBeNull()
  })

  test('and on nothing else that way', () => {
    const seat = { kind: 'MOVE' as const, reservationId: 'a', act: 'SEAT' as const }
    expect(insistOn({ work: seat, reason: 'party-size' })).toBeNull()
  })
})
