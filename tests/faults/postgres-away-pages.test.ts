import { afterAll, afterEach, expect, test } from 'vitest'
import { PHONE, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { readReservations, setUpBoard, sheetOf, timeButton, timesOf } from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import {
  addParty,
  cellOf,
  expectAccessible,
  openAs,
  quickAct,
  readStatus,
  setUpEvening,
} from '../support/owner-scene'
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy'

const database = useDatabase()
let proxy: PostgresProxy
const apps = useApps(async () => {
  proxy = await startPostgresProxy({ url: database.databaseUrl })
  return { databaseUrl: proxy.url }
})
const browser = useBrowser()
afterEach(() => proxy.comeBack())
afterAll(() => proxy.stop())

const open = async (path: string, person = createPerson({ name: '정다움' })) =>
  openAs({
    browser,
    url: apps.urlOf(),
    person: await person,
    path,
    viewport: PHONE,
    prepare: (page) => page.emulateMedia({ reducedMotion: 'reduce' }),
  })

test('hard case 10: a diner’s board stays and says as of when; a booking waits, promises nothing, and goes through by itself', async () => {
  const scene = await setUpBoard()
  const { page } = await open(`/restaurants/${scene.slug}`)
  await page.getByText('실시간').waitFor()
  await proxy.goAway()
  await page.getByText(/^\d\d:\d\d:\d\d 기준$/).waitFor()
  await timesOf(page)
    .getByText(scene.times[0]?.label ?? '')
    .waitFor()
  await expectAccessible(page)

  await timeButton(page, scene.times[0]?.label ?? '').click()
  const answered = page.waitForResponse((response) =>
    response.url().endsWith('/api/v1/reservations'),
  )
  await sheetOf(page).getByRole('button', { name: '예약하기' }).click()
  const answer = await answered
  expect(answer.status()).toBe(503)
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThanOrEqual(1)
  await sheetOf(page)
    .getByText(/초 뒤에 자동으로 다시 시도할게요|확인하고 있어요/)
    .first()
    .waitFor()
  expect(
    await sheetOf(page)
      .getByText(/확정됐어요/)
      .count(),
  ).toBe(0)
  expect(await readReservations(scene.restaurantId)).toEqual([])
  await expectAccessible(page)

  await proxy.comeBack()
  await sheetOf(page)
    .getByText(/예약이 확정됐어요/)
    .waitFor({ timeout: 30_000 })
  expect(await readReservations(scene.restaurantId)).toHaveLength(1)
  await page.keyboard.press('Escape')
  await page.getByText('실시간').waitFor()
})

test('hard case 10: the owner’s board stays and is marked; taps are not lost, and take effect once Postgres is back', async () => {
  const scene = await setUpEvening()
  const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
  const { page } = await openAs({ browser, url: apps.urlOf(), person: scene.owner })
  await cellOf(page, /김민수/).waitFor()
  await proxy.goAway()
  await page
    .getByText(/\d\d:\d\d(:\d\d)? 기준/)
    .first()
    .waitFor()
  await cellOf(page, /김민수/).waitFor()
  await quickAct(page, '김민수 님 입장').click()
  expect(await readStatus(reservationId)).toBe('CONFIRMED')
  await expectAccessible(page)
  await proxy.comeBack()
  await expect.poll(() => readStatus(reservationId), { timeout: 30_000 }).toBe('SEATED')
  await cellOf(page, /김민수 님 2명 입장/).waitFor()
})

test('hard case 10: pages already read stay, others say whose fault it is and what to do next', async () => {
  const scene = await setUpBoard()
  const path = `/restaurants/${scene.slug}`
  expect((await fetch(`${apps.urlOf()}${path}`)).status).toBe(200)
  await proxy.goAway()
  const kept = await fetch(`${apps.urlOf()}${path}`)
  expect(kept.status).toBe(200)
  expect(await kept.text()).toContain('금요일의 부엌')

  const diner = createPerson()
  await proxy.comeBack()
  const person = await diner
  await proxy.goAway()
  const { page } = await open('/reservations', Promise.resolve(person))
  await page.getByRole('heading', { name: '화면을 불러오지 못했어요' }).waitFor()
  await expectAccessible(page)
  expect(await page.content()).not.toMatch(/ECONNREFUSED|prisma|pg-pool/i)
  await proxy.comeBack()
  await page.getByRole('button', { name: '다시 시도' }).click()
  await page.getByRole('heading', { level: 1, name: '내 예약' }).waitFor()
})
