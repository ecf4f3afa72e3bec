import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db'
import { sessionCookieName } from '@/lib/session'
import { createAccount, DEMO_PASSWORD } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { setUpBoard, sheetOf, timeButton } from '../support/diner-scene'
import { signTokenFor, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { expectAccessible } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()

const korean = {
  locale: 'ko-KR' as const,
  prefix: '',
  email: '이메일',
  password: '비밀번호',
  newPassword: '새 비밀번호',
  name: '이름',
  phone: /휴대전화 번호/,
  signUp: '회원가입',
  submitSignUp: '가입하기',
  checkMail: '메일을 확인해 주세요',
  finish: '가입 마치기',
  allSet: '가입이 끝났어요',
  goOn: '이어서 하기',
  signInAndBook: /로그인하고 예약하기/,
  book: '예약하기',
  booked: /예약이 확정됐어요\./,
  signIn: '로그인',
  forgot: '비밀번호를 잊었어요',
  sendReset: '링크 받기',
  change: '비밀번호 바꾸기',
  changed: '비밀번호를 바꿨어요',
  byMail: '메일로 로그인',
  sendSignIn: '로그인 링크 받기',
  enter: '로그인하기',
  signedIn: '로그인됐어요',
  used: '이미 사용한 링크예요',
}
type Words = { [Key in keyof typeof korean]: (typeof korean)[Key] | 'en-US' }
const english: Words = {
  locale: 'en-US',
  prefix: '/en',
  email: 'Email',
  password: 'Password',
  newPassword: 'New password',
  name: 'Name',
  phone: /Mobile phone/,
  signUp: 'Sign up',
  submitSignUp: 'Sign up',
  checkMail: 'Check your mail',
  finish: 'Finish signing up',
  allSet: 'You’re all set',
  goOn: 'Carry on',
  signInAndBook: /Sign in and book/,
  book: 'Book',
  booked: /You’re booked\./,
  signIn: 'Sign in',
  forgot: 'I’ve forgotten my password',
  sendReset: 'Send the link',
  change: 'Change password',
  changed: 'Your password was changed',
  byMail: 'Sign in by mail',
  sendSignIn: 'Send me a link',
  enter: 'Sign in',
  signedIn: 'You’re signed in',
  used: 'This link was used already',
}
const languages: [string, Words][] = [
  ['in Korean', korean],
  ['in English', english],
]

async function openPage({ words, path }: { words: Words; path: string }) {
  const locale = words.locale === 'en-US' ? 'en-US' : 'ko-KR'
  const context = await browser.newContext({ locale })
  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(`${apps.urlOf()}${words.prefix}${path}`)
  return { page, complaints }
}

const button = (page: Page, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true })

/** Opens the newest mail's link in another tab of the same browser, as pressing it does. */
async function followMail({ page, recipient }: { page: Page; recipient: string }) {
  const mail = await inbox.waitForMail({ recipient })
  const href = /href="([^"]*\/links\/[^"]*)"/.exec(mail.html ?? '')?.[1] ?? ''
  const tab = await page.context().newPage()
  await tab.goto(`${apps.urlOf()}${new URL(href).pathname}`)
  return tab
}

describe('somebody new', () => {
  test.each(languages)(
    '%s: signs up on the way to a table, confirms by mail, and books it',
    async (_, words) => {
      const email = `new-${words.locale}@bobjool.test`.toLowerCase()
      const { slug } = await setUpBoard()
      const { page, complaints } = await openPage({ words, path: `/restaurants/${slug}` })
      await timeButton(page, /\d\d:\d\d/)
        .last()
        .click()
      await sheetOf(page).getByRole('button', { name: words.signInAndBook }).click()
      await page.getByRole('main').getByRole('link', { name: words.signUp }).click()
      await page.waitForURL(/sign-up/)
      await page.getByLabel(words.email).fill(email)
      await page.getByLabel(words.password, { exact: true }).fill('쌀밥과 된장찌개 한 상')
      await page.getByLabel(words.name, { exact: true }).fill('김새롬')
      await page.getByLabel(words.phone).fill('+82 10-1234-5678')
      await expectAccessible(page)
      await button(page, words.submitSignUp).click()
      await page.getByRole('heading', { name: words.checkMail }).waitFor()
      await page.getByText(email).waitFor()
      await expectAccessible(page)

      const tab = await followMail({ page, recipient: email })
      await expectAccessible(tab)
      await button(tab, words.finish).click()
      await tab.getByText(words.allSet).last().waitFor()
      await tab.getByRole('link', { name: words.goOn }).click()
      await sheetOf(tab).getByRole('button', { name: words.book, exact: true }).click()
      await sheetOf(tab).getByText(words.booked).waitFor()
      const { rows } = await pool.query(
        `SELECT a.phone, v.status::text FROM accounts a JOIN reservations v ON v.diner_id = a.id
        WHERE a.email = $1`,
        [email],
      )
      expect(rows).toEqual([{ phone: '010-1234-5678', status: 'CONFIRMED' }])
      expect(complaints).toEqual([])
    },
  )

  test('on another device than the one that signed up chooses the password there', async () => {
    const email = 'two-devices@bobjool.test'
    const phone = await openPage({ words: korean, path: '/sign-up' })
    await phone.page.getByLabel(korean.email).fill(email)
    await phone.page.getByLabel(korean.password, { exact: true }).fill('쌀밥과 된장찌개 한 상')
    await phone.page.getByLabel(korean.name, { exact: true }).fill('김새롬')
    await button(phone.page, korean.submitSignUp).click()
    await phone.page.getByRole('heading', { name: korean.checkMail }).waitFor()
    const laptop = await openPage({ words: korean, path: '/' })
    const tab = await followMail({ page: laptop.page, recipient: email })
    await tab.getByLabel(korean.newPassword, { exact: true }).fill('1234567890')
    await button(tab, korean.finish).click()
    await tab.getByText(/너무 흔해서/).waitFor()
    await tab.getByLabel(korean.newPassword, { exact: true }).fill('보리밥과 열무김치 한 상')
    await button(tab, korean.finish).click()
    await tab.getByText(korean.allSet).last().waitFor()
  })
})

describe('somebody who can’t sign in', () => {
  test.each(languages)(
    'G19: %s: a forgotten password is chosen anew, and every other device is out',
    async (_, words) => {
      const account = await createAccount(pool, { locale: words.prefix ? 'en' : 'ko' })
      const other = await browser.newContext()
      const value = await signTokenFor(account)
      await other.addCookies([{ name: sessionCookieName(), value, url: apps.urlOf() }])
      const elsewhere = await other.newPage()
      await elsewhere.goto(`${apps.urlOf()}/reservations`)
      expect(new URL(elsewhere.url()).pathname).toBe('/reservations')

      const { page, complaints } = await openPage({ words, path: '/sign-in' })
      await expectAccessible(page)
      await page.getByRole('link', { name: words.forgot }).click()
      await page.waitForURL(/forgot-password/)
      await page.getByLabel(words.email).fill(account.email)
      await button(page, words.sendReset).click()
      await page.getByRole('heading', { name: words.checkMail }).waitFor()
      const tab = await followMail({ page, recipient: account.email })
      await expectAccessible(tab)
      await tab.getByLabel(words.newPassword, { exact: true }).fill('보리밥과 열무김치 한 상')
      await button(tab, words.change).click()
      await tab.getByText(words.changed).last().waitFor()
      await tab.goto(`${apps.urlOf()}${words.prefix}/reservations`)
      expect(new URL(tab.url()).pathname).toBe(`${words.prefix}/reservations`)

      await elsewhere.reload()
      expect(new URL(elsewhere.url()).pathname).toBe('/sign-in')
      await elsewhere.getByLabel(korean.email).fill(account.email)
      await elsewhere.getByLabel(korean.password).fill(DEMO_PASSWORD)
      await button(elsewhere, korean.signIn).click()
      await elsewhere.getByText(/맞지 않아요/).waitFor()
      await elsewhere.getByLabel(korean.password).fill('보리밥과 열무김치 한 상')
      await button(elsewhere, korean.signIn).click()
      await elsewhere.waitForURL(`${apps.urlOf()}/reservations`)
      expect(complaints).toEqual([])
    },
  )

  test.each(languages)('%s: a mailed link signs in once', async (_, words) => {
    const account = await createAccount(pool, { locale: words.prefix ? 'en' : 'ko' })
    const { page, complaints } = await openPage({ words, path: '/sign-in' })
    await page.getByRole('link', { name: words.byMail }).click()
    await page.waitForURL(/by-mail/)
    await page.getByLabel(words.email).fill(account.email)
    await button(page, words.sendSignIn).click()
    await page.getByRole('heading', { name: words.checkMail }).waitFor()
    const tab = await followMail({ page, recipient: account.email })
    await button(tab, words.enter).click()
    await tab.getByText(words.signedIn).last().waitFor()
    await tab.goto(`${apps.urlOf()}${words.prefix}/reservations`)
    expect(new URL(tab.url()).pathname).toBe(`${words.prefix}/reservations`)
    const stranger = await openPage({ words, path: '/' })
    const again = await followMail({ page: stranger.page, recipient: account.email })
    await again.getByRole('heading', { name: words.used }).waitFor()
    expect(complaints).toEqual([])
  })
})
