import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { expectAccessible } from '../support/owner-scene'
import { addAuthenticator } from '../support/virtual-authenticator'

// No passkey belongs to an address that is a number.
const apps = useApps({ host: 'localhost' })
const browser = useBrowser()
const inbox = useInbox()

const email = 'new-passkey@bobjool.test'
const button = (page: Page, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true })
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

/** The path alone: the address of the sign-in ends in /account too, as where to go then. */
const atAccount = (url: URL) => url.pathname === '/account'

/** Types the six digits of the newest mail into the page that waits for them. */
async function enterCode(page: Page) {
  await title(page, '메일을 확인해 주세요')
  const mail = await inbox.waitForMail({ recipient: email })
  const [, code = ''] = /^\s*(\d{6})\s*$/m.exec(mail.text ?? '') ?? []
  await page.getByLabel('메일에 있는 여섯 자리 코드').fill(code)
  await inbox.clear()
  await button(page, '코드로 계속하기').click()
}

async function readUser(page: Page): Promise<unknown> {
  return page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).user)
}

test('signs up without a password, signs in by the passkey, and needs it after a mail', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  const { whilePressing } = await addAuthenticator(page)

  await page.goto(`${apps.urlOf()}/sign-up`)
  await button(page, '비밀번호 대신 패스키로 가입하기').click()
  await page.getByLabel('이메일').fill(email)
  await page.getByLabel('이름', { exact: true }).fill('김열쇠')
  await page.getByRole('checkbox', { name: /만 14세/ }).check()
  await expectAccessible(page)
  await button(page, '가입하기').click()
  await enterCode(page)
  await title(page, '패스키 만들기')
  await expectAccessible(page)
  await whilePressing(async () => {
    await button(page, '패스키 만들기').click()
    await page.waitForURL(/localhost:\d+\/$/)
  })
  const { rows } = await pool.query(
    `SELECT a.password_hash AS password, a.email_confirmed_at IS NOT NULL AS "isConfirmed",
            count(p.id)::int AS passkeys
       FROM accounts a LEFT JOIN passkeys p ON p.account_id = a.id WHERE a.email = $1 GROUP BY a.id`,
    [email],
  )
  expect(rows).toEqual([{ password: null, isConfirmed: true, passkeys: 1 }])

  await page.context().clearCookies()
  await page.goto(`${apps.urlOf()}/sign-in?callbackUrl=/account`)
  await expectAccessible(page)
  await whilePressing(async () => {
    await button(page, '패스키로 로그인').click()
    await page.waitForURL(atAccount)
  })
  expect(await readUser(page)).toMatchObject({ name: '김열쇠' })
  await expectAccessible(page)

  await page.getByLabel('로그인할 때마다 패스키도 확인하기').check()
  await expect
    .poll(async () => (await pool.query('SELECT FROM accounts WHERE needs_passkey')).rowCount)
    .toBe(1)
  await page.context().clearCookies()
  await inbox.clear()
  await page.goto(`${apps.urlOf()}/sign-in/by-mail?callbackUrl=/account`)
  await page.getByLabel('이메일').fill(email)
  await button(page, '로그인 링크 받기').click()
  await enterCode(page)
  await title(page, '패스키로 한 번 더 확인해 주세요')
  expect(await readUser(page)).toBeNull()
  await expectAccessible(page)
  await whilePressing(async () => {
    await button(page, '패스키 확인하기').click()
    await page.waitForURL(atAccount)
  })
  expect(await readUser(page)).toMatchObject({ name: '김열쇠' })
  expect(complaints).toEqual([])
})

test('the browser of an app, which has no passkeys, is offered none', async () => {
  const userAgent = 'Mozilla/5.0 (Linux; Android 15; SM-S931N) Chrome/140 Mobile KAKAOTALK/25.1'
  const inApp = await (await browser.newContext({ userAgent })).newPage()
  const other = await (await browser.newContext()).newPage()
  for (const [path, name] of [
    ['/sign-in', '패스키로 로그인'],
    ['/sign-up', '비밀번호 대신 패스키로 가입하기'],
  ] as const) {
    await inApp.goto(`${apps.urlOf()}${path}`)
    await expect.poll(() => button(inApp, name).count()).toBe(0)
    await other.goto(`${apps.urlOf()}${path}`)
    await button(other, name).waitFor()
  }
})
