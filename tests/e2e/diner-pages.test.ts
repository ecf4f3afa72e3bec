import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { PHONE, useBrowser } from '../support/browser'
import { setUpBoard, takeSlot, timeButton, timesOf } from '../support/diner-scene'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const open = (path: string, person: Person | null = null) =>
  openAs({ browser, url: apps.urlOf(), person, viewport: PHONE, path })

async function bookSlots({ person, slotIds }: { person: Person; slotIds: string[] }) {
  const made: string[] = []
  for (const slotId of slotIds)
    made.push((await createReservation(pool, { slotId, dinerId: person.id })).id)
  return made
}

describe('public pages', () => {
  test.each(['light', 'dark'] as const)(
    'axe finds nothing in %s, in both languages',
    async (colorScheme) => {
      const scene = await setUpBoard({ seatings: 2 })
      await takeSlot(scene.times[0]?.slotIds[0])
      const person = await createPerson()
      const [id] = await bookSlots({ person, slotIds: scene.times[1]?.slotIds ?? [] })
      const { page } = await open('/', person)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const path of [
        '/',
        '/restaurants?keyword=부엌',
        '/restaurants?keyword=zzz',
        `/restaurants/${scene.slug}`,
        '/reservations',
        `/reservations/${id}`,
        '/nowhere',
      ])
        for (const prefix of ['', '/en']) {
          await page.goto(`${apps.urlOf()}${prefix}${path === '/' ? prefix && '/' : path}`)
          await page.getByRole('heading', { level: 1 }).waitFor()
          await page.waitForLoadState('networkidle')
          await expectAccessible(page)
          const width = await page.evaluate(() => document.documentElement.scrollWidth)
          expect(width, path).toBe(PHONE.width)
        }
    },
  )

  test('a restaurant and its board are readable without scripts', async () => {
    const scene = await setUpBoard({ seatings: 2 })
    await takeSlot(scene.times[0]?.slotIds[0])
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`${apps.urlOf()}/restaurants/${scene.slug}`)
    const times = await timesOf(page).getByRole('listitem').allTextContents()
    expect(times[0]).toContain(`${scene.times[0]?.label}`)
    expect(times[0]).toContain('마감')
    expect(times[1]).toContain('마지막 1자리')
    await page.getByText(/\d\d:\d\d:\d\d 기준/).waitFor()
    await page.getByText('서울 성동구 성수이로 0길 0').waitFor()
    expect(await page.getByRole('link', { name: '02-0000-0000' }).getAttribute('href')).toBe(
      'tel:0200000000',
    )
  })

  test('a restaurant’s page is the same for everyone, and its board needs no cookie', async () => {
    const scene = await setUpBoard()
    const path = `/restaurants/${scene.slug}`
    const person = await createPerson({ name: '정다움' })
    const { page } = await open(path, person)
    await timeButton(page, /\d/).first().waitFor()
    const answer = await page.request.get(`${apps.urlOf()}${path}`)
    expect(answer.headers()['cache-control']).toMatch(/s-maxage=60/)
    expect(await answer.text()).not.toContain('정다움')
    const next = await page.waitForRequest((request) => request.url().includes('/board'))
    expect(await next.headerValue('cookie')).toBeNull()
  })

  test('nothing moves while a page loads the session and what is free', async () => {
    const scene = await setUpBoard()
    const { page } = await open(`/restaurants/${scene.slug}`, await createPerson())
    await timeButton(page, /\d/).first().waitFor()
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              sum += 'value' in entry && typeof entry.value === 'number' ? entry.value : 0
          }).observe({ type: 'layout-shift', buffered: true })
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
        }),
    )
    expect(shift).toBeLessThan(0.01)
  })
})

describe('a diner’s own pages', () => {
  test('G19: a signed-out visitor signs in and comes back; a foreign id is not found', async () => {
    const scene = await setUpBoard({ seatings: 1 })
    const [id] = await bookSlots({
      person: await createPerson(),
      slotIds: scene.times[0]?.slotIds ?? [],
    })
    const { page } = await open(`/en/reservations/${id}`)
    const { pathname, searchParams } = new URL(page.url())
    expect(pathname).toBe('/en/sign-in')
    expect(searchParams.get('callbackUrl')).toBe(`/en/reservations/${id}`)
    const { page: foreign } = await open('/reservations', await createPerson())
    await foreign.getByText('아직 예약이 없어요').waitFor()
    await expectAccessible(foreign)
    for (const path of [`/reservations/${id}`, `/reservations/${id}/calendar`, '/reservations/1']) {
      const answer = await foreign.request.get(`${apps.urlOf()}${path}`)
      expect(answer.status(), path).toBe(404)
    }
  })

  test('a wrong password is reported, keeps the address, and leads nowhere else', async () => {
    const { page } = await open('/sign-in?callbackUrl=//evil.example/')
    await page.getByLabel('이메일').fill('nobody@bobjool.test')
    await page.getByLabel('비밀번호').fill('wrong')
    await page.getByRole('main').getByRole('button', { name: '로그인', exact: true }).click()
    await page.getByText('이메일이나 비밀번호가 맞지 않아요. 다시 확인해 주세요.').waitFor()
    expect(await page.getByLabel('이메일').inputValue()).toBe('nobody@bobjool.test')
    await expectAccessible(page)
    const { page: signedIn } = await open(
      '/sign-in?callbackUrl=//evil.example/',
      await createPerson(),
    )
    expect(new URL(signedIn.url()).pathname).toBe('/')
  })

  test('the name opens a menu, and signing out is for good', async () => {
    const person = await createPerson({ name: '정다움' })
    const { page } = await open('/reservations', person)
    await page.getByRole('button', { name: /손님|정다움/ }).click()
    await page.getByRole('button', { name: '로그아웃' }).click()
    await page.getByRole('navigation').getByRole('link', { name: '로그인' }).waitFor()
    await page.goto(`${apps.urlOf()}/reservations`)
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })

  test('the other language is the same page', async () => {
    const { page } = await open('/restaurants?keyword=부엌')
    await page.getByRole('link', { name: 'English로 보기' }).click()
    await page.getByRole('heading', { name: 'Restaurants for “부엌”' }).waitFor()
  })
})
