import { describe, expect, test } from 'vitest'
import { plotBookings } from './rules'
import type { SlotTaken } from './schema'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 30, 11) + seconds * 1000).toISOString()
const [mine, other] = ['a'.repeat(32), 'b'.repeat(32)]
const turns = [
  { entry: mine, dueAt: at(10), givenAt: at(12) },
  { entry: other, dueAt: null, givenAt: at(20) },
]
const take = (entry: string | null, seconds: number): SlotTaken => ({
  by: entry === null ? 'HOUSE' : 'DINER',
  entry,
  slot: `slot-${seconds}`,
  bookedAt: at(seconds),
  takenAt: at(seconds),
  releasedAt: null,
})
const plot = (bookings: SlotTaken[]) =>
  plotBookings({ turns, bookings, drawnAt: at(0), gateUntil: at(600) })

describe('the dots of a proof', () => {
  test('lie where the turn came and the booking was made', () => {
    expect(plot([take(mine, 15), take(other, 25)])).toMatchObject([
      { entry: mine, turnMs: 10_000, bookedMs: 15_000, isEarly: false },
      // Its entry is gone, so only the instant at which the turn was given is left.
      { entry: other, turnMs: 20_000, bookedMs: 25_000, isEarly: false },
    ])
  })

  test('tell what was booked before its turn had been given', () => {
    expect(plot([take(mine, 11.998), take(mine, 11.999)]).map(({ isEarly }) => isEarly)).toEqual([
      true,
      false,
    ])
  })

  test('are of nothing that needed no turn', () => {
    expect(
      plot([take(null, 30), take('c'.repeat(32), 30), take(mine, -5), take(mine, 600)]),
    ).toEqual([])
  })
})
