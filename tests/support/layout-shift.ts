import type { Page } from 'playwright-core'

export interface LayoutShift {
  /** Cumulative layout shift as Lighthouse and browsers count it: the worst burst of at most 5 s. */
  score: number
  /** What moved, the largest shift first. */
  moved: string[]
}

declare global {
  interface Window {
    layoutShifts?: { value: number; atMs: number; moved: string[] }[]
  }
}

interface ShiftEntry extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
  sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
}

/** Runs in the page before anything else. */
function recordShifts(): void {
  const shifts: NonNullable<Window['layoutShifts']> = []
  window.layoutShifts = shifts
  const nameNode = (node: Node | null) => {
    const element = node instanceof Element ? node : node?.parentElement
    return element ? `${element.outerHTML.slice(0, 120)} ${element.textContent?.slice(0, 40)}` : ''
  }
  const isShift = (entry: PerformanceEntry): entry is ShiftEntry => 'hadRecentInput' in entry
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!isShift(entry) || entry.hadRecentInput) continue
      const moved = entry.sources.map(
        ({ node, previousRect: from, currentRect: to }) =>
          `${nameNode(node)}: ${from.x},${from.y} ${from.width}×${from.height} → ${to.x},${to.y} ${to.width}×${to.height}`,
      )
      shifts.push({ value: entry.value, atMs: entry.startTime, moved })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

/**
 * Holds each request to such an address until released. Requests that the page has given up are no
 * fault of the test.
 */
async function hold({ page, address }: { page: Page; address: RegExp }) {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let isAsked = () => {}
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve
  })
  await page.route(address, async (route) => {
    isAsked()
    await released
    await route.fallback().catch(() => {})
  })
  return { release: () => release(), asked }
}

/** Two frames on: what the page was told has been laid out and painted. */
const paint = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
      }),
  )

/** Before the page is opened. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(recordShifts)
}

/**
 * Opens a page as it comes on a slow network: painted without its scripts, then with them but
 * without an answer to what they ask, then whole.
 */
export async function openSlowly({ page, url }: { page: Page; url: string }): Promise<void> {
  const scripts = await hold({ page, address: /\/_next\/static\/.*\.js/ })
  const answers = await hold({ page, address: /\/api\/v1\// })
  await page.goto(url, { waitUntil: 'commit' })
  await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint').length > 0,
  )
  await paint(page)
  scripts.release()
  // Every page asks who looks at it, once its script runs.
  await answers.asked
  await paint(page)
  answers.release()
  await page.waitForLoadState('networkidle')
  await paint(page)
}

const GAP_MS = 1_000
const WINDOW_MS = 5_000

export async function readShift(page: Page): Promise<LayoutShift> {
  const shifts = await page.evaluate(() => window.layoutShifts ?? [])
  let score = 0
  let burst = { value: 0, fromMs: 0, toMs: Number.NEGATIVE_INFINITY }
  for (const { value, atMs } of shifts) {
    const isSame = atMs - burst.toMs < GAP_MS && atMs - burst.fromMs < WINDOW_MS
    burst = isSame
      ? { value: burst.value + value, fromMs: burst.fromMs, toMs: atMs }
      : { value, fromMs: atMs, toMs: atMs }
    score = Math.max(score, burst.value)
  }
  const moved = shifts
    .toSorted((one, other) => other.value - one.value)
    .flatMap((shift) => shift.moved.map((what) => `${shift.value.toFixed(3)} ${what}`))
  return { score, moved }
}
