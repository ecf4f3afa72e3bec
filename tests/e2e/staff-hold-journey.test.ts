import { expect, test } from 'vitest'
import { PHONE, TABLET, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { readReservations, setUpBoard, sheetOf, timeButton } from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { expectAccessible, openAs, panelOf } from '../support/owner-scene'
import { missYesterday } from '../support/staff-hold-scene'
import { sendAfterUndo } from '../support/undo-over'

const inbox = useInbox()
const apps = useApps()
const database = useDatabase()
const browser = useBrowser()

test('a diner with a no-show books, sees why and until when it is open, and staff confirm it', async () => {
  const owner = await createPerson({ role: 'OWNER', name: '한도윤' })
  const diner = await createPerson({ name: '김하늘' })
  const scene = await setUpBoard({
    seatings: 1,
    restaurant: {
      noShowLimit: 1,
      noShowMonths: 6,
      holdsAfterNoShows: true,
      ...({ ownerId: owner.id } as object),
    },
  })
  const { restaurantId, slug } = scene
  await missYesterday({ dinerId: diner.id, restaurantId })
  const shown = { browser, url: apps.urlOf() }
  const { page, complaints } = await openAs({
    ...shown,
    person: diner,
    viewport: PHONE,
    path: `/restaurants/${slug}`,
  })
  await page.getByText(/노쇼가 1번이면 식당이 직접 확인한 뒤 예약을 확정해요/).waitFor()
  const label = scene.times[0]?.label ?? ''
  await timeButton(page, label).click()
  await sheetOf(page).getByRole('button', { name: '예약하기' }).click()
  await page.getByText('식당이 예약을 확인하고 있어요').waitFor()
  await page.getByText(new RegExp(`${label}까지 자리를 잡아 둬요`)).waitFor()
  await page.getByText(/이 식당에 노쇼 기록이 있어서/).waitFor()
  expect(await page.getByRole('button', { name: '예약 확정하기' }).count()).toBe(0)
  await expectAccessible(page)
  await inbox.waitForMail({ recipient: diner.email, subject: /식당이 예약을 확인하고 있어요/ })

  const asked = await inbox.waitForMail({ recipient: owner.email, subject: /확정을 기다리는 예약/ })
  expect(asked.text).not.toContain('김하늘')
  const link = /https?:\/\/[^\s]*\/owner\?[^\s)>]*/.exec(asked.text ?? '')?.[0] ?? ''
  const { pathname, search } = new URL(link)
  const desk = await openAs({
    ...shown,
    person: owner,
    viewport: TABLET,
    path: `${pathname}${search}`,
  })
  const panel = panelOf(desk.page)
  await panel.getByText(/노쇼 기록이 있는 손님이에요/).waitFor()
  await expectAccessible(desk.page)
  await panel.getByRole('button', { name: '확정', exact: true }).click()
  await desk.page.getByText('김하늘 님 예약을 확정했어요.').waitFor()
  await sendAfterUndo({ database, url: apps.urlOf() })

  const answer = await inbox.waitForMail({ recipient: diner.email, subject: /예약이 확정됐어요/ })
  expect(answer.text).toContain('예약이 확정됐어요')
  await page.reload()
  await page.getByText('예약이 확정됐어요. 시간에 맞춰 와 주세요.').waitFor()
  const rows = await readReservations(restaurantId)
  expect(rows.map(({ status }) => status).toSorted()).toEqual(['CONFIRMED', 'NO_SHOW'])
  expect([...complaints, ...desk.complaints]).toEqual([])
})
