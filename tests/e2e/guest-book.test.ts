import type { Locator } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createSlot } from '@/prisma/factories'
import { actorOf } from '../support/booking-restaurant'
import { PHONE, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { noLater } from '../support/guest-scene'
import { useApps } from '../support/http-scene'
import { byKeyboard } from '../support/keyboard'
import { joinLine, setUpLine } from '../support/line-scene'
import {
  addParty,
  expectAccessible,
  type OwnerScene,
  openAs,
  openOwnBoard,
  panelOf,
  rowOf,
  setUpEvening,
  waitUntilLive,
} from '../support/owner-scene'

const database = useDatabase()
const apps = useApps()
const browser = useBrowser()

const ACROSS = { width: 1180, height: 820 }
const UPRIGHT = { width: 820, height: 1180 }

describe('a regular, at the board', () => {
  test.each([
    ['across', ACROSS],
    ['upright', UPRIGHT],
  ])('is written down, tagged, and known by allergy and tag at once: %s', async (_, viewport) => {
    const { scene, page, complaints } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    await addParty(scene, { slot: '2 ahead', name: '서하린' })
    await rowOf(page, '서하린')
      .getByRole('button', { name: /자세히/ })
      .click()
    const panel = panelOf(page)
    await panel.getByRole('button', { name: '손님 장부에 적기' }).click()
    await panel.getByText('방문 0번 · 노쇼 0번 · 취소 0건').waitFor()
    await panel.getByRole('button', { name: '고치기', exact: true }).click()
    await panel.getByRole('button', { name: '단골', exact: true }).click()
    await panel.getByLabel('늘 조심할 알레르기').fill('땅콩')
    await panel.getByRole('button', { name: '저장' }).click()
    await panel.getByText('손님이 동의해야 계속 보관할 수 있어요').waitFor()
    await panel.getByLabel('계속 보관해도 된다고 하셨나요?').selectOption('IN_PERSON')
    await expectAccessible(page)
    await panel.getByRole('button', { name: '저장' }).click()
    await panel.getByRole('heading', { name: '알레르기' }).waitFor()
    await rowOf(page, '서하린').getByText('단골').waitFor()
    await rowOf(page, '서하린').getByText('알레르기: 땅콩').waitFor()
    expect(await database.query('SELECT allergies, consent_way FROM guest_diets')).toContainEqual({
      allergies: '땅콩',
      consent_way: 'IN_PERSON',
    })
    // The refusal that the page told in words.
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([])
  })

  test('is merged with the other entry of theirs and split again, by keyboard, in English', async () => {
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

const DAY_MS = 86_400_000

/** Staff have noted that this account's person can't eat peanuts. */
const noteAllergy = (restaurantId: string, accountId: string) =>
  pool.query(
    `WITH noted AS (INSERT INTO guests (restaurant_id, name, account_id)
                    SELECT $1, name, id FROM accounts WHERE id = $2 RETURNING id, restaurant_id)
     INSERT INTO guest_diets (guest_id, restaurant_id, allergies, consent_way, consented_at)
     SELECT id, restaurant_id, '땅콩', 'IN_PERSON', now() FROM noted`,
    [restaurantId, accountId],
  )

/** One party whose diner wrote the allergy, one of whom staff noted it, and tomorrow another such. */
async function addAllergic(scene: OwnerScene) {
  const { restaurantId, serviceDate } = scene
  const written = await addParty(scene, { slot: '2 ahead', name: '서하린' })
  await pool.query(`UPDATE reservations SET allergies = '땅콩' WHERE id = $1`, [written])
  const noted = await addParty(scene, { slot: '3 ahead', name: '남궁준' })
  const { rows } = await pool.query<{ dinerId: string; tableId: string }>(
    `SELECT v.diner_id AS "dinerId", s.table_id AS "tableId" FROM reservations v
       JOIN reservation_slots c ON c.reservation_id = v.id JOIN slots s ON s.id = c.slot_id WHERE v.id = $1`,
    [noted],
  )
  const { dinerId: notedId = '', tableId = '' } = rows[0] ?? {}
  const date = new Date(Date.parse(serviceDate) + DAY_MS).toISOString().slice(0, 10)
  const startsAt = new Date(Date.now() + DAY_MS)
  const { id: slotId } = await createSlot(pool, { tableId, startsAt, serviceDate: date })
  const { id: tomorrowId } = await createAccount(pool, { name: '황보내일' })
  await createReservation(pool, { slotId, dinerId: tomorrowId, partySize: 2 })
  for (const id of [notedId, tomorrowId]) await noteAllergy(restaurantId, id)
}

/** The colour of the mark: both must look the same. */
async function readMark(where: Locator): Promise<string> {
  const mark = where.getByText('알레르기: 땅콩').first()
  await mark.waitFor()
  return mark.evaluate((element) => getComputedStyle(element).color)
}

describe('what a guest can’t eat', () => {
  test('is one red mark, noted by staff or said by the guest: list, panel, search, ticket, phone panel', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), viewport: ACROSS })
    await addAllergic(scene)
    const line = await setUpLine({ restaurantId: scene.restaurantId })
    const ticket = await joinLine(line)
    await noteAllergy(scene.restaurantId, ticket.dinerId)
    const red = await readMark(rowOf(page, '서하린'))
    expect(await readMark(rowOf(page, '남궁준'))).toBe(red)
    for (const name of ['서하린', '남궁준']) {
      await rowOf(page, name)
        .getByRole('button', { name: /자세히/ })
        .click()
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
    await page.reload()
    await waitUntilLive(page)
    await page.getByRole('tab', { name: /^웨이팅 \d/ }).click()
    expect(await readMark(page.getByRole('button', { name: /^웨이팅 1번 .*자세히$/ }))).toBe(red)
  })

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
