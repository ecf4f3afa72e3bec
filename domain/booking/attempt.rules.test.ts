import { describe, expect, it } from 'vitest'
import { decideNextStep, type TryAnswer } from './attempt.rules'

function decide(answer: TryAnswer, { tries = 1, jitter = 0 } = {}) {
  return decideNextStep({ answer, tries, jitter })
}
const answerOf = (
  status: number,
  reason: string | null = null,
  retryAfterMs: number | null = null,
) => ({
  status,
  reason,
  retryAfterMs,
})

describe('G4: what a page does after a try to book', () => {
  it.each<[string, TryAnswer, string]>([
    ['a table', answerOf(201), 'booked'],
    ['sold out', answerOf(409, 'sold-out'), 'refused'],
    ['signed out', answerOf(401, 'signed-out'), 'refused'],
    ['our own failure', answerOf(500, 'unexpected'), 'refused'],
  ])('%s ends it', (_, answer, kind) => {
    expect(decide(answer)).toEqual({ kind })
  })

  it.each<[string, TryAnswer, string]>([
    ['no answer at all', null, 'checking'],
    ['a lost commit', answerOf(503, 'not-certain', 1_000), 'checking'],
    ['the first one still running', answerOf(409, 'in-progress', 1_000), 'checking'],
    ['a proxy that gave up', answerOf(504), 'checking'],
    ['too many people', answerOf(503, 'busy', 2_000), 'busy'],
    ['the database away', answerOf(503, 'unavailable', 5_000), 'away'],
    ['a full restaurant without words', answerOf(503), 'busy'],
    ['too many taps', answerOf(429, 'rate-limited', 4_000), 'busy'],
  ])('%s is asked again', (_, answer, why) => {
    const step = decide(answer)
    expect(step).toMatchObject({ kind: 'again', why })
  })

  it('waits at least as long as the server asks, and a quarter longer at most', () => {
    const answer = answerOf(503, 'busy', 8_000)
    expect(decide(answer)).toMatchObject({ waitMs: 8_000 })
    expect(decide(answer, { jitter: 1 })).toMatchObject({ waitMs: 10_000 })
  })

  it('backs off from one second to eight without an answer', () => {
    const waits = [1, 2, 3, 4, 5, 20].map((tries) => decide(null, { tries }))
    expect(waits.map((step) => 'waitMs' in step && step.waitMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
    ])
  })

  it('stops after twenty-five tries without asserting an outcome', () => {
    expect(decide(null, { tries: 25 })).toEqual({ kind: 'unknown' })
  })
})
