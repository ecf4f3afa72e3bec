import { readFileSync } from 'node:fs'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'

const FILE = path.resolve(import.meta.dirname, '../../public/notices-worker.js')
const ORIGIN = 'https://bobjool.test'

/** The worker in a fake browser that records the worker's calls. */
function start({ tabs = [] as { url: string; focus: () => unknown }[] } = {}) {
  const listeners = new Map<string, (event: unknown) => void>()
  const showNotification = vi.fn(async () => {})
  const openWindow = vi.fn(async () => {})
  const self = {
    addEventListener: (name: string, listener: (event: unknown) => void) =>
      listeners.set(name, listener),
    skipWaiting: () => {},
    location: { origin: ORIGIN },
    registration: { showNotification },
    clients: { matchAll: async () => tabs, openWindow },
  }
  runInNewContext(readFileSync(FILE, 'utf8'), { self, URL })
  const send = async (name: string, event: object) => {
    let work: unknown
    const waitUntil = (promise: unknown) => {
      work = promise
    }
    listeners.get(name)?.({ ...event, waitUntil })
    await work
  }
  return { send, showNotification, openWindow, names: [...listeners.keys()] }
}

const tap = (url: unknown) => ({ notification: { close: () => {}, data: { url } } })

describe('the service worker of notices', () => {
  it('shows what was pushed, once for each notice, and answers no request', async () => {
    const { send, showNotification, names } = start()
    const notice = { id: 'n1', title: '지금 들어오세요', text: '17번 손님', lang: 'ko', url: '/t' }
    await send('push', { data: { json: () => notice } })
    expect(showNotification).toHaveBeenCalledWith('지금 들어오세요', {
      body: '17번 손님',
      tag: 'n1',
      lang: 'ko',
      icon: '/icons/icon-192.png',
      data: { url: '/t' },
    })
    expect(names).not.toContain('fetch')
  })

  it('shows something for a push without contents, as browsers demand', async () => {
    const { send, showNotification } = start()
    await send('push', { data: null })
    expect(showNotification).toHaveBeenCalledWith('밥줄', expect.anything())
  })

  it.each([
    [`${ORIGIN}/tickets/1`, `${ORIGIN}/tickets/1`],
    ['/en/tickets/1', `${ORIGIN}/en/tickets/1`],
    [undefined, `${ORIGIN}/`],
    ['https://evil.test/x', ORIGIN],
    ['javascript:alert(1)', ORIGIN],
  ])('a tap on a notice that names %s opens %s', async (url, opened) => {
    const { send, openWindow } = start()
    await send('notificationclick', tap(url))
    expect(openWindow).toHaveBeenCalledWith(opened)
  })

  it('a tap focuses the tab that already shows the page', async () => {
    const focus = vi.fn()
    const url = `${ORIGIN}/tickets/1`
    const { send, openWindow } = start({ tabs: [{ url, focus }] })
    await send('notificationclick', tap(url))
    expect(focus).toHaveBeenCalled()
    expect(openWindow).not.toHaveBeenCalled()
  })
})
