import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createSlot, createTable } from '@/prisma/factories'
import { TABLET, UPRIGHT, useBrowser } from '../support/browser'
import { type GalleryScene, setUpGallery } from '../support/gallery/scene'
import { useApps } from '../support/http-scene'
import { setUpLine } from '../support/line-scene'
import { addParty, type OwnerScene, openAs, openOwnBoard } from '../support/owner-scene'

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
    holds: (page) => page.getByRole('row'),
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

/** How many sheets it takes. */
async function printOnA4({ page, name }: { page: Page; name: string }): Promise<number> {
  const paper = await page.pdf({ format: 'A4' })
  if (folder) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, `print-${name.replaceAll(' ', '-')}.pdf`), paper)
  }
  return paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

const TABLES = 12
const SEATINGS = 5

/** Sixty parties beside the evening's own tables, every fourth with an allergy, every sixth with a wish. */
async function fillTables({ restaurantId, serviceDate, startsAt }: OwnerScene): Promise<void> {
  const dinerIds: string[] = []
  for (let at = 0; at < TABLES * SEATINGS; at += 1) {
    const phone = `010-1234-${1_000 + at}`
    dinerIds.push((await createAccount(pool, { name: `손님${at + 1}`, phone })).id)
  }
  for (let row = 0; row < TABLES; row += 1) {
    const { id: tableId } = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
    for (let seating = 0; seating < SEATINGS; seating += 1) {
      const at = new Date(startsAt.ahead.getTime() + (seating - 2) * 30 * 60_000)
      const endsAt = new Date(at.getTime() + 25 * 60_000)
      const slot = await createSlot(pool, { tableId, serviceDate, startsAt: at, endsAt })
      const dinerId = dinerIds[row * SEATINGS + seating] ?? ''
      await createReservation(pool, { slotId: slot.id, dinerId, partySize: 2 })
    }
  }
  await pool.query(
    `WITH numbered AS (
       SELECT id, row_number() OVER (ORDER BY id) AS nth FROM reservations WHERE restaurant_id = $1)
     UPDATE reservations r
        SET allergies = CASE WHEN n.nth % 4 = 0 THEN '땅콩, 갑각류' END,
            note = CASE WHEN n.nth % 6 = 0 THEN '유아 의자를 부탁드려요.' END
       FROM numbered n WHERE n.id = r.id`,
    [restaurantId],
  )
}

describe('on paper', () => {
  test('an evening of sixty parties is two sheets by time, each under its headings, with no row cut', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf() })
    await fillTables(scene)
    await page.reload()
    await page.getByRole('searchbox').waitFor()
    expect(await page.getByRole('table').count(), 'on a screen').toBe(0)
    await page.emulateMedia({ media: 'print' })
    const rows = page.getByRole('table').locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(TABLES * SEATINGS)
    const read = await rows.evaluateAll((elements) =>
      elements.map((row) => ({
        time: row.querySelector('td')?.textContent ?? '',
        text: row.textContent ?? '',
        isWhole: getComputedStyle(row).breakInside === 'avoid',
      })),
    )
    const order = read.map(({ time }) => time)
    expect(read.every(({ isWhole }) => isWhole)).toBe(true)
    expect(new Set(order).size).toBe(SEATINGS)
    expect(order.filter((time, at) => time !== order[at - 1])).toHaveLength(SEATINGS)
    // The last four digits of a phone, and no more of it.
    expect(read.every(({ text }) => /손님\d+ 님 · 10\d\d/.test(text))).toBe(true)
    expect(read.some(({ text }) => text.includes('1234'))).toBe(false)
    const allergies = await page
      .getByRole('table')
      .locator('strong')
      .evaluateAll((elements) =>
        elements.map((element) => ({
          isBold: Number(getComputedStyle(element).fontWeight) >= 700,
          text: element.textContent,
        })),
      )
    expect(allergies).toHaveLength((TABLES * SEATINGS) / 4)
    for (const { isBold, text } of allergies) {
      expect(isBold).toBe(true)
      expect(text).toContain('알레르기: 땅콩, 갑각류')
    }
    expect(await page.locator('thead').evaluate((head) => getComputedStyle(head).display)).toBe(
      'table-header-group',
    )
    expect(await printOnA4({ page, name: 'evening of sixty' })).toBe(2)
    await page.emulateMedia({ media: 'screen' })
    await page.getByRole('table').waitFor({ state: 'detached' })
  })

  test.each([
    { viewport: TABLET, tabs: ['웨이팅'] },
    { viewport: UPRIGHT, tabs: ['웨이팅', '테이블', '배치도'] },
  ])(
    'is the evening at a width of $viewport.width, with $tabs chosen',
    async ({ tabs, viewport }) => {
      const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
      await setUpLine({ restaurantId: scene.restaurantId })
      await addParty(scene, { slot: '2 ahead', name: '김민수' })
      await page.reload()
      await page.getByRole('searchbox').waitFor()
      for (const tab of tabs) {
        const chosen = page.getByRole('tab', { name: tab })
        // A tap on a page whose script does not run yet is lost.
        const choose = async () => {
          await chosen.click()
          return chosen.getAttribute('aria-selected')
        }
        await expect.poll(choose, { message: tab }).toBe('true')
        const line = page.getByRole('region', { name: '웨이팅 목록' })
        const picture = page.getByRole('region', { name: '테이블 배치도' })
        await expect.poll(() => line.isVisible(), { message: tab }).toBe(tab === '웨이팅')
        await expect.poll(() => picture.isVisible(), { message: tab }).toBe(tab === '배치도')
        await page.emulateMedia({ media: 'print' })
        await page.getByRole('table').getByText('김민수').waitFor()
        expect(await line.isVisible(), tab).toBe(false)
        expect(await picture.isVisible(), tab).toBe(false)
        expect(await listControls(page), tab).toEqual([])
        expect(await printOnA4({ page, name: `evening behind ${tab} ${viewport.width}` })).toBe(1)
        await page.emulateMedia({ media: 'screen' })
      }
    },
  )

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
      // The page that is printed is drawn once the browser has told that it prints.
      await holds(page).first().waitFor()
      expect(await listControls(page)).toEqual([])
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
      // A blank one would come out after it.
      expect(await printOnA4({ page, name })).toBe(1)
      await page.context().close()
    },
  )
})
