import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { TABLET, useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import { setUpLine } from '../support/line-scene'
import { openAs, openOwnBoard, setUpEvening } from '../support/owner-scene'
import { readCode } from '../support/read-code'

const apps = useApps()
const browser = useBrowser()
const url = () => apps.urlOf()

/** A tablet at the door of a restaurant with a line. Its time passes when the test says so. */
async function openKiosk(): Promise<Page> {
  const { restaurantId, owner, slug } = await setUpEvening()
  await setUpLine({ restaurantId })
  const { page: office } = await openAs({
    browser,
    url: url(),
    person: owner,
    path: `/owner/${slug}/kiosks`,
  })
  await office.getByLabel('태블릿 이름').fill('입구')
  await office.getByRole('button', { name: '연결 링크 만들기' }).click()
  const { pathname, hash } = new URL(await readCode({ page: office, label: '태블릿 연결 QR 코드' }))
  const { page } = await openAs({
    browser,
    url: url(),
    person: null,
    path: pathname + hash,
    viewport: TABLET,
    prepare: (kiosk) => kiosk.clock.install(),
  })
  await page.getByRole('heading', { name: '몇 분이세요?' }).waitFor()
  return page
}

const pressButton = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click()

/** The elements large enough to tap on which two quick taps would zoom the page. */
const listZooming = (page: Page) =>
  page.locator('body *:visible').evaluateAll((elements) =>
    elements
      .filter((element) => element.clientWidth > 1)
      .filter((element) => getComputedStyle(element).touchAction === 'auto')
      .map((element) => element.outerHTML.slice(0, 200)),
  )

describe('kind 9: a tablet at the door', () => {
  test('says ten seconds before that it will start over, goes on when touched, and starts over in Korean', async () => {
    const page = await openKiosk()
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'How many people?' }).waitFor()
    await pressButton(page, '4')
    await pressButton(page, 'Next')
    await page.getByText('Email', { exact: true }).waitFor()

    const warning = page.getByRole('status').getByText(/seconds|second/)
    await page.clock.runFor(49_000)
    expect(await warning.count(), 'nothing is said before').toBe(0)
    await page.clock.runFor(2_000)
    await warning.waitFor()
    // A touch anywhere says that the guest is still there.
    await page.mouse.click(10, 400)
    await page.clock.runFor(1_000)
    await warning.waitFor({ state: 'detached' })
    await page.clock.runFor(48_000)
    expect(await warning.count()).toBe(0)
    await page.getByText('Email', { exact: true }).waitFor()
    await page.clock.runFor(12_000)
    await page.getByRole('heading', { name: '몇 분이세요?' }).waitFor()
  })

  test('does not zoom on a double tap', async () => {
    expect(await listZooming(await openKiosk())).toEqual([])
  })
})

describe('kind 9: a tablet on the floor', () => {
  test('does not zoom on a double tap', async () => {
    const { page } = await openOwnBoard({ browser, url: url() })
    expect(await listZooming(page)).toEqual([])
  })

  test('control: another page of the same tablet zooms', async () => {
    const { page } = await openAs({ browser, url: url(), person: null, path: '/' })
    expect((await listZooming(page)).length).toBeGreaterThan(0)
  })
})
