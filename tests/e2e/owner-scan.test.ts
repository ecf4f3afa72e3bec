import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import { createReservation, createSlot } from '@/prisma/factories'
import { launchBrowser, TABLET, useBrowser } from '../support/browser'
import { filmCode } from '../support/fake-camera'
import { createPerson, useApps } from '../support/http-scene'
import {
  addParty,
  barOf,
  expectAccessible,
  type OwnerScene,
  openAs,
  openOwnBoard,
  panelOf,
  readStatus,
  setUpEvening,
} from '../support/owner-scene'

const apps = useApps()
const plain = useBrowser()

let closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing) await close()
  closing = []
})

/** The board on a tablet whose camera sees this text as a code. */
async function scan(scene: OwnerScene, text: string, path_ = '/owner') {
  const film = filmCode(text)
  const browser: Browser = await launchBrowser({
    extra: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  })
  closing.push(
    () => browser.close(),
    () => rm(path.dirname(film), { recursive: true }),
  )
  const context = await browser.newContext({ viewport: TABLET, locale: 'ko-KR' })
  context.setDefaultTimeout(15_000)
  const url = apps.urlOf()
  await context.addCookies([{ name: sessionCookieName(), value: scene.owner.token, url }])
  const page = await context.newPage()
  await page.goto(`${url}${path_}`)
  await page.getByRole('grid').waitFor()
  await page.getByRole('button', { name: /^QR/ }).click()
  return page
}

const codeOf = (reservationId: string) => `${apps.urlOf()}/owner/check-in/${reservationId}`

/** A party of tomorrow, on a table of its own. */
async function addPartyTomorrow(scene: OwnerScene): Promise<string> {
  const { rows } = await pool.query<{ id: string; date: string }>(
    `SELECT t.id, ($2::date + 1)::text AS date FROM restaurant_tables t WHERE t.restaurant_id = $1 LIMIT 1`,
    [scene.restaurantId, scene.serviceDate],
  )
  const startsAt = new Date(scene.startsAt.ahead.getTime() + 86_400_000)
  const slot = await createSlot(pool, {
    tableId: String(rows[0]?.id),
    serviceDate: String(rows[0]?.date),
    startsAt,
  })
  const diner = await createPerson({ name: '내일이' })
  return (await createReservation(pool, { slotId: slot.id, dinerId: diner.id })).id
}

describe('QR check-in', () => {
  test('a guest’s code opens the party, and one tap seats it', async () => {
    const scene = await setUpEvening()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    const page = await scan(scene, codeOf(reservationId))
    await panelOf(page).getByRole('heading', { name: '김민수 님' }).waitFor()
    await panelOf(page).getByText('예약을 확인했어요.').waitFor()
    await panelOf(page).getByRole('button', { name: '입장' }).click()
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    expect(await readStatus(reservationId)).toBe('SEATED')
  })

  test.each([
    ['SEATED', '이미 입장한 예약이에요.'],
    ['CANCELLED', '취소된 예약이에요.'],
    ['NO_SHOW', '노쇼로 처리된 예약이에요.'],
  ])('a party that is %s is said to be', async (status, words) => {
    const scene = await setUpEvening()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    await pool.query(
      `UPDATE reservations SET status = $2::reservation_status,
              cancelled_by = CASE $2 WHEN 'CANCELLED' THEN 'DINER' END WHERE id = $1`,
      [reservationId, status],
    )
    const page = await scan(scene, `${codeOf(reservationId).replace('/owner', '/en/owner')}`)
    await panelOf(page).getByText(words).waitFor()
  })

  test('a code of another date leads to its board, in the language of the page', async () => {
    const scene = await setUpEvening()
    const reservationId = await addPartyTomorrow(scene)
    const page = await scan(scene, codeOf(reservationId), '/en/owner')
    await panelOf(page)
      .getByText(/This booking is for .*, not for this day/)
      .waitFor()
    await panelOf(page).getByRole('link', { name: 'Open that board' }).click()
    await panelOf(page).getByRole('heading', { name: '내일이' }).waitFor()
    expect(page.url()).toContain('/en/owner?restaurant=')
  })

  test('G19: a code of another owner’s restaurant reveals nothing about it', async () => {
    const scene = await setUpEvening()
    const other = await setUpEvening()
    const reservationId = await addParty(other, { slot: '1 running', name: '남의손님' })
    const page = await scan(scene, codeOf(reservationId))
    await panelOf(page).getByText('이 식당의 예약이 아니에요.').waitFor()
    expect(await page.textContent('body')).not.toContain('남의손님')
  })

  test('a code that is not Bobjool’s says so, and the camera goes on scanning', async () => {
    const page = await scan(await setUpEvening(), 'https://example.com/owner/check-in/nobody')
    await panelOf(page).getByText('밥줄 예약 코드가 아니에요.').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await panelOf(page).waitFor({ state: 'detached' })
  })

  test('without a camera the page leads to search', async () => {
    const { page } = await openOwnBoard({ browser: plain, url: apps.urlOf() })
    await page.getByRole('button', { name: 'QR 체크인' }).click()
    await panelOf(page)
      .getByText(/카메라를 (찾지 못했어요|쓸 수 없게)/)
      .waitFor()
    await expectAccessible(page)
  })

  test('the camera is allowed on the board only, also when reached by a link', async () => {
    const policyOf = async (address: string) =>
      (await fetch(`${apps.urlOf()}${address}`, { redirect: 'manual' })).headers.get(
        'permissions-policy',
      )
    for (const address of ['/owner', '/en/owner'])
      expect(await policyOf(address)).toContain('camera=(self)')
    for (const address of ['/', '/en', '/restaurants', '/sign-in', '/reservations', '/owner/x'])
      expect(await policyOf(address)).toContain('camera=()')
    const scene = await setUpEvening()
    const { page } = await openAs({
      browser: plain,
      url: apps.urlOf(),
      person: scene.owner,
      path: '/reservations',
    })
    await page.getByRole('link', { name: /현황판/ }).click()
    await page.getByRole('grid').waitFor()
    await page.getByRole('button', { name: 'QR 체크인' }).click()
    await page.waitForURL(/scan=1/)
    await panelOf(page).getByRole('heading', { name: 'QR 체크인' }).waitFor()
  })
})

describe('a code read by a phone’s own camera', () => {
  test('G19: leads staff to the party, others nowhere, and signed-out visitors to sign in', async () => {
    const scene = await setUpEvening()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    const browser = plain
    const url = apps.urlOf()
    const path_ = `/en/owner/check-in/${reservationId}`
    const { page } = await openAs({ browser, url, person: scene.owner, path: path_ })
    await panelOf(page).getByRole('heading', { name: '김민수' }).waitFor()
    expect(new URL(page.url()).search).toContain(`party=${reservationId}`)
    const { page: nobody } = await openAs({ browser, url, person: null, path: path_ })
    expect(new URL(nobody.url()).searchParams.get('callbackUrl')).toBe(path_)
    const stranger = await createPerson({ role: 'OWNER' })
    for (const address of [path_, '/owner/check-in/nothing']) {
      const { page: lost } = await openAs({ browser, url, person: stranger })
      const answer = await lost.goto(`${url}${address}`)
      expect(answer?.status()).toBe(404)
    }
  })
})
