import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, it } from 'vitest'
import { createPace, MOST_IN_A_TURN } from './pace'

/** A loop that turns when it is told to. */
function useLoop() {
  const due: (() => void)[] = []
  const begun: number[] = []
  const pace = createPace((work) => due.push(work))
  return {
    begun,
    pace,
    ask: (...numbers: number[]) => {
      for (const number of numbers) pace(() => begun.push(number))
    },
    turn: () => {
      for (const work of due.splice(0)) work()
    },
    isIdle: () => due.length === 0,
  }
}

const count = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('the pace of what is let in', () => {
  it('begins the first few where they stand, and as many in each turn after, in their order', () => {
    const { ask, begun, turn, isIdle } = useLoop()
    ask(...count(1, 10))
    expect(begun).toEqual(count(1, MOST_IN_A_TURN))
    turn()
    expect(begun).toEqual(count(1, 8))
    turn()
    expect(begun).toEqual(count(1, 10))
    turn()
    expect(isIdle()).toBe(true)
  })

  it('lets none past those who wait', () => {
    const { ask, begun, turn } = useLoop()
    ask(...count(1, 9))
    turn()
    // Of this turn none is left, and one still waits.
    ask(10)
    expect(begun).toEqual(count(1, 8))
    turn()
    expect(begun).toEqual(count(1, 10))
  })

  it('counts what came in the turn of those who waited, however they came', () => {
    const { ask, begun, turn } = useLoop()
    ask(...count(1, 6))
    turn()
    ask(...count(7, 10))
    expect(begun).toEqual(count(1, 8))
  })

  it('makes nobody wait once there was a turn without company', () => {
    const { ask, begun, turn, isIdle } = useLoop()
    ask(1)
    turn()
    expect(isIdle()).toBe(true)
    ask(...count(2, 5))
    expect(begun).toEqual(count(1, 5))
  })

  it('goes on with those behind one that fails', () => {
    const { ask, begun, pace, turn } = useLoop()
    ask(...count(1, 4))
    pace(() => {
      throw new Error('failed')
    })
    ask(...count(5, 9))
    expect(turn).toThrow('failed')
    turn()
    turn()
    expect(begun).toEqual(count(1, 9))
  })

  it('begins each in its own context', () => {
    const names = new AsyncLocalStorage<string>()
    const { pace, turn } = useLoop()
    const seen: (string | undefined)[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
      names.run(name, () => pace(() => seen.push(names.getStore())))
    names.run('another', turn)
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })
})
