import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createRestaurant } from '@/prisma/factories'
import { PHONE, useBrowser } from '../support/browser'
import { type DinerScene, setUpBoard, sheetOf, takeSlot, timeButton } from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

let free: DinerScene
let full: DinerScene
beforeAll(async () => {
  const ours = { category: '국수', region: '성수' }
  free = await setUpBoard({ restaurant: { name: '빈자리 식당', nameEn: 'Open Arms', ...ours } })
  full = await setUpBoard({
    seatings: 1,
    restaurant: { name: '가득한 식당', nameEn: null, ...ours },
  })
  await takeSlot(full.times[0]?.slotIds[0])
  await createRestaurant(pool, { name: '줄 서는 식당', category: '카페', region: '강남' })
})

const names = ['빈자리 식당', '가득한 식당', '줄 서는 식당']

describe('looking for a restaurant', () => {
  test('works without scripts, and the URL holds all of it', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`${apps.urlOf()}/restaurants`)
    for (const name of names) await page.getByRole('link', { name, exact: true }).waitFor()
    const article = (name: string) => page.getByRole('article').filter({ hasText: name })
    await article('가득한 식당').getByText('오늘 마감').waitFor()
    await article('줄 서는 식당').getByText('웨이팅만 받아요').waitFor()

    await page.getByRole('link', { name: '오늘 자리 있는 곳' }).click()
    await page.getByRole('heading', { name: '오늘 2명 자리가 있는 곳' }).waitFor()
    expect(await page.getByRole('article').count()).toBe(1)
    await page.getByRole('link', { name: '카페' }).click()
    await page.getByText('지금은 오늘 2명 자리가 있는 곳이 없어요').waitFor()
    await page.getByRole('link', { name: '자리와 상관없이 보기' }).click()
    await page.getByRole('link', { name: '줄 서는 식당', exact: true }).waitFor()
    expect(new URL(page.url()).search).toBe(`?${new URLSearchParams({ category: '카페' })}`)

    await page.getByRole('link', { name: '모든 음식' }).click()
    await page.getByLabel('식당 찾기').fill('ㅂㅈㄹ')
    await page.getByLabel('인원').selectOption('1')
    await page.getByRole('button', { name: '찾기', exact: true }).click()
    const label = free.times[0]?.label ?? ''
    await article('빈자리 식당')
      .getByRole('link', { name: `${label} 예약하기` })
      .click()
    await page.getByRole('heading', { level: 1, name: '빈자리 식당' }).waitFor()
    await page.getByRole('list', { name: '시간' }).getByText(label).waitFor()
    expect(new URL(page.url()).searchParams.get('party')).toBe('1')
  })

  test.each(['light', 'dark'] as const)('axe finds nothing in any state in %s', async (scheme) => {
    const { page, complaints } = await openAs({
      browser,
      url: apps.urlOf(),
      person: null,
      viewport: PHONE,
      path: '/restaurants',
    })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    for (const path of [
      ...['/restaurants', '/restaurants?free=today', '/restaurants?keyword=zzz&region=성수'],
      ...['/restaurants?free=today&category=카페', '/restaurants?party=20'],
    ])
      for (const prefix of ['', '/en']) {
        await page.goto(`${apps.urlOf()}${prefix}${path}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        await expectAccessible(page)
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(width, path).toBe(PHONE.width)
      }
    expect(complaints).toEqual([])
  })

  test('by keyboard alone: from the field to a free time and its sheet', async () => {
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person: await createPerson(),
      path: '/en/restaurants',
    })
    await page.getByLabel('Find a restaurant').focus()
    await page.keyboard.type('open arms')
    await page.keyboard.press('Enter')
    await page.waitForURL(/keyword=open/)
    await page.getByRole('link', { name: 'Open Arms', exact: true }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await sheetOf(page).getByRole('button', { name: 'Book', exact: true }).waitFor()
  })

  test('an open list shows what was taken meanwhile', async () => {
    const scene = await setUpBoard({ seatings: 1, restaurant: { name: '금방 차는 식당' } })
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person: null,
      path: '/restaurants?keyword=금방',
    })
    const label = scene.times[0]?.label ?? ''
    await page.getByRole('link', { name: `${label} 예약하기` }).waitFor()
    await takeSlot(scene.times[0]?.slotIds[0])
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    // At most a second later there is a new shared snapshot.
    await expect
      .poll(
        async () => {
          await page.evaluate(() => window.dispatchEvent(new Event('online')))
          return page.getByText('오늘 마감').count()
        },
        { timeout: 10_000 },
      )
      .toBe(1)
  })

  test('a shared URL is understood in full or refused', async () => {
    const page = await browser.newPage()
    for (const query of [
      'party=0',
      'party=1e9',
      'party=2&party=3',
      'free=yes',
      'cursor=x',
      'a=b',
    ]) {
      const answer = await page.goto(`${apps.urlOf()}/restaurants?${query}`)
      expect(answer?.status(), query).toBe(200)
      await page.getByRole('article').first().waitFor()
    }
    const answer = await page.request.get(`${apps.urlOf()}/api/v1/tonight?party=2&restaurants=x`)
    expect(answer.status()).toBe(400)
    const list = await page.request.get(
      `${apps.urlOf()}/api/v1/tonight?party=2&restaurants=${free.restaurantId}`,
    )
    expect(list.headers()['cache-control']).toContain('s-maxage=1')
    expect(list.headers()['set-cookie']).toBeUndefined()
  })
})

describe('the sheet, when the diner may not book yet', () => {
  test('a session ended on another device leads to sign in and back, with everything kept', async () => {
    const person = await createPerson()
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person,
      path: `/restaurants/${free.slug}`,
    })
    await timeButton(page, /\d\d:\d\d/)
      .last()
      .click()
    await sheetOf(page)
      .getByLabel(/알레르기/)
      .fill('메밀')
    await page.context().clearCookies()
    await sheetOf(page).getByRole('button', { name: '예약하기', exact: true }).click()
    await page.getByText('로그아웃돼서 아직 예약하지 않았어요.').waitFor()
    await expectAccessible(page)
    await sheetOf(page).getByRole('button', { name: '로그인하고 이어서 예약하기' }).click()
    await page.getByLabel('이메일').fill(person.email)
    await page.getByLabel('비밀번호').fill('bobjool-demo')
    await page.getByRole('main').getByRole('button', { name: '로그인', exact: true }).click()
    await sheetOf(page).waitFor()
    expect(
      await sheetOf(page)
        .getByLabel(/알레르기/)
        .inputValue(),
    ).toBe('메밀')
  })

  test('an unconfirmed address leads to the account page', async () => {
    const person = await createPerson()
    await pool.query('UPDATE accounts SET email_confirmed_at = NULL WHERE id = $1', [person.id])
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person,
      path: `/en/restaurants/${free.slug}`,
    })
    await timeButton(page, /\d\d:\d\d/)
      .last()
      .click()
    await sheetOf(page).getByRole('button', { name: 'Book', exact: true }).click()
    const link = sheetOf(page).getByRole('link', { name: 'Confirm on my account page' })
    await link.waitFor()
    expect(await link.getAttribute('href')).toBe('/en/account')
    await expectAccessible(page)
  })
})
