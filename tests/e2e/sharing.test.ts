import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { seedDemo } from '@/prisma/seed'
import { PHONE, useBrowser } from '../support/browser'
import { dateAt } from '../support/gallery/view'
import { useApps } from '../support/http-scene'
import { createOpening } from '../support/opening-scene'

const DESK = { width: 1280, height: 800 }
const apps = useApps()
const browser = useBrowser()
let openingId = ''

beforeAll(async () => {
  await seedDemo({ pool })
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM restaurants WHERE slug = 'garden'`,
  )
  openingId = (await createOpening({ restaurantId: rows[0]?.id ?? '', daysAhead: 20 })).openingId
}, 120_000)

const readMeta = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"/g)].map(
      ([, name, content]) => [name ?? '', content ?? ''],
    ),
  )

describe('a link in a messenger', () => {
  test.each(['/', '/restaurants/garden', 'opening'])(
    '%s names its page and shows its picture, in the language of the link',
    async (given) => {
      for (const [prefix, territory] of [
        ['', 'ko_KR'],
        ['/en', 'en_US'],
      ] as const) {
        const path = given === 'opening' ? `/openings/${openingId}` : given
        const html = await (await fetch(`${apps.urlOf()}${prefix}${path}`)).text()
        const meta = readMeta(html)
        expect(meta).toMatchObject({
          'og:type': 'website',
          'og:locale': territory,
          'og:image:width': '1200',
          'og:image:height': '630',
          'twitter:card': 'summary_large_image',
        })
        expect(meta['og:title']).not.toBe('')
        expect(meta['og:description']).not.toBe('')
        expect(new URL(meta['og:url'] ?? '').pathname).toBe(
          `${prefix}${path}`.replace(/(.)\/$/, '$1'),
        )
        expect(meta['twitter:image']).toBe(meta['og:image'])
        const picture = await fetch(meta['og:image'] ?? '', { redirect: 'error' })
        expect(picture.status).toBe(200)
        expect(picture.headers.get('content-type')).toBe('image/png')
      }
    },
  )

  test('robots.txt and sitemap.xml are served to crawlers', async () => {
    const robots = await (await fetch(`${apps.urlOf()}/robots.txt`)).text()
    expect(robots).toContain(`Sitemap: ${apps.urlOf()}/sitemap.xml`)
    expect(robots).toContain('Disallow: /owner')
    const sitemap = await fetch(`${apps.urlOf()}/sitemap.xml`)
    expect(sitemap.headers.get('content-type')).toContain('application/xml')
    const text = await sitemap.text()
    expect(text).toContain(`<loc>${apps.urlOf()}/restaurants/garden</loc>`)
    expect(text).toContain(`<loc>${apps.urlOf()}/en/openings/${openingId}</loc>`)
  })
})

describe('the share button', () => {
  const open = async (prepare: (page: Page) => Promise<unknown>) => {
    const context = await browser.newContext({ locale: 'en-US' })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: apps.urlOf() })
    const page = await context.newPage()
    await prepare(page)
    await page.goto(`${apps.urlOf()}/en/restaurants/garden`)
    return page
  }
  const setShare = (page: Page, answer: 'shared' | 'closed' | 'none') =>
    page.addInitScript((what) => {
      const share = async (data: ShareData) => {
        document.documentElement.dataset.shared = data.url
        if (what === 'closed') throw new DOMException('', 'AbortError')
      }
      Object.defineProperty(navigator, 'share', {
        value: what === 'none' ? undefined : share,
        configurable: true,
      })
    }, answer)
  const press = (page: Page) => page.getByRole('button', { name: 'Share' }).click()
  const copied = (page: Page) => page.getByText('Link copied.')

  test('opens the device’s own sheet; closing it is no failure', async () => {
    for (const answer of ['shared', 'closed'] as const) {
      const page = await open((fresh) => setShare(fresh, answer))
      await press(page)
      await expect
        .poll(() => page.locator('html').getAttribute('data-shared'))
        .toBe(`${apps.urlOf()}/en/restaurants/garden`)
      expect(await copied(page).count()).toBe(0)
      await page.context().close()
    }
  })

  test('copies the address where there is no sheet, and says so', async () => {
    const page = await open((fresh) => setShare(fresh, 'none'))
    await press(page)
    await copied(page).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `${apps.urlOf()}/en/restaurants/garden`,
    )
    await page.context().close()
  })

  test('shows the address to be copied by hand where the browser forbids it', async () => {
    const page = await open(async (fresh) => {
      await setShare(fresh, 'none')
      await fresh.addInitScript(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })
      })
    })
    await press(page)
    await page.getByText(`${apps.urlOf()}/en/restaurants/garden`).waitFor()
    await page.context().close()
  })
})

describe('the strip of dates', () => {
  const group = (page: Page) => page.getByRole('group', { name: '날짜' })
  const strip = (page: Page) => group(page).locator('div:has(> label)')
  const isInView = async (page: Page) => {
    const day = await group(page).locator('label:has(:checked)').boundingBox()
    const frame = await strip(page).boundingBox()
    if (!day || !frame) return false
    return day.x >= frame.x && day.x + day.width <= frame.x + frame.width
  }
  const open = async ({ path, viewport }: { path: string; viewport: typeof PHONE }) => {
    const page = await browser.newPage({ viewport })
    await page.goto(`${apps.urlOf()}/restaurants/garden${path}`)
    // Its script runs, and has asked for what changes.
    await page.waitForLoadState('networkidle')
    return page
  }

  test('has the chosen date in view on a phone, from a link and by the keyboard', async () => {
    const page = await open({ path: `?party=2&date=${dateAt(12)}`, viewport: PHONE })
    await page.locator(`input[value="${dateAt(12)}"]:checked`).waitFor()
    await expect.poll(() => isInView(page)).toBe(true)
    await group(page).locator(':checked').focus()
    for (let days = 11; days >= 0; days -= 1) await page.keyboard.press('ArrowLeft')
    await page.locator(`input[value="${dateAt(0)}"]:checked`).waitFor()
    await expect.poll(() => isInView(page)).toBe(true)
    expect(await page.getByRole('button', { name: '뒤 날짜 보기' }).isVisible()).toBe(false)
    await page.context().close()
  })

  test('has arrows on a desk', async () => {
    const page = await open({ path: '', viewport: DESK })
    const readLeft = () => strip(page).evaluate((element) => element.scrollLeft)
    const [later, earlier] = ['뒤 날짜 보기', '앞 날짜 보기'].map((name) =>
      page.getByRole('button', { name }),
    )
    await later?.click()
    await expect.poll(readLeft).toBeGreaterThan(100)
    await earlier?.click()
    await expect.poll(readLeft).toBe(0)
    await page.context().close()
  })
})
