/**
 * The steps from an account that does not exist yet to a party that has left, each by pointer or
 * by keyboard.
 */
import type { Page } from 'playwright-core'
import { fillIn } from '@/components/ui/words'
import type { Message } from '@/lib/i18n/message'
import type { Messages } from '@/lib/i18n/messages'
import type { TestDatabase } from './database'
import { sheetOf, timeButton } from './diner-scene'
import type { TestInbox } from './inbox'
import type { Hand } from './keyboard'
import { barOf, expectAccessible, panelOf, rowOf } from './owner-scene'

export interface Evening {
  hand: Hand
  words: Messages
  /** '' or '/en'. */
  prefix: string
  url: string
  inbox: TestInbox
}

const mainOf = (page: Page) => page.getByRole('main')
const button = (page: Page, name: string | RegExp) => mainOf(page).getByRole('button', { name })
const exactButton = (page: Page, name: string) =>
  mainOf(page).getByRole('button', { name, exact: true })
const field = (page: Page, label: string | RegExp) =>
  page.getByLabel(label, typeof label === 'string' ? { exact: true } : {})

/** A message as a pattern: `{name} is seated.` matches any name. */
export function matchWords(sentence: Message<string>): RegExp {
  const parts = String(sentence)
    .split(/\{[^}]*\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(parts.join('.+'))
}

/** Follows the link in the newest mail with this subject, as a click does. */
export async function followMail(
  page: Page,
  {
    evening,
    recipient,
    subject,
    path,
  }: { evening: Evening } & Record<'recipient', string> & {
      subject?: RegExp
      path: RegExp
    },
): Promise<void> {
  const mail = await evening.inbox.waitForMail({ recipient, ...(subject && { subject }) })
  const found = path.exec(mail.text)?.[0] ?? ''
  if (!found) throw new Error(`the mail has no such link: ${mail.text}`)
  await page.goto(`${evening.url}${found}`)
}

export async function signUpAsOwner(page: Page, evening: Evening, email: string) {
  const { hand, prefix, url, words } = evening
  const { agreement, signUp, password, checkMail, link: told } = words.access
  await page.goto(`${url}${prefix}/sign-up`)
  await hand.choose(page.getByRole('radio', { name: signUp.owner }))
  await hand.write(field(page, signUp.email), email)
  await hand.write(field(page, password.label), '쌀밥과 된장찌개 한 상')
  await hand.write(field(page, signUp.name), '한도윤')
  await hand.tick(page.getByRole('checkbox', { name: agreement.label }))
  await hand.press(exactButton(page, signUp.submit))
  await page.getByRole('heading', { name: checkMail.title }).waitFor()
  await followMail(page, { evening, recipient: email, path: /(\/en)?\/links\/[\w-]+/ })
  await hand.press(exactButton(page, told.confirm.submit))
  await page.getByText(told.done.confirmOwner).waitFor()
  await page.goto(`${url}${prefix}/owner`)
  await page.getByText(words.owner.nobody.WAITING.title).waitFor()
}

export async function approve(admin: Page, { hand, words }: Evening) {
  await hand.press(exactButton(admin, words.admin.owners.approve))
  await admin.getByText(matchWords(words.admin.owners.approved)).waitFor()
}

/** From the mail that says "approved" to a restaurant that only its owner sees. */
export async function openRestaurant(page: Page, evening: Evening, slug: string) {
  const { hand, words } = evening
  const { open, fields } = words.settings
  await hand.write(field(page, fields.name), '첫날 식당')
  await hand.write(field(page, fields.nameEn), slug.replaceAll('-', ' '))
  await hand.write(field(page, fields.category), '국수')
  await hand.press(exactButton(page, open.next))
  await hand.write(field(page, fields.region), '망원')
  await hand.write(field(page, fields.address), '서울 마포구 포은로 1')
  await hand.write(field(page, fields.phone), '02 123 4567')
  await hand.press(exactButton(page, open.next))
  await page.locator(`input[name=slug][value="${slug}"]`).waitFor()
  await hand.press(exactButton(page, open.submit))
  await page.waitForURL(`**/owner/${slug}`)
}

/** One part of the settings, through its navigation. */
async function goTo(page: Page, { hand, words }: Evening, part: keyof Messages['settings']['nav']) {
  const { nav } = words.settings
  await hand.press(
    page
      .getByRole('navigation', { name: nav.label })
      .getByRole('link', { name: nav[part], exact: true }),
  )
}

export async function addTables(page: Page, evening: Evening) {
  const { hand, words } = evening
  const { tables } = words.schedule
  await goTo(page, evening, 'tables')
  await hand.press(button(page, tables.add).first())
  const dialog = page.getByRole('dialog')
  await hand.write(dialog.getByLabel(tables.howMany, { exact: true }), '2')
  await hand.write(dialog.getByLabel(tables.maxParty, { exact: true }), '4')
  await hand.press(dialog.getByRole('button', { name: tables.add }))
  await page.getByText(tables.added).waitFor()
}

/** From seven in the morning until two at night, all week: there is a next time at every hour. */
export async function setHours(page: Page, evening: Evening) {
  const { hand, words } = evening
  const { hours, weekdays } = words.schedule
  const day = weekdays[0] ?? ''
  const nameOf = (sentence: Message<'day' | 'number'>) => fillIn(sentence, { day, number: 1 })
  await goTo(page, evening, 'hours')
  await hand.press(exactButton(page, nameOf(hours.addTo)))
  await hand.writeTime(field(page, nameOf(hours.fromOf)), '07:00')
  await hand.writeTime(field(page, nameOf(hours.toOf)), '02:00')
  await hand.press(button(page, hours.copy).first())
  const dialog = page.getByRole('dialog')
  await hand.press(dialog.getByRole('button', { name: hours.copyAll }))
  await hand.press(dialog.getByRole('button', { name: hours.copyDo }))
  await hand.press(exactButton(page, hours.save))
  await page.getByText(hours.saved).waitFor()
}

export async function makeSchedule(page: Page, evening: Evening) {
  const { hand, words } = evening
  const { plan } = words.schedule
  await goTo(page, evening, 'schedule')
  await hand.press(exactButton(page, plan.twoWeeks))
  await hand.press(page.getByRole('dialog').getByRole('button', { name: plan.apply }))
  await page.getByText(plan.done).waitFor()
}

export async function publish(page: Page, evening: Evening) {
  const { hand, words } = evening
  await goTo(page, evening, 'overview')
  const shown = page.getByRole('switch', { name: words.settings.switches.publish.label })
  await hand.press(shown, 'Space')
  await page.locator('[role=switch][aria-checked=true]').nth(1).waitFor()
}

/** From the first page to a table for two, and the mail about it. */
export async function findAndBook(page: Page, evening: Evening, restaurant: string) {
  const { hand, prefix, url, words } = evening
  const { home, sheet, board } = words.booking
  await page.goto(`${url}${prefix || '/'}`)
  await hand.write(page.getByLabel(home.searchLabel), restaurant)
  await hand.press(page.getByRole('button', { name: home.search, exact: true }))
  await page.waitForURL(/keyword=/)
  await hand.press(mainOf(page).getByRole('link', { name: restaurant }))
  await page.getByRole('heading', { level: 1, name: restaurant }).waitFor()
  // The first is the service of now, whose name changes at midnight.
  await hand.choose(page.getByRole('group', { name: board.date }).getByRole('radio').first())
  await hand.press(timeButton(page, /\d\d:\d\d/).first())
  await hand.press(sheetOf(page).getByRole('button', { name: sheet.book, exact: true }))
  await sheetOf(page).getByText(matchWords(sheet.booked)).waitFor()
  await expectAccessible(page)
}

/** The party’s time was ten minutes ago: rows are moved, never the clock. */
export async function letTimePass(database: TestDatabase, slug: string) {
  const [taken] = await database.query<{ id: string; slot: string }>(
    `SELECT v.id, c.slot_id AS slot FROM reservations v JOIN reservation_slots c ON c.reservation_id = v.id
       JOIN restaurants r ON r.id = v.restaurant_id WHERE r.slug = $1`,
    [slug],
  )
  const moved = `starts_at = now() - interval '10 minutes', ends_at = now() + interval '80 minutes'`
  await database.query(
    `DELETE FROM slots WHERE NOT taken AND table_id = (SELECT table_id FROM slots WHERE id = $1)`,
    [taken?.slot],
  )
  await database.query(`UPDATE slots SET ${moved} WHERE id = $1`, [taken?.slot])
  await database.query(`UPDATE reservations SET ${moved} WHERE id = $1`, [taken?.id])
}

/** One act on a party, from the board's list through the panel beside it. */
export async function actOn(
  board: Page,
  { hand, words }: Evening,
  { name, act }: { name: string; act: 'NO_SHOW' | 'CORRECT_NO_SHOW' | 'SEAT' | 'LEAVE' },
) {
  const { list, acts, bars } = words.owner
  const row = rowOf(board, name).getByRole('button', { name: /[^.]+, [^.]+\./ })
  if (!(await row.isVisible()))
    await hand.write(board.getByRole('searchbox', { name: list.search }), name)
  await hand.press(row)
  await hand.press(panelOf(board).getByRole('button', { name: acts[act], exact: true }))
  await barOf(board, matchWords(bars.DONE[act])).waitFor()
}
