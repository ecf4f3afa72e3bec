import { describe, expect, test } from 'vitest'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { PHONE, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard } from '../support/keyboard'
import { makeAllDue } from '../support/notices'
import {
  barOf,
  cellOf,
  expectAccessible,
  formatTime,
  openAs,
  openOwnBoard,
  panelOf,
} from '../support/owner-scene'

const database = useDatabase()
const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()

const UPRIGHT = { width: 820, height: 1180 }
const ACROSS = { width: 1180, height: 820 }

/** Everything due by now, including what staff could have undone until a moment ago. */
async function send(): Promise<void> {
  await database.query(`UPDATE audit_events SET at = at - interval '11 seconds'`)
  await makeAllDue(database)
  const swept = await fetch(`${apps.urlOf()}/api/cron/sweep`, {
    headers: { authorization: `Bearer ${process.env.CRON_SECRET}` },
  })
  expect(swept.status).toBe(200)
}

const listBooked = async (restaurantId: string) =>
  (
    await pool.query<{ id: string; name: string; table: number; status: string }>(
      `SELECT v.id, g.name, t.number AS table, v.status::text AS status
         FROM reservations v JOIN guests g ON g.id = v.guest_id
         JOIN reservation_slots c ON c.reservation_id = v.id JOIN slots s ON s.id = c.slot_id
         JOIN restaurant_tables t ON t.id = s.table_id
        WHERE v.restaurant_id = $1 ORDER BY v.created_at`,
      [restaurantId],
    )
  ).rows

describe('a phone booking at the board', () => {
  test.each([
    ['across', ACROSS],
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
      await barOf(page, '김단골 님 예약을 받았어요.').waitFor()
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
    await barOf(page, '이단골 님 예약을 받았어요.').waitFor()
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
    await barOf(page, '김단골 님 예약을 받았어요.').waitFor()
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
    await barOf(page, '박손님 님 예약을 받았어요.').waitFor()
    await send()
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
