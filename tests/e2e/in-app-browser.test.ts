import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { PHONE, useBrowser } from '../support/browser'
import { setUpBoard } from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import { loginEnvironment } from '../support/login-provider'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps({ env: loginEnvironment('http://127.0.0.1:9') })
const browser = useBrowser()

const android =
  'Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'

/** What each app says of itself, its name in both languages, and where its way out leads. */
const inApps = [
  ['KakaoTalk', `${iphone} KAKAOTALK/10.8.5 (INAPP)`, ['카카오톡', 'KakaoTalk'], 'kakaotalk:'],
  ['Naver', `${android} NAVER(inapp; search; 2000; 12.5.3)`, ['네이버 앱', 'Naver app'], 'intent:'],
  [
    'Instagram',
    `${android} Instagram 334.0.0.42.95 Android`,
    ['인스타그램', 'Instagram'],
    'intent:',
  ],
  [
    'Instagram on an iPhone',
    `${iphone} Instagram 334.0.0.42.95`,
    ['인스타그램', 'Instagram'],
    null,
  ],
] as const

async function setUpReservation() {
  const { times } = await setUpBoard()
  const diner = await createPerson()
  const slotId = times[0]?.slotIds[0] ?? ''
  const { id } = await createReservation(pool, { slotId, dinerId: diner.id, status: 'CONFIRMED' })
  return { diner, path: `/reservations/${id}` }
}

describe.each(inApps)('in %s', (_, userAgent, [ko, en], scheme) => {
  test.each([
    [
      'in Korean',
      '',
      ko,
      '안에서는 파일을 받을 수 없어요',
      /캘린더에 추가/,
      '브라우저에서 열기',
      '주소 복사',
    ],
    [
      'in English',
      '/en',
      en,
      'can’t save files',
      /Add to calendar/,
      'Open in the browser',
      'Copy the address',
    ],
  ] as const)(
    '%s, a reservation’s calendar file is refused, and the system’s browser offered',
    async (_language, prefix, app, refusal, calendar, open, copy) => {
      const { diner, path } = await setUpReservation()
      const { page } = await openAs({
        browser,
        url: apps.urlOf(),
        person: diner,
        path: `${prefix}${path}`,
        viewport: PHONE,
        userAgent,
      })
      await page.getByText(`${app} ${refusal}`).waitFor()
      expect(await page.getByRole('link', { name: calendar }).count()).toBe(0)
      await page.getByRole('button', { name: copy }).first().waitFor()
      const out = page.getByRole('link', { name: open }).first()
      if (scheme === null) expect(await out.count()).toBe(0)
      else {
        const href = (await out.getAttribute('href')) ?? ''
        expect(href.startsWith(scheme)).toBe(true)
        expect(decodeURIComponent(href)).toContain(path)
      }
      await expectAccessible(page)
    },
  )

  test('a sign-in that the app can’t do is not offered; the way out keeps where one was', async () => {
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person: null,
      path: '/sign-in?callbackUrl=%2Frestaurants%2Ffriday%3Fparty%3D3',
      viewport: PHONE,
      userAgent,
    })
    await page.getByText(`${ko} 안에서는 쓸 수 없는 로그인이에요`).waitFor()
    const buttons = page.getByRole('main').getByRole('button')
    const can = (name: string) => buttons.filter({ hasText: name }).count()
    expect(await can('카카오')).toBe(ko === '카카오톡' ? 1 : 0)
    expect(await can('네이버')).toBe(ko === '네이버 앱' ? 1 : 0)
    if (scheme !== null) {
      const href = await page.getByRole('link', { name: '브라우저에서 열기' }).getAttribute('href')
      expect(decodeURIComponent(href ?? '')).toContain('%2Frestaurants%2Ffriday%3Fparty%3D3')
    }
  })
})

test('a browser of its own offers everything, and no way out', async () => {
  const { diner, path } = await setUpReservation()
  const url = apps.urlOf()
  const { page } = await openAs({ browser, url, person: diner, path, viewport: PHONE })
  await page.getByRole('link', { name: '캘린더에 추가' }).waitFor()
  expect(await page.getByRole('link', { name: '브라우저에서 열기' }).count()).toBe(0)
})
