import { expect, test } from 'vitest'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { readToday } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { bookOver, createPerson, setUpRestaurant, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard } from '../support/keyboard'
import { miss } from '../support/no-show-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const inbox = useInbox()
const apps = useApps()
const browser = useBrowser()

test('a diner is refused for a no-show, disputes it, is heard, and books again', async () => {
  const scene = await setUpRestaurant({ tables: [{ maxParty: 2 }] })
  const { restaurantId, owner } = scene
  const [{ slug } = { slug: '' }] = (
    await pool.query<{ slug: string }>(
      'UPDATE restaurants SET no_show_limit = 1, no_show_months = 6 WHERE id = $1 RETURNING slug',
      [restaurantId],
    )
  ).rows
  const diner = await createPerson({ name: '김하늘' })
  const today = await readToday(pool, restaurantId)
  await miss({
    dinerId: diner.id,
    restaurantId,
    serviceDate: addDays({ date: today, days: -2 }),
  })
  const book = () => bookOver({ url: apps.urlOf(), token: diner.token, scene })
  expect((await book()).status).toBe(403)
  const phone = { browser, url: apps.urlOf(), viewport: { width: 390, height: 844 } }
  await expectRefused({ ...phone, person: diner, path: `/restaurants/${slug}` })
  const { page, complaints } = await openAs({ ...phone, person: diner, path: '/reservations' })
  await page.getByText(/이의 제기 · .*까지/).waitFor()
  await expectAccessible(page)
  await page.getByRole('article').getByRole('link').first().click()
  await page.getByText(/노쇼가 1번이면 예약을 받지 않아요/).waitFor()
  // Nothing written is refused at the field.
  await page.getByRole('button', { name: '이의 제기하기' }).click()
  await page.getByText('1자부터 300자까지 적어 주세요.').waitFor()
  await page.getByRole('textbox', { name: '무슨 일이 있었나요?' }).fill('19시에 창가에 앉았어요.')
  await page.getByRole('button', { name: '이의 제기하기' }).click()
  await page.getByText('결정되기 전까지는 이 노쇼도 세어요.').waitFor()
  await expectAccessible(page)

  const told = await inbox.waitForMail({ recipient: owner.email, subject: /노쇼 이의/ })
  expect(told.text).toContain(`/owner/${slug}/disputes`)
  expect(told.text).not.toContain('창가')
  const desk = await openAs({ ...phone, person: owner, path: `/en/owner/${slug}/disputes` })
  await desk.page.getByText('19시에 창가에 앉았어요.').waitFor()
  await expectAccessible(desk.page)
  await byKeyboard.press(desk.page.getByRole('button', { name: 'Accept' }))
  await desk.page.getByText('Accepted', { exact: true }).waitFor()

  const answer = await inbox.waitForMail({
    recipient: diner.email,
    subject: /이의가 받아들여졌어요/,
  })
  expect(answer.text).toContain('노쇼로 세지 않아요')
  await page.reload()
  await page.getByText('이의가 받아들여졌어요. 이 노쇼는 더 세지 않아요.').waitFor()
  expect((await book()).status).toBe(201)
  expect([...complaints, ...desk.complaints]).toEqual([])
})

/** At the restaurant the diner is told why and until when, before they fill in anything, and where to look. */
async function expectRefused(open: Parameters<typeof openAs>[0]) {
  const { page } = await openAs(open)
  await page
    .getByRole('button', { name: /\d\d:\d\d/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog')
  await sheet
    .getByText(/오지 않은 기록이 있어서 \d+년 \d+월 \d+일\(.\)부터 다시 예약할 수 있어요/)
    .waitFor()
  await expectAccessible(page)
  // No other time can be booked either.
  expect(await sheet.getByRole('button', { name: '다른 시간 고르기' }).count()).toBe(0)
  await sheet.getByRole('link', { name: '내 예약 보기' }).click()
  await page.waitForURL('**/reservations')
}
