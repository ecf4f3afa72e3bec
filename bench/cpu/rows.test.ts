import { describe, expect, it } from 'vitest'
import {
  CPU_ROWS,
  type CpuPair,
  type CpuReading,
  type CpuRow,
  judgeCpu,
  warnOfBaseline,
  warnOfCpu,
} from './rows'
import { tabulateCpu } from './table'

const row: CpuRow = {
  id: 'cpu-win',
  title: 'booking',
  of: 'hot',
  against: 'echo',
  pass: 2.8,
  aim: 2,
}

function reading({ ms, answered = 100 }: { ms: number; answered?: number }): CpuReading {
  const total = ms * answered
  const cpuMs = {
    application: total / 2,
    postgres: total / 4,
    gateway: total / 8,
    redis: total / 8,
  }
  return { answered, others: {}, cpuMs }
}

function pair({
  of,
  against = 1,
  connections = 64,
}: {
  of: number
  against?: number
  connections?: number
}) {
  const sides = { of: reading({ ms: of }), against: reading({ ms: against, answered: 40 }) }
  return { rowId: row.id, connections, ...sides } satisfies CpuPair
}

describe('a row of CPU', () => {
  it('is the median of what was compared side by side, per answered request', () => {
    // B0 became twice as dear in the last round, and so did everything beside it.
    const pairs = [pair({ of: 2.5 }), pair({ of: 2.7 }), pair({ of: 5.2, against: 2 })]
    const { at, verdict } = judgeCpu({ row, pairs })
    expect(at).toHaveLength(1)
    expect(at[0]?.ratio.median).toBeCloseTo(2.6)
    expect(at[0]?.ratio.least).toBeCloseTo(2.5)
    expect(at[0]?.ratio.most).toBeCloseTo(2.7)
    expect(at[0]?.perRequestMs.application).toBeCloseTo(1.35)
    expect(verdict).toBe('pass')
  })

  it('keeps numbers of connections apart and is judged by the many', () => {
    const { at, verdict } = judgeCpu({
      row,
      pairs: [pair({ of: 9, connections: 4 }), pair({ of: 1.9 })],
    })
    expect(at.map(({ connections }) => connections)).toEqual([4, 64])
    expect(verdict).toBe('aim')
    expect(judgeCpu({ row, pairs: [pair({ of: 3 })] }).verdict).toBe('below')
  })

  it('is unknown where nothing was answered or nothing was measured', () => {
    const silent = { ...pair({ of: 1 }), of: { ...reading({ ms: 0 }), answered: 0 } }
    expect(judgeCpu({ row, pairs: [silent] }).verdict).toBe('unknown')
    expect(judgeCpu({ row, pairs: [pair({ of: 1, connections: 4 })] }).verdict).toBe('unknown')
  })

  it('lists the answers that were not expected, and counts only its own pairs', () => {
    const strange = { ...reading({ ms: 1 }), others: { '503 busy': 2 } }
    const pairs = [
      { ...pair({ of: 1 }), of: strange },
      { ...pair({ of: 1 }), of: strange },
      { ...pair({ of: 7 }), rowId: 'cpu-line' },
    ]
    const outcome = judgeCpu({ row, pairs })
    expect(outcome.others).toEqual({ '503 busy': 4 })
    expect(outcome.at[0]?.ratio.most).toBeCloseTo(1)
    expect(tabulateCpu([outcome])).toContain('4 × 503 busy')
  })
})

describe('a warning', () => {
  it('is given where B0 itself varied by more than a third, for that number of connections', () => {
    const steady = [pair({ of: 2, against: 1 }), pair({ of: 2, against: 1.33 })]
    expect(warnOfCpu(steady)).toEqual([])
    const few = [1, 1.4].map((against) => pair({ of: 2, against, connections: 4 }))
    const warnings = warnOfCpu([...steady, ...few])
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('4 connections')
  })

  it('does not take another baseline for B0', () => {
    const other = CPU_ROWS.find(({ against }) => against !== 'echo')?.id ?? ''
    const pairs = [1, 3].map((against) => ({ ...pair({ of: 2, against }), rowId: other }))
    expect(warnOfCpu(pairs)).toEqual([])
    expect(warnOfBaseline({ figures: [], what: 'B0' })).toEqual([])
  })
})

it('has a row for each target, each with its own id', () => {
  const ids = CPU_ROWS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { pass, aim } of CPU_ROWS) expect(aim).toBeLessThan(pass)
})
