import { expect, it, onTestFinished, vi } from 'vitest'
import { log } from './log'
import { countTroubles, noteTrouble } from './trouble'

it('warns of each kind at once, then once a minute with how many came, and counts all', () => {
  const warn = vi.spyOn(log, 'warn').mockImplementation(() => {})
  onTestFinished(() => warn.mockRestore())
  const note = (kind: 'mail server away' | 'push server away', nowMs: number) =>
    noteTrouble({ kind, problem: 'refused' }, nowMs)
  note('mail server away', 1_000)
  note('mail server away', 2_000)
  note('push server away', 3_000)
  note('mail server away', 60_999)
  expect(warn.mock.calls).toEqual([
    [{ problem: 'refused', times: 1 }, 'mail server away'],
    [{ problem: 'refused', times: 1 }, 'push server away'],
  ])
  note('mail server away', 61_000)
  expect(warn.mock.lastCall).toEqual([{ problem: 'refused', times: 3 }, 'mail server away'])
  expect(countTroubles()).toEqual({ 'mail server away': 4, 'push server away': 1 })
})
