import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import { createAccount, createSlot, createTable, DEMO_PASSWORD } from '@/prisma/factories'
import type { Account } from '@/prisma/generated/client'
import { useBrowser } from '../support/browser'
import { readReservations, setUpBoard, sheetOf, timeButton } from '../support/diner-scene'
import { signTokenFor, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { expectAccessible } from '../support/owner-scene'
import { english, korean, type Words } from '../support/way-back-words'

const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()

const languages: [string, Words][] = [
  ['in Korean', korean],
  ['in English, by keyboard alone', english],
]

const NOTE = '창가 자리면 좋겠어요.\n"생일" 초 & 케이크 <3'
const PARTY = 3

const SAMSUNG =
  'Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36'

const openContext = ({ locale }: Words, given = {}) =>
  browser.newContext({ locale: locale === 'en' ? 'en-US' : 'ko-KR', ...given })

async function openPage(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${apps.urlOf()}${path}`)
  return page
}

const main = (page: Page) => page.getByRole('main')
const button = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => main(page).getByRole('link', { name, exact: true })

/** A restaurant with tables today and tomorrow. */
async function setUpDates() {
  const { restaurantId, slug, times } = await setUpBoard({ tables: [{ minParty: 1, maxParty: 4 }] })
  const [, time] = times
  const startsAt = new Date((time?.at.getTime() ?? 0) + 24 * 60 * 60_000)
  const { rows } = await pool.query<{ date: string }>(
    `SELECT (service_date + 1)::text AS date FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
      WHERE t.restaurant_id = $1 LIMIT 1`,
    [restaurantId],
  )
  const date = rows[0]?.date ?? ''
  const { id: tableId } = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
  await createSlot(pool, { tableId, serviceDate: date, startsAt })
  return { restaurantId, path: `/restaurants/${slug}`, date, startsAt }
}
type Dates = Awaited<ReturnType<typeof setUpDates>>

/** Chooses a table tomorrow for three, writes a note, and goes to sign in. */
async function chooseSignedOut({
  context,
  words,
  dates,
}: {
  context: BrowserContext
  words: Words
  dates: Dates
}): Promise<Page> {
  const { hand } = words
  const page = await openPage(
    context,
    `${words.prefix}${dates.path}?party=${PARTY}&date=${dates.date}`,
  )
  await hand.press(timeButton(page, /\d\d:\d\d/).first())
  await sheetOf(page).getByLabel(words.note).fill(NOTE)
  await hand.press(sheetOf(page).getByRole('button', { name: words.signInAndBook }))
  await page.waitForURL(/sign-in/)
  return page
}

/** The page shows exactly the choice: restaurant, date, time, party, and the note as typed. */
async function expectChoice({ page, words, dates }: { page: Page; words: Words; dates: Dates }) {
  await sheetOf(page)
    .waitFor()
    .catch(async (error: unknown) => {
      const shown = await page.getByRole('main').textContent()
      throw new Error(`no choice at ${page.url()}, but: ${shown}`, { cause: error })
    })
  const { pathname, searchParams } = new URL(page.url())
  expect(pathname).toBe(`${words.prefix}${dates.path}`)
  expect(Object.fromEntries(searchParams)).toEqual({
    party: String(PARTY),
    date: dates.date,
    time: dates.startsAt.toISOString(),
  })
  await expect.poll(() => sheetOf(page).getByLabel(words.note).inputValue()).toBe(NOTE)
}

async function bookIt({ page, words, dates }: { page: Page; words: Words; dates: Dates }) {
  await words.hand.press(sheetOf(page).getByRole('button', { name: words.book, exact: true }))
  await sheetOf(page).getByText(words.booked).waitFor()
  const [reservation] = await readReservations(dates.restaurantId)
  expect(reservation).toMatchObject({ status: 'CONFIRMED', note: NOTE, startsAt: dates.startsAt })
}

async function askForMail({
  page,
  words,
  email,
  way,
}: {
  page: Page
  words: Words
  email: string
  way: 'byMail' | 'forgot'
}) {
  await words.hand.press(link(page, words[way]))
  await page.waitForURL(way === 'byMail' ? /by-mail/ : /forgot-password/)
  await words.hand.write(page.getByLabel(words.email), email)
  await words.hand.press(button(page, way === 'byMail' ? words.sendSignIn : words.sendReset))
  await page.getByRole('heading', { name: words.checkMail }).waitFor()
}

async function readMail(recipient: string): Promise<{ path: string; code: string }> {
  const mail = await inbox.waitForMail({ recipient })
  const href = /href="([^"]*\/links\/[^"]*)"/.exec(mail.html ?? '')?.[1] ?? ''
  const code = /^\s*(\d{6})\s*$/m.exec(mail.text ?? '')?.[1] ?? ''
  return { path: new URL(href).pathname, code }
}

const isSignedIn = async (context: BrowserContext) =>
  (await context.cookies()).some(({ name, value }) => name === sessionCookieName() && value !== '')

const accountFor = ({ locale }: Words): Promise<Account> => createAccount(pool, { locale })

describe.each(languages)('%s, signed out at a chosen time', (_, words) => {
  const { hand } = words

  test('a mailed link, opened in another tab, leads back to exactly that choice', async () => {
    const dates = await setUpDates()
    const { email } = await accountFor(words)
    const context = await openContext(words)
    const page = await chooseSignedOut({ context, words, dates })
    await askForMail({ page, words, email, way: 'byMail' })
    await expectAccessible(page)
    const tab = await openPage(context, (await readMail(email)).path)
    await hand.press(button(tab, words.enter))
    await hand.press(link(tab, words.goOn))
    await expectChoice({ page: tab, words, dates })
    await page.bringToFront()
    // This browser is signed in already, so the first tab may go on by itself.
    await expectChoice({ page, words, dates })
    await bookIt({ page, words, dates })
  })

  test('a mailed link opened in another browser leads to that choice there, signed in there only', async () => {
    const dates = await setUpDates()
    const { email } = await accountFor(words)
    const context = await openContext(words)
    const page = await chooseSignedOut({ context, words, dates })
    await askForMail({ page, words, email, way: 'byMail' })
    const other = await openContext(words)
    const elsewhere = await openPage(other, (await readMail(email)).path)
    await hand.press(button(elsewhere, words.enter))
    await hand.press(link(elsewhere, words.goOn))
    await expectChoice({ page: elsewhere, words, dates })
    await bookIt({ page: elsewhere, words, dates })
    await page.bringToFront()
    await page.getByText(words.usedInAnother).waitFor()
    expect(await isSignedIn(context)).toBe(false)
  })

  test('a forgotten password chosen in another browser leads to that choice', async () => {
    const dates = await setUpDates()
    const { email } = await accountFor(words)
    const context = await openContext(words)
    const page = await chooseSignedOut({ context, words, dates })
    await askForMail({ page, words, email, way: 'forgot' })
    const other = await openContext(words)
    const elsewhere = await openPage(other, (await readMail(email)).path)
    await hand.write(
      elsewhere.getByLabel(words.newPassword, { exact: true }),
      '보리밥과 열무김치 한 상',
    )
    await hand.press(button(elsewhere, words.change))
    await hand.press(link(elsewhere, words.goOn))
    await expectChoice({ page: elsewhere, words, dates })
    expect(await isSignedIn(context)).toBe(false)
  })

  test('the mail’s code, typed where it was asked for, leads back to that choice', async () => {
    const dates = await setUpDates()
    const { email } = await accountFor(words)
    const context = await openContext(words)
    const page = await chooseSignedOut({ context, words, dates })
    await askForMail({ page, words, email, way: 'byMail' })
    const { code } = await readMail(email)
    // Phones drop the page while their owner reads the mail.
    await page.reload()
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    await hand.write(page.getByLabel(words.code), wrong)
    await hand.press(button(page, words.useCode))
    await page.getByText(words.wrongCode).waitFor()
    await hand.write(page.getByLabel(words.code), `${code.slice(0, 3)} ${code.slice(3)}`)
    await hand.press(button(page, words.useCode))
    await expectChoice({ page, words, dates })
    await bookIt({ page, words, dates })
  })

  test('the code of a forgotten password leads over the new password to that choice', async () => {
    const dates = await setUpDates()
    const { email } = await accountFor(words)
    const context = await openContext(words)
    const page = await chooseSignedOut({ context, words, dates })
    await askForMail({ page, words, email, way: 'forgot' })
    await hand.write(page.getByLabel(words.code), (await readMail(email)).code)
    await hand.press(button(page, words.useCode))
    await hand.write(page.getByLabel(words.newPassword, { exact: true }), '보리밥과 열무김치 한 상')
    await hand.press(button(page, words.change))
    await hand.press(link(page, words.goOn))
    await expectChoice({ page, words, dates })
  })

  test('the number it shows, picked in another browser, signs this one in and no other', async () => {
    const dates = await setUpDates()
    const { email } = await accountFor(words)
    const context = await openContext(words, { userAgent: SAMSUNG })
    const page = await chooseSignedOut({ context, words, dates })
    await askForMail({ page, words, email, way: 'byMail' })
    const number = (await main(page).locator('strong').textContent()) ?? ''
    const other = await openContext(words)
    const elsewhere = await openPage(other, (await readMail(email)).path)
    await elsewhere.getByText(words.asks).waitFor()
    await expectAccessible(elsewhere)
    await hand.press(button(elsewhere, words.pick(number)))
    await elsewhere.getByText(words.picked).waitFor()
    await page.bringToFront()
    await expectChoice({ page, words, dates })
    await bookIt({ page, words, dates })
    expect(await isSignedIn(other)).toBe(false)
  })

  test('a wrong number ends it: nobody is signed in anywhere', async () => {
    const dates = await setUpDates()
    const { email } = await accountFor(words)
    const context = await openContext(words)
    const page = await chooseSignedOut({ context, words, dates })
    await askForMail({ page, words, email, way: 'byMail' })
    const number = (await main(page).locator('strong').textContent()) ?? ''
    const { path, code } = await readMail(email)
    const other = await openContext(words)
    const elsewhere = await openPage(other, path)
    const numbers = main(elsewhere).getByRole('button', { name: words.anyNumber })
    await numbers.first().waitFor()
    const names = await numbers.evaluateAll((all) =>
      all.map((each) => each.getAttribute('aria-label') ?? ''),
    )
    expect(names).toHaveLength(3)
    const wrong = names.find((name) => name !== words.pick(number)) ?? ''
    await hand.press(button(elsewhere, wrong))
    await elsewhere.getByText(words.otherNumber).waitFor()
    await page.bringToFront()
    await page.getByText(/메일을 받은 분|owner of the mailbox/).waitFor()
    expect(await page.getByLabel(words.code).count()).toBe(0)
    expect(code).toMatch(/^\d{6}$/)
    expect([await isSignedIn(context), await isSignedIn(other)]).toEqual([false, false])
  })

  test('a sign-up whose address is confirmed elsewhere goes on by itself, without a session', async () => {
    const dates = await setUpDates()
    const email = `elsewhere-${words.locale}@bobjool.test`
    const context = await openContext(words)
    const page = await chooseSignedOut({ context, words, dates })
    await hand.press(link(page, words.signUp))
    await page.waitForURL(/sign-up/)
    await hand.write(page.getByLabel(words.email), email)
    await hand.write(page.getByLabel(words.password, { exact: true }), '쌀밥과 된장찌개 한 상')
    await hand.write(page.getByLabel(words.name, { exact: true }), '김새롬')
    await hand.tick(page.getByRole('checkbox', { name: words.agree }))
    await hand.press(button(page, words.submitSignUp))
    await page.getByRole('heading', { name: words.checkMail }).waitFor()
    const other = await openContext(words)
    const elsewhere = await openPage(other, (await readMail(email)).path)
    await hand.write(
      elsewhere.getByLabel(words.newPassword, { exact: true }),
      '보리밥과 열무김치 한 상',
    )
    await hand.tick(elsewhere.getByRole('checkbox', { name: words.agree }))
    await hand.press(button(elsewhere, words.finish))
    await hand.press(link(elsewhere, words.goOn))
    await expectChoice({ page: elsewhere, words, dates })

    await page.bringToFront()
    await page.getByText(words.addressConfirmed).waitFor()
    expect(await isSignedIn(context)).toBe(false)
    await hand.write(page.getByLabel(words.email), email)
    await hand.write(page.getByLabel(words.password, { exact: true }), '보리밥과 열무김치 한 상')
    await hand.press(button(page, words.signIn))
    await expectChoice({ page, words, dates })
  })

  test('a session that ended on a board of another date leads back to it, not to an older choice', async () => {
    const dates = await setUpDates()
    const stale = await setUpBoard()
    const account = await accountFor(words)
    const context = await openContext(words)
    // Of before: a mail asked for from another restaurant, and never used.
    const page = await openPage(
      context,
      `${words.prefix}/sign-in?callbackUrl=${encodeURIComponent(`${words.prefix}/restaurants/${stale.slug}?party=1`)}`,
    )
    await askForMail({ page, words, email: account.email, way: 'byMail' })
    const value = await signTokenFor(account)
    await context.addCookies([{ name: sessionCookieName(), value, url: apps.urlOf() }])
    await page.goto(`${apps.urlOf()}${words.prefix}${dates.path}?party=${PARTY}&date=${dates.date}`)
    await hand.press(timeButton(page, /\d\d:\d\d/).first())
    await sheetOf(page).getByLabel(words.note).fill(NOTE)
    await pool.query('UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = $1', [
      account.id,
    ])
    await hand.press(sheetOf(page).getByRole('button', { name: words.book, exact: true }))
    await hand.press(sheetOf(page).getByRole('button', { name: words.signInAgain }))
    await page.waitForURL(/sign-in/)
    await hand.write(page.getByLabel(words.email), account.email)
    await hand.write(page.getByLabel(words.password, { exact: true }), DEMO_PASSWORD)
    await hand.press(button(page, words.signIn))
    await expectChoice({ page, words, dates })
    await bookIt({ page, words, dates })
  })
})

describe('a mail nobody here asked for', () => {
  test('“that wasn’t me” ends it everywhere', async () => {
    const { email } = await accountFor(korean)
    const context = await openContext(korean)
    const page = await openPage(context, '/sign-in')
    await askForMail({ page, words: korean, email, way: 'byMail' })
    const other = await openContext(korean)
    const elsewhere = await openPage(other, (await readMail(email)).path)
    await button(elsewhere, korean.notMe).click()
    await elsewhere.getByText(korean.ended).waitFor()
    await page.bringToFront()
    await page.getByText(/메일을 받은 분/).waitFor()
    expect([await isSignedIn(context), await isSignedIn(other)]).toEqual([false, false])
  })

  test('its code works in no other browser, nor with a forged cookie', async () => {
    const { email } = await accountFor(korean)
    const context = await openContext(korean)
    const page = await openPage(context, '/sign-in')
    await askForMail({ page, words: korean, email, way: 'byMail' })
    const { code } = await readMail(email)
    const cookie = (await context.cookies()).find(({ name }) => name.endsWith('link-request'))
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
    const stranger = await openContext(korean)
    for (const value of ['', 'x', `${cookie?.value.slice(0, -4)}AAAA`]) {
      if (value) await stranger.addCookies([{ name: cookie?.name ?? '', value, url: apps.urlOf() }])
      const elsewhere = await openPage(stranger, '/sign-in')
      // Otherwise the page may learn first that its own request is gone, and take the field away.
      await elsewhere.route('**/api/v1/link-request', (route) => route.abort())
      await askForMail({
        page: elsewhere,
        words: korean,
        email: 'nobody-here@bobjool.test',
        way: 'byMail',
      })
      if (value) await stranger.addCookies([{ name: cookie?.name ?? '', value, url: apps.urlOf() }])
      else await stranger.clearCookies()
      await elsewhere.getByLabel(korean.code).fill(code)
      await button(elsewhere, korean.useCode).click()
      await elsewhere.getByText(/이 브라우저에서 요청한 메일이 아니에요/).waitFor()
    }
    expect(await isSignedIn(stranger)).toBe(false)
  })

  test('a return address that leads elsewhere leads nowhere', async () => {
    for (const evil of [
      '//evil.example/',
      '/\\evil.example',
      'https://evil.example',
      '/.//evil.example',
    ]) {
      const { email } = await accountFor(korean)
      const context = await openContext(korean)
      const page = await openPage(
        context,
        `/sign-in/by-mail?callbackUrl=${encodeURIComponent(evil)}`,
      )
      await page.getByLabel(korean.email).fill(email)
      await button(page, korean.sendSignIn).click()
      await page.getByLabel(korean.code).fill((await readMail(email)).code)
      await button(page, korean.useCode).click()
      await page.waitForURL((url) => url.pathname === '/')
      expect(new URL(page.url()).origin).toBe(new URL(apps.urlOf()).origin)
      await context.close()
    }
  })
})
