import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { localisePath } from '@/lib/i18n/locale'
import { PHONE, useBrowser } from '../support/browser'
import { type GalleryScene, setUpGallery } from '../support/gallery/scene'
import type { View } from '../support/gallery/view'
import { views } from '../support/gallery/views'
import { useApps } from '../support/http-scene'
import { openSlowly, readShift, watchShifts } from '../support/layout-shift'
import { openAs } from '../support/owner-scene'

const DESK = { width: 1280, height: 800 }
const MOST = 0.02

const apps = useApps()
const browser = useBrowser()
let scene: GalleryScene
beforeAll(async () => {
  scene = await setUpGallery()
}, 120_000)

const isDiners = ({ route }: View) => !/^(owner|admin)/.test(route)
const shown = views.filter(isDiners)
/** Phones have the least room, so each state is seen on one; each page is seen on a desk, too. */
const looks = shown.flatMap((view, index) => {
  const isFirstOfRoute = shown.findIndex(({ route }) => route === view.route) === index
  return (isFirstOfRoute ? [PHONE, DESK] : [PHONE]).map((size): [string, View, typeof PHONE] => [
    `${view.name} at ${size.width}`,
    view,
    size,
  ])
})

/** A document that does nothing by itself. */
const NOTHING = '/api/health/live'
/** Pages on which nothing was prepared, by visitor and size: the next such view is opened on one. */
const kept = new Map<string, Page[]>()

async function openPage({ view, size }: { view: View; size: typeof PHONE }) {
  const pages = view.before ? [] : (kept.get(nameKept({ view, size })) ?? [])
  const before = pages.pop()
  if (before) return before
  const { page } = await openAs({
    browser,
    url: apps.urlOf(),
    person: view.as ? scene.people[view.as] : null,
    viewport: size,
    locale: size === PHONE ? 'ko-KR' : 'en-US',
    path: NOTHING,
    prepare: watchShifts,
  })
  await view.before?.(page)
  return page
}

async function leavePage({ view, size, page }: { view: View; size: typeof PHONE; page: Page }) {
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  if (view.before) return page.context().close()
  await page.goto(`${apps.urlOf()}${NOTHING}`)
  const name = nameKept({ view, size })
  kept.set(name, [...(kept.get(name) ?? []), page])
}

const nameKept = ({ view, size }: { view: View; size: typeof PHONE }) =>
  `${view.as ?? 'nobody'} ${size.width}`

describe('layout shift', () => {
  test.each(looks)(
    '%s stays where it was painted: CLS below 0.02 with scripts and answers late',
    { concurrent: true },
    async (_, view, size) => {
      const locale = size === PHONE ? 'ko' : 'en'
      const page = await openPage({ view, size })
      const path = localisePath({ path: view.path(scene), locale })
      await openSlowly({ page, url: `${apps.urlOf()}${path}` })
      const { score, moved } = await readShift(page)
      expect({ isStill: score < MOST, ...(score >= MOST && { score, moved }) }).toEqual({
        isStill: true,
      })
      await leavePage({ view, size, page })
    },
  )
})
