import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Box, meet, readBoxes } from '../support/boxes'
import { PHONE, TABLET, UPRIGHT, useBrowser } from '../support/browser'
import { setUpFullEvening } from '../support/full-evening'
import { useApps } from '../support/http-scene'
import { openAs, waitUntilLive } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

/** The tables of a service that runs past midnight. */
async function openTables({
  viewport,
  locale = 'ko',
}: {
  viewport: typeof TABLET
  locale?: 'ko' | 'en'
}): Promise<Page> {
  const { owner, slug } = await setUpFullEvening()
  const { page } = await openAs({
    browser,
    url: apps.urlOf(),
    person: owner,
    viewport,
    path: `${locale === 'ko' ? '' : '/en'}/owner?restaurant=${slug}`,
  })
  await waitUntilLive(page)
  if (viewport.width < 1_024) await page.getByRole('tab', { name: /^(테이블|Tables)$/ }).click()
  await page.getByRole('grid').waitFor()
  return page
}

describe('axis labels', () => {
  const readShown = async (page: Page) => {
    const [head] = await readBoxes(page.getByRole('rowheader').first())
    const [room] = await readBoxes(page.locator('[data-scroller]'))
    if (!head || !room) throw new Error('the grid is there')
    const boxes = await readBoxes(page.locator('[data-tick]:not([data-cut])'))
    const isWhole = ({ x, width }: Box) =>
      x >= head.x + head.width - 3 && x + width <= room.x + room.width + 3
    return { shown: boxes.length, whole: boxes.filter(isWhole).length }
  }

  test.each([TABLET, UPRIGHT])(
    'are shown whole or not at all, wherever the evening is scrolled to, at $width px',
    async (viewport) => {
      const page = await openTables({ viewport })
      for (const left of [0, 57, 91, 133, 10_000]) {
        await page.locator('[data-scroller]').evaluate((scroller, to) => {
          scroller.scrollLeft = to
        }, left)
        const expectWhole = async () => {
          const { shown, whole } = await readShown(page)
          expect(shown).toBeGreaterThan(3)
          expect(whole).toBe(shown)
        }
        await expect.poll(expectWhole).toBeUndefined()
      }
      // The evening is longer than the screen: some are out of sight.
      expect(await page.locator('[data-tick][data-cut]').count()).toBeGreaterThan(0)
    },
  )

  test('name the next day once, where it begins', async () => {
    const page = await openTables({ viewport: TABLET })
    const labels = await page.locator('[data-tick]').allTextContents()
    expect(labels.filter((label) => label.startsWith('다음 날'))).toEqual(['다음 날00:00'])
    expect(labels).toContain('01:00')
  })
})

describe('axis labels never run into each other at 15-minute starts', () => {
  test.each([
    { locale: 'ko' as const, viewport: TABLET },
    { locale: 'en' as const, viewport: { width: 1024, height: 768 } },
    { locale: 'en' as const, viewport: UPRIGHT },
    { locale: 'ko' as const, viewport: PHONE },
  ])('in $locale at $viewport.width px, and with letters of twice the size', async (look) => {
    const page = await openTables(look)
    const labels = page.locator('[data-tick]')
    const expectApart = async () => {
      const boxes = await readBoxes(labels)
      expect(boxes.length).toBeGreaterThan(2)
      for (const [index, one] of boxes.entries())
        for (const other of boxes.slice(index + 1)) expect(meet(one, other)).toBe(false)
    }
    await expectApart()
    // Full hours are what is kept.
    expect((await labels.allTextContents()).some((time) => time.endsWith(':00'))).toBe(true)
    const [before] = await readBoxes(labels.first())
    await page.addStyleTag({ content: '[aria-hidden] span { font-size: 34px !important }' })
    await expect
      .poll(async () => (await readBoxes(labels.first()))[0]?.width)
      .toBeGreaterThan((before?.width ?? 0) * 1.5)
    await expect.poll(expectApart).toBeUndefined()
  })
})
