import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createRestaurant } from '@/prisma/factories'
import { askApi, readJson } from '../support/api-client'
import { PHONE, useBrowser } from '../support/browser'
import { countDrawings, readDrawCount } from '../support/draw-count'
import { bookOver, createPerson, useApps } from '../support/http-scene'
import { byKeyboard } from '../support/keyboard'
import {
  addFloorStaff,
  addParty,
  type BoardWish,
  barOf,
  bothWays,
  cellOf,
  countPollsUntil,
  expectAccessible,
  formatTime,
  holdUp,
  openAs,
  openOwnBoard,
  panelOf,
  quickAct,
  readStatus,
  rowOf,
  setUpEvening,
  showPart,
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

/** So many that drawing at each would not be hidden by the steps of the present. */
const READINGS = 8
const STEP_MS = 10_000

const openBoard = (wish: BoardWish = {}) => openOwnBoard({ browser, url: apps.urlOf(), ...wish })

describe('the live board', () => {
  test('shows a booking within two reads, a second apart, without reloading', async () => {
    const { scene, page, complaints } = await openBoard()
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))
    const diner = await createPerson({ name: '정다움' })
    const booked = await bookOver({
      url: apps.urlOf(),
      token: diner.token,
      scene: { ...scene, startsAt: scene.startsAt.ahead, slotIds: [] },
      partySize: 4,
    })
    expect(booked.status).toBe(201)
    const polls = await countPollsUntil({
      page,
      seen: () => cellOf(page, /^2번 .*정다움 님 4명 예약$/).waitFor(),
    })
    expect(polls).toBeLessThanOrEqual(2)
    const day = await askApi({
      url: apps.urlOf(),
      path: `/api/v1/restaurants/${scene.restaurantId}/day`,
      token: scene.owner.token,
    })
    expect(readJson(day).pollAfterMs).toBe(1_000)
    // Marked gently, in the restaurant's time zone, and read out.
    const row = rowOf(page, '정다움')
    expect(await row.textContent()).toContain('방금')
    expect(await row.textContent()).toContain(formatTime(scene.startsAt.ahead))
    await barOf(page, '새 예약: 정다움 님').waitFor({ state: 'attached' })
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    expect(complaints).toEqual([])
  })

  test.each(bothWays)(
    'two tablets that wished the same are told quietly: a line that goes by itself, and the truth; $way',
    async ({ viewport }) => {
      const { scene, page } = await openBoard({ viewport })
      const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
      const floor = await addFloorStaff(scene)
      // The page's language decides the words, not the browser's.
      const path = '/en/owner'
      const url = apps.urlOf()
      const { page: other } = await openAs({ browser, url, person: floor, path, viewport })
      await rowOf(other, '김민수').waitFor()
      // The other tablet's reads are held up, so that it still offers what is no longer possible.
      const release = await holdUp({ page: other, address: '**/day*' })
      await quickAct(page, '김민수 님 입장').click()
      await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
      await quickAct(other, '김민수 Seat').click()
      const told = barOf(other, '김민수: already seated on another device.')
      await told.waitFor()
      expect(await other.locator('[data-bar]').getAttribute('data-bar')).toBe('DONE_ALREADY')
      expect(await readStatus(reservationId)).toBe('SEATED')
      release()
      await showPart(other, 'GRID')
      await cellOf(other, /김민수 2 guests Seated/).waitFor()
      await told.waitFor({ state: 'detached' })
    },
  )

  test('a reading that brings nothing new draws no table, cell or party anew', async () => {
    const { scene, page } = await openBoard({ prepare: countDrawings })
    await addParty(scene, { slot: '1 ahead', name: '김민수' })
    await addParty(scene, { slot: '2 ahead', name: '박서준' })
    await cellOf(page, /박서준/).waitFor()
    const before = await readDrawCount(page)
    const beganMs = Date.now()
    for (let reading = 0; reading < READINGS; reading += 1)
      await page.waitForResponse((response) => response.url().includes('/day'))
    const after = await readDrawCount(page)
    // The present moves on in steps, and with it all of the board; marks of what is new go out.
    const mayDraw = 2 + Math.ceil((Date.now() - beganMs) / STEP_MS)
    for (const [part, shown] of [
      ['tables', 3],
      ['cells', 6],
      ['parties', 2],
    ] as const) {
      expect(before[part]).toBeGreaterThanOrEqual(shown)
      expect(after[part] - before[part], part).toBeLessThanOrEqual(shown * mayDraw)
    }
  })

  test('rests while hidden, and reads at once when shown', async () => {
    const { page } = await openBoard({ prepare: (fresh) => fresh.clock.install() })
    const setHidden = (isHidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value })
        document.dispatchEvent(new Event('visibilitychange'))
      }, isHidden)
    const isReading = (request: { url: () => string }) => request.url().includes('/day')
    // One read is on its way when the page is hidden.
    const release = await holdUp({ page, address: '**/day*' })
    await page.waitForRequest(isReading)
    await setHidden(true)
    const answered = page.waitForResponse((response) => isReading(response.request()))
    release()
    await (await answered).finished()
    let polls = 0
    page.on('request', (request) => {
      if (isReading(request)) polls += 1
    })
    await page.clock.runFor(60_000)
    expect(polls).toBe(0)
    const next = page.waitForRequest(isReading)
    await setHidden(false)
    await next
    expect(polls).toBe(1)
  })
})

describe('navigation', () => {
  test('by keyboard alone: arrows move, Enter opens, Escape gives the focus back', async () => {
    const { scene, page } = await openBoard()
    await addParty(scene, { slot: '2 ahead', name: '김민수' })
    await cellOf(page, /김민수/).waitFor()
    const cells = page.getByRole('gridcell').getByRole('button')
    await byKeyboard.reach(cells)
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await panelOf(page).getByRole('heading', { name: '김민수 님' }).waitFor()
    await page.keyboard.press('Escape')
    await panelOf(page).waitFor({ state: 'detached' })
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(focused).toMatch(/^2번 .*김민수/)
  })

  test('an owner of several restaurants switches, one without tables says so, others are not found', async () => {
    const scene = await setUpEvening()
    const { slug } = await createRestaurant(pool, { name: '골목국수', ownerId: scene.owner.id })
    const foreign = await setUpEvening()
    const { page } = await openAs({ browser, url: apps.urlOf(), person: scene.owner })
    await page.getByRole('combobox', { name: '식당' }).selectOption('골목국수')
    await page.waitForURL(`**/owner?restaurant=${slug}`)
    await page.getByText('골목국수에는 아직 테이블이 없어요').waitFor()
    await expectAccessible(page)
    await page.getByRole('combobox', { name: '식당' }).selectOption('금요일의 부엌')
    await page.getByRole('grid').waitFor()
    await page.getByRole('link', { name: '다음 날' }).click()
    await page.getByText('이날은 예약 시간표가 없어요').waitFor()
    await page.getByRole('link', { name: '오늘로 가기' }).click()
    await page.getByRole('grid').waitFor()
    const answer = await page.goto(`${apps.urlOf()}/owner?restaurant=${foreign.slug}`)
    expect(answer?.status()).toBe(404)
  })

  test('G19: a signed-out visitor is led to sign in, and an unapproved owner is told to wait', async () => {
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person: null,
      path: '/en/owner?date=2026-12-24',
    })
    const { pathname, searchParams } = new URL(page.url())
    expect(pathname).toBe('/en/sign-in')
    expect(searchParams.get('callbackUrl')).toBe('/en/owner?date=2026-12-24')
    const person = await createPerson({ role: 'OWNER', ownerApprovedAt: null })
    const { page: waiting } = await openAs({ browser, url: apps.urlOf(), person })
    await waiting.getByText('사장님 승인을 기다리고 있어요').waitFor()
    await expectAccessible(waiting)
  })
})

describe('accessibility', () => {
  test.each([
    { name: 'in Korean, light', path: '/owner', colorScheme: 'light' as const },
    { name: 'in English, dark', path: '/en/owner', colorScheme: 'dark' as const },
  ])('axe finds nothing $name', async ({ path, colorScheme }) => {
    const scene = await setUpEvening()
    await addParty(scene, { slot: '1 running', name: '김민수' })
    await addParty(scene, { slot: '2 ahead', name: 'Emma Park' })
    await pool.query('UPDATE slots SET blocked = true WHERE id = $1', [scene.slotIds['3 ahead']])
    const person = scene.owner
    const { page, complaints } = await openAs({ browser, url: apps.urlOf(), person, path })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await cellOf(page, /Emma Park/).waitFor()
    await expectAccessible(page)
    await cellOf(page, /Emma Park/).click()
    await panelOf(page)
      .getByRole('heading', { name: /Emma Park/ })
      .waitFor()
    await expectAccessible(page)
    await cellOf(page, /^(3번 테이블|Table 3).*(빈 자리|Available)$/).click()
    await panelOf(page)
      .getByRole('button', { name: /^(3번 테이블|Table 3)/, pressed: true })
      .waitFor()
    await expectAccessible(page)
    expect(complaints).toEqual([])
  })

  test('on a phone the list comes first, the tables are a tap away, and nothing is wider than the screen', async () => {
    const { scene, page } = await openBoard({ viewport: PHONE, path: '/en/owner' })
    await addParty(scene, { slot: '1 running', name: '김민수' })
    await rowOf(page, '김민수').waitFor()
    expect(await page.getByRole('grid').isVisible()).toBe(false)
    const readWidth = () => page.evaluate(() => document.documentElement.scrollWidth)
    expect(await readWidth()).toBe(PHONE.width)
    await page.getByRole('tab', { name: 'Tables' }).click()
    await page.getByRole('grid').waitFor()
    expect(await readWidth()).toBe(PHONE.width)
    await page.getByRole('tab', { name: 'Bookings' }).click()
    await rowOf(page, '김민수')
      .getByRole('button', { name: /Show details/ })
      .click()
    await panelOf(page).getByRole('button', { name: 'Seat' }).click()
    await barOf(page, '김민수 is seated.').waitFor()
    await expectAccessible(page)
  })
})
