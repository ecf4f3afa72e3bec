import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { findChromium, MISSING_CHROMIUM } from '@/local/chromium'

/** A phone of the most ordinary size. */
export const PHONE = { width: 390, height: 844 }
/** The tablet at a restaurant's door, held in landscape. */
export const TABLET = { width: 1180, height: 820 }
/** The same tablet held in portrait, where lists and tables are tabs. */
export const UPRIGHT = { width: 820, height: 1180 }

export interface ContextWish {
  viewport?: { width: number; height: number }
  locale?: 'ko-KR' | 'en-US'
  /** What the browser says of itself; its own words unless given. */
  userAgent?: string
  hasTouch?: boolean
  /** False: the page as it is before, or without, its scripts. */
  javaScriptEnabled?: boolean
  serviceWorkers?: 'allow'
  /** By which way every request goes, those of a service worker too. */
  proxy?: { server: string }
}

export interface TestBrowser {
  /** One visitor with their own cookies; closed at the end of the file. */
  newContext: (wish?: ContextWish) => Promise<BrowserContext>
  newPage: (wish?: ContextWish) => Promise<Page>
}

/**
 * A Chromium for this test file. Fails, never skips, where there is none. `isWhole`: with what it
 * has beside its pages, such as notifications.
 */
export function useBrowser({ isWhole = false } = {}): TestBrowser {
  let browser: Browser | null = null
  beforeAll(async () => {
    browser = await launchBrowser({ isWhole })
  }, 60_000)
  afterAll(async () => {
    await Promise.all(browser?.contexts().map(closeVisit) ?? [])
    await browser?.close()
  })
  const newContext: TestBrowser['newContext'] = async (wish = {}) => {
    if (!browser) throw new Error('The browser is there from beforeAll on, not while a file loads.')
    const context = await browser.newContext({
      viewport: PHONE,
      locale: 'ko-KR',
      timezoneId: 'Asia/Seoul',
      hasTouch: true,
      // A worker would keep the board's page, and its requests pass by a test's routes.
      serviceWorkers: isWhole ? 'allow' : 'block',
      ...wish,
    })
    context.setDefaultTimeout(15_000)
    return context
  }
  return { newContext, newPage: async (wish) => (await newContext(wish)).newPage() }
}

/** A page polls on: what a route still answers for it then is of no interest to anybody. */
export async function closeVisit(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })))
  await context.close()
}

/** `extra`: Chromium's switches, as for a camera. */
export async function launchBrowser({
  extra = [],
  isWhole = false,
}: {
  extra?: string[]
  isWhole?: boolean
}): Promise<Browser> {
  const executablePath = findChromium({ isWhole })
  if (!executablePath) throw new Error(MISSING_CHROMIUM)
  const isRoot = process.getuid?.() === 0
  return chromium.launch({
    executablePath,
    args: [
      // Chromium's sandbox refuses to run as root, as which containers run.
      ...(isRoot ? ['--no-sandbox'] : []),
      // Containers give /dev/shm 64 MB, which one page can fill.
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--font-render-hinting=none',
      '--lang=ko-KR',
      ...extra,
    ],
  })
}
