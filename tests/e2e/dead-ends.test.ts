import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, DEMO_PASSWORD } from '@/prisma/factories'
import { PHONE, useBrowser } from '../support/browser'
import { setUpBoard } from '../support/diner-scene'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { setUpLine } from '../support/line-scene'
import { expectAccessible, holdUp, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

const open = (path: string, person: Person | null = null) =>
  openAs({ browser, url: apps.urlOf(), person, viewport: PHONE, path })

/** The server has another release: it does not know the actions of this page, so often. */
async function releaseAnother({ page, times }: { page: Page; times: number }) {
  let left = times
  await page.route('**/*', (route) => {
    const headers = route.request().headers()
    if (headers['next-action'] === undefined || left === 0) return route.continue()
    left -= 1
    return route.continue({ headers: { ...headers, 'next-action': 'f'.repeat(42) } })
  })
}

const RENEWED = '밥줄이 새로워져서 화면을 다시 불러왔어요.'
const UNREACHABLE = '연결이 되지 않아요.'

async function fillInSignUp(page: Page) {
  await page.getByText('사장님', { exact: true }).click()
  await page.getByLabel('이메일').fill('newcomer@bobjool.test')
  await page.getByLabel('이름').fill('김수민')
  await page.getByLabel(/휴대전화 번호/).fill('010-1234-5678')
  await page.getByLabel('비밀번호', { exact: true }).fill('a quiet evening')
  await page.getByRole('checkbox', { name: /만 14세/ }).check()
  await page.getByRole('button', { name: '가입하기', exact: true }).click()
}

describe('kind 12: after a deployment an open page', () => {
  test('whose action the server does not know loads anew, keeps what was typed, and goes on', async () => {
    const { page } = await open('/sign-up')
    await releaseAnother({ page, times: 1 })
    const isLoaded = page.waitForEvent('load')
    await fillInSignUp(page)
    await isLoaded
    await page.getByRole('status').getByText(RENEWED).waitFor()
    await expectAccessible(page)
    expect(await page.getByLabel('이메일').inputValue()).toBe('newcomer@bobjool.test')
    expect(await page.getByLabel('이름').inputValue()).toBe('김수민')
    expect(await page.getByLabel(/휴대전화 번호/).inputValue()).toBe('010-1234-5678')
    expect(await page.getByRole('radio', { name: /사장님/ }).isChecked()).toBe(true)
    // A password is never put into the browser's storage.
    expect(await page.getByLabel('비밀번호', { exact: true }).inputValue()).toBe('')
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('quiet evening')

    await page.getByLabel('비밀번호', { exact: true }).fill('a quiet evening')
    await page.getByRole('button', { name: '가입하기', exact: true }).click()
    await page.getByRole('heading', { name: '메일을 확인해 주세요' }).waitFor()
    expect(await page.getByText(RENEWED).count()).toBe(0)
  })

  test('loads anew once, and then says that it can’t go on', async () => {
    const { page } = await open('/sign-up')
    await releaseAnother({ page, times: 9 })
    const isLoaded = page.waitForEvent('load')
    await fillInSignUp(page)
    await isLoaded
    await page.getByText(RENEWED).waitFor()
    let loads = 0
    page.on('load', () => {
      loads += 1
    })
    await page.getByRole('button', { name: '가입하기', exact: true }).click()
    await page.getByText(UNREACHABLE).first().waitFor()
    expect(loads).toBe(0)
  })
})

describe('kind 12: a link that a person opens', () => {
  test('“add to calendar” leads to signing in, and to a page where there is no such reservation', async () => {
    const { times } = await setUpBoard({ seatings: 1 })
    const diner = await createPerson()
    const slotId = times[0]?.slotIds[0] ?? ''
    const { id } = await createReservation(pool, { slotId, dinerId: diner.id })
    const path = `/en/reservations/${id}/calendar`
    const signedOut = await open(path)
    const { pathname, searchParams } = new URL(signedOut.page.url())
    expect({ pathname, back: searchParams.get('callbackUrl') }).toEqual({
      pathname: '/en/sign-in',
      back: `/en/reservations/${id}`,
    })
    const stranger = await createPerson()
    for (const address of [path, '/en/reservations/1/calendar', '/en/reservations/%3Cx/calendar']) {
      const { page } = await open(address, stranger)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await page.content(), address).not.toContain('"reason"')
    }
  })

  test('an address that can’t be read shows a page, to programs a problem', async () => {
    for (const address of ['/%E0%A4%A', '/restaurants/%ZZ', '/en/%']) {
      const url = `${apps.urlOf()}${address}`
      const page = await fetch(url, { headers: { accept: 'text/html,*/*;q=0.8' } })
      expect(page.headers.get('content-type'), address).toContain('text/html')
      expect(page.status, address).toBe(404)
      const problem = await fetch(url, { headers: { accept: 'application/json' } })
      expect(problem.headers.get('content-type')).toContain('application/problem+json')
    }
  })
})

describe('kind 12: what was typed and which language', () => {
  test('a forgotten password keeps the typed address, in both directions', async () => {
    const { page } = await open('/sign-in')
    await page.getByLabel('이메일').fill('haeun@bobjool.test')
    await page.getByRole('link', { name: '비밀번호를 잊었어요' }).click()
    await page.getByRole('button', { name: '링크 받기' }).waitFor()
    const email = page.getByLabel('이메일')
    await expect.poll(() => email.inputValue()).toBe('haeun@bobjool.test')
    expect(page.url()).not.toContain('haeun')
    await email.fill('haeun.kim@bobjool.test')
    await page.getByRole('link', { name: '로그인으로 돌아가기' }).click()
    await page.getByLabel('비밀번호').waitFor()
    await expect.poll(() => email.inputValue()).toBe('haeun.kim@bobjool.test')
    await page.getByRole('link', { name: '메일로 로그인' }).click()
    await page.getByRole('button', { name: '로그인 링크 받기' }).waitFor()
    await expect.poll(() => email.inputValue()).toBe('haeun.kim@bobjool.test')
  })

  test('an address kept from before is not put into a field already in use', async () => {
    const { page } = await open('/sign-in')
    const email = page.getByLabel('이메일')
    await email.fill('haeun@bobjool.test')
    const release = await holdUp({ page, address: '**/_next/static/**/*.js' })
    await page.reload({ waitUntil: 'commit' })
    await email.focus()
    release()
    await page.waitForLoadState('networkidle')
    expect(await email.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('sumin@bobjool.test')
    await page.getByRole('link', { name: '비밀번호를 잊었어요' }).click()
    await page.getByRole('button', { name: '링크 받기' }).waitFor()
    await expect.poll(() => email.inputValue()).toBe('sumin@bobjool.test')
  })

  test('an account that speaks English gets English pages after signing in', async () => {
    const person = await createPerson({ locale: 'en' })
    const { page } = await open('/sign-in')
    await page.getByLabel('이메일').fill(person.email)
    await page.getByLabel('비밀번호').fill(DEMO_PASSWORD)
    await page.getByRole('main').getByRole('button', { name: '로그인', exact: true }).click()
    await page.waitForURL(/\/en$/)
    const korean = await open('/en/start', await createPerson({ locale: 'ko' }))
    expect(new URL(korean.page.url()).pathname).toBe('/')
  })

  test('an empty name is told to be empty, a long one how long it may be', async () => {
    const { page } = await open('/sign-up')
    await page.getByRole('button', { name: '가입하기', exact: true }).click()
    await page.getByText('이름을 적어 주세요.').waitFor()
    await page.getByLabel('이름').fill('가'.repeat(51))
    await page.getByRole('button', { name: '가입하기', exact: true }).click()
    await page.getByText('이름을 50자 안으로 적어 주세요.').waitFor()
  })
})

test('kind 12: a line that can’t be read is not called empty', async () => {
  const { slug, restaurantId } = await setUpBoard({ seatings: 1 })
  await setUpLine({ restaurantId })
  const { page } = await openAs({
    browser,
    url: apps.urlOf(),
    person: null,
    viewport: PHONE,
    path: '/',
    prepare: async (fresh) => {
      await fresh.route('**/api/v1/restaurants/*/line', (route) => route.abort())
    },
  })
  await page.goto(`${apps.urlOf()}/restaurants/${slug}`)
  await page.getByRole('heading', { name: '웨이팅' }).scrollIntoViewIfNeeded()
  await page.getByText('지금 웨이팅 상황을 불러오지 못했어요.').waitFor()
  expect(await page.getByText('없어요', { exact: true }).count()).toBe(0)
  expect(await page.getByText('바로 입장할 수 있어요').count()).toBe(0)
  // Control: once it can be read, it is empty.
  await page.unroute('**/api/v1/restaurants/*/line')
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await page.getByText('없어요', { exact: true }).waitFor()
})
