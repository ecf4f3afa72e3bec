import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  decideMove,
  findGapBehind,
  findGapNearFront,
  type Gap,
  MOST_POSTPONEMENTS,
} from '@/domain/line/rules'
import type { LineEntry, TicketAct } from '@/domain/line/types'
import { LineModel } from './model'

/** Thousands of storms without a store in a second; tests/concurrency has fewer, with one. */
const STORMS = 3_000

type Entry = LineEntry & { postponements: number; undo: LineEntry['status'] | null }

/** The line as the commands keep it, by the rules alone: ranks are places in a list here. */
class RuledLine {
  entries: Entry[] = []

  join(): true {
    const number = this.entries.length + 1
    this.entries.push({
      id: String(number),
      number,
      status: 'WAITING',
      postponedBehind: null,
      postponements: 0,
      undo: null,
    })
    return true
  }

  move(act: Exclude<TicketAct, 'POSTPONE'>, number: number): true | string {
    const entry = this.find(number)
    if (!entry) return 'not-found'
    const decided = decideMove({ status: entry.status, act, by: 'OWNER' })
    if (!decided.ok) return decided.reason
    if (act === 'PUT_BACK')
      this.#put(entry, findGapNearFront({ line: this.entries, ownNumber: number }))
    Object.assign(entry, { undo: entry.status, status: decided.value })
    return true
  }

  postpone(number: number, behindNumber: number): true | string {
    const entry = this.find(number)
    if (!entry) return 'not-found'
    const decided = decideMove({ status: entry.status, act: 'POSTPONE', by: 'DINER' })
    if (!decided.ok) return decided.reason
    if (entry.postponements >= MOST_POSTPONEMENTS) return 'postponed-twice'
    const gap = findGapBehind({ line: this.entries, ownNumber: number, behindNumber })
    if (!gap.ok) return gap.reason
    this.#put(entry, gap.value)
    Object.assign(entry, { status: 'POSTPONED', postponedBehind: behindNumber, undo: null })
    entry.postponements += 1
    return true
  }

  lapse(number: number): true | string {
    const entry = this.find(number)
    if (entry?.status === 'LAST_CALLED') Object.assign(entry, { status: 'LAPSED', undo: null })
    return entry ? true : 'not-found'
  }

  undo(number: number): true | string {
    const entry = this.find(number)
    if (!entry) return 'not-found'
    if (entry.undo === null) return 'too-late'
    Object.assign(entry, { status: entry.undo, undo: null })
    return true
  }

  find(number: number): Entry | undefined {
    return this.entries.find((entry) => entry.number === number)
  }

  #put(entry: Entry, gap: Gap | null): void {
    if (!gap) return
    const others = this.entries.filter((one) => one !== entry)
    const after = others.findIndex(({ number }) => number === gap.after.number)
    const before = others[after + 1]?.number ?? null
    // Only the moving ticket may stand between the two neighbours.
    if (gap.before?.number !== entry.number) expect(gap.before?.number ?? null).toBe(before)
    this.entries = others.toSpliced(after + 1, 0, entry)
  }
}

const kinds = [
  ...['join', 'postpone', 'postpone', 'CALL', 'LAST_CALL', 'SEAT'],
  ...['CANCEL', 'lapse', 'PUT_BACK', 'undo'],
] as const
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    own: fc.integer({ min: 1, max: 9 }),
    behind: fc.integer({ min: 1, max: 10 }),
  }),
  { minLength: 10, maxLength: 40 },
)

function perform({
  line,
  kind,
  own,
  behind,
}: {
  line: RuledLine
  kind: string
  own: number
  behind: number
}) {
  if (kind === 'join') return line.join()
  if (kind === 'postpone') return line.postpone(own, behind)
  if (kind === 'lapse') return line.lapse(own)
  if (kind === 'undo') return line.undo(own)
  return line.move(kind as 'CALL', own)
}

function predict({
  model,
  kind,
  own,
  behind,
}: {
  model: LineModel
  kind: string
  own: number
  behind: number
}) {
  if (kind === 'join') return model.join() > 0
  if (kind === 'postpone') return model.postpone(own, behind)
  if (kind === 'PUT_BACK') return model.putBack(own)
  if (kind === 'lapse') {
    model.lapse(own)
    return model.statusOf(own) ? true : 'not-found'
  }
  if (kind === 'undo') return model.statusOf(own) ? model.undo(own) : 'not-found'
  return model.act(kind as 'CALL', own)
}

it(`G10, G11: ${STORMS} storms of join, postpone, call, seat, cancel, lapse, put back and undo do what the model does`, () => {
  fc.assert(
    fc.property(steps, (storm) => {
      const line = new RuledLine()
      const model = new LineModel()
      for (let joined = 0; joined < 6; joined += 1) expect(line.join() && model.join()).toBeTruthy()
      for (const step of storm) {
        const predicted = predict({ model, ...step })
        if (perform({ line, ...step }) !== predicted) throw new Error(JSON.stringify(step))
        expect(line.entries.map(({ number }) => number)).toEqual(model.everybody())
      }
      for (const { number, status } of line.entries) expect(model.statusOf(number)).toBe(status)
    }),
    { numRuns: STORMS },
  )
})
