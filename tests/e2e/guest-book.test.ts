import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { actorOf } from '../support/booking-restaurant'
import { PHONE, TABLET, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { noLater } from '../support/guest-scene'
import { useApps } from '../support/http-scene'
import { byKeyboard } from '../support/keyboard'
import { joinLine, setUpLine } from '../support/line-scene'
import {
  addParty,
  bothWays,
  cellOf,
  expectAccessible,
  openAs,
  openOwnBoard,
  panelOf,
  rowOf,
  setUpEvening,
  showPart,
  waitUntilLive,
} from '../support/owner-scene'
import { addAllergic, addRegularWithPast, noteRegular } from '../support/regulars-scene'
import { TIME_ZONE } from '../support/time-zone'

const database = useDatabase()
const apps = useApps()
const browser = useBrowser()

const openDetails = (page: Page, name: string) =>
  rowOf(page, name)
    .getByRole('button', { name: /자세히/ })
    .click()

const readDate = () => new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE }).format(new Date())

describe.each(bothWays)('a regular, at the board $way', ({ viewport }) => {
  test('is written down, tagged, and known by allergy and tag at once, with how and when they agreed', async () => {
    const { scene, page, complaints } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    await addParty(scene, { slot: '2 ahead', name: '서하린' })
    await openDetails(page, '서하린')
    const panel = panelOf(page)
    await panel.getByRole('button', { name: '손님 장부에 적기' }).click()
    await panel.getByText('방문 0번 · 노쇼 0번 · 취소 0건').waitFor()
    await panel.getByRole('button', { name: '고치기', exact: true }).click()
    await panel.getByRole('button', { name: '단골', exact: true }).click()
    await panel.getByLabel('늘 조심할 알레르기').fill('땅콩')
    const save = panel.getByRole('button', { name: '저장' })
    await save.click()
    await panel.getByText('손님이 동의해야 계속 보관할 수 있어요').waitFor()
    const agreed = panel.getByLabel('언제 동의하셨나요?')
    expect(await agreed.count(), 'before it is said how').toBe(0)
    const before = readDate()
    await panel.getByLabel('계속 보관해도 된다고 하셨나요?').selectOption('IN_PERSON')
    expect([before, readDate()], 'today there').toContain(await agreed.inputValue())
    // A day to come, none, and a year typed in part are refused before anything is sent.
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'PATCH') sent.push(request.postData() ?? '')
    })
    for (const date of ['2999-01-01', '', '0024-02-29']) {
      await agreed.fill(date)
      await save.click()
      await panel.getByText('오늘이나 지난 날짜로 적어 주세요').waitFor()
      expect(await agreed.evaluate((field) => field === document.activeElement)).toBe(true)
    }
    await expectAccessible(page)
    expect(sent).toEqual([])
    await agreed.fill('2024-02-29')
    await save.click()
    await panel.getByRole('heading', { name: '알레르기' }).waitFor()
    await panel.getByText('2024년 2월 29일(목) · 직접 들음').waitFor()
    await rowOf(page, '서하린').getByText('단골').waitFor()
    await rowOf(page, '서하린').getByText('알레르기: 땅콩').waitFor()
    expect(
      await database.query(
        `SELECT allergies, consent_way, (consented_at AT TIME ZONE $1)::text AS consented_at FROM guest_diets`,
        [TIME_ZONE],
      ),
    ).toContainEqual({
      allergies: '땅콩',
      consent_way: 'IN_PERSON',
      consented_at: '2024-02-29 00:00:00',
    })
    // The refusal that the page told in words.
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([])
  })

  test('who has a past is known by visits, no-shows, cancellations, and the last visit with its table', async () => {
    const { scene, page, complaints } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    await addRegularWithPast(scene, '서하린')
    await openDetails(page, '서하린')
    const fact = (label: string) => panelOf(page).locator('dt', { hasText: label }).locator('+ dd')
    await fact('지난 방문').waitFor()
    expect(await fact('기록').textContent()).toBe('방문 3번 · 노쇼 4번 · 취소 1건')
    expect(await fact('지난 방문').textContent()).toBe('2025년 3월 14일(금) 19:00 · 3번 테이블')
    expect(await fact('태그').textContent()).toBe('단골')
    await expectAccessible(page)
    expect(complaints).toEqual([])
  })
})

describe('two entries of one person', () => {
  test('are merged and split again, by keyboard, in English', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), path: '/en/owner' })
    await addParty(scene, { slot: '2 ahead', name: 'Kim Minsu' })
    await pool.query(
      `INSERT INTO guests (restaurant_id, name, phone) VALUES ($1, 'Minsu at work', '+8223456780')`,
      [scene.restaurantId],
    )
    await rowOf(page, 'Kim Minsu').waitFor()
    await byKeyboard.press(rowOf(page, 'Kim Minsu').getByRole('button', { name: /details/ }))
    const panel = panelOf(page)
    await byKeyboard.press(panel.getByRole('button', { name: 'Add to the guest book' }))
    await panel.getByText('0 visits').waitFor()
    await byKeyboard.press(panel.getByRole('button', { name: 'Merge', exact: true }))
    await byKeyboard.write(panel.getByLabel('Same person as'), 'work')
    await byKeyboard.press(panel.getByRole('button', { name: /^Minsu at work/ }))
    await byKeyboard.press(panel.getByRole('button', { name: 'Merge with Minsu at work' }))
    await panel.getByText('Merged with Minsu at work').waitFor()
    await byKeyboard.press(panel.getByRole('button', { name: 'Split' }))
    await panel.getByText('Merged with Minsu at work').waitFor({ state: 'detached' })
    expect(await database.query('SELECT 1 FROM guests WHERE merged_into IS NOT NULL')).toEqual([])
  })
})

/** The colour of the mark: both must look the same. */
async function readMark(where: Locator): Promise<string> {
  const mark = where.getByText('알레르기: 땅콩').first()
  await mark.waitFor()
  return mark.evaluate((element) => getComputedStyle(element).color)
}

/** The drawings in a cell, which has no room for words. */
const readIcons = (where: Locator) =>
  where.locator('svg').evaluateAll((icons) => icons.map(({ innerHTML }) => innerHTML))

/** On a wide tablet a button beside the search, on an upright one a tab. */
async function showPicture(page: Page): Promise<void> {
  const isWide = page.viewportSize()?.width === TABLET.width
  await page.getByRole(isWide ? 'button' : 'tab', { name: '배치도' }).click()
}

describe.each(bothWays)('what a guest can’t eat, $way', ({ viewport }) => {
  const openAllergic = async () => {
    const open = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    await addAllergic(open.scene)
    const line = await setUpLine({ restaurantId: open.scene.restaurantId })
    await noteRegular(open.scene.restaurantId, (await joinLine(line)).dinerId)
    await open.page.reload()
    await waitUntilLive(open.page)
    return open.page
  }
  const guests = ['서하린', '남궁준']

  test('is one red mark, noted by staff or said by the guest: list, panel, search, ticket, phone panel', async () => {
    const page = await openAllergic()
    const red = await readMark(rowOf(page, '서하린'))
    expect(await readMark(rowOf(page, '남궁준'))).toBe(red)
    for (const name of guests) {
      await openDetails(page, name)
      const heading = panelOf(page).getByRole('heading', { name: '알레르기', exact: true })
      await heading.waitFor()
      expect(await heading.evaluate((element) => getComputedStyle(element).color)).toBe(red)
      await panelOf(page).getByRole('button', { name: '닫기' }).click()
    }
    await page.getByRole('searchbox').fill('황보내일')
    expect(await readMark(page.getByRole('link', { name: /황보내일/ }))).toBe(red)
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: '+ 예약' }).click()
    const panel = panelOf(page)
    await panel.getByLabel('이름').fill('남궁준')
    const known = panel.getByRole('button', { name: /남궁준/ })
    expect(await readMark(known)).toBe(red)
    await known.click()
    await panel.getByRole('heading', { name: '알레르기', exact: true }).waitFor()
    await panel.getByRole('button', { name: '닫기' }).click()
    await page.getByRole('tab', { name: /^웨이팅 \d/ }).click()
    const ticket = page.getByRole('button', { name: /^웨이팅 1번 .*자세히$/ })
    expect(await readMark(ticket)).toBe(red)
    await ticket.getByText('단골', { exact: true }).waitFor()
    await ticket.click()
    await panel.getByRole('heading', { name: '알레르기', exact: true }).waitFor()
    await panel.getByText('단골', { exact: true }).first().waitFor()
  })

  test('is on the grid, in the floor picture, and bold on paper', async () => {
    const page = await openAllergic()
    const [icon] = await readIcons(rowOf(page, '서하린').getByText('알레르기: 땅콩').locator('..'))
    await showPart(page, 'GRID')
    for (const name of guests) {
      const cell = cellOf(page, new RegExp(`${name} 님 .*알레르기: 땅콩`))
      await cell.waitFor()
      expect(await readIcons(cell)).toContain(icon)
    }
    await showPicture(page)
    const picture = page.getByRole('region', { name: '테이블 배치도' })
    for (const name of guests) {
      const table = picture.getByRole('button', { name: new RegExp(`${name} 님 .*알레르기: 땅콩`) })
      await table.waitFor()
      expect(await readIcons(table)).toContain(icon)
    }
    await page.emulateMedia({ media: 'print' })
    for (const name of guests) {
      const allergies = page.getByRole('row').filter({ hasText: name }).locator('strong')
      await allergies.waitFor()
      expect(await allergies.textContent()).toBe('알레르기: 땅콩')
      expect(
        await allergies.evaluate((element) => Number(getComputedStyle(element).fontWeight)),
      ).toBeGreaterThanOrEqual(700)
    }
  })
})

describe('a guest with an allergy', () => {
  test('is remembered once the guest agrees by their mailed link, and deleted there again', async () => {
    const { restaurantId, serviceDate, startsAt, owner } = await setUpEvening()
    const email = 'regular@bobjool.test'
    const made = await bookForGuest({
      restaurantId,
      actor: actorOf(owner.id),
      key: null,
      later: noLater,
      request: {
        serviceDate,
        startsAt: startsAt.ahead.toISOString(),
        partySize: 2,
        guest: { name: '박손님', email },
        source: 'PHONE',
        notify: false,
        allergies: '땅콩',
      },
    })
    if (!made.ok) throw new Error(made.reason)
    const token = signMailboxLink({ kind: 'reservation', id: made.value.id, mailbox: email })
    const { page, complaints } = await openAs({
      browser,
      url: apps.urlOf(),
      person: null,
      viewport: PHONE,
      path: `/reservations/${token}`,
    })
    await page.getByRole('button', { name: '네, 기억해 주세요' }).click()
    await page.getByRole('heading', { name: '이 식당이 알레르기를 기억하고 있어요' }).waitFor()
    await expectAccessible(page)
    expect(await database.query('SELECT allergies, consent_way FROM guest_diets')).toContainEqual({
      allergies: '땅콩',
      consent_way: 'LINK',
    })
    await page.getByRole('button', { name: '이제 지워 주세요' }).click()
    await page.getByRole('heading', { name: '다음에도 알레르기를 기억할까요?' }).waitFor()
    expect(await database.query(`SELECT 1 FROM guest_diets WHERE consent_way = 'LINK'`)).toEqual([])
    expect(complaints).toEqual([])
  })
})
