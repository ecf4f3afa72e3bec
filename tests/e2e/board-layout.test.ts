import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createRestaurant } from '@/prisma/factories'
import { meet, readBoxes } from '../support/boxes'
import { PHONE, TABLET, UPRIGHT, useBrowser } from '../support/browser'
import { type FullEvening, setUpFullEvening } from '../support/full-evening'
import { createPerson, useApps } from '../support/http-scene'
import { byKeyboard } from '../support/keyboard'
import { fillLine, setUpLine } from '../support/line-scene'
import { barOf, openAs, panelOf, quickAct, rowOf, waitUntilLive } from '../support/owner-scene'

/** What a keyboard on the screen leaves of a lying tablet. */
const ABOVE_KEYBOARD_PX = 430

const apps = useApps()
const browser = useBrowser()

async function openEvening({
  viewport,
  locale = 'ko',
  evening,
}: {
  viewport: typeof TABLET
  locale?: 'ko' | 'en'
  evening?: FullEvening
}) {
  const scene = evening ?? (await setUpFullEvening())
  const { page, complaints } = await openAs({
    browser,
    url: apps.urlOf(),
    person: scene.owner,
    viewport,
    path: `${locale === 'ko' ? '' : '/en'}/owner?restaurant=${scene.slug}`,
  })
  await waitUntilLive(page)
  return { scene, page, complaints }
}

/** What can be seen and touched at a point, from its own element upwards. */
const isCovered = (element: Locator): Promise<boolean> =>
  element.evaluate((target) => {
    const { x, y, width, height } = target.getBoundingClientRect()
    const seen = document.elementFromPoint(x + width / 2, y + height / 2)
    return !(seen !== null && (target.contains(seen) || seen.contains(target)))
  })

/** The bars lie beside everything that can be pressed: nothing pressable is under one. */
const listUnderBars = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const bars = [...document.querySelectorAll('[data-bar]')]
    const pressable = [...document.querySelectorAll('button, a, input, select, [role=row]')]
    return pressable
      .filter((element) => !bars.some((bar) => bar.contains(element)))
      .filter((element) => {
        // The part that its scrollers show.
        let { left, top, right, bottom } = element.getBoundingClientRect()
        for (let parent = element.parentElement; parent; parent = parent.parentElement) {
          if (getComputedStyle(parent).overflow === 'visible') continue
          const clip = parent.getBoundingClientRect()
          left = Math.max(left, clip.left)
          top = Math.max(top, clip.top)
          right = Math.min(right, clip.right)
          bottom = Math.min(bottom, clip.bottom)
        }
        return bars.some((bar) => {
          const box = bar.getBoundingClientRect()
          return (
            Math.min(right, box.right) - Math.max(left, box.left) > 0.5 &&
            Math.min(bottom, box.bottom) - Math.max(top, box.top) > 0.5
          )
        })
      })
      .map((element) => element.outerHTML.slice(0, 160))
  })

const isPageStill = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.documentElement
    return scrollHeight <= window.innerHeight && scrollWidth <= window.innerWidth
  })

async function expectInScreen(page: Page, element: Locator) {
  const size = page.viewportSize() ?? TABLET
  const [box] = await readBoxes(element)
  if (!box) throw new Error('it is not there')
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.y).toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(size.width)
  expect(box.y + box.height).toBeLessThanOrEqual(size.height)
  expect(await isCovered(element)).toBe(false)
}

const tabOf = (page: Page, name: RegExp) => page.getByRole('tab', { name })

describe('landscape: the board without the site’s navigation', () => {
  test('fourteen tables are seen at once, in rows of 48 px, and nothing scrolls the page', async () => {
    const { page, complaints } = await openEvening({ viewport: TABLET })
    const rows = await readBoxes(page.getByRole('grid').getByRole('row'))
    expect(rows).toHaveLength(14)
    for (const { height } of rows) expect(height).toBe(48)
    expect(rows.at(-1)?.y).toBeLessThanOrEqual(TABLET.height - 48)
    const last = page.getByRole('rowheader').last()
    await expectInScreen(page, last)
    const cells = await readBoxes(page.getByRole('gridcell').getByRole('button'))
    for (const { height } of cells) expect(height).toBeGreaterThanOrEqual(48)
    expect(await isPageStill(page)).toBe(true)
    expect(complaints).toEqual([])
  })

  test.each([
    { locale: 'en' as const, viewport: { width: 1280, height: 800 } },
    { locale: 'en' as const, viewport: { width: 1024, height: 768 } },
    { locale: 'ko' as const, viewport: TABLET },
  ])('staff of several restaurants see as much, in $locale at $viewport.width px', async (look) => {
    const evening = await setUpFullEvening()
    const name = 'A Kitchen of the Longest Name'
    await createRestaurant(pool, { name, nameEn: name, ownerId: evening.owner.id })
    const { page } = await openEvening({ ...look, evening })
    await page.getByRole('combobox').first().waitFor()
    const [first] = await readBoxes(page.getByRole('rowheader').first())
    expect(first?.y).toBeLessThanOrEqual(128)
    expect(await isPageStill(page)).toBe(true)
  })

  test.each([
    { locale: 'en' as const, viewport: TABLET },
    { locale: 'ko' as const, viewport: TABLET },
    { locale: 'en' as const, viewport: { width: 1280, height: 800 } },
  ])(
    'and the day’s numbers within the choice of them, in $locale at $viewport.width px',
    async (look) => {
      const evening = await setUpFullEvening()
      await createRestaurant(pool, { ownerId: evening.owner.id })
      const { page } = await openEvening({ ...look, evening })
      const choice = page.getByRole('combobox').first()
      const [box] = await readBoxes(choice)
      const numbers = page.getByLabel(/^(하루 집계|The day in numbers)$/).locator('dt, dd')
      expect(await numbers.count()).toBe(4)
      const [name] = await readBoxes(choice.locator('xpath=preceding-sibling::*').first())
      if (!box || !name) throw new Error('the choice has a box and a name')
      for (const number of await readBoxes(numbers)) {
        expect(number.x).toBeGreaterThanOrEqual(box.x)
        expect(number.x + number.width).toBeLessThanOrEqual(box.x + box.width)
        expect(number.y + number.height).toBeLessThanOrEqual(box.y + box.height)
        expect(number.y).toBeGreaterThanOrEqual(name.y + name.height - 7)
      }
      expect(await isCovered(choice)).toBe(false)
      // A tap goes through them to the choice; what is asked here is whether they can be seen.
      await page.addStyleTag({ content: 'header dl { pointer-events: auto !important }' })
      for (const number of await numbers.all()) expect(await isCovered(number)).toBe(false)
    },
  )

  test('shows no navigation of the site, and leads back to it', async () => {
    const { page } = await openEvening({ viewport: TABLET, locale: 'en' })
    await expectInScreen(page, page.getByRole('link', { name: 'Bobjool home' }))
    expect(await page.getByRole('link', { name: 'My bookings' }).isVisible()).toBe(false)
    await page.getByRole('link', { name: 'Bobjool home' }).click()
    await page.waitForURL('**/en')
    await page.getByRole('navigation').first().waitFor()
  })

  test('the table’s number and the times stay while the evening scrolls under them', async () => {
    const { page } = await openEvening({ viewport: { width: 1024, height: 500 } })
    const header = page.getByRole('rowheader').nth(6)
    const before = await header.boundingBox()
    const [tick] = await readBoxes(page.locator('[data-tick]').first())
    await page.getByRole('grid').evaluate((grid) => {
      const scroller = grid.parentElement?.parentElement
      scroller?.scrollTo({ left: 10_000, top: 96 })
    })
    const after = await header.boundingBox()
    expect(after?.x).toBe(before?.x)
    expect(after?.y).toBe((before?.y ?? 0) - 96)
    const [moved] = await readBoxes(page.locator('[data-tick]').first())
    expect(moved?.y).toBe(tick?.y)
  })
})

describe('portrait: list, grid and picture as tabs', () => {
  test('one at a time, kept on this device, and by arrow keys', async () => {
    const { page } = await openEvening({ viewport: UPRIGHT })
    const list = page.getByRole('region', { name: '손님' })
    const grid = page.getByRole('grid')
    await list.waitFor()
    expect(await grid.isVisible()).toBe(false)
    await tabOf(page, /^테이블$/).click()
    await grid.waitFor()
    expect(await list.isVisible()).toBe(false)
    expect(await tabOf(page, /^테이블$/).getAttribute('aria-selected')).toBe('true')
    await expectInScreen(page, page.getByRole('rowheader').last())
    await page.reload()
    await grid.waitFor()
    expect(await list.isVisible()).toBe(false)
    await byKeyboard.reach(tabOf(page, /^테이블$/))
    await page.keyboard.press('ArrowRight')
    await page.getByRole('region', { name: '테이블 배치도' }).waitFor()
    expect(await grid.isVisible()).toBe(false)
    await page.keyboard.press('ArrowRight')
    await list.waitFor()
    expect(
      await page
        .getByRole('tab', { selected: true })
        .evaluate((tab) => tab === document.activeElement),
    ).toBe(true)
    expect(await page.getByRole('tabpanel').count()).toBe(1)
  })

  test('tables are shown while one is being chosen, and the list comes back after', async () => {
    const { page } = await openEvening({ viewport: UPRIGHT })
    await page.getByRole('button', { name: '워크인', exact: true }).click()
    await panelOf(page).waitFor()
    await page.getByRole('grid').waitFor()
    await expectInScreen(page, page.getByRole('rowheader').first())
    // The board's header gives way whole: no button of it is cut in half.
    const [site] = await readBoxes(page.getByRole('banner').first())
    const bottomOf = async () => {
      const [box] = await readBoxes(page.getByRole('button', { name: '워크인', exact: true }))
      return (box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0)
    }
    // Half a pixel is a browser's rounding.
    await expect.poll(bottomOf).toBeLessThanOrEqual((site?.y ?? 0) + (site?.height ?? 0) + 0.5)
    await page.keyboard.press('Escape')
    await page.getByRole('region', { name: '손님' }).waitFor()
  })
})

describe('search is always in reach', () => {
  test.each([
    { name: 'landscape', viewport: TABLET },
    { name: 'portrait', viewport: UPRIGHT },
  ])('$name: on the list, on the tables and beside an open party', async ({ viewport }) => {
    const { page } = await openEvening({ viewport })
    const search = page.getByRole('searchbox')
    const isUpright = viewport === UPRIGHT
    await expectInScreen(page, search)
    await page
      .getByRole('region', { name: '손님' })
      .getByRole('listitem')
      .last()
      .scrollIntoViewIfNeeded()
    await expectInScreen(page, search)
    if (isUpright) await tabOf(page, /^테이블$/).click()
    await expectInScreen(page, search)
    await page
      .getByRole('gridcell')
      .getByRole('button', { name: /이오분/ })
      .click()
    await panelOf(page).waitFor()
    await expectInScreen(page, search)
    await search.fill('정이십')
    await rowOf(page, '정이십').waitFor()
    await panelOf(page).waitFor({ state: 'detached' })
    expect(await page.getByRole('region', { name: '손님' }).getByRole('listitem').count()).toBe(1)
    // Also while a table is being chosen.
    await page.getByRole('button', { name: '워크인', exact: true }).click()
    await panelOf(page).waitFor()
    await expectInScreen(page, search)
    await search.fill('이오분')
    await rowOf(page, '이오분').waitFor()
  })
})

describe('undo bars cover nothing', () => {
  test.each([
    { locale: 'ko' as const, viewport: TABLET },
    { locale: 'en' as const, viewport: { width: 1024, height: 768 } },
    { locale: 'en' as const, viewport: UPRIGHT },
    { locale: 'ko' as const, viewport: UPRIGHT },
    { locale: 'en' as const, viewport: PHONE },
  ])('in $locale at $viewport.width px: no button, no field, no row', async (look) => {
    const { page } = await openEvening(look)
    const seat = look.locale === 'ko' ? '님 입장' : ' Seat'
    for (const name of ['이오분', '정이십']) {
      await quickAct(page, look.locale === 'ko' ? `${name} ${seat}` : `${name}${seat}`).click()
      await barOf(
        page,
        look.locale === 'ko' ? `${name} 님 입장 처리했어요.` : `${name} is seated.`,
      ).waitFor()
    }
    const undo = page.getByRole('button', { name: /^(되돌리기|Undo)/ })
    expect(await undo.count()).toBe(2)
    for (const bar of await undo.all()) await expectInScreen(page, bar)
    expect(await listUnderBars(page)).toEqual([])
    expect(await isPageStill(page)).toBe(true)
    // Beside an open party as well.
    await rowOf(page, '도착한').getByRole('button').first().click()
    await panelOf(page).waitFor()
    // A phone's panel covers the page, and has the bars itself.
    const shown =
      look.viewport === PHONE ? panelOf(page).getByRole('button', { name: /^Undo/ }) : undo
    expect(await shown.count()).toBe(2)
    for (const bar of await shown.all()) await expectInScreen(page, bar)
    if (look.viewport !== PHONE) expect(await listUnderBars(page)).toEqual([])
  })

  test('where there is only a line, nor its rows, with a panel beside it', async () => {
    const owner = await createPerson({ role: 'OWNER' })
    const { id: restaurantId, slug } = await createRestaurant(pool, { ownerId: owner.id })
    const line = await setUpLine({ restaurantId })
    await fillLine(line, 12)
    const path = `/owner?restaurant=${slug}`
    const { page } = await openAs({ browser, url: apps.urlOf(), person: owner, path })
    const rows = page.getByRole('region', { name: '웨이팅 목록' }).getByRole('listitem')
    await rows.nth(11).waitFor()
    await page.waitForResponse((response) => response.url().includes('/line/tickets'))
    await page.getByRole('button', { name: '웨이팅 1번 부르기' }).click()
    await barOf(page, '웨이팅 1번을 불렀어요.').waitFor()
    expect(await listUnderBars(page)).toEqual([])
    await rows.nth(1).getByRole('button').first().click()
    await panelOf(page).waitFor()
    const [panel, row] = await Promise.all([
      readBoxes(panelOf(page)),
      readBoxes(rows.nth(1).getByRole('button').last()),
    ])
    expect(panel[0] && row[0] && meet(panel[0], row[0])).toBe(false)
  })

  test('above a keyboard on the screen they are seen, with search and list', async () => {
    const { page } = await openEvening({ viewport: TABLET })
    await page.getByRole('searchbox').fill('이오분')
    await page.evaluate((height) => {
      const seen = window.visualViewport
      if (!seen) return
      Object.defineProperty(seen, 'height', { configurable: true, value: height })
      seen.dispatchEvent(new Event('resize'))
    }, ABOVE_KEYBOARD_PX)
    await quickAct(page, '이오분 님 입장').click()
    await barOf(page, '이오분 님 입장 처리했어요.').waitFor()
    for (const element of [
      page.getByRole('button', { name: /^되돌리기/ }),
      page.getByRole('searchbox'),
    ]) {
      const [box] = await readBoxes(element)
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(ABOVE_KEYBOARD_PX)
    }
    expect(await listUnderBars(page)).toEqual([])
  })
})
