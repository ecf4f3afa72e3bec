import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { UPRIGHT, useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import { expectAccessible, openOwnBoard, panelOf } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const openBoard = (wish = {}) => openOwnBoard({ browser, url: apps.urlOf(), ...wish })

declare global {
  interface Window {
    /** How many locks the page holds on the screen. */
    heldLocks: number
    battery: EventTarget & { level: number; charging: boolean }
  }
}

/** A tablet that counts its locks on the screen, has a tenth of its charge, and whose clock is fast. */
const makeTablet = (page: Page, { fastMs = 0 } = {}) =>
  page.addInitScript((aheadMs) => {
    window.heldLocks = 0
    const request = async () => {
      window.heldLocks += 1
      const lock = {
        released: false,
        release: async () => {
          if (!lock.released) window.heldLocks -= 1
          lock.released = true
        },
      }
      return lock
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request } })
    window.battery = Object.assign(new EventTarget(), { level: 0.1, charging: false })
    Object.defineProperty(navigator, 'getBattery', { value: async () => window.battery })
    const read = Date.now
    Date.now = () => read() + aheadMs
  }, fastMs)

describe('the tablet itself', () => {
  test('keeps its screen on unless the switch is off, which it remembers', async () => {
    const { page } = await openBoard({ prepare: (tablet: Page) => makeTablet(tablet) })
    const countHeld = () => page.evaluate(() => window.heldLocks)
    await expect.poll(countHeld).toBe(1)
    await page.getByRole('button', { name: '더보기' }).click()
    const awake = panelOf(page).getByRole('switch', { name: '화면 켜 두기' })
    await awake.click()
    await expect.poll(countHeld).toBe(0)
    await page.reload()
    await page.getByRole('button', { name: '더보기' }).click()
    expect(await awake.getAttribute('aria-checked')).toBe('false')
    expect(await countHeld()).toBe(0)
    await awake.click()
    await expect.poll(countHeld).toBe(1)
  })

  test('says when its battery is low and its clock is wrong, and no longer than that', async () => {
    const { page } = await openBoard({
      prepare: (tablet: Page) => makeTablet(tablet, { fastMs: 5 * 60_000 }),
      viewport: UPRIGHT,
    })
    const battery = page.getByText('이 태블릿의 배터리가 10% 남았어요.')
    await battery.waitFor()
    await page.getByText('이 태블릿의 시계가 5분 빨라요.').waitFor()
    await expectAccessible(page)
    await page.evaluate(() => {
      window.battery.charging = true
      window.battery.dispatchEvent(new Event('chargingchange'))
    })
    await battery.waitFor({ state: 'detached' })
  })

  test('control: a tablet with the right time, and a browser that tells nothing of its battery', async () => {
    const { page } = await openBoard()
    await page.waitForResponse((response) => /\/restaurants\/[^/]+\/day/.test(response.url()))
    expect(await page.getByText(/이 태블릿의/).count()).toBe(0)
  })
})
