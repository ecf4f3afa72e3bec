import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Polled } from '@/components/ui/client/poll'
import { startWatchedFeed } from './watched-feed'

const AS_OF = '2026-12-04T10:00:00.000Z'
const MINUTE = 60_000
const day = () => Response.json({ asOf: AS_OF, pollAfterMs: 1_000 }, { headers: { etag: '"a"' } })
const unchanged = () => new Response(null, { status: 304, headers: { 'as-of': AS_OF } })

let asked = 0
let isChanged = true
let stop = () => {}

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0)
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('fetch', async () => {
    asked += 1
    const answer = isChanged ? day() : unchanged()
    isChanged = false
    return answer
  })
  asked = 0
  isChanged = true
  const onValue = vi.fn()
  stop = startWatchedFeed<Polled>({ url: '/day', locale: 'ko', pollAfterMs: 0, onValue }).stop
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function countAskedIn(ms: number): Promise<number> {
  const before = asked
  await vi.advanceTimersByTimeAsync(ms)
  return asked - before
}

it('asks each second while something happens, and every four once nothing has for five minutes', async () => {
  expect(await countAskedIn(5 * MINUTE)).toBeGreaterThanOrEqual(300)
  await countAskedIn(10_000)
  expect(await countAskedIn(MINUTE)).toBe(15)
  isChanged = true
  await countAskedIn(4_000)
  expect(await countAskedIn(MINUTE)).toBe(60)
})

it.each(['pointerdown', 'keydown'])(
  'asks at once after a %s, and each second again',
  async (touch) => {
    await countAskedIn(6 * MINUTE)
    window.dispatchEvent(new Event(touch))
    expect(await countAskedIn(0)).toBe(1)
    expect(await countAskedIn(MINUTE)).toBe(60)
  },
)

it('listens to nobody once it is stopped', async () => {
  await countAskedIn(6 * MINUTE)
  stop()
  window.dispatchEvent(new Event('keydown'))
  expect(await countAskedIn(MINUTE)).toBe(0)
})
