import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { localisePath } from '@/lib/locale'
import { PHONE, useBrowser } from '../support/browser'
import { type GalleryScene, setUpGallery } from '../support/gallery/scene'
import type { View } from '../support/gallery/view'
import { views } from '../support/gallery/views'
import { useApps } from '../support/http-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const PAGES = path.resolve(import.meta.dirname, '../../app/[locale]')
const DESK = { width: 1280, height: 800 }
/** Set by `npm run screenshots`: where the pictures go. Then every look is taken, not only one. */
const folder = process.env.GALLERY_FOLDER

interface Look {
  size: typeof PHONE
  locale: 'ko' | 'en'
  colorScheme: 'light' | 'dark'
}

/**
 * What is most unlike: a phone by day in Korean, a desk by night in English. Neighbours in the list
 * take turns, so that a page which has several states is seen in both, in half the time.
 */
const turns: Look[] = [
  { size: PHONE, locale: 'ko', colorScheme: 'light' },
  { size: DESK, locale: 'en', colorScheme: 'dark' },
]
const allLooks: Look[] = [PHONE, DESK].flatMap((size) =>
  (['ko', 'en'] as const).flatMap((locale) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ size, locale, colorScheme })),
  ),
)

const apps = useApps()
const browser = useBrowser()
let scene: GalleryScene
beforeAll(async () => {
  scene = await setUpGallery()
  if (folder) mkdirSync(folder, { recursive: true })
}, 120_000)

async function openView({ view, look }: { view: View; look: Look }) {
  const { size, locale, colorScheme } = look
  const { page, complaints } = await openAs({
    browser,
    url: apps.urlOf(),
    person: view.as ? scene.people[view.as] : null,
    viewport: size,
    locale: locale === 'ko' ? 'ko-KR' : 'en-US',
    path: localisePath({ path: view.path(scene), locale }),
    prepare: async (fresh) => {
      await fresh.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await view.before?.(fresh)
    },
  })
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
  await view.after?.(page)
  return { page, complaints: complaints.filter((said) => !view.complaints?.test(said)) }
}

async function takePicture({ page, view, look }: { page: Page; view: View; look: Look }) {
  const { size, locale, colorScheme } = look
  const name = `${view.name}-${size.width}-${locale}-${colorScheme}.png`
  if (folder) await page.screenshot({ path: path.join(folder, name), fullPage: true })
}

describe('the gallery', () => {
  test('shows every page there is', () => {
    const files = readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
    const routes = files
      .filter((file) => path.basename(file) === 'page.tsx')
      .map((file) => path.dirname(file).replace(/^\.$/, ''))
    const shown = new Set(views.map(({ route }) => route))
    expect(routes.filter((route) => !shown.has(route))).toEqual([])
    expect([...shown].filter((route) => !routes.includes(route))).toEqual([])
  })

  test.each(views.map((view, index): [string, View, number] => [view.name, view, index]))(
    '%s: axe finds nothing, nothing is cut off, and the console is silent',
    async (_, view, index) => {
      for (const look of folder ? allLooks : turns.filter((_, turn) => turn === index % 2)) {
        const { page, complaints } = await openView({ view, look })
        await takePicture({ page, view, look })
        await expectAccessible(page)
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        expect({ look, width }).toEqual({ look, width: look.size.width })
        expect(complaints).toEqual([])
        await page.context().close()
      }
    },
  )
})
