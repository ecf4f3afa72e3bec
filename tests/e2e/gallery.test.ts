import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { closeVisit, PHONE, useBrowser } from '../support/browser'
import { type ReadmePicture, readmePictures } from '../support/gallery/readme-pictures'
import { type GalleryScene, setUpGallery } from '../support/gallery/scene'
import type { View } from '../support/gallery/view'
import { views } from '../support/gallery/views'
import { type Look, nameLook, useVisits } from '../support/gallery/visits'
import { useApps } from '../support/http-scene'
import { expectAccessible } from '../support/owner-scene'
import { listHtmlErrors } from '../support/valid-html'

const PAGES = path.resolve(import.meta.dirname, '../../app/[locale]')
const DESK = { width: 1280, height: 800 }
/** Set by `npm run screenshots`: the folder for the pictures. Then it takes every look only. */
const folder = process.env.GALLERY_FOLDER
/** Set instead by `npm run screenshots -- --readme`: the folder for those few. */
const readmeFolder = process.env.GALLERY_README
/** Takes only looks whose names contain this, as `390-ko` or `dark`. */
const wantedLook = process.env.GALLERY_LOOK ?? ''

/**
 * The two looks most unlike each other: a phone by day in Korean, a desk by night in English.
 * Neighbours in the list alternate, so that a page with several states is seen in both in half the
 * time.
 */
const turns: Look[] = [
  { size: PHONE, locale: 'ko', colorScheme: 'light' },
  { size: DESK, locale: 'en', colorScheme: 'dark' },
]
/** In pairs of day and night, which show the same page. */
const allLooks = [PHONE, DESK].flatMap((size) =>
  (['ko', 'en'] as const).map((locale) =>
    (['light', 'dark'] as const)
      .map((colorScheme): Look => ({ size, locale, colorScheme }))
      .filter((look) => nameLook(look).includes(wantedLook)),
  ),
)

const apps = useApps()
const browser = useBrowser()
let scene: GalleryScene
const visits = useVisits({ browser, urlOf: apps.urlOf, sceneOf: () => scene })
beforeAll(async () => {
  scene = await setUpGallery()
  // The restaurants made for single states would crowd the first page; all are in another zone.
  if (readmeFolder)
    await pool.query(`UPDATE restaurants SET published = false WHERE time_zone <> 'Asia/Seoul'`)
  for (const made of [folder, readmeFolder]) if (made) mkdirSync(made, { recursive: true })
}, 120_000)

/** A board fills the screen: only its parts scroll. In pixels; of another page, nothing. */
const measureBelowBoard = (page: Page): Promise<number> =>
  page.evaluate(() => {
    if (!document.querySelector('[data-board]')) return 0
    return document.documentElement.scrollHeight - window.innerHeight
  })

async function takePictures({ view, looks }: { view: View; looks: Look[] }) {
  const [first, ...rest] = looks
  if (!folder || !first) return
  const { page } = await visits.open({ view, look: first })
  for (const look of [first, ...rest]) {
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' })
    const name = `${view.name}-${nameLook(look)}.png`
    await page.screenshot({ path: path.join(folder, name), fullPage: true })
  }
  await closeVisit(page.context())
}

/** The visible part of the page, small enough to be kept beside the code. */
async function takeReadmePicture({ file, view: name, look }: ReadmePicture) {
  const view = views.find((known) => known.name === name)
  if (!view || !readmeFolder) throw new Error(`the gallery has no ${name}`)
  const { page } = await visits.open({ view, look })
  const devTools = await page.context().newCDPSession(page)
  const { data } = await devTools.send('Page.captureScreenshot', { format: 'webp', quality: 82 })
  writeFileSync(path.join(readmeFolder, `${file}.webp`), Buffer.from(data, 'base64'))
  await closeVisit(page.context())
}

describe('the gallery', () => {
  test('shows every page', () => {
    const files = readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
    const routes = files
      .filter((file) => path.basename(file) === 'page.tsx')
      .map((file) => path.dirname(file).replace(/^\.$/, ''))
    const shown = new Set(views.map(({ route }) => route))
    expect(routes.filter((route) => !shown.has(route))).toEqual([])
    expect([...shown].filter((route) => !routes.includes(route))).toEqual([])
  })

  const shown = views.map((view, index): [string, View, number] => [view.name, view, index])

  test.runIf(folder).each(shown)('a picture of %s', async (_, view) => {
    for (const looks of allLooks) await takePictures({ view, looks })
  })

  test.runIf(readmeFolder).each(readmePictures)('a picture for the README: $file', (wanted) =>
    takeReadmePicture(wanted),
  )

  test('control: axe finds a picture without words and text too pale to read', async () => {
    const page = await browser.newPage()
    await page.setContent(
      `<!doctype html><html lang="ko"><title>밥줄</title><main><h1>밥줄</h1>
       <p style="color: #ccc; background: #fff">예약</p><img src="data:,"></main></html>`,
    )
    const found = ['color-contrast', 'image-alt'].map((rule) => expect.stringContaining(rule))
    await expect(expectAccessible(page)).rejects.toMatchObject({ actual: found })
  })

  test.skipIf(folder ?? readmeFolder).each(shown)(
    '%s: axe finds nothing, the HTML is valid, nothing is cut off, and the console is silent',
    // A page mostly waits for its network to be quiet; the views share only what they read.
    { concurrent: true },
    async (_, view, index) => {
      for (const look of turns.filter((_, turn) => turn === index % 2)) {
        const visit = await visits.open({ view, look })
        const { page, complaints, readSent } = visit
        await expectAccessible(page)
        expect(await listHtmlErrors({ page, sent: view.after ? null : readSent() })).toEqual([])
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        expect({ look, width }).toEqual({ look, width: look.size.width })
        expect(await measureBelowBoard(page)).toBe(0)
        expect(complaints.filter((said) => !view.complaints?.test(said))).toEqual([])
        await visits.leave({ view, look, visit })
      }
    },
  )
})
