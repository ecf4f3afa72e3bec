import { expect, test } from 'vitest'
import { PHONE, useBrowser } from '../support/browser'
import { readReservations, setUpBoard, sheetOf, timeButton, timesOf } from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

test('a table with an open sheet is marked for others, can still be booked, and is released', async () => {
  const scene = await setUpBoard({ seatings: 2 })
  const label = scene.times[0]?.label ?? ''
  const open = async (path: string) =>
    openAs({ browser, url: apps.urlOf(), person: await createPerson(), viewport: PHONE, path })
  const one = await open(`/restaurants/${scene.slug}`)
  const other = await open(`/restaurants/${scene.slug}`)
  await timeButton(other.page, label).getByText('마지막 1자리').waitFor()

  await timeButton(one.page, label).click()
  await sheetOf(one.page).waitFor()
  await timeButton(other.page, label).getByText('예약 중 · 가능').waitFor()
  await other.page.getByText('아직 비어 있는 자리예요').waitFor()
  await expectAccessible(other.page)
  // Its holder sees a table like any other, even behind the sheet.
  expect(await timesOf(one.page).getByText('예약 중 · 가능').count()).toBe(0)

  await one.page.keyboard.press('Escape')
  await timeButton(other.page, label).getByText('마지막 1자리').waitFor()
  await timeButton(one.page, label).click()
  await timeButton(other.page, label).getByText('예약 중 · 가능').waitFor()
  // The page is closed with its sheet open: the browser releases the hold as it goes.
  await one.page.goto('about:blank')
  await timeButton(other.page, label).getByText('마지막 1자리').waitFor()

  const third = await open(`/restaurants/${scene.slug}`)
  await timeButton(third.page, label).click()
  await timeButton(other.page, label).getByText('예약 중 · 가능').click()
  await sheetOf(other.page).getByRole('button', { name: '예약하기' }).click()
  await sheetOf(other.page).getByText('예약이 확정됐어요').waitFor()
  expect(await readReservations(scene.restaurantId)).toHaveLength(1)
  expect([...one.complaints, ...other.complaints, ...third.complaints]).toEqual([])
})

test('a sheet opens and books even when the soft hold gets no answer', async () => {
  const scene = await setUpBoard({ seatings: 1 })
  const { page } = await openAs({
    browser,
    url: apps.urlOf(),
    person: await createPerson(),
    viewport: PHONE,
    path: `/restaurants/${scene.slug}`,
  })
  // Never answered: neither an error nor a success.
  await page.route('**/soft-holds', () => {})
  await timeButton(page, scene.times[0]?.label ?? '').click()
  await sheetOf(page).getByRole('button', { name: '예약하기' }).click()
  await sheetOf(page).getByText('예약이 확정됐어요').waitFor()
})
