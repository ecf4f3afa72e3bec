import { describe, expect, it } from 'vitest'
import type { LineTruth } from './check'
import { findWrongSightings, type Sighting } from './sightings'

const act = (ticketId: string, atMs: number, name = 'TAKE'): LineTruth['acts'][number] => ({
  ticketId,
  act: name,
  from: name === 'TAKE' ? null : 'WAITING',
  behindNumber: null,
  atMs,
  to: name === 'TAKE' ? 'WAITING' : 'CANCELLED',
})
const ticket = (id: string, number: number): LineTruth['tickets'][number] => ({
  id,
  number,
  accountId: id,
  status: 'WAITING',
  takenAtMs: 0,
  endedAtMs: null,
  lapsesAtMs: null,
})
/** Two join; after ten seconds the first leaves. */
const truth: LineTruth = {
  lastNumber: 2,
  tickets: [ticket('a', 1), ticket('b', 2)],
  acts: [act('a', 1_000), act('b', 2_000), act('a', 10_000, 'CANCEL')],
}
const isRight = (change: Partial<Sighting>) =>
  findWrongSightings({
    truth,
    sightings: [{ number: 2, place: 1, sinceMs: 9_000, untilMs: 11_000, ...change }],
  }).length === 0

describe('what a phone was shown', () => {
  it('is right when it was so at any moment since the poll before', () => {
    expect(isRight({})).toBe(true)
    expect(isRight({ place: 2 })).toBe(true)
    expect(isRight({ number: 1, place: null, sinceMs: 12_000, untilMs: 14_000 })).toBe(true)
  })

  it('is wrong when it was never so, not yet, or not any more', () => {
    expect(isRight({ place: 3 })).toBe(false)
    expect(isRight({ sinceMs: 7_000, untilMs: 9_000 })).toBe(false)
    expect(isRight({ place: 2, sinceMs: 11_000, untilMs: 13_000 })).toBe(false)
    expect(isRight({ place: null, sinceMs: 12_000, untilMs: 14_000 })).toBe(false)
  })
})
