import ICAL from 'ical.js'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { DEMO_PASSWORD } from '@/prisma/factories'
import { seedDemo } from '@/prisma/seed/demo'
import { demoRestaurants } from '@/prisma/seed/restaurants'
import { useBrowser } from '../support/browser'
import { sheetOf, timeButton } from '../support/diner-scene'
import { useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard, byPointer, type Hand } from '../support/keyboard'
import { expectAccessible } from '../support/owner-scene'
import { readCode } from '../support/read-code'

const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()

beforeAll(async () => {
  const restaurants = demoRestaurants.filter(({ slug }) => slug === 'friday')
  await seedDemo({ pool, restaurants })
})

interface Words {
  hand: Hand
  diner: string
  path: string
  restaurant: string
  signInAndBook: RegExp
  note: RegExp
  allergies: RegExp
  search: string
  find: string
  code: string
  email: string
  password: string
  signIn: string
  book: string
  booked: RegExp
  see: string
  mine: string
  confirmed: string
  calendar: string
  cancel: string
  cancelYes: string
  cancelled: string
  cancelledMail: RegExp
}

const korean: Words = {
  hand: byPointer,
  diner: 'diner1@bobjool.test',
  path: '',
  restaurant: '금요일의 부엌',
  signInAndBook: /로그인하고 예약하기/,
  note: /요청 사항/,
  allergies: /알레르기/,
  search: '식당 찾기',
  find: '찾기',
  code: '입장 QR 코드',
  email: '이메일',
  password: '비밀번호',
  signIn: '로그인',
  book: '예약하기',
  booked: /예약이 확정됐어요\. .+ \d\d:\d\d( \(.+ 밤\))?, 2명\./,
  see: '예약 보기',
  mine: '내 예약',
  confirmed: '예약 확정',
  calendar: '캘린더에 추가',
  cancel: '예약 취소',
  cancelYes: '취소하기',
  cancelled: '직접 취소한 예약이에요.',
  cancelledMail: /취소/,
}
const english: Words = {
  hand: byKeyboard,
  diner: 'diner2@bobjool.test',
  path: '/en',
  restaurant: 'Friday Kitchen',
  signInAndBook: /Sign in and book/,
  note: /A note for the restaurant/,
  allergies: /Allergies/,
  search: 'Find a restaurant',
  find: 'Find',
  code: 'QR code for the door',
  email: 'Email',
  password: 'Password',
  signIn: 'Sign in',
  book: 'Book',
  booked: /You’re booked\. .+ \d\d:\d\d( \(.+ night\))?, party of 2\./,
  see: 'See the reservation',
  mine: 'Reservations',
  confirmed: 'Confirmed',
  calendar: 'Add to calendar',
  cancel: 'Cancel the reservation',
  cancelYes: 'Yes, cancel',
  cancelled: 'You cancelled it yourself.',
  cancelledMail: /취소|cancelled/i,
}

async function openLanding(words: Words) {
  const context = await browser.newContext({ locale: words === korean ? 'ko-KR' : 'en-US' })
  const page = await context.newPage()
  // While a sheet is still rising, its text is pale for a moment.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(`${apps.urlOf()}${words.path || '/'}`)
  return { page, complaints }
}

/** From the list of restaurants to a choice, which signing in on the way must not lose. */
async function chooseAndSignIn({ page, words }: { page: Page; words: Words }) {
  const { hand } = words
  await expectAccessible(page)
  await hand.write(page.getByLabel(words.search), words === korean ? 'ㄱㅇㅇㅇㅂㅇ' : 'friday')
  await hand.press(page.getByRole('button', { name: words.find, exact: true }))
  await page.waitForURL(/keyword=/)
  await expectAccessible(page)
  await hand.press(page.getByRole('link', { name: words.restaurant }))
  await page.getByRole('heading', { level: 1, name: words.restaurant }).waitFor()
  await hand.press(timeButton(page, /\d\d:\d\d/).last())
  await hand.write(sheetOf(page).getByLabel(words.allergies), '땅콩, 게')
  await hand.write(sheetOf(page).getByLabel(words.note), '창가 <b>자리</b>')
  await expectAccessible(page)
  await hand.press(sheetOf(page).getByRole('button', { name: words.signInAndBook }))
  await hand.write(page.getByLabel(words.email), words.diner)
  await hand.write(page.getByLabel(words.password, { exact: true }), DEMO_PASSWORD)
  await expectAccessible(page)
  await hand.press(page.getByRole('main').getByRole('button', { name: words.signIn, exact: true }))
  await sheetOf(page).waitFor()
  expect(await sheetOf(page).getByLabel(words.note).inputValue()).toBe('창가 <b>자리</b>')
}

/** What a phone's calendar would make of the file. */
function readEvent(content: string) {
  const calendar = new ICAL.Component(ICAL.parse(content))
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined)
  return { uid: event.uid, startsAt: event.startDate.toJSDate() }
}

async function downloadCalendar({ page, words }: { page: Page; words: Words }): Promise<string> {
  const link = page.getByRole('link', { name: words.calendar })
  const href = (await link.getAttribute('href')) ?? ''
  const answer = await page.request.get(new URL(href, page.url()).href)
  expect(answer.headers()['content-type']).toContain('text/calendar')
  return answer.text()
}

describe('a diner books a table for today', () => {
  test.each([
    ['in Korean', korean],
    ['in English, by keyboard alone', english],
  ])('%s, finds mail and calendar, and gives it back', async (_, words) => {
    const { hand } = words
    const { page, complaints } = await openLanding(words)
    await chooseAndSignIn({ page, words })
    await hand.press(sheetOf(page).getByRole('button', { name: words.book, exact: true }))
    await sheetOf(page).getByText(words.booked).waitFor()
    await expectAccessible(page)

    const mail = await inbox.waitForMail({ recipient: words.diner })
    const attached = mail.attachments.find(({ fileName }) => fileName.endsWith('.ics'))
    const event = readEvent(String(attached?.content))
    expect(event.startsAt.getTime()).toBeGreaterThan(Date.now())
    expect(mail.html).not.toContain('<b>자리</b>')

    await hand.press(sheetOf(page).getByRole('link', { name: words.see }))
    await page.getByText(words.confirmed, { exact: true }).waitFor()
    await page.getByText('창가 <b>자리</b>').waitFor()
    await page.getByText('땅콩, 게').waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1)
    expect(await readCode({ page, label: words.code })).toMatch(
      new RegExp(`^https?://[^/]+/owner/check-in/${id}$`),
    )
    await expectAccessible(page)
    expect(readEvent(await downloadCalendar({ page, words }))).toEqual(event)

    await hand.press(page.getByRole('navigation').getByRole('link', { name: words.mine }))
    await page.getByRole('article').filter({ hasText: words.restaurant }).waitFor()
    await expectAccessible(page)

    await hand.press(page.getByRole('article').getByRole('link', { name: words.restaurant }))
    await hand.press(page.getByRole('button', { name: words.cancel, exact: true }))
    await expectAccessible(page)
    await hand.press(sheetOf(page).getByRole('button', { name: words.cancelYes }))
    await page.getByText(words.cancelled).waitFor()
    await inbox.waitForMail({ recipient: words.diner, subject: words.cancelledMail })
    const { rows } = await pool.query<{ status: string; taken: boolean }>(
      `SELECT v.status::text, s.taken FROM reservations v JOIN accounts a ON a.id = v.diner_id
         JOIN reservation_slots c ON c.reservation_id = v.id JOIN slots s ON s.id = c.slot_id
        WHERE a.email = $1`,
      [words.diner],
    )
    expect(rows, 'G6: the table is free again').toEqual([{ status: 'CANCELLED', taken: false }])
    expect(complaints).toEqual([])
  })
})
