import type { Page, Route } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { formatDate } from '@/lib/i18n/moment'
import { createRestaurant, createServiceDate, readToday } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { type DinerScene, setUpBoard, takeSlot } from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import { createOpening } from '../support/opening-scene'
import { callAction, listActions } from '../support/server-actions'
import { TIME_ZONE } from '../support/time-zone'

const apps = useApps({ count: 2 })
const browser = useBrowser()

const NEAR_DAY = /오늘|내일|어제|today|tonight|tomorrow|yesterday/i
/** True whenever they are read. */
const ALWAYS_TRUE = [
  ...['오늘, 어디서 드실래요?', 'Where shall we eat today?'],
  ...['당일 예약만 받아요. 오늘 자리만 예약할 수 있어요.', 'Today only', 'today’s tables'],
  ...['오늘부터 14일 뒤까지', 'up to 14 days from today'],
]
/** Links to a list that is made when it is asked for. */
const LINKS = /<a [^>]*>(오늘 자리 있는 곳|Tables today)<\/a>/g

/** What a page says before its script has heard anything. */
const textOf = (html: string) =>
  ALWAYS_TRUE.reduce(
    (text, words) => text.replaceAll(words, ''),
    html
      .replace(/<script.*?<\/script>/gs, '')
      .replaceAll(LINKS, '')
      .replace(/<[^>]+>/g, ' '),
  )

let free: DinerScene
let openingId: string
const paths: string[] = ['/', '/en']
beforeAll(async () => {
  free = await setUpBoard({ restaurant: { name: '빈자리 식당', horizonDays: 14 } })
  const full = await setUpBoard({ seatings: 1, restaurant: { name: '가득한 식당' } })
  await takeSlot(full.times[0]?.slotIds[0])
  const sameDay = await setUpBoard({ seatings: 1, restaurant: { sameDayOnly: true } })
  const closed = await createRestaurant(pool, { name: '쉬는 식당', timeZone: TIME_ZONE })
  const serviceDate = await readToday(pool, closed.id)
  await createServiceDate(pool, { restaurantId: closed.id, serviceDate, closed: true })
  const opening = await createOpening({ opensInMinutes: 60 })
  openingId = opening.openingId
  const { rows } = await pool.query<{ slug: string }>(
    'SELECT slug FROM restaurants WHERE id = $1',
    [opening.restaurantId],
  )
  const slugs = [free.slug, full.slug, sameDay.slug, closed.slug, rows[0]?.slug ?? '']
  const own = [...slugs.map((slug) => `/restaurants/${slug}`), `/openings/${openingId}`]
  for (const path of own) paths.push(path, `/en${path}`)
})

describe('kind 1: a cached page, which may be a night old', () => {
  test('calls no day today before its script knows the time', async () => {
    for (const path of [...paths, `/openings/${openingId}/proof`]) {
      const answer = await fetch(`${apps.urlOf()}${path}`)
      expect(answer.status, path).toBe(200)
      expect(textOf(await answer.text()), path).not.toMatch(NEAR_DAY)
    }
  })

  test('control: a list made when it is asked for does, without scripts', async () => {
    const answer = await fetch(`${apps.urlOf()}/restaurants`)
    expect(textOf(await answer.text())).toMatch(/오늘\s*마감/)
  })
})

type Reading = { asOf: string; serviceDate?: string; restaurants?: { serviceDate: string }[] }
const DAY_MS = 86_400_000
const aDayLater = (reading: Reading): Reading => ({
  ...reading,
  asOf: new Date(Date.parse(reading.asOf) + DAY_MS).toISOString(),
  ...(reading.serviceDate && { serviceDate: addDays({ date: reading.serviceDate, days: 1 }) }),
  ...(reading.restaurants && {
    restaurants: reading.restaurants.map((it) => ({
      ...it,
      serviceDate: addDays({ date: it.serviceDate, days: 1 }),
    })),
  }),
})

/** Answers that are on the way are nobody's failure. */
const leave = (page: Page) => page.unrouteAll({ behavior: 'ignoreErrors' })

/** The service's answers are those of the next day, as for a page that was kept over night. */
async function readNextDay(page: Page) {
  for (const address of ['**/api/v1/tonight?*', '**/api/v1/restaurants/*/board*'])
    await page.route(address, async (route) => {
      const response = await route.fetch()
      const isNews = response.status() === 200
      await route.fulfill({ response, ...(isNews && { json: aDayLater(await response.json()) }) })
    })
}

describe('kind 1: a page of yesterday, once its script hears the time', () => {
  test('names the date its list is of, and is made anew', async () => {
    const page = await browser.newPage()
    await page.goto(apps.urlOf())
    await page.getByRole('heading', { name: '오늘 자리 있는 곳' }).waitFor()
    await readNextDay(page)
    const renewal = page.waitForRequest((request) => request.headers().rsc === '1')
    await page.reload()
    const date = formatDate({ date: free.serviceDate, locale: 'ko' })
    await page.getByRole('heading', { name: `${date} 자리 있는 곳` }).waitFor()
    expect(new URL((await renewal).url()).pathname).toBe('/')
    expect(await page.getByRole('heading', { name: '오늘 자리 있는 곳' }).count()).toBe(0)
    await leave(page)
  })

  test('moves to the day that has come', async () => {
    const page = await browser.newPage()
    await readNextDay(page)
    await page.goto(`${apps.urlOf()}/restaurants/${free.slug}`)
    const date = addDays({ date: free.serviceDate, days: 1 })
    await page.getByRole('radio', { name: `오늘, ${formatDate({ date, locale: 'ko' })}` }).waitFor()
    expect(await page.getByRole('radio', { name: /^오늘/ }).count()).toBe(1)
    await leave(page)
  })
})

describe('a restaurant that is hidden while its pages are kept', () => {
  const statusOf = async (path: string, process = 0) =>
    (await fetch(`${apps.urlOf(process)}${path}`)).status

  test('is on no page of the process that hid it', async () => {
    const { slug, restaurantId } = await setUpBoard({ restaurant: { name: '숨은 식당' } })
    const { openingId: its } = await createOpening({ restaurantId, daysAhead: 1 })
    const own = [`/restaurants/${slug}`, `/en/restaurants/${slug}`, `/openings/${its}`]
    for (const path of [...own, ...own]) expect(await statusOf(path), path).toBe(200)
    const admin = await createPerson({ role: 'ADMIN' })
    const action = listActions().find(({ name }) => name.endsWith('actions.ts hideRestaurant'))
    if (!action) throw new Error('no page offers hideRestaurant')
    const given = { locale: 'ko', restaurantId, reason: '위생 점검' }
    const { told } = await callAction({ url: apps.urlOf(), action, token: admin.token, given })
    expect(told).toMatchObject({ ok: true })
    for (const path of own) expect(await statusOf(path), path).toBe(404)
    expect(await (await fetch(apps.urlOf())).text()).not.toContain('숨은 식당')
  })

  test.each(['restaurant', 'opening'])(
    'leaves the other processes’ kept page of its %s',
    async (kind) => {
      const { slug, restaurantId } = await setUpBoard({ restaurant: { name: '떠난 식당' } })
      const { openingId: its } = await createOpening({ restaurantId, daysAhead: 1 })
      const path = kind === 'opening' ? `/openings/${its}` : `/restaurants/${slug}`
      for (let visit = 0; visit < 2; visit += 1) expect(await statusOf(path, 1)).toBe(200)
      await pool.query('UPDATE restaurants SET published = false WHERE id = $1', [restaurantId])
      const snapshot = kind === 'opening' ? `openings/${its}` : `restaurants/${restaurantId}/board`
      await expect.poll(() => statusOf(`/api/v1/${snapshot}`, 1), { timeout: 10_000 }).toBe(404)
      const page = await browser.newPage()
      await page.goto(`${apps.urlOf(1)}${path}`)
      await page.getByRole('heading', { name: '떠난 식당' }).waitFor()
      // A minute after it was made a visit has it made anew, which the test does not wait for.
      const gone = { status: 404, contentType: 'text/html; charset=utf-8' }
      const show404 = (route: Route) => route.fulfill({ ...gone, body: '<h1>찾을 수 없어요</h1>' })
      await page.route(({ pathname }) => pathname === path, show404)
      await page.getByRole('heading', { name: '찾을 수 없어요' }).waitFor()
      await leave(page)
    },
  )
})
