import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { useBrowser } from '../support/browser'
import { createPerson, useApps } from '../support/http-scene'
import { expectAccessible, openAs } from '../support/owner-scene'
import { makeDates, setUpWeek } from '../support/schedule-scene'

const apps = useApps()
const browser = useBrowser()
const calm = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce' })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

test('an owner plans a public opening, changes its rate, and cancels it', async () => {
  const scene = await setUpWeek({ name: '금요일의 부엌', nameEn: 'Friday Kitchen' })
  await makeDates(scene, { from: scene.date, to: scene.date })
  const person = await createPerson({ role: 'ADMIN' })
  const { rows } = await pool.query<{ slug: string }>(
    'SELECT slug FROM restaurants WHERE id = $1',
    [scene.restaurantId],
  )
  const url = apps.urlOf()
  const path = `/owner/${rows[0]?.slug}/openings`
  const { page, complaints } = await openAs({ browser, url, person, path, prepare: calm })
  await page.getByText('아직 알린 오픈이 없어요').waitFor()
  await expectAccessible(page)

  // Each fault is reported at its field, and no input is lost.
  await page.getByLabel('예약받을 날짜').fill(scene.date)
  await page.getByLabel('여는 날', { exact: true }).fill(scene.dateAt(1))
  await page.getByLabel('1분에 몇 명씩').first().fill('0')
  await button(page, '미리 보기').click()
  await page.getByText('1분에 0.6명에서 600,000명 사이로 넣어 주세요.').waitFor()
  await page.getByLabel('1분에 몇 명씩').first().fill('120')
  await button(page, '미리 보기').click()
  await page.getByText('지금 예약을 받고 있는 날짜예요.').waitFor()
  await page.getByText('알린 뒤에는 바꿀 수 없어요').waitFor()
  await expectAccessible(page)
  await button(page, '이대로 알리기').click()
  await page.getByText('오픈을 알렸어요.').waitFor()

  const list = await fetch(`${url}/api/v1/restaurants/${scene.restaurantId}/openings`)
  const { items } = (await list.json()) as { items: { id: string; turnsPerSecond: number }[] }
  expect(items).toMatchObject([
    {
      serviceDate: scene.date,
      turnsPerSecond: 2,
      commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ])
  const board = await fetch(
    `${url}/api/v1/restaurants/${scene.restaurantId}/board?date=${scene.date}`,
  )
  expect(await board.json()).toMatchObject({ openingId: items[0]?.id, state: 'NOT_OPEN_YET' })

  await button(page, /속도 바꾸기$/).click()
  await page.getByRole('dialog').getByLabel('1분에 몇 명씩').fill('180')
  await button(page, /^속도 바꾸기$/).click()
  await page.getByText('속도를 바꿨어요.').waitFor()
  await page.getByText('1분에 180명').first().waitFor()

  await button(page, /취소하기$/).click()
  await page.getByRole('dialog').getByLabel('이유').fill('가스 점검')
  await expectAccessible(page)
  await button(page, '네, 취소할게요').click()
  await page.getByText('아직 알린 오픈이 없어요').waitFor()
  await page.getByRole('link', { name: '지난 오픈' }).click()
  await page.getByText('취소한 이유: 가스 점검').waitFor()

  // Every day from now on.
  await page.locator('summary', { hasText: '반복 오픈 만들기' }).click()
  await button(page, '저장하고 켜기').click()
  await page.getByText('저장했어요. 첫 오픈은 하루 뒤부터예요.').waitFor()
  await page.getByRole('switch').click()
  await page.getByText('자동으로 알리지 않아요.').waitFor()
  await expectAccessible(page)
  expect(complaints).toEqual([])
}, 90_000)
