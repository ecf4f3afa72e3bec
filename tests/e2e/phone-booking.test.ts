import { describe, expect, test } from 'vitest'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { createSlot } from '@/prisma/factories'
import { PHONE, TABLET, UPRIGHT, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard } from '../support/keyboard'
import {
  barOf,
  cellOf,
  expectAccessible,
  formatTime,
  type OwnerScene,
  openAs,
  openOwnBoard,
  panelOf,
} from '../support/owner-scene'
import { sendAfterUndo } from '../support/undo-over'

const apps = useApps()
const database = useDatabase()
const browser = useBrowser()
const inbox = useInbox()

const DAY_MS = 86_400_000
const dateAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)

/** The same seatings on a later date. */
async function addDate({ restaurantId, serviceDate }: OwnerScene, { days }: { days: number }) {
  const date = dateAfter(serviceDate, days)
  const { rows: tables } = await pool.query<{ id: string }>(
    'SELECT id FROM restaurant_tables WHERE restaurant_id = $1 ORDER BY number',
    [restaurantId],
  )
  const startsAt = new Date(Date.now() + days * DAY_MS)
  startsAt.setUTCMinutes(0, 0, 0)
  for (const { id: tableId } of tables)
    await createSlot(pool, { tableId, startsAt, serviceDate: date })
  return date
}

const listBooked = async (restaurantId: string) =>
  (
    await pool.query<{ id: string; name: string; table: number; status: string; date: string }>(
      `SELECT v.id, v.service_date::text AS date, g.name, t.number AS table, v.status::text AS status
         FROM reservations v JOIN guests g ON g.id = v.guest_id
         JOIN reservation_slots c ON c.reservation_id = v.id JOIN slots s ON s.id = c.slot_id
         JOIN restaurant_tables t ON t.id = s.table_id
        WHERE v.restaurant_id = $1 ORDER BY v.created_at`,
      [restaurantId],
    )
  ).rows

describe('a phone booking at the board', () => {
  test.each([
    ['across', TABLET],
    ['upright', UPRIGHT],
  ])(
    'two taps beside the typing: a free cell of a time to come, and the button; %s',
    async (_, viewport) => {
      const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
      if (viewport === UPRIGHT) await page.getByRole('tab', { name: '테이블' }).click()
      let taps = 0
      const tap = async (target: ReturnType<typeof cellOf>) => {
        taps += 1
        await target.click()
      }
      await tap(cellOf(page, /^2번 .*빈 자리$/).last())
      await panelOf(page).waitFor()
      await expectAccessible(page)
      await panelOf(page).getByLabel('이름').fill('김단골')
      await panelOf(page).getByLabel('전화번호').fill('010-2345-6789')
      await tap(panelOf(page).getByRole('button', { name: '2명 예약하기' }))
      await barOf(page, /김단골 님, .* 예약을 받았어요\./).waitFor()
      await cellOf(page, /^2번 .*김단골 님 2명/).waitFor()
      expect(taps).toBe(2)
      expect(await listBooked(scene.restaurantId)).toMatchObject([
        { name: '김단골', table: 2, status: 'CONFIRMED' },
      ])
      await page.getByRole('button', { name: '되돌리기' }).click()
      await barOf(page, '되돌렸어요.').waitFor()
      expect(await listBooked(scene.restaurantId)).toMatchObject([{ status: 'CANCELLED' }])
    },
  )

  test('by keyboard: the best fit is set, and a known guest comes back with one press', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf() })
    await byKeyboard.press(page.getByRole('button', { name: '+ 예약' }))
    await byKeyboard.press(panelOf(page).getByRole('button', { name: '3명', exact: true }))
    await byKeyboard.write(panelOf(page).getByLabel('이름'), '이단골')
    await byKeyboard.write(panelOf(page).getByLabel('전화번호'), '010-9876-5432')
    await byKeyboard.press(panelOf(page).getByRole('button', { name: '3명 예약하기' }))
    await barOf(page, /이단골 님, .* 예약을 받았어요\./).waitFor()
    expect(await listBooked(scene.restaurantId)).toMatchObject([{ name: '이단골', table: 2 }])
    await page.getByRole('button', { name: '+ 예약' }).click()
    await panelOf(page).getByLabel('전화번호').fill('5432')
    await panelOf(page)
      .getByRole('button', { name: /이단골/ })
      .click()
    await panelOf(page).getByRole('button', { name: '2명 예약하기' }).click()
    await panelOf(page).getByText('이 손님은 이날 예약이 이미 있어요.').waitFor()
    await panelOf(page).getByRole('button', { name: '그래도 예약하기' }).click()
    await expect.poll(async () => (await listBooked(scene.restaurantId)).length).toBe(2)
  })

  test.each([
    ['across', TABLET],
    ['upright', UPRIGHT],
  ])('for tomorrow, while tonight stays on the board; %s', async (_, viewport) => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    const tomorrow = await addDate(scene, { days: 1 })
    if (viewport === UPRIGHT) await page.getByRole('tab', { name: '테이블' }).click()
    await page.getByRole('button', { name: '+ 예약' }).click()
    await panelOf(page).getByRole('group', { name: /^날짜/ }).getByRole('button').nth(1).click()
    await panelOf(page).getByLabel('시간').waitFor()
    await expectAccessible(page)
    await panelOf(page).getByLabel('이름').fill('김내일')
    await panelOf(page).getByRole('button', { name: '2명 예약하기' }).click()
    await barOf(page, /김내일 님, .* 예약을 받았어요\./).waitFor()
    await cellOf(page, /^1번 .*빈 자리$/)
      .last()
      .waitFor()
    expect(await listBooked(scene.restaurantId)).toMatchObject([
      { name: '김내일', table: 1, status: 'CONFIRMED', date: tomorrow },
    ])
    await page.getByRole('button', { name: '되돌리기' }).click()
    await barOf(page, '김내일 님 예약을 되돌렸어요. 자리는 비었어요.').waitFor()
    expect(await listBooked(scene.restaurantId)).toMatchObject([{ status: 'CANCELLED' }])
  })

  test('with allergies, a note and its source; a wrong number is said at its field, and a mail offered only where there is an address', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf() })
    await page.getByRole('button', { name: '+ 예약' }).click()
    const panel = panelOf(page)
    await panel.getByLabel('이름').fill('최세심')
    await panel.getByLabel('전화번호').fill('01012')
    await panel.getByLabel('알레르기').fill('메밀')
    await panel.getByLabel('요청 사항').fill('유아 의자')
    await panel.getByLabel('예약 경로').selectOption({ label: '웹·메신저' })
    const wish = panel.getByLabel('손님께 메일로 알리기')
    expect(await wish.count()).toBe(0)
    await panel.getByLabel('이메일').fill('mindful@bobjool.test')
    await wish.uncheck()
    await panel.getByRole('button', { name: '2명 예약하기' }).click()
    await panel.getByText('전화번호를 다시 확인해 주세요. 예: 010-1234-5678').waitFor()
    expect(await listBooked(scene.restaurantId)).toEqual([])
    await panel.getByLabel('전화번호').fill('010-3456-7890')
    await panel.getByRole('button', { name: '2명 예약하기' }).click()
    await barOf(page, /최세심 님, .* 예약을 받았어요\./).waitFor()
    const { rows } = await pool.query(
      `SELECT v.note, v.allergies, v.source, v.tells_guest AS told, g.phone, g.email
         FROM reservations v JOIN guests g ON g.id = v.guest_id WHERE v.restaurant_id = $1`,
      [scene.restaurantId],
    )
    expect(rows).toEqual([
      {
        note: '유아 의자',
        allergies: '메밀',
        source: 'WEB',
        told: false,
        phone: '+821034567890',
        email: 'mindful@bobjool.test',
      },
    ])
  })

  test('for a date in the calendar; one without a schedule says so, and so does a lost connection', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf() })
    const date = await addDate(scene, { days: 17 })
    await page.getByRole('button', { name: '+ 예약' }).click()
    await panelOf(page).getByLabel('이름').fill('박달력')
    const calendar = panelOf(page).getByLabel('다른 날짜')
    await calendar.fill(dateAfter(scene.serviceDate, 3))
    await panelOf(page).getByText('이날은 아직 시간표가 없어요.').waitFor()
    await calendar.fill(dateAfter(scene.serviceDate, -1))
    await panelOf(page).getByText('오늘부터 내후년까지의 날짜를 골라 주세요.').waitFor()
    await page.context().setOffline(true)
    await calendar.fill(date)
    await panelOf(page)
      .getByText(/이날 자리를 불러오지 못했어요/)
      .waitFor()
    await page.context().setOffline(false)
    await panelOf(page).getByLabel('시간').waitFor()
    await panelOf(page).getByRole('button', { name: '2명 예약하기' }).click()
    await barOf(page, /박달력 님, .* 예약을 받았어요\./).waitFor()
    expect(await listBooked(scene.restaurantId)).toMatchObject([{ name: '박달력', date }])
  })

  test('at any minute and for any length: typed, insisted on outside the hours, and at its true place on the grid', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf() })
    const minutesAhead = (minutes: number) =>
      formatTime(new Date(scene.startsAt.ahead.getTime() + minutes * 60_000))
    const blockAt = (minutes: number, until: number, what: string) =>
      cellOf(
        page,
        new RegExp(
          `^2번 테이블 .*${minutesAhead(minutes)}부터 .*${minutesAhead(until)}까지, ${what}`,
        ),
      )
    await cellOf(page, /^2번 .*빈 자리$/)
      .last()
      .click()
    await panelOf(page).getByRole('button', { name: '다른 시간 직접 적기' }).click()
    await panelOf(page).getByLabel('시작').fill(minutesAhead(7))
    const length = panelOf(page).getByLabel('머무는 시간(분)')
    await length.fill('0')
    await panelOf(page).getByText('시작 시각과 1분부터 720분까지의').waitFor()
    await length.fill('47')
    await panelOf(page).getByLabel('이름').fill('김단골')
    await panelOf(page).getByRole('button', { name: '2명 예약하기' }).click()
    await panelOf(page).getByText('영업시간 밖의 시간이에요.').waitFor()
    await expectAccessible(page)
    await panelOf(page).getByRole('button', { name: '그래도 예약하기' }).click()
    await barOf(page, /김단골 님, .* 예약을 받았어요\./).waitFor()
    await blockAt(7, 54, '김단골 님 2명').waitFor()
    const [party, beside] = await Promise.all([
      blockAt(7, 54, '김단골').boundingBox(),
      cellOf(page, /^1번 .*빈 자리$/)
        .last()
        .boundingBox(),
    ])
    // It begins after the seating beside it and is shorter.
    expect(party?.x).toBeGreaterThan(beside?.x ?? Number.POSITIVE_INFINITY)
    expect(party?.width).toBeLessThan(beside?.width ?? 0)
    expect(await blockAt(0, 90, '빈 자리').count()).toBe(0)
    await page.getByRole('button', { name: '되돌리기' }).click()
    await blockAt(0, 90, '빈 자리').waitFor()
  })

  test('the guest opens the mail’s link without an account, says late, and cancels', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf() })
    const email = 'caller@bobjool.test'
    await page.getByRole('button', { name: '+ 예약' }).click()
    await panelOf(page).getByLabel('이름').fill('박손님')
    await panelOf(page).getByLabel('이메일').fill(email)
    await panelOf(page).getByRole('button', { name: '2명 예약하기' }).click()
    await barOf(page, /박손님 님, .* 예약을 받았어요\./).waitFor()
    await sendAfterUndo({ database, url: apps.urlOf() })
    const mail = await inbox.waitForMail({ recipient: email })
    const [booked] = await listBooked(scene.restaurantId)
    const id = booked?.id ?? ''
    const token = signMailboxLink({ kind: 'reservation', id, mailbox: email })
    expect(mail.text).toContain(`/reservations/${token}`)
    const { page: phone } = await openAs({
      browser,
      url: apps.urlOf(),
      person: null,
      viewport: PHONE,
      path: `/reservations/${token}`,
    })
    await phone.getByText(formatTime(scene.startsAt.ahead)).first().waitFor()
    await expectAccessible(phone)
    await phone.getByRole('button', { name: '15분' }).click()
    await cellOf(page, /박손님 .*15분 늦는다고/).waitFor()
    await phone.getByRole('link', { name: '예약 취소' }).click()
    await phone.getByRole('button', { name: /취소/ }).last().click()
    await expect
      .poll(async () => (await listBooked(scene.restaurantId))[0]?.status)
      .toBe('CANCELLED')
  })
})
