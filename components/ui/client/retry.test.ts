import { describe, expect, it } from 'vitest'
import type { Answer, Body, Problem } from './ask'
import { askUntilAnswered, decideNextStep, pause } from './retry'

const forever = { mostTries: Number.POSITIVE_INFINITY }

function problemOf(
  status: number,
  reason: string | null = null,
  retryAfterMs: number | null = null,
): Problem {
  return { status, reason, retryAfterMs, title: null, body: {} }
}
const decide = (problem: Problem | null, { tries = 1, jitter = 0 } = {}) =>
  decideNextStep({ problem, tries, jitter })

describe('G4: the next step of a page after a try that failed', () => {
  it.each<[string, Problem]>([
    ['sold out', problemOf(409, 'sold-out')],
    ['signed out', problemOf(401, 'signed-out')],
    ['our own failure', problemOf(500, 'unexpected')],
    ['a wait of minutes for this person alone', problemOf(429, 'line-too-often', 300_000)],
  ])('%s ends it', (_, problem) => {
    expect(decide(problem)).toEqual({ kind: 'refused', problem })
  })

  it.each<[string, Problem | null, string]>([
    ['no answer at all', null, 'checking'],
    ['a lost commit', problemOf(503, 'not-certain', 1_000), 'checking'],
    ['the first one still running', problemOf(409, 'in-progress', 1_000), 'checking'],
    ['a gateway that gave up', problemOf(504), 'checking'],
    ['a network that wants a sign-in', problemOf(403), 'checking'],
    ['too many people', problemOf(503, 'busy', 2_000), 'busy'],
    ['the database away', problemOf(503, 'unavailable', 5_000), 'away'],
    ['a gateway that is full', problemOf(503), 'busy'],
    ['too many taps', problemOf(429, 'rate-limited', 4_000), 'busy'],
  ])('%s is asked again', (_, problem, why) => {
    expect(decide(problem)).toMatchObject({ kind: 'again', why })
  })

  it('waits at least as long as the server asks, and at most a quarter longer', () => {
    const problem = problemOf(503, 'busy', 8_000)
    expect(decide(problem)).toMatchObject({ waitMs: 8_000 })
    expect(decide(problem, { jitter: 1 })).toMatchObject({ waitMs: 10_000 })
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

  it('retries without limit where an answer is always wanted', () => {
    const asked = { problem: null, tries: 1_000, jitter: 0, persistence: forever }
    expect(decideNextStep(asked)).toMatchObject({ kind: 'again', waitMs: 8_000 })
  })

  it('outlasts refusals that are resolved elsewhere, and no others', () => {
    const persistence = { ...forever, outlasts: (status: number) => status === 401 }
    const stepAfter = (problem: Problem) =>
      decideNextStep({ problem, tries: 1, jitter: 0, persistence }).kind
    expect(stepAfter(problemOf(401, 'signed-out'))).toBe('again')
    expect(stepAfter(problemOf(409, 'sold-out'))).toBe('refused')
  })
})

const arrival = { headers: new Headers(), askedAtMs: 0, heardAtMs: 0 }

/** Gives these answers in order without waiting, and records how long it would have waited. */
function script(answers: Answer<Body>[]) {
  const waited: { waitMs: number; canHurry: boolean }[] = []
  const pursuit = {
    askOnce: async () => answers.shift() ?? { kind: 'lost' as const },
    read: ({ id }: Body) => (typeof id === 'string' ? id : null),
    isWanted: () => true,
    wait: async (wait: (typeof waited)[number]) => {
      waited.push(wait)
    },
    roll: () => 0,
  }
  return { pursuit, waited }
}

describe('G4: asking until there is an answer', () => {
  it('asks again after a lost answer, and after one that our service did not send', async () => {
    const { pursuit, waited } = script([
      { kind: 'lost' },
      { kind: 'value', value: { welcome: 'to this hotel' }, ...arrival },
      { kind: 'value', value: { id: 'a table' }, ...arrival },
    ])
    expect(await askUntilAnswered(pursuit)).toEqual({ kind: 'done', value: 'a table' })
    expect(waited.map(({ waitMs }) => waitMs)).toEqual([1_000, 2_000])
  })

  it('passes on a refusal unchanged', async () => {
    const problem = problemOf(409, 'sold-out')
    const { pursuit } = script([{ kind: 'problem', problem }])
    expect(await askUntilAnswered(pursuit)).toEqual({ kind: 'refused', problem })
  })

  it('never hurries a server that named a time', async () => {
    const { pursuit, waited } = script([
      { kind: 'problem', problem: problemOf(503, 'busy', 2_000) },
      { kind: 'lost' },
      { kind: 'value', value: { id: 'a table' }, ...arrival },
    ])
    await askUntilAnswered(pursuit)
    expect(waited.map(({ canHurry }) => canHurry)).toEqual([false, true])
  })

  it('ends without an outcome once it is no longer wanted, even if an answer came', async () => {
    const { pursuit } = script([{ kind: 'value', value: { id: 'a table' }, ...arrival }])
    const answers = [true, false]
    expect(await askUntilAnswered({ ...pursuit, isWanted: () => answers.shift() ?? false })).toBe(
      null,
    )
  })
})

it('a wait ends when the network is back', async () => {
  const network = new EventTarget()
  const waiting = pause({ waitMs: 3_600_000, canHurry: true, network })
  network.dispatchEvent(new Event('online'))
  await waiting
})
