import { describe, expect, test } from 'vitest'
import { followAct, nameSeen } from './place-change.rules'
import type { QueuedAct } from './queue.rules'

const change: QueuedAct = {
  key: 'c',
  work: { kind: 'CHANGE', reservationId: 'a', change: { tableNumbers: [7] } },
  tappedAt: '2026-11-22T10:31:00.000Z',
  wasSent: false,
  override: false,
}
const makeMove = (reservationId: string, act: 'SEAT' | 'CONFIRM'): QueuedAct => ({
  ...change,
  work: { kind: 'MOVE', reservationId, act },
})

describe('a change of place', () => {
  test('names the states that staff saw, and keeps them when they insist', () => {
    const parties = [
      { reservationId: 'a', sequence: 3 },
      { reservationId: 'b', sequence: 5 },
    ]
    const seen = (change: Parameters<typeof nameSeen>[0]['change']) =>
      nameSeen({ reservationId: 'a', change, parties })
    expect(seen({ partySize: 4 })).toEqual({ partySize: 4, sequence: 3 })
    expect(seen({ swapWith: 'b' })).toEqual({ swapWith: 'b', sequence: 3, swapSequence: 5 })
    expect(seen({ partySize: 4, sequence: 2 })).toEqual({ partySize: 4, sequence: 2 })
    expect(nameSeen({ reservationId: 'x', change: { partySize: 4 }, parties })).toEqual({
      partySize: 4,
    })
  })

  test('is of the state to which the same device’s change before it has led', () => {
    const of = (reservationId: string, sequence: number): QueuedAct => ({
      ...change,
      work: { kind: 'CHANGE', reservationId, change: { partySize: 4, sequence } },
    })
    const after = { work: of('a', 3).work, sequence: 4 }
    expect(followAct({ act: of('a', 3), after })).toEqual(of('a', 4))
    for (const other of [of('a', 2), of('b', 3), makeMove('a', 'SEAT')])
      expect(followAct({ act: other, after })).toBe(other)
    // A hold that was confirmed first: its answer tells no state.
    const confirmed = { work: makeMove('a', 'CONFIRM').work, sequence: undefined }
    expect(followAct({ act: of('a', 3), after: confirmed })).toEqual({
      ...change,
      work: { kind: 'CHANGE', reservationId: 'a', change: { partySize: 4 } },
    })
  })
})
