import { expect, it } from 'vitest'
import { TaskMeter } from './meter'
import { listFamily, parseSchedstat, parseStat } from './task-times'

it('reads the time on a processor, and no other file', () => {
  expect(parseSchedstat('123456789 42 7\n')).toBe(123_456_789)
  expect(parseSchedstat('0 0 0\n')).toBe(0)
  for (const text of ['', '12', 'a b c', '1 2 3 4', '-1 2 3'])
    expect(parseSchedstat(text)).toBeNull()
})

it('reads who started a process, whatever its name', () => {
  expect(parseStat('17 (node) S 4 17 17 0 -1')).toEqual({ pid: 17, parent: 4 })
  expect(parseStat('18 (postgres: a) b (c) R 9 18 18 0')).toEqual({ pid: 18, parent: 9 })
  expect(parseStat('nothing')).toBeNull()
})

it('finds all that descend from a process, in whichever order they are listed', () => {
  const processes = [
    { pid: 5, parent: 4 },
    { pid: 4, parent: 2 },
    { pid: 3, parent: 1 },
    { pid: 2, parent: 1 },
  ]
  expect([...listFamily({ roots: [2], processes })].sort()).toEqual([2, 4, 5])
})

it('counts what was used since the first look, with threads that came later and those that went', () => {
  const meter = new TaskMeter(
    new Map([
      ['1/1', 100],
      ['1/2', 50],
    ]),
  )
  meter.note(
    new Map([
      ['1/1', 130],
      ['2/2', 7],
    ]),
  )
  expect(meter.totalNs, '30 of the first, 7 of a new one, nothing of the one that is gone').toBe(37)
  meter.note(
    new Map([
      ['1/1', 130],
      ['2/2', 9],
    ]),
  )
  expect(meter.totalNs).toBe(39)
})

it('takes a thread with less than before for another one with its number', () => {
  const meter = new TaskMeter(new Map([['1/1', 100]]))
  meter.note(new Map([['1/1', 12]]))
  meter.note(new Map([['1/1', 20]]))
  expect(meter.totalNs).toBe(20)
})
