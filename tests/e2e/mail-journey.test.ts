import ICAL from 'ical.js'
import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import type { Mail } from '@/local/inbox/mailbox'
import { book, setUpRestaurant } from '../support/booking-restaurant'
import { PHONE, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { mailActs } from '../support/mail-acts'
import { expectAccessible } from '../support/owner-scene'
import { sendAfterUndo } from '../support/undo-over'

const apps = useApps()
const database = useDatabase()
const browser = useBrowser()
const inbox = useInbox()
beforeEach(() => inbox.clear())

const send = () => sendAfterUndo({ database, url: apps.urlOf() })

async function openFor(person: Person | null): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE })
  if (person)
    await context.addCookies([
      { name: sessionCookieName(), value: person.token, url: apps.urlOf() },
    ])
  return context.newPage()
}

/** Opens the mail as a mail program shows it, and returns where its links lead. */
async function readLinks(page: Page, mail: Mail): Promise<Map<string, string>> {
  await page.goto('about:blank')
  await page.setContent(mail.html ?? '')
  const links = await page
    .getByRole('link')
    .evaluateAll((all) =>
      all.map((a) => [a.textContent?.trim() ?? '', a.getAttribute('href') ?? '']),
    )
  return new Map(links.filter(([, href]) => href?.startsWith('http')) as [string, string][])
}

function readCalendar(mail: Mail) {
  const file = mail.attachments.find(({ fileName }) => fileName.endsWith('.ics'))
  const calendar = new ICAL.Component(ICAL.parse(String(file?.content)))
  const [event] = calendar.getAllSubcomponents('vevent')
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event?.getFirstPropertyValue('uid'),
    sequence: event?.getFirstPropertyValue('sequence'),
  }
}

const locales = ['ko', 'en'] as const

describe.each(locales)('the mails in %s', (locale) => {
  test.each(mailActs)('$title: every link leads to a page', async ({ told, run }) => {
    const isForOwner = told.some((each) => each.isForOwner)
    const who = await createPerson({ locale, name: '김하늘', ...(isForOwner && { role: 'OWNER' }) })
    await run(who, send)
    const page = await openFor(who)
    const followed = new Set<string>()
    for (const { subject } of told) {
      const mail = await inbox.waitForMail({
        recipient: who.email,
        subject: new RegExp(subject[locale]),
      })
      expect(mail.text).not.toContain('undefined')
      const links = await readLinks(page, mail)
      expect(await page.locator('html').getAttribute('lang')).toBe(locale)
      expect(links.size).toBeGreaterThan(1)
      for (const href of links.values()) {
        if (followed.has(href)) continue
        followed.add(href)
        const answer = await page.goto(href)
        expect([href, answer?.status()]).toEqual([href, 200])
        expect(new URL(page.url()).pathname).not.toContain('/sign-in')
        expect(await page.locator('html').getAttribute('lang')).toBe(locale)
        await page.getByRole('main').getByRole('heading').first().waitFor()
      }
    }
  })
})

const words = {
  ko: {
    link: '예약 취소하기',
    question: '이 예약을 취소할까요?',
    yes: '취소하기',
    done: '예약이 취소됐어요',
    booked: /예약이 확정됐어요/,
    cancelled: /예약을 취소했어요/,
    held: /까지 확정해 주세요/,
    confirmLink: '예약 확정하기',
    confirm: '예약 확정하기',
  },
  en: {
    link: 'Cancel this booking',
    question: 'Cancel this booking?',
    yes: 'Cancel booking',
    done: 'Your booking is cancelled',
    booked: /You’re booked/,
    cancelled: /You cancelled your booking/,
    held: /Please confirm by/,
    confirmLink: 'Confirm the reservation',
    confirm: 'Confirm the reservation',
  },
}

describe.each(locales)('a hold mailed in %s', (locale) => {
  const say = words[locale]

  test('is confirmed by one link and cancelled by another without signing in; the calendar follows', async () => {
    const diner = await createPerson({ locale, name: '김하늘' })
    const { scene } = await setUpRestaurant(undefined, { confirmWithinMinutes: 10 })
    const { id } = await book(diner.id, scene)
    await send()
    const held = await inbox.waitForMail({ recipient: diner.email, subject: say.held })

    const own = await openFor(diner)
    await own.goto((await readLinks(own, held)).get(say.confirmLink) ?? '')
    await own.getByRole('main').getByRole('button', { name: say.confirm }).click()
    const booked = await inbox.waitForMail({ recipient: diner.email, subject: say.booked })

    const stranger = await openFor(null)
    await stranger.goto((await readLinks(stranger, booked)).get(say.link) ?? '')
    await stranger.getByRole('heading', { name: say.question }).waitFor()
    await expectAccessible(stranger)
    // Opening the link changes nothing, as a mail scanner does it.
    const readStatus = async () =>
      (await pool.query<{ status: string }>('SELECT status FROM reservations WHERE id = $1', [id]))
        .rows[0]?.status
    expect(await readStatus()).toBe('CONFIRMED')
    await stranger.getByRole('button', { name: say.yes }).click()
    await stranger.getByRole('heading', { name: say.done }).waitFor()
    await expectAccessible(stranger)
    expect(await readStatus()).toBe('CANCELLED')

    const cancelled = await inbox.waitForMail({ recipient: diner.email, subject: say.cancelled })
    const files = [held, booked, cancelled].map(readCalendar)
    expect(files.map(({ method }) => method)).toEqual(['PUBLISH', 'PUBLISH', 'CANCEL'])
    expect(new Set(files.map(({ uid }) => uid)).size).toBe(1)
    expect(files.map(({ sequence }) => sequence)).toEqual([0, 1, 2])
  })
})
