import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import { createAccount, DEMO_PASSWORD } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { setUpBoard, sheetOf, timeButton } from '../support/diner-scene'
import { signTokenFor, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard, byPointer, type Hand } from '../support/keyboard'
import { expectAccessible } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()

const korean = {
  hand: byPointer,
  locale: 'ko-KR' as const,
  prefix: '',
  email: '이메일',
  password: '비밀번호',
  newPassword: '새 비밀번호',
  name: '이름',
  phone: /휴대전화 번호/,
  signUp: '회원가입',
  agree: /만 14세 이상이고/,
  tick: '가입하려면 체크해 주세요.',
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
type Words = { [Key in keyof typeof korean]: (typeof korean)[Key] | 'en-US' } & { hand: Hand }
const english: Words = {
  hand: byKeyboard,
  locale: 'en-US',
  prefix: '/en',
  email: 'Email',
  password: 'Password',
  newPassword: 'New password',
  name: 'Name',
  phone: /Mobile phone/,
  signUp: 'Sign up',
  agree: /14 or older/,
  tick: 'Please tick this box to sign up.',
  submitSignUp: 'Sign up',
  checkMail: 'Check your email',
  finish: 'Finish signing up',
  allSet: 'You’re all set',
  goOn: 'Continue',
  signInAndBook: /Sign in and book/,
  book: 'Book',
  booked: /You’re booked\./,
  signIn: 'Sign in',
  forgot: 'I’ve forgotten my password',
  sendReset: 'Send the link',
  change: 'Change password',
  changed: 'Your password was changed',
  byMail: 'Sign in by email',
  sendSignIn: 'Send me a link',
  enter: 'Sign in',
  signedIn: 'You’re signed in',
  used: 'This link has already been used',
}
const languages: [string, Words][] = [
  ['in Korean', korean],
  ['in English, by keyboard alone', english],
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

/** Opens the newest mail's link in another tab of the same browser, as a click does. */
async function followMail({ page, recipient }: { page: Page; recipient: string }) {
  const mail = await inbox.waitForMail({ recipient })
  const href = /href="([^"]*\/links\/[^"]*)"/.exec(mail.html ?? '')?.[1] ?? ''
  const tab = await page.context().newPage()
  await tab.goto(`${apps.urlOf()}${new URL(href).pathname}`)
  return tab
}

describe('a new diner', () => {
  test.each(languages)(
    '%s: signs up on the way to a table, confirms by mail, and books it',
    async (_, words) => {
      const email = `new-${words.locale}@bobjool.test`.toLowerCase()
      const { hand } = words
      const { slug } = await setUpBoard()
      const { page, complaints } = await openPage({ words, path: `/restaurants/${slug}` })
      await hand.press(timeButton(page, /\d\d:\d\d/).last())
      await hand.press(sheetOf(page).getByRole('button', { name: words.signInAndBook }))
      await hand.press(page.getByRole('main').getByRole('link', { name: words.signUp }))
      await page.waitForURL(/sign-up/)
      await hand.write(page.getByLabel(words.email), email)
      await hand.write(page.getByLabel(words.password, { exact: true }), '쌀밥과 된장찌개 한 상')
      await hand.write(page.getByLabel(words.name, { exact: true }), '김새롬')
      await hand.write(page.getByLabel(words.phone), '+82 10-1234-5678')
      await expectAccessible(page)
      await hand.press(button(page, words.submitSignUp))
      await page.getByText(words.tick).waitFor()
      await hand.tick(page.getByRole('checkbox', { name: words.agree }))
      await hand.press(button(page, words.submitSignUp))
      await page.getByRole('heading', { name: words.checkMail }).waitFor()
      await page.getByText(email).waitFor()
      await expectAccessible(page)

      const tab = await followMail({ page, recipient: email })
      await expectAccessible(tab)
      await hand.press(button(tab, words.finish))
      await tab.getByText(words.allSet).last().waitFor()
      // The first tab goes on by itself; were it still open, it would be told of the booking.
      await sheetOf(page).getByRole('button', { name: words.book, exact: true }).waitFor()
      await page.close()
      await hand.press(tab.getByRole('link', { name: words.goOn }))
      await hand.press(sheetOf(tab).getByRole('button', { name: words.book, exact: true }))
      await sheetOf(tab).getByText(words.booked).waitFor()
      const { rows } = await pool.query(
        `SELECT a.phone, v.status::text FROM accounts a JOIN reservations v ON v.diner_id = a.id
        WHERE a.email = $1`,
        [email],
      )
      expect(rows).toEqual([{ phone: '+821012345678', status: 'CONFIRMED' }])
      expect(complaints).toEqual([])
    },
  )

  test('on another device than the one of the sign-up sets the password there', async () => {
    const email = 'two-devices@bobjool.test'
    const phone = await openPage({ words: korean, path: '/sign-up' })
    await phone.page.getByLabel(korean.email).fill(email)
    await phone.page.getByLabel(korean.password, { exact: true }).fill('쌀밥과 된장찌개 한 상')
    await phone.page.getByLabel(korean.name, { exact: true }).fill('김새롬')
    await phone.page.getByRole('checkbox', { name: korean.agree }).check()
    await button(phone.page, korean.submitSignUp).click()
    await phone.page.getByRole('heading', { name: korean.checkMail }).waitFor()
    const laptop = await openPage({ words: korean, path: '/' })
    const tab = await followMail({ page: laptop.page, recipient: email })
    await tab.getByLabel(korean.newPassword, { exact: true }).fill('1234567890')
    await button(tab, korean.finish).click()
    await tab.getByText(/자주 쓰이는 비밀번호라/).waitFor()
    await tab.getByLabel(korean.newPassword, { exact: true }).fill('보리밥과 열무김치 한 상')
    await button(tab, korean.finish).click()
    await tab.getByText(korean.tick).waitFor()
    await tab.getByRole('checkbox', { name: korean.agree }).check()
    await button(tab, korean.finish).click()
    await tab.getByText(korean.allSet).last().waitFor()
  })
})

describe('a person who can’t sign in', () => {
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
      await words.hand.press(page.getByRole('link', { name: words.forgot }))
      await page.waitForURL(/forgot-password/)
      await words.hand.write(page.getByLabel(words.email), account.email)
      await words.hand.press(button(page, words.sendReset))
      await page.getByRole('heading', { name: words.checkMail }).waitFor()
      const tab = await followMail({ page, recipient: account.email })
      await expectAccessible(tab)
      await words.hand.write(
        tab.getByLabel(words.newPassword, { exact: true }),
        '보리밥과 열무김치 한 상',
      )
      await words.hand.press(button(tab, words.change))
      await tab.getByText(words.changed).last().waitFor()
      await tab.goto(`${apps.urlOf()}${words.prefix}/reservations`)
      expect(new URL(tab.url()).pathname).toBe(`${words.prefix}/reservations`)

      await elsewhere.reload()
      expect(new URL(elsewhere.url()).pathname).toBe('/sign-in')
      await words.hand.write(elsewhere.getByLabel(korean.email), account.email)
      await words.hand.write(elsewhere.getByLabel(korean.password, { exact: true }), DEMO_PASSWORD)
      await words.hand.press(button(elsewhere, korean.signIn))
      await elsewhere.getByText(/맞지 않아요/).waitFor()
      await words.hand.write(
        elsewhere.getByLabel(korean.password, { exact: true }),
        '보리밥과 열무김치 한 상',
      )
      await words.hand.press(button(elsewhere, korean.signIn))
      await elsewhere.waitForURL(`${apps.urlOf()}/reservations`)
      expect(complaints).toEqual([])
    },
  )

  test.each(languages)('%s: a mailed link signs in once', async (_, words) => {
    const account = await createAccount(pool, { locale: words.prefix ? 'en' : 'ko' })
    const { page, complaints } = await openPage({ words, path: '/sign-in' })
    await words.hand.press(page.getByRole('link', { name: words.byMail }))
    await page.waitForURL(/by-mail/)
    await words.hand.write(page.getByLabel(words.email), account.email)
    await words.hand.press(button(page, words.sendSignIn))
    await page.getByRole('heading', { name: words.checkMail }).waitFor()
    const tab = await followMail({ page, recipient: account.email })
    await words.hand.press(button(tab, words.enter))
    await tab.getByText(words.signedIn).last().waitFor()
    await tab.goto(`${apps.urlOf()}${words.prefix}/reservations`)
    expect(new URL(tab.url()).pathname).toBe(`${words.prefix}/reservations`)
    const stranger = await openPage({ words, path: '/' })
    const again = await followMail({ page: stranger.page, recipient: account.email })
    await again.getByRole('heading', { name: words.used }).waitFor()
    expect(complaints).toEqual([])
  })
})
