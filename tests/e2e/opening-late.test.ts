import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { readOpening } from '@/domain/opening/queries'
import { pool } from '@/lib/db/database'
import { PHONE, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { setUpBoard } from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import { readShift, watchShifts } from '../support/layout-shift'
import { createOpening, type OpeningScene, passTime } from '../support/opening-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const database = useDatabase()
const apps = useApps()
const browser = useBrowser()

/** An opening whose instant was `seconds` ago, with so many in its lobby. */
async function open({ seconds, lobby }: { seconds: number; lobby: number }): Promise<OpeningScene> {
  const { restaurantId } = await setUpBoard({ seatings: 3 })
  const scene = await createOpening({
    ...{ restaurantId, opensInMinutes: 5, turnsPerSecond: 10, cohortSeconds: 20 },
  })
  await database.query(
    `INSERT INTO opening_entries (opening_id, entry_id, in_lobby)
     SELECT $1, md5(n::text), true FROM generate_series(1, $2::int) AS n`,
    [scene.openingId, lobby],
  )
  await passTime({ database, ...scene, seconds: 5 * 60 + seconds })
  return scene
}

/** Drawn three seconds after its instant, so that who comes now is late. */
async function openDrawn(): Promise<OpeningScene> {
  const scene = await open({ seconds: 3, lobby: 400 })
  await pool.query('SELECT freeze_opening($1)', [scene.openingId])
  await pool.query('SELECT draw_opening($1, NULL, NULL)', [scene.openingId])
  return scene
}

/** A crowd waits to enter, and this phone draws a place near the end of so many seconds. */
const meetCrowd = (seconds: number) => async (page: Page) => {
  await page.addInitScript(() => {
    Math.random = () => 0.9
  })
  await page.route(/\/api\/v1\/openings\/[^/]+$/, async (route) => {
    const asked = await route.request().allHeaders()
    // A 304 has no body to change.
    const answer = await route.fetch({ headers: { ...asked, 'if-none-match': '' } })
    const entering = { perSecond: 300, ahead: seconds * 200 }
    await route.fulfill({ response: answer, json: { ...(await answer.json()), entering } })
  })
}
/** Longer than a test looks at it. */
const LONG = 20

async function visit({ scene, locale, crowd }: Visit) {
  const path = `${locale === 'en-US' ? '/en' : ''}/openings/${scene.openingId}`
  const { page, complaints } = await openAs({
    ...{ browser, url: apps.urlOf(), viewport: PHONE, person: await createPerson(), path, locale },
    prepare: async (fresh) => {
      await watchShifts(fresh)
      await fresh.emulateMedia({ reducedMotion: 'reduce' })
      if (crowd !== undefined) await meetCrowd(crowd)(fresh)
    },
  })
  const asked: string[] = []
  page.on('request', (request) => {
    const what = /\/(entries|entries\/me)$/.exec(new URL(request.url()).pathname)?.[1]
    if (what) asked.push(`${request.method()} ${what}`)
  })
  const hasEntered = () => asked.includes('POST entries')
  return { page, main: page.getByRole('main'), complaints, hasEntered, asked }
}
type Visit = { scene: OpeningScene; locale: 'ko-KR' | 'en-US'; crowd?: number }

/** As when the diner looks at another app. */
const putAway = (page: Page) =>
  page.evaluate(async () => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
    await new Promise((resolve) => setTimeout(resolve, 0))
  })

/** The page reads again as after an outage, until it shows this. */
const seeAtLast = (page: Page, words: RegExp | string) =>
  expect
    .poll(
      async () => {
        await page.evaluate(() => window.dispatchEvent(new Event('online')))
        return page.getByRole('main').getByText(words).first().isVisible()
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(true)

const words = {
  'ko-KR': {
    enter: '대기실 들어가기',
    entering: '들어가는 중…',
    planned: /^약 \d+초 뒤에 들어가요\.$/,
    why: '순서는 추첨이라 먼저 들어가도 같아요. 이 화면을 열어 두세요.',
    in: '대기실에 들어왔어요',
    late: /20초마다 들어온 분들끼리 추첨하니/,
    enterLate: '다음 순서로 들어가기',
    drawn: '곧 순서를 추첨해요',
    ahead: /함께 추첨한 1명 중 1번째예요/,
    mine: '차례가 됐어요',
    soldOut: /모두 찼어요/,
    cancelled: /취소됐어요/,
  },
  'en-US': {
    enter: 'Enter the lobby',
    entering: 'Entering…',
    planned: /^You enter in about \d+ seconds?\.$/,
    why: 'The order is drawn, so being early changes nothing. Keep this page open.',
    in: 'You’re in the lobby',
    late: /drawn with everyone who comes in the same 20 seconds/,
    enterLate: 'Enter after them',
    drawn: 'Your order is drawn soon',
    ahead: /Number 1 of 1 in your draw/,
    mine: 'It’s your turn',
    soldOut: /is full/,
    cancelled: /was cancelled/,
  },
} as const

describe.each(['ko-KR', 'en-US'] as const)('an opening, in %s', (locale) => {
  const said = words[locale]

  test('in a crowd a phone enters at a place of its own, says so once, and asks once', async () => {
    const scene = await open({ seconds: -120, lobby: 3 })
    const { page, main, asked } = await visit({ scene, locale, crowd: 4 })
    await main.getByRole('button', { name: said.enter }).click()
    const spoken = main.getByRole('status').filter({ hasText: said.why }).locator('.sr-only')
    await main.getByText(said.why).waitFor()
    expect(await main.getByRole('button', { name: said.entering }).isDisabled()).toBe(true)
    const first = await spoken.textContent()
    expect(first).toMatch(said.planned)
    expect(asked).not.toContain('POST entries')
    await expectAccessible(page)
    const shown = main.getByText(said.planned).and(page.locator('[aria-hidden]'))
    await expect.poll(() => shown.textContent(), { timeout: 5_000 }).not.toBe(first)
    expect(await spoken.textContent()).toBe(first)
    await main.getByText(said.in).last().waitFor()
    // Neither the message nor its end moves what is not its own.
    expect((await readShift(page)).score).toBeLessThan(0.02)
    expect(asked.filter((what) => what === 'POST entries')).toHaveLength(1)
  })

  test('loaded again it still enters by itself, and put away it enters at once', async () => {
    const scene = await open({ seconds: -120, lobby: 3 })
    const { page, main, hasEntered } = await visit({ scene, locale, crowd: LONG })
    await main.getByRole('button', { name: said.enter }).click()
    await main.getByText(said.why).waitFor()
    await page.reload()
    await main.getByText(said.why).waitFor()
    expect(hasEntered()).toBe(false)
    await putAway(page)
    await main.getByText(said.in).last().waitFor()
    // The wish is fulfilled: another visit asks for the place only.
    await page.reload()
    await main.getByText(said.in).last().waitFor()
  })

  test('sold out while a phone waits for its place, it enters no more', async () => {
    const scene = await openDrawn()
    const { page, main, hasEntered, asked } = await visit({ scene, locale, crowd: LONG })
    await main.getByRole('button', { name: said.enterLate }).click()
    await main.getByText(said.why).waitFor()
    await pool.query('UPDATE slots SET taken = true WHERE restaurant_id = $1', [scene.restaurantId])
    await seeAtLast(page, said.soldOut)
    await expectAccessible(page)
    asked.length = 0
    await putAway(page)
    await expect.poll(() => asked).toEqual(['GET entries/me'])
    expect(hasEntered()).toBe(false)
  })

  test('cancelled while a phone waits for its place, it enters no more', async () => {
    const scene = await open({ seconds: -120, lobby: 3 })
    const { page, main, hasEntered } = await visit({ scene, locale, crowd: LONG })
    await main.getByRole('button', { name: said.enter }).click()
    await main.getByText(said.why).waitFor()
    await database.query(
      `UPDATE openings SET cancelled_at = now(), cancelled_for = 'a burst pipe' WHERE id = $1`,
      [scene.openingId],
    )
    await seeAtLast(page, said.cancelled)
    await expectAccessible(page)
    await putAway(page)
    expect(hasEntered()).toBe(false)
  })

  test('who comes late is drawn with those of the same seconds', async () => {
    const scene = await openDrawn()
    const { openingId } = scene
    const { page, main, complaints } = await visit({ scene, locale })
    await main.getByText(said.late).waitFor()
    await main.getByRole('button', { name: said.enterLate }).click()
    await main.getByText(said.drawn).waitFor()
    await expectAccessible(page)
    await passTime({ database, openingId, seconds: 22 })
    await seeAtLast(page, said.ahead)
    await expectAccessible(page)
    await passTime({ database, openingId, seconds: 60 })
    await seeAtLast(page, said.mine)
    const { data } = await readOpening(openingId)
    expect(data?.late?.drawnCohort).toBeGreaterThan(0)
    // The page asks for the diner's entry, and is answered 404 while there is none.
    expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([])
  })
})
