import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** Counted by `watchTaps`. */
    taps?: number
  }
}

/** Counts what a finger does, whatever the test calls it. For `prepare` of `openAs`. */
export async function watchTaps(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.taps = 0
    const count = () => {
      window.taps = (window.taps ?? 0) + 1
    }
    window.addEventListener('pointerdown', count, { capture: true })
  })
}

/** The taps that some work on a page takes; it must have been opened with `watchTaps`. */
export async function countTaps(page: Page, work: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    if (window.taps === undefined) throw new Error('nobody watches taps on this page')
    window.taps = 0
  })
  await work()
  return page.evaluate(() => window.taps ?? 0)
}
