import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideMove, findGapBehind, findGapNearFront, isActive, listActs } from './rules'
import { type LineEntry, ticketActs, ticketStatuses } from './types'

const entry = (number: number, change: Partial<LineEntry> = {}): LineEntry => ({
  id: String(number),
  number,
  status: 'WAITING',
  postponedBehind: null,
  ...change,
})

describe('G11: the table of moves', () => {
  it('G11: matches the documented table exactly', () => {
    const table = ticketStatuses.map((status) => [
      status,
      listActs({ status, by: 'OWNER' }).join(' '),
      listActs({ status, by: 'DINER' }).join(' '),
    ])
    expect(table).toEqual([
      ['WAITING', 'CALL LAST_CALL SEAT CANCEL', 'POSTPONE CANCEL'],
      ['POSTPONED', 'CALL LAST_CALL SEAT CANCEL', 'POSTPONE CANCEL'],
      ['CALLED', 'LAST_CALL SEAT CANCEL', 'CANCEL'],
      ['LAST_CALLED', 'SEAT CANCEL', 'CANCEL'],
      ['SEATED', '', ''],
      ['CANCELLED', '', ''],
      ['LAPSED', 'PUT_BACK', ''],
    ])
  })

  it('G11: a ticket that is over stays over, except a lapsed one that staff put back', () => {
    for (const status of ticketStatuses.filter((one) => !isActive(one)))
      for (const act of ticketActs)
        for (const by of ['DINER', 'OWNER', 'ADMIN'] as const) {
          const decided = decideMove({ status, act, by })
          const isPutBack = status === 'LAPSED' && act === 'PUT_BACK' && by !== 'DINER'
          expect(decided.ok).toBe(isPutBack)
          if (!decided.ok) expect(decided.details).toEqual({ present: status })
        }
  })
})

describe('G10: where a postponed party stands', () => {
  const line = [
    entry(1),
    entry(2),
    entry(3),
    entry(7, { postponedBehind: 3, status: 'POSTPONED' }),
    entry(8, { postponedBehind: 3, status: 'CANCELLED' }),
    entry(4),
    entry(5, { status: 'SEATED' }),
  ]
  const behind = (ownNumber: number, behindNumber: number) => {
    const gap = findGapBehind({ line, ownNumber, behindNumber })
    return gap.ok ? [gap.value.after.number, gap.value.before?.number ?? null] : gap.reason
  }

  it('G10: right behind the one it named', () => expect(behind(1, 2)).toEqual([2, 3]))
  it('G10: behind parties that went there before, even if only an undo brings them back', () => {
    expect(behind(1, 3)).toEqual([8, 4])
  })
  it('G10: behind the last one, and in front of ended numbers only', () => {
    expect(behind(1, 4)).toEqual([4, 5])
    expect(findGapBehind({ line: [entry(1), entry(2)], ownNumber: 1, behindNumber: 2 })).toEqual({
      ok: true,
      value: { after: entry(2), before: null },
    })
  })
  it.each([
    [2, 2, 'behind-oneself'],
    [3, 1, 'behind-earlier'],
    [1, 5, 'behind-ended'],
    [1, 8, 'behind-ended'],
    [1, 99, 'behind-ended'],
  ])('G10: %i behind %i is refused: %s', (own, named, reason) =>
    expect(behind(own, named)).toBe(reason),
  )
})

describe('where a lapsed party comes back to', () => {
  const lapsed = entry(2, { status: 'LAPSED' })
  it('right behind the first waiting party that has not been called', () => {
    const line = [entry(1, { status: 'CALLED' }), lapsed, entry(3), entry(4)]
    expect(findGapNearFront({ line, ownNumber: 2 })).toEqual({ after: entry(3), before: entry(4) })
  })
  it('behind the whole line when no party is waiting', () => {
    const called = entry(3, { status: 'CALLED' })
    expect(findGapNearFront({ line: [lapsed, called], ownNumber: 2 })).toEqual({
      after: called,
      before: null,
    })
  })
  it('anywhere when the line is otherwise empty', () =>
    expect(findGapNearFront({ line: [lapsed], ownNumber: 2 })).toBeNull())
})

/** A rank as exact as the database has it: halves of halves, over a common power of two. */
type Rank = { top: bigint; power: number }
const topAt = ({ top, power }: Rank, at: number) => top << BigInt(at - power)
const middle = (a: Rank, b: Rank): Rank => {
  const power = Math.max(a.power, b.power)
  return { top: topAt(a, power) + topAt(b, power), power: power + 1 }
}
const compare = (a: Rank, b: Rank) => {
  const power = Math.max(a.power, b.power)
  const difference = topAt(a, power) - topAt(b, power)
  return difference < 0n ? -1 : Number(difference > 0n)
}

describe('G10: storms of postponements', () => {
  it('G10: only the postponing party changes its place, and no two ever share one', () => {
    const act = fc.record({
      kind: fc.constantFrom('join', 'postpone', 'end', 'return', 'restore'),
      own: fc.nat(30),
      behind: fc.nat(30),
    })
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 60 }), (acts) => {
        const line: (LineEntry & { rank: Rank })[] = []
        const order = () =>
          line.filter(({ status }) => isActive(status)).map(({ number }) => number)
        const place = (
          mover: LineEntry & { rank: Rank },
          at: { after: LineEntry; before: LineEntry | null },
        ) => {
          const rankOf = (one: LineEntry) => line.find(({ number }) => number === one.number)?.rank
          const end = { top: BigInt(line.length + 1), power: 0 }
          const after = rankOf(at.after)
          const before = at.before ? rankOf(at.before) : end
          if (!after || !before) throw new Error('a gap between tickets of the line')
          mover.rank = middle(after, before)
          line.sort((one, other) => compare(one.rank, other.rank))
        }
        for (const { kind, own, behind } of acts) {
          if (kind === 'join') {
            const number = line.length + 1
            line.push({ ...entry(number), rank: { top: BigInt(number), power: 0 } })
          }
          const mover = line.find(({ number }) => number === own)
          if (!mover) continue
          const before = order()
          const others = before.filter((number) => number !== own)
          if (kind === 'end' && isActive(mover.status)) mover.status = 'LAPSED'
          else if (kind === 'return' && !isActive(mover.status)) mover.status = 'WAITING'
          else if (kind === 'restore' && mover.status === 'LAPSED') {
            const gap = findGapNearFront({ line, ownNumber: own })
            if (gap) place(mover, gap)
            mover.status = 'WAITING'
          } else if (kind === 'postpone' && isActive(mover.status)) {
            const gap = findGapBehind({ line, ownNumber: own, behindNumber: behind })
            if (!gap.ok) {
              expect(order()).toEqual(before)
              continue
            }
            place(mover, gap.value)
            Object.assign(mover, { status: 'POSTPONED', postponedBehind: behind })
            const named = order().indexOf(behind)
            const between = order().slice(named + 1, order().indexOf(own))
            // Between the named party and this one stand only parties that went there before.
            for (const number of between)
              expect(line.find((one) => one.number === number)?.postponedBehind).toBe(behind)
            expect(order().indexOf(own)).toBeGreaterThan(before.indexOf(own))
          }
          expect(order().filter((number) => number !== own)).toEqual(others)
          for (const [index, one] of line.entries()) {
            const next = line[index + 1]
            if (next) expect(compare(one.rank, next.rank)).toBe(-1)
          }
        }
        const end = { top: BigInt(line.length + 1), power: 0 }
        for (const { rank } of line) expect(compare(rank, end)).toBe(-1)
      }),
      { numRuns: 3_000 },
    )
  })
})
