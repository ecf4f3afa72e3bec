import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, createSlot } from '@/prisma/factories'
import { PHONE, useBrowser } from '../support/browser'
import {
  type DinerScene,
  readReservations,
  setUpBoard,
  sheetOf,
  takeSlot,
  timeButton,
  timesOf,
} from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

async function openBoard({
  scene,
  path = `/restaurants/${scene.slug}`,
}: {
  scene: DinerScene
  path?: string
}) {
  const person = await createPerson()
  return openAs({ browser, url: apps.urlOf(), person, viewport: PHONE, path })
}
const labelOf = (scene: DinerScene, index: number) => scene.times[index]?.label ?? ''
const bookButton = (page: Parameters<typeof sheetOf>[0]) =>
  sheetOf(page).getByRole('button', { name: '예약하기' })

describe('the live board of a restaurant', () => {
  test('shows others’ bookings without reloading, and counts tables for the party', async () => {
    const scene = await setUpBoard({
      seatings: 2,
      tables: [
        { minParty: 1, maxParty: 2 },
        { minParty: 3, maxParty: 4 },
      ],
    })
    const { page, complaints } = await openBoard({ scene })
    await timeButton(page, labelOf(scene, 0)).getByText('마지막 1자리').waitFor()
    await takeSlot(scene.times[0]?.slotIds[0])
    await timesOf(page)
      .getByRole('listitem')
      .filter({ hasText: labelOf(scene, 0) })
      .getByText('마감')
      .waitFor()
    await page.getByRole('button', { name: '한 명 늘리기' }).click()
    await timeButton(page, labelOf(scene, 0)).waitFor()
    expect(complaints).toEqual([])
  })

  test('counts down to the opening and opens by itself', async () => {
    const scene = await setUpBoard({ restaurant: { sameDayOnly: true } })
    const openAt = (change: string) =>
      pool.query(
        `UPDATE service_dates SET opens_at = now() + $2::interval WHERE restaurant_id = $1`,
        [scene.restaurantId, change],
      )
    await openAt('50 seconds')
    const { page } = await openBoard({ scene })
    await page
      .getByRole('timer')
      .getByText(/^00:00:[0-5]\d$/)
      .waitFor()
    expect(await timesOf(page).getByRole('button').count()).toBe(0)
    await expectAccessible(page)
    await openAt('-1 second')
    await timeButton(page, labelOf(scene, 0)).waitFor()
    expect(await page.getByRole('timer').count()).toBe(0)
  })

  test('says before the tap that a reservation elsewhere overlaps, and leads to it', async () => {
    const scene = await setUpBoard({ seatings: 1 })
    const person = await createPerson()
    const elsewhere = await createSlot(pool, { startsAt: scene.times[0]?.at })
    const { id } = await createReservation(pool, { slotId: elsewhere.id, dinerId: person.id })
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person,
      viewport: PHONE,
      path: `/restaurants/${scene.slug}`,
    })
    await timeButton(page, labelOf(scene, 0)).click()
    await sheetOf(page)
      .getByText(/겹치는 예약이 이미 있어요/)
      .waitFor()
    expect(await bookButton(page).count()).toBe(0)
    expect(await readReservations(scene.restaurantId)).toEqual([])
    await expectAccessible(page)
    await sheetOf(page).getByRole('link', { name: '겹치는 예약 보기' }).click()
    await page.waitForURL(`**/reservations/${id}`)
  })

  test('G7: a time lost on the last tap is announced, and three free ones are offered', async () => {
    const scene = await setUpBoard({ seatings: 5 })
    const { page } = await openBoard({ scene })
    await timeButton(page, labelOf(scene, 1)).click()
    await takeSlot(scene.times[1]?.slotIds[0])
    await bookButton(page).click()
    const [first, , second, third] = scene.times.map(({ label }) => label)
    // A time after midnight is the next day's.
    const offered = [first, second, third].map((label) => `(다음 날 )?${label}`).join(', ')
    await sheetOf(page)
      .getByText(new RegExp(`아직 비어 있는 시간: ${offered}`))
      .waitFor()
    await expectAccessible(page)
    await sheetOf(page)
      .getByRole('button', { name: second ?? '' })
      .click()
    await bookButton(page).click()
    await sheetOf(page)
      .getByText(/예약이 확정됐어요/)
      .waitFor()
  })

  test('G4: after a lost answer the page asks again, and nothing is booked twice', async () => {
    const scene = await setUpBoard({ seatings: 2 })
    const { page } = await openBoard({ scene })
    const keys: (string | undefined)[] = []
    await page.route('**/api/v1/reservations', async (route) => {
      const headers = route.request().headers()
      keys.push(headers['idempotency-key'])
      if (keys.length > 1) return route.continue()
      await route.fetch()
      return route.abort('connectionreset')
    })
    await timeButton(page, labelOf(scene, 0)).click()
    await bookButton(page).click()
    await sheetOf(page)
      .getByText('예약이 됐는지 확인하고 있어요. 다시 누르지 않아도 돼요.')
      .waitFor()
    await sheetOf(page)
      .getByText(/예약이 확정됐어요/)
      .waitFor()
    expect(keys[1]).toBe(keys[0])
    expect(await readReservations(scene.restaurantId)).toHaveLength(1)
  })

  test('G20: under overload the page waits for Retry-After and tries again', async () => {
    const scene = await setUpBoard({ seatings: 2 })
    const { page } = await openBoard({ scene })
    let tries = 0
    await page.route('**/api/v1/reservations', async (route) => {
      tries += 1
      if (tries > 1) return route.continue()
      return route.fulfill({
        status: 503,
        headers: { 'retry-after': '2', 'content-type': 'application/problem+json' },
        body: JSON.stringify({ reason: 'busy', title: '지금 접속이 많아요.' }),
      })
    })
    await timeButton(page, labelOf(scene, 0)).click()
    await bookButton(page).click()
    await sheetOf(page)
      .getByText(/지금 접속이 많아요\. [1-3]초 뒤에 자동으로 다시 시도할게요\./)
      .first()
      .waitFor()
    await expectAccessible(page)
    await sheetOf(page)
      .getByText(/예약이 확정됐어요/)
      .waitFor()
  })

  test('G2: a diner who has already booked that day is led to the booking', async () => {
    const scene = await setUpBoard({ seatings: 2 })
    const { page } = await openBoard({ scene })
    for (const index of [0, 1]) {
      await page.goto(`${apps.urlOf()}/restaurants/${scene.slug}`)
      await timeButton(page, labelOf(scene, index)).click()
      // The second time it is said before the tap.
      if (index === 0) await bookButton(page).click()
      await sheetOf(page)
        .getByText(index === 0 ? /확정됐어요/ : /이미 예약이 있어요/)
        .waitFor()
    }
    await sheetOf(page).getByRole('link', { name: '내 예약 보기' }).click()
    await page
      .getByRole('article')
      .filter({ hasText: labelOf(scene, 0) })
      .waitFor()
  })

  test('a hold is confirmed before its deadline', async () => {
    const scene = await setUpBoard({ restaurant: { confirmWithinMinutes: 10 } })
    const { page } = await openBoard({ scene })
    await timeButton(page, labelOf(scene, 0)).click()
    await bookButton(page).click()
    await page
      .getByRole('timer')
      .getByText(/^(10:00|09:5\d)$/)
      .waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '예약 확정하기' }).click()
    await page.getByText('예약이 확정됐어요. 시간에 맞춰 와 주세요.').waitFor()
    const [reservation] = await readReservations(scene.restaurantId)
    expect(reservation?.status).toBe('CONFIRMED')
  })

  test('says as of when it is while it can’t be read, and goes live again by itself', async () => {
    const scene = await setUpBoard()
    const { page } = await openBoard({ scene })
    await page.getByText('실시간').waitFor()
    await page.context().setOffline(true)
    await page.getByText('인터넷 연결이 끊겼어요.').waitFor()
    await page.getByText(/^\d\d:\d\d:\d\d 기준$/).waitFor()
    await expectAccessible(page)
    await page.context().setOffline(false)
    await page.getByText('실시간').waitFor()
  })
})
