import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, createRestaurant, readToday } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { timesOf } from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import { byKeyboard } from '../support/keyboard'
import { expectAccessible, openAs } from '../support/owner-scene'
import { findSlot, setUpWeek } from '../support/schedule-scene'
import { TIME_ZONE } from '../support/time-zone'

const apps = useApps()
const browser = useBrowser()
const PHONE = { width: 390, height: 844 }

/** While a sheet is still rising, its text is pale for a moment. */
const calm = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce' })

/** An owner with an empty restaurant. */
async function openBare({ path, prefix = '' }: { path: string; prefix?: string }) {
  const person = await createPerson({ role: 'OWNER' })
  const { id, slug } = await createRestaurant(pool, {
    name: '금요일의 부엌',
    nameEn: 'Friday Kitchen',
    timeZone: TIME_ZONE,
    ownerId: person.id,
  })
  const url = apps.urlOf()
  const at = `${prefix}/owner/${slug}/${path}`
  const open = await openAs({ browser, url, person, path: at, prepare: calm })
  return { ...open, id, slug, person }
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

test('an owner sets hours and tables, previews a schedule, makes it, and a diner sees it', async () => {
  const { page, complaints, slug } = await openBare({ path: 'schedule' })
  await page.getByRole('heading', { name: '아직 예약표가 없어요' }).waitFor()
  await expectAccessible(page)
  await button(page, '앞으로 2주 예약표 만들기').click()
  await page.getByText('영업시간을 아직 정하지 않았어요').waitFor()

  await page.getByRole('main').getByRole('link', { name: '영업시간을 정해요' }).click()
  await button(page, '월요일 시간 넣기').click()
  await page.getByLabel('월요일 1번째 시작').fill('11:30')
  await page.getByLabel('월요일 1번째 끝').fill('01:00')
  await page.getByText('다음 날 01:00').waitFor()
  await button(page, '다른 요일에 복사').click()
  await button(page, '모두 고르기').click()
  await button(page, '고른 요일에 복사').click()
  await expectAccessible(page)
  await button(page, '영업시간 저장').click()
  await page.getByText('저장했어요. 앞으로 만드는 예약표에 반영돼요.').waitFor()

  await page.getByRole('link', { name: '테이블', exact: true }).click()
  await page.getByText('아직 테이블이 없어요').waitFor()
  await button(page, '테이블 넣기').click()
  await page.getByRole('dialog').getByLabel('최대 인원').fill('4')
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: '테이블 넣기' }).click()
  await page.getByText('테이블을 넣었어요.').waitFor()
  await page.getByRole('heading', { name: /1–4명 테이블/ }).waitFor()

  await page.getByRole('link', { name: '예약표', exact: true }).click()
  await button(page, '앞으로 2주 예약표 만들기').click()
  // In the last hours of a night nothing is left to make for today.
  await page.getByText(/새로 만드는 날 1[34]일/).waitFor()
  await expectAccessible(page)
  await button(page, '이대로 적용하기').click()
  await page.getByText('예약표를 만들었어요.').waitFor()
  await expectAccessible(page)

  await page.goto(`${apps.urlOf()}/restaurants/${slug}`)
  await page.getByRole('radio', { name: /^내일/ }).check()
  await timesOf(page).getByText('11:30').waitFor()
  expect(complaints).toEqual([])
}, 90_000)

test('in English, by keyboard alone, a slot is blocked and freed; one with a party can’t be', async () => {
  const scene = await setUpWeek({ nameEn: 'Friday Kitchen' })
  const person = await createPerson({ role: 'ADMIN' })
  const { rows } = await pool.query<{ slug: string }>(
    'SELECT slug FROM restaurants WHERE id = $1',
    [scene.restaurantId],
  )
  const url = apps.urlOf()
  const path = `/en/owner/${rows[0]?.slug}/schedule/${scene.date}`
  const { page } = await openAs({
    browser,
    url,
    person,
    path,
    viewport: PHONE,
    prepare: calm,
  })
  await byKeyboard.press(button(page, 'Make this day’s schedule'))
  await byKeyboard.press(button(page, 'Apply'))
  await page.getByText('The schedule is ready.').waitFor()
  const slot = () => page.getByRole('button', { name: /^Table 1 17:30–19:00/ })
  await byKeyboard.press(slot())
  await expectAccessible(page)
  await byKeyboard.press(button(page, 'Block it'))
  await page.getByText('The slot is blocked.').waitFor()
  await page.getByRole('button', { name: /^Table 1 17:30–19:00, .+, Blocked$/ }).waitFor()
  await createReservation(pool, { slotId: await findSlot(scene, { wall: '19:00', table: 1 }) })
  await byKeyboard.press(page.getByRole('button', { name: /^Table 1 19:00–20:30/ }))
  await byKeyboard.press(button(page, 'Delete the slot'))
  await byKeyboard.press(button(page, 'Yes, delete it'))
  await page.getByText('There are reservations on it').waitFor()
  await page.keyboard.press('Escape')
  await expectAccessible(page)
}, 90_000)

test('a second owner’s stale save keeps the input and shows the current state', async () => {
  const { page, id } = await openBare({ path: 'hours' })
  await button(page, '금요일 시간 넣기').click()
  await page.getByLabel('금요일 1번째 시작').fill('18:00')
  await page.getByLabel('금요일 1번째 끝').fill('11:00')
  await button(page, '영업시간 저장').click()
  await page.getByText('다음 날 05:00까지만 넣을 수 있어요.').waitFor()
  await page.getByLabel('금요일 1번째 끝').fill('22:00')
  await pool.query('INSERT INTO restaurant_hours VALUES ($1, 6, 600, 900)', [id])
  await pool.query('UPDATE restaurants SET version = version + 1 WHERE id = $1', [id])
  await button(page, '영업시간 저장').click()
  await page.getByText('그 사이 다른 분이 먼저 바꿨어요').waitFor()
  await page.getByText('토요일 10:00–15:00').waitFor()
  expect(await page.getByLabel('금요일 1번째 시작').inputValue()).toBe('18:00')
  await expectAccessible(page)
  await button(page, '영업시간 저장').click()
  await page.getByText('저장했어요.').waitFor()
  const { rows } = await pool.query(
    'SELECT weekday FROM restaurant_hours WHERE restaurant_id = $1',
    [id],
  )
  expect(rows).toEqual([{ weekday: 5 }])
}, 60_000)

test('closing a date with parties lists them first, and can be undone', async () => {
  const scene = await setUpWeek()
  const person = await createPerson({ role: 'ADMIN' })
  const { rows } = await pool.query<{ slug: string }>(
    'SELECT slug FROM restaurants WHERE id = $1',
    [scene.restaurantId],
  )
  const today = await readToday(pool, scene.restaurantId)
  const url = apps.urlOf()
  const path = `/owner/${rows[0]?.slug}/schedule/${today}`
  const { page } = await openAs({ browser, url, person, path, prepare: calm })
  await page.getByText('이날은 예약표가 없어요').waitFor()
  await pool.query('INSERT INTO service_dates (restaurant_id, service_date) VALUES ($1, $2)', [
    scene.restaurantId,
    today,
  ])
  await pool.query(
    `INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party)
     SELECT $1, $2, $3, now() + interval '10 minutes', now() + interval '100 minutes', 1, 2`,
    [scene.restaurantId, today, scene.tableIds[0]],
  )
  const slot = await pool.query<{ id: string }>('SELECT id FROM slots WHERE restaurant_id = $1', [
    scene.restaurantId,
  ])
  await createReservation(pool, { slotId: String(slot.rows[0]?.id) })
  await page.goto(`${url}/owner/${rows[0]?.slug}/hours`)
  await page.locator('[data-today="true"] button').click()
  await page.getByLabel(/이유/).fill('정전')
  await button(page, '쉬는 날로 정하기').click()
  await page.getByText(/이미 예약이 1건 있어요/).waitFor()
  await expectAccessible(page)
  await button(page, '예약은 두고 새 예약만 막기').click()
  await page.getByText(/은 쉬는 날이에요\./).waitFor()
  await page.getByText('· 정전').waitFor()
  await button(page, /다시 열기$/).click()
  await page.getByText(/에 다시 문을 열어요\./).waitFor()
  await expectAccessible(page)

  await page.locator('[data-today="true"] button').click()
  await button(page, '쉬는 날로 정하기').click()
  const cancel = button(page, '예약 1건 취소하고 쉬기')
  expect(await cancel.isDisabled(), 'its guests read why').toBe(true)
  await page.getByLabel('손님에게 알릴 이유').fill('단수')
  await cancel.click()
  await page.getByText(/은 쉬는 날이에요\./).waitFor()
  const told = await pool.query(
    `SELECT v.status::text, n.payload ->> 'reason' AS reason
       FROM reservations v JOIN notices n ON n.subject_id = v.id AND n.kind = 'RESERVATION_CANCELLED'`,
  )
  expect(told.rows).toEqual([{ status: 'CANCELLED', reason: '단수' }])
}, 60_000)
