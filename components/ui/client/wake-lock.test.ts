import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepAwake } from './use-wake-lock'

/** A page that can be hidden, and a browser whose locks go when it is. */
function setUp({ refuses = false }: { refuses?: boolean } = {}) {
  const page = Object.assign(new EventTarget(), { hidden: false })
  const locks: { released: boolean; release: () => Promise<void> }[] = []
  const request = async () => {
    if (refuses) throw new Error('NotAllowedError')
    const lock = {
      released: false,
      release: async () => {
        lock.released = true
      },
    }
    locks.push(lock)
    return lock
  }
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', { wakeLock: { request } })
  const turn = async (hidden: boolean) => {
    page.hidden = hidden
    if (hidden) for (const lock of locks) lock.released = true
    page.dispatchEvent(new Event('visibilitychange'))
    await Promise.resolve()
    await Promise.resolve()
  }
  const countHeld = () => locks.filter(({ released }) => !released).length
  return { turn, countHeld }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('a screen that stays awake', () => {
  beforeEach(() => vi.unstubAllGlobals())
  afterEach(() => vi.unstubAllGlobals())

  it('asks again whenever the page is back, and lets go at the end', async () => {
    const { turn, countHeld } = setUp()
    const stop = keepAwake()
    await settle()
    expect(countHeld()).toBe(1)
    await turn(true)
    expect(countHeld()).toBe(0)
    await turn(false)
    await settle()
    expect(countHeld()).toBe(1)
    stop()
    await settle()
    expect(countHeld()).toBe(0)
    await turn(false)
    await settle()
    expect(countHeld()).toBe(0)
  })

  it('sleeps as it would where a lock is refused or unknown', async () => {
    setUp({ refuses: true })
    const stop = keepAwake()
    await settle()
    stop()
    vi.stubGlobal('navigator', {})
    keepAwake()()
    await settle()
  })
})
