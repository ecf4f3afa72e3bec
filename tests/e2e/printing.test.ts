import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useBrowser } from '../support/browser'
import { type GalleryScene, setUpGallery } from '../support/gallery/scene'
import { useApps } from '../support/http-scene'
import { openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
let scene: GalleryScene
beforeAll(async () => {
  scene = await setUpGallery()
}, 120_000)

/** Set by `npm run screenshots`: the folder for the pictures. */
const folder = process.env.GALLERY_FOLDER

interface Printed {
  name: string
  path: () => string
  as: keyof GalleryScene['people'] | null
  /** What the paper is for. */
  holds: (page: Page) => ReturnType<Page['locator']>
}

const printed: Printed[] = [
  {
    name: 'ticket',
    path: () => `/tickets/${scene.lines.ownId}`,
    as: 'diner',
    holds: (page) => page.getByText(/^\d+번$/),
  },
  {
    name: 'reservation',
    path: () => `/reservations/${scene.reservationIds.coming}`,
    as: 'diner',
    holds: (page) => page.getByRole('img'),
  },
  {
    name: 'list of the board',
    path: () => '/owner?restaurant=evening',
    as: 'host',
    holds: (page) => page.getByRole('listitem'),
  },
]

/** What stands on paper although only a screen can use it. */
const listControls = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('header, footer, nav a, input, select, dialog, [role=grid]')]
      .filter((element) => !element.closest('main header') || element.matches('input, select'))
      .filter((element) => element.checkVisibility() && element.getClientRects().length > 0)
      .map((element) => element.outerHTML.slice(0, 120)),
  )

describe('on paper', () => {
  test.each(printed.map((each): [string, Printed] => [each.name, each]))(
    'the %s is white, whole, on one sheet, and without what can only be pressed',
    async (name, { path: pathOf, as, holds }) => {
      const { page } = await openAs({
        browser,
        url: apps.urlOf(),
        person: as ? scene.people[as] : null,
        path: pathOf(),
        locale: 'ko-KR',
      })
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
      await page.waitForLoadState('networkidle')
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      expect(await listControls(page)).toEqual([])
      expect(await holds(page).first().isVisible()).toBe(true)
      const look = await page.evaluate(() => {
        const { backgroundColor, color } = getComputedStyle(document.documentElement)
        return { backgroundColor, color }
      })
      expect(look).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' })
      // Nothing is cut off by the frame that scrolls on a screen.
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('main, main *')]
          .filter(
            (element) => element.checkVisibility() && !element.matches('.sr-only, .sr-only *'),
          )
          .filter((element) => getComputedStyle(element).overflowY === 'auto')
          .filter((element) => element.scrollHeight > element.clientHeight + 1)
          .map((element) => element.outerHTML.slice(0, 120)),
      )
      expect(cut).toEqual([])
      const paper = await page.pdf({ format: 'A4' })
      // A blank one would come out after it.
      expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
      if (folder) {
        mkdirSync(folder, { recursive: true })
        writeFileSync(path.join(folder, `print-${name.replaceAll(' ', '-')}.pdf`), paper)
      }
      await page.context().close()
    },
  )
})
