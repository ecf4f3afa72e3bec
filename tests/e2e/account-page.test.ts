import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, DEMO_PASSWORD } from '@/prisma/factories'
import { PHONE, useBrowser } from '../support/browser'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard } from '../support/keyboard'
import {
  kakaoProfile,
  type LoginProviderStandIn,
  loginEnvironment,
  startLoginProvider,
} from '../support/login-provider'
import { expectAccessible, openAs } from '../support/owner-scene'

let provider: LoginProviderStandIn
const apps = useApps(async () => {
  provider = await startLoginProvider()
  return { env: loginEnvironment(provider.url) }
})
const browser = useBrowser()
const inbox = useInbox()

let diner: Person
beforeEach(async () => {
  diner = await createPerson({ name: '박손님' })
})

const open = async (path = '/account', person: Person | null = diner) => {
  const opened = await openAs({ browser, url: apps.urlOf(), person, path, viewport: PHONE })
  await opened.page.emulateMedia({ reducedMotion: 'reduce' })
  return opened
}
/** This file uses no pointer. */
const { press: pressOn, write, choose, tick } = byKeyboard
const press = (page: Page, name: string) =>
  pressOn(page.getByRole('main').getByRole('button', { name, exact: true }))
const headerOf = (page: Page) => page.getByRole('banner')

async function readAccount(id: string) {
  const { rows } = await pool.query<{
    email: string
    name: string
    phone: string | null
    locale: string
  }>('SELECT email, name, phone, locale FROM accounts WHERE id = $1', [id])
  return rows[0]
}

describe('by keyboard alone, a diner manages their account', () => {
  test('name and phone; refused input is still there', async () => {
    const { page, complaints } = await open()
    await expectAccessible(page)
    await press(page, '이름 바꾸기')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('   ')
    await page.keyboard.press('Enter')
    await page.getByText('이름을 적어 주세요.').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('박새봄')
    await page.keyboard.press('Enter')
    await page.getByText('저장했어요.').waitFor()
    await headerOf(page).getByRole('button', { name: '박새봄 님' }).waitFor()
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(focused, 'the focus comes back to where it was').toBe('이름 바꾸기')

    await press(page, '전화번호 바꾸기')
    await write(page.getByLabel('전화번호', { exact: true }), '전화 주세요')
    await press(page, '저장')
    await page.getByText(/전화번호를 010-1234-5678처럼/).waitFor()
    expect(await page.getByLabel('전화번호', { exact: true }).inputValue()).toBe('전화 주세요')
    await write(page.getByLabel('전화번호', { exact: true }), '+82 10 7777 3141')
    await press(page, '저장')
    await page.getByText('010-7777-3141').waitFor()
    expect(await readAccount(diner.id)).toMatchObject({ name: '박새봄', phone: '+821077773141' })
    expect(complaints).toEqual([])
  })

  test('the language, and the page with it', async () => {
    const { page } = await open()
    await press(page, '언어 바꾸기')
    await choose(page.getByRole('radio', { name: 'English' }))
    await press(page, '저장')
    await page.waitForURL('**/en/account')
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor()
    expect(await readAccount(diner.id)).toMatchObject({ locale: 'en' })
  })

  test('the password: a wrong one changes nothing, the new one signs every other device out', async () => {
    const { page } = await open()
    const other = await open('/reservations')
    await press(page, '비밀번호 바꾸기')
    await write(page.getByLabel('지금 비밀번호'), 'not-this-one')
    await write(page.getByLabel('새 비밀번호'), 'a-new-password')
    await press(page, '저장')
    await page.getByText(/지금 쓰는 비밀번호가 맞지 않아요/).waitFor()
    expect(await page.getByLabel('새 비밀번호').inputValue()).toBe('a-new-password')
    await expectAccessible(page)
    await write(page.getByLabel('지금 비밀번호'), DEMO_PASSWORD)
    await press(page, '저장')
    await page.getByText(/비밀번호를 바꿨어요/).waitFor()
    await inbox.waitForMail({ recipient: diner.email, subject: /비밀번호가 바뀌었어요/ })
    await page.reload()
    await page.getByRole('heading', { level: 1, name: '내 정보' }).waitFor()
    await expectEnded(other.page)
  })

  test('the address: used once the link mailed to it is opened, and the old one is notified', async () => {
    const { page } = await open()
    const email = `new-${diner.email}`
    await press(page, '이메일 바꾸기')
    await write(page.getByLabel('새 이메일'), email)
    await press(page, '확인 메일 받기')
    await page.getByText(`${email} 주소로 확인 메일을 보냈어요.`).waitFor()
    expect(await readAccount(diner.id)).toMatchObject({ email: diner.email })
    const mail = await inbox.waitForMail({ recipient: email })
    const link = /\/links\/[\w-]+/.exec(mail.text ?? '')?.[0]
    await page.goto(`${apps.urlOf()}${link}`)
    await page.getByText(email).waitFor()
    await expectAccessible(page)
    await press(page, '이 주소로 바꾸기')
    await page.getByText('주소를 바꿨어요').first().waitFor()
    await inbox.waitForMail({ recipient: diner.email, subject: /이메일 주소가 바뀌었어요/ })
    await page.goto(`${apps.urlOf()}/account`)
    await page.getByText(email).waitFor()
    expect(await readAccount(diner.id)).toMatchObject({ email })
  })

  test('signing out everywhere: this browser stays signed in, the other is out, and its header shows it', async () => {
    const { page } = await open()
    const other = await open('/restaurants')
    await headerOf(other.page).getByRole('button', { name: '손님 님' }).waitFor()
    await press(page, '다른 기기에서 모두 로그아웃')
    await page.getByText('다른 기기에서 모두 로그아웃했어요.').waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: '내 정보' }).waitFor()
    await expectEnded(other.page)
  })

  test('applying to be an owner', async () => {
    const { page } = await open()
    await press(page, '사장님 신청하기')
    await expectAccessible(page)
    await pressOn(page.getByRole('dialog').getByRole('button', { name: '신청하기' }))
    await page.getByText('승인을 기다리고 있어요').waitFor()
    await pressOn(headerOf(page).getByRole('button', { name: '박손님 님' }))
    await headerOf(page).getByRole('link', { name: '사장님 승인 대기 중' }).waitFor()
    expect(await headerOf(page).getByRole('link', { name: '예약 현황판' }).count()).toBe(0)
    await expectAccessible(page)
  })
})

/** A page that needs a session leads to signing in, with the reason and a signed-out header. */
async function expectEnded(page: Page) {
  await page.goto(`${apps.urlOf()}/account`)
  await page.waitForURL('**/sign-in?callbackUrl=%2Faccount')
  await page.getByText('로그아웃됐어요').waitFor()
  await headerOf(page).getByRole('link', { name: '로그인' }).waitFor()
  await expectAccessible(page)
  await page.goto(`${apps.urlOf()}/restaurants`)
  await headerOf(page).getByRole('link', { name: '로그인' }).waitFor()
}

describe('a diner deletes their account', () => {
  test('is shown what will happen, and nothing is left', async () => {
    const { id } = await createReservation(pool, { dinerId: diner.id })
    const { page, complaints } = await open()
    await pressOn(page.getByRole('link', { name: '탈퇴하기' }))
    await page.getByText('앞으로 있을 예약 1건이 취소되고').waitFor()
    await page.waitForURL('**/account/delete')
    // The address that the page had before.
    await page.goto(`${apps.urlOf()}/account/leave`)
    await page.waitForURL('**/account/delete')
    await expectAccessible(page)
    await write(page.getByLabel('지금 비밀번호'), 'not-this-one')
    await press(page, '탈퇴하고 모두 지우기')
    await page.getByText(/지금 쓰는 비밀번호가 맞지 않아요/).waitFor()
    await write(page.getByLabel('지금 비밀번호'), DEMO_PASSWORD)
    await press(page, '탈퇴하고 모두 지우기')
    await page.getByText('탈퇴했어요', { exact: true }).waitFor()
    await headerOf(page).getByRole('link', { name: '로그인' }).waitFor()
    await expectAccessible(page)
    expect(await readAccount(diner.id)).toBeUndefined()
    const { rows } = await pool.query(
      'SELECT status::text, diner_id FROM reservations WHERE id = $1',
      [id],
    )
    expect(rows).toEqual([{ status: 'CANCELLED', diner_id: null }])
    expect(complaints).toEqual([])
  })
})

describe('a diner signs in through Kakao', () => {
  test('presses the button, agrees, is signed in, and can remove the login only once there is a password', async () => {
    provider.consentNext({ profile: kakaoProfile({ id: 77_001, email: 'ryan@bobjool.test' }) })
    const { page } = await open('/sign-in?callbackUrl=%2Faccount', null)
    await expectAccessible(page)
    await press(page, '카카오 로그인')
    await page.getByRole('heading', { level: 1, name: '가입을 마칠게요' }).waitFor()
    await expectAccessible(page)
    await tick(page.getByRole('checkbox', { name: /만 14세/ }))
    await press(page, '가입하기')
    await page.getByRole('heading', { level: 1, name: '내 정보' }).waitFor()
    await headerOf(page).getByRole('button', { name: '라이언 님' }).waitFor()
    await press(page, '카카오 연결 끊기')
    await page.getByText(/로그인할 방법이 남지 않아요/).waitFor()
    await press(page, '비밀번호 바꾸기')
    await write(page.getByLabel('새 비밀번호'), 'a-new-password')
    await press(page, '저장')
    const dialog = page.getByRole('dialog', { name: '본인 확인' })
    await pressOn(dialog.getByRole('button', { name: '메일로 코드 받기' }))
    const mail = await inbox.waitForMail({ recipient: 'ryan@bobjool.test' })
    await write(dialog.getByLabel(/여섯 자리/), /\b\d{6}\b/.exec(mail.text ?? '')?.[0] ?? '')
    await pressOn(dialog.getByRole('button', { name: '확인', exact: true }))
    await page.getByText(/비밀번호를 바꿨어요/).waitFor()
    await press(page, '카카오 연결 끊기')
    await page.getByText('카카오 연결을 끊었어요.').waitFor()
    await press(page, '카카오 연결')
    await page.getByText('카카오 로그인을 연결했어요.').waitFor()
    await expectAccessible(page)
  })

  test('declines at Kakao, and is told here that nothing has changed', async () => {
    provider.consentNext({ error: 'access_denied' })
    const { page } = await open('/en/sign-in?callbackUrl=%2Fen%2Freservations', null)
    await press(page, 'Login with Kakao')
    await page.getByText('Signing in didn’t finish').waitFor()
    expect(new URL(page.url()).pathname).toBe('/en/sign-in')
    await expectAccessible(page)
  })
})
