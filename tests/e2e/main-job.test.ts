import ICAL from 'ical.js'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { DEMO_PASSWORD } from '@/prisma/factories'
import { seedDemo } from '@/prisma/seed'
import { TABLET, useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'

/**
 * The main job on the untouched demo: a diner books a table for today, the owner sees it on the
 * live board, the mail arrives.
 */
const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()

beforeAll(() => seedDemo({ pool }))

const journeys = [
  {
    language: 'Korean',
    prefix: '',
    email: 'diner1@bobjool.test',
    words: {
      free: /예약 가능/,
      book: '예약하기',
      booked: /예약이 확정됐어요/,
      place: '금요일의 부엌',
    },
    subject: /^예약이 확정됐어요/,
  },
  {
    language: 'English',
    prefix: '/en',
    email: 'diner2@bobjool.test',
    words: {
      free: /Free|Available/i,
      book: 'Book',
      booked: /You’re booked|You're booked/,
      place: 'Friday',
    },
    subject: /^예약이 확정됐어요/,
  },
]

async function signIn({ page, prefix, email }: { page: Page; prefix: string; email: string }) {
  await page.goto(`${apps.urlOf()}${prefix}/sign-in`)
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[type=password]').fill(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}

describe('the main job, end to end', () => {
  test.each(journeys)(
    'in $language: booked, seen, mailed, and on the owner’s board',
    async (journey) => {
      const { prefix, email, words, subject } = journey
      const owner = await browser.newPage({ viewport: TABLET })
      await signIn({ page: owner, prefix: '', email: 'owner@bobjool.test' })
      await owner.goto(`${apps.urlOf()}/owner?restaurant=friday`)
      await owner.evaluate(() => Object.assign(window, { isSamePage: true }))
      const { rows } = await pool.query<{ name: string }>(
        'SELECT name FROM accounts WHERE email = $1',
        [email],
      )
      const name = rows[0]?.name ?? ''
      await owner.getByRole('grid').waitFor()
      expect(await owner.getByText(name).count()).toBe(0)

      const diner = await browser.newPage()
      await signIn({ page: diner, prefix, email })
      await diner.goto(`${apps.urlOf()}${prefix}/restaurants/friday`)
      await diner.getByRole('button', { name: words.free }).first().click()
      await diner.getByRole('dialog').getByRole('button', { name: words.book, exact: true }).click()
      await diner.getByText(words.booked).first().waitFor()
      await owner.getByText(name).first().waitFor()
      expect(await owner.evaluate(() => 'isSamePage' in window)).toBe(true)

      await diner.goto(`${apps.urlOf()}${prefix}/reservations`)
      await diner.getByRole('main').getByText(words.place).first().waitFor()

      const mail = await inbox.waitForMail({ recipient: email, subject })
      const calendar = mail.attachments.find(({ fileName }) => fileName.endsWith('.ics'))
      const events = ICAL.parse(String(calendar?.content))
      const [event] = new ICAL.Component(events).getAllSubcomponents('vevent')
      expect(event?.getFirstPropertyValue('summary')).toContain('금요일의 부엌')
      expect(event?.getFirstPropertyValue('status')).toBe('CONFIRMED')
    },
  )
})
