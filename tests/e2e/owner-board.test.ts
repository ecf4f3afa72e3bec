import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db'
import { createRestaurant } from '@/prisma/factories'
import { askApi, readJson } from '../support/api-client'
import { PHONE, useBrowser } from '../support/browser'
import { bookOver, createPerson, useApps } from '../support/http-scene'
import {
  addFloorStaff,
  addParty,
  barOf,
  cellOf,
  countPollsUntil,
  expectAccessible,
  formatTime,
  openAs,
  panelOf,
  quickAct,
  readStatus,
  rowOf,
  setUpEvening,
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

async function openBoard(wish: Partial<Parameters<typeof openAs>[0]> = {}) {
  const scene = await setUpEvening()
  const open = await openAs({ browser, url: apps.urlOf(), person: scene.owner, ...wish })
  await open.page.getByRole('grid').waitFor()
  return { scene, ...open }
}

describe('the live board', () => {
  test('shows a booking within two readings, a second apart, without reloading', async () => {
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
    // Marked gently, in the zone of the restaurant, and read out.
    const row = rowOf(page, '정다움')
    expect(await row.textContent()).toContain('방금')
    expect(await row.textContent()).toContain(formatTime(scene.startsAt.ahead))
    await barOf(page, '새 예약: 정다움 님').waitFor({ state: 'attached' })
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    expect(complaints).toEqual([])
  })

  test('two of the staff see what the other does; the slower one is told', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    const floor = await addFloorStaff(scene)
    const { page: other } = await openAs({ browser, url: apps.urlOf(), person: floor })
    await rowOf(other, '김민수').waitFor()
    // The other tablet's readings are held up, so that it still offers what is no longer possible.
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await other.route('**/day*', async (route) => {
      await held
      await route.continue()
    })
    await quickAct(page, '김민수 님 입장').click()
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    await quickAct(other, '김민수 님 입장').click()
    await barOf(other, /김민수 님 입장: 지금 상태에서는 할 수 없어요/).waitFor()
    expect(await readStatus(reservationId)).toBe('SEATED')
    release()
    await cellOf(other, /김민수 님 2명 입장/).waitFor()
  })

  test('rests while nobody looks, and reads at once when somebody does', async () => {
    const { page } = await openBoard()
    await page.clock.install()
    const setHidden = (isHidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value })
        document.dispatchEvent(new Event('visibilitychange'))
      }, isHidden)
    const isReading = (url: string) => url.includes('/day')
    await setHidden(true)
    await page.waitForLoadState('networkidle')
    let polls = 0
    page.on('request', (request) => {
      if (isReading(request.url())) polls += 1
    })
    await page.clock.runFor(60_000)
    expect(polls).toBe(0)
    const next = page.waitForRequest((request) => isReading(request.url()))
    await setHidden(false)
    await next
    expect(polls).toBe(1)
  })
})

describe('the acts of the staff', () => {
  test('a party is seated from the list, and taken back', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '2 running', name: '김민수' })
    await quickAct(page, '김민수 님 입장').click()
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    await cellOf(page, /김민수 님 2명 입장/).waitFor()
    expect(await readStatus(reservationId)).toBe('SEATED')
    await page.getByRole('button', { name: '되돌리기' }).click()
    await barOf(page, '김민수 님 입장을 되돌렸어요.').waitFor()
    await rowOf(page, '김민수').waitFor()
    expect(await readStatus(reservationId)).toBe('CONFIRMED')
  })

  test('a no-show is offered from its time on, frees the table, and can be corrected', async () => {
    const { scene, page } = await openBoard()
    const late = await addParty(scene, { slot: '2 running', name: '김민수' })
    await addParty(scene, { slot: '2 ahead', name: '이하나' })
    await cellOf(page, /이하나/).click()
    await panelOf(page).getByRole('button', { name: '입장' }).waitFor()
    expect(await panelOf(page).getByRole('button', { name: '노쇼' }).count()).toBe(0)
    await cellOf(page, /김민수 님 2명 \d+분 지남/).click()
    await panelOf(page).getByRole('button', { name: '노쇼' }).click()
    await barOf(page, '김민수 님 노쇼 처리했어요.').waitFor()
    await cellOf(page, /^2번 .*빈 자리$/).waitFor()
    expect(await readStatus(late)).toBe('NO_SHOW')
    await page.getByRole('searchbox').fill('5678')
    await page
      .getByRole('listitem')
      .getByRole('button', { name: /김민수.*노쇼/ })
      .click()
    await panelOf(page).getByRole('button', { name: '노쇼 정정' }).click()
    await barOf(page, '김민수 님 노쇼를 정정했어요.').waitFor()
    expect(await readStatus(late)).toBe('CONFIRMED')
  })

  test('a cancelled booking is taken back, and its mail never leaves', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 ahead', name: '김민수' })
    await rowOf(page, '김민수')
      .getByRole('button', { name: /자세히/ })
      .click()
    await panelOf(page).getByRole('button', { name: '예약 취소' }).click()
    await barOf(page, '김민수 님 예약을 취소했어요.').waitFor()
    await cellOf(page, /^1번 .*빈 자리$/)
      .nth(1)
      .waitFor()
    expect(await readStatus(reservationId)).toBe('CANCELLED')
    await page.getByRole('button', { name: '되돌리기' }).click()
    await barOf(page, '예약은 그대로예요.').waitFor()
    expect(await readStatus(reservationId)).toBe('CONFIRMED')
    const { rows } = await pool.query<{ state: string }>(
      `SELECT state::text FROM notices WHERE subject_id = $1 AND kind = 'RESERVATION_CANCELLED'`,
      [reservationId],
    )
    expect(rows).toEqual([{ state: 'DROPPED' }])
  })

  test('G1: a walk-in takes one table for two seatings, or two tables, and gives them back', async () => {
    const { scene, page } = await openBoard()
    const { running, ahead } = scene.startsAt
    const slotOf = (table: number, at: Date) =>
      panelOf(page).getByRole('button', { name: `${table}번 ${formatTime(at)}` })
    await cellOf(page, /^2번 .*빈 자리$/)
      .first()
      .click()
    await panelOf(page).getByRole('button', { name: '3명', exact: true }).click()
    await slotOf(2, ahead).click()
    await panelOf(page).getByRole('button', { name: '3명 입장' }).click()
    await barOf(page, '워크인 3명 입장 처리했어요.').waitFor()
    await cellOf(page, /^2번 .*워크인 3명 입장$/).waitFor()
    expect(await cellOf(page, /워크인 3명 입장$/).count()).toBe(1)
    await page.getByRole('button', { name: '되돌리기' }).click()
    await barOf(page, '워크인 3명 입장을 되돌렸어요.').waitFor()
    await cellOf(page, /^2번 .*빈 자리$/)
      .nth(1)
      .waitFor()

    await page.getByRole('button', { name: '워크인', exact: true }).click()
    await panelOf(page).getByRole('button', { name: '9명', exact: true }).click()
    await slotOf(2, running).click()
    await panelOf(page).getByText('4명까지 앉을 수 있어요').waitFor()
    const confirm = panelOf(page).getByRole('button', { name: '9명 입장' })
    expect(await confirm.isDisabled()).toBe(true)
    await slotOf(3, running).click()
    await confirm.click()
    await cellOf(page, /^3번 .*워크인 9명 입장$/).waitFor()
    expect(await cellOf(page, /워크인 9명 입장$/).count()).toBe(2)
  })

  test('without a connection nothing is sent, and that is said; it comes back by itself', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    await rowOf(page, '김민수').waitFor()
    await page.context().setOffline(true)
    const trouble = page.getByRole('alert').getByText(/연결이 끊겼어요\. \d\d:\d\d 기준이에요/)
    await trouble.waitFor()
    await quickAct(page, '김민수 님 입장').click()
    await barOf(page, /연결이 끊겨서 처리하지 않았어요/).waitFor()
    expect(await readStatus(reservationId)).toBe('CONFIRMED')
    await page.context().setOffline(false)
    await trouble.waitFor({ state: 'detached' })
    await quickAct(page, '김민수 님 입장').click()
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
  })

  test('an act whose answer is lost is told by what the board shows next', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    await page.route('**/seat', async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await quickAct(page, '김민수 님 입장').click()
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    expect(await page.getByRole('button', { name: '되돌리기' }).count()).toBe(0)
    expect(await readStatus(reservationId)).toBe('SEATED')
  })
})

describe('finding one’s way', () => {
  test('by keyboard alone: arrows move, Enter opens, Escape gives the focus back', async () => {
    const { scene, page } = await openBoard()
    await addParty(scene, { slot: '2 ahead', name: '김민수' })
    await cellOf(page, /김민수/).waitFor()
    await cellOf(page, /^1번 .*빈 자리$/)
      .first()
      .focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await panelOf(page).getByRole('heading', { name: '김민수 님' }).waitFor()
    await page.keyboard.press('Escape')
    await panelOf(page).waitFor({ state: 'detached' })
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(focused).toMatch(/^2번 .*김민수/)
  })

  test('several restaurants are a switch away, one without tables says so, others are not found', async () => {
    const scene = await setUpEvening()
    const { slug } = await createRestaurant(pool, { name: '골목국수', ownerId: scene.owner.id })
    const foreign = await setUpEvening()
    const { page } = await openAs({ browser, url: apps.urlOf(), person: scene.owner })
    await page.getByRole('combobox', { name: '식당' }).selectOption('골목국수')
    await page.waitForURL(`**/owner?restaurant=${slug}`)
    await page.getByText('골목국수에서는 예약을 쓰지 않아요').waitFor()
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

  test('G19: nobody signed in goes to sign in, and nobody’s staff is told kindly', async () => {
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
    await waiting.getByText('맡고 있는 식당이 없어요').waitFor()
    await expectAccessible(waiting)
  })
})

describe('for everybody', () => {
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
    await cellOf(page, /^(3번|No\. 3).*(빈 자리|Free)$/).click()
    await panelOf(page)
      .getByRole('button', { name: /^(3번|No\. 3)/ })
      .waitFor()
    await expectAccessible(page)
    expect(complaints).toEqual([])
  })

  test('on a phone the list comes first, and nothing is wider than the screen', async () => {
    const { scene, page } = await openBoard({ viewport: PHONE, path: '/en/owner' })
    await addParty(scene, { slot: '1 running', name: '김민수' })
    await rowOf(page, '김민수').waitFor()
    const list = await page.getByRole('region', { name: 'Guests' }).boundingBox()
    const grid = await page.getByRole('grid').boundingBox()
    expect(list?.y).toBeLessThan(grid?.y ?? 0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
    await rowOf(page, '김민수')
      .getByRole('button', { name: /Show details/ })
      .click()
    await panelOf(page).getByRole('button', { name: 'Seat' }).click()
    await barOf(page, '김민수 is seated.').waitFor()
    await expectAccessible(page)
  })
})
