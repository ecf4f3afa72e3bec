import type { Page, Response } from 'playwright-core'
import { localisePath } from '@/lib/i18n/locale'
import { closeVisit, type TestBrowser } from '../browser'
import { openAs } from '../owner-scene'
import type { GalleryScene } from './scene'
import type { View } from './view'

export interface Look {
  size: { width: number; height: number }
  locale: 'ko' | 'en'
  colorScheme: 'light' | 'dark'
}

export function nameLook({ size, locale, colorScheme }: Look): string {
  return `${size.width}-${locale}-${colorScheme}`
}

export interface Visit {
  page: Page
  complaints: string[]
  /** The document that the browser was sent last. */
  readSent: () => Response | null
}

/** Nothing is prepared before it or done in it, so that it leaves nothing to the view after it. */
const isPlain = ({ before, after, hasWorker }: View) => !before && !after && !hasWorker

/** What earlier views of the same visitor have kept, as in a browser that is new. */
function forget(): void {
  localStorage.clear()
  sessionStorage.clear()
}

/**
 * Pages that show one view after the other. A browser that is new takes twice as long to open a view
 * and to look it over, so plain views of one visitor in one look share theirs.
 */
export function useVisits({
  browser,
  urlOf,
  sceneOf,
}: {
  browser: TestBrowser
  urlOf: () => string
  sceneOf: () => GalleryScene
}) {
  const kept = new Map<string, Visit[]>()
  const nameKept = (view: View, look: Look) => `${nameLook(look)} ${view.as ?? 'nobody'}`

  async function openNew({ view, look, path }: { view: View; look: Look; path: string }) {
    const { size, locale, colorScheme } = look
    let sent: Response | null = null
    const opened = await openAs({
      browser,
      url: urlOf(),
      person: view.as ? sceneOf().people[view.as] : null,
      viewport: size,
      locale: locale === 'ko' ? 'ko-KR' : 'en-US',
      path,
      ...(view.hasWorker && { serviceWorkers: 'allow' }),
      prepare: async (fresh) => {
        fresh.on('response', (response) => {
          if (response.request().isNavigationRequest()) sent = response
        })
        await fresh.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        if (isPlain(view)) await fresh.addInitScript(forget)
        await view.before?.(fresh)
      },
    })
    return { ...opened, readSent: () => sent }
  }

  async function openAgain({ visit, path }: { visit: Visit; path: string }): Promise<Visit> {
    visit.complaints.length = 0
    await visit.page.goto(`${urlOf()}${path}`)
    return visit
  }

  return {
    open: async ({ view, look }: { view: View; look: Look }): Promise<Visit> => {
      const path = localisePath({ path: view.path(sceneOf()), locale: look.locale })
      const before = isPlain(view) ? kept.get(nameKept(view, look))?.pop() : undefined
      const visit = await (before
        ? openAgain({ visit: before, path })
        : openNew({ view, look, path }))
      const { page } = visit
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForLoadState('networkidle')
      await view.after?.(page)
      return visit
    },
    /** Once nothing was wrong with it: a page that a test failed on is used for no other. */
    leave: async ({ view, look, visit }: { view: View; look: Look; visit: Visit }) => {
      if (!isPlain(view)) return closeVisit(visit.page.context())
      // What the view polls ends with it.
      await visit.page.goto(`${urlOf()}/api/health/live`)
      const name = nameKept(view, look)
      kept.set(name, [...(kept.get(name) ?? []), visit])
    },
  }
}
