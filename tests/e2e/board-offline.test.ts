import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import { createAccount, createReservation, createSlot, createTable } from '@/prisma/factories'
import { askApi } from '../support/api-client'
import { UPRIGHT, useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import { readStorage } from '../support/kept-storage'
import { useLossyWay } from '../support/lossy-way'
import {
  addFloorStaff,
  addParty,
  barOf,
  bothWays,
  expectAccessible,
  type OwnerScene,
  openOwnBoard,
  panelOf,
  quickAct,
  readStatus,
  rowOf,
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser({ isWhole: true })
const way = useLossyWay()
const openBoard = (wish = {}) => openOwnBoard({ browser, url: apps.urlOf(), ...wish })

declare global {
  /** What the worker waits for, in tests that hold its timers. */
  var held: { ms: number; act: () => void }[]
  interface Window {
    /** How many locks the page holds on the screen. */
    heldLocks: number
    battery: EventTarget & { level: number; charging: boolean }
  }
}

/** A tablet that counts its locks on the screen, has a tenth of its charge, and whose clock is fast. */
const makeTablet = (page: Page, { fastMs = 0 } = {}) =>
  page.addInitScript((aheadMs) => {
    window.heldLocks = 0
    const request = async () => {
      window.heldLocks += 1
      const lock = {
        released: false,
        release: async () => {
          if (!lock.released) window.heldLocks -= 1
          lock.released = true
        },
      }
      return lock
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request } })
    window.battery = Object.assign(new EventTarget(), { level: 0.1, charging: false })
    Object.defineProperty(navigator, 'getBattery', { value: async () => window.battery })
    const read = Date.now
    Date.now = () => read() + aheadMs
  }, fastMs)

describe('the tablet itself', () => {
  test('keeps its screen on unless the switch is off, which it remembers', async () => {
    const { page } = await openBoard({ prepare: (tablet: Page) => makeTablet(tablet) })
    const countHeld = () => page.evaluate(() => window.heldLocks)
    await expect.poll(countHeld).toBe(1)
    await page.getByRole('button', { name: '더보기' }).click()
    const awake = panelOf(page).getByRole('switch', { name: '화면 켜 두기' })
    await awake.click()
    await expect.poll(countHeld).toBe(0)
    await page.reload()
    await page.getByRole('button', { name: '더보기' }).click()
    expect(await awake.getAttribute('aria-checked')).toBe('false')
    expect(await countHeld()).toBe(0)
    await awake.click()
    await expect.poll(countHeld).toBe(1)
  })

  test('says when its battery is low and its clock is wrong, and no longer than that', async () => {
    const { page } = await openBoard({
      prepare: (tablet: Page) => makeTablet(tablet, { fastMs: 5 * 60_000 }),
      viewport: UPRIGHT,
    })
    const battery = page.getByText('이 태블릿의 배터리가 10% 남았어요.')
    await battery.waitFor()
    await page.getByText('이 태블릿의 시계가 5분 빨라요.').waitFor()
    await expectAccessible(page)
    await page.evaluate(() => {
      window.battery.charging = true
      window.battery.dispatchEvent(new Event('chargingchange'))
    })
    await battery.waitFor({ state: 'detached' })
  })

  test('control: a tablet with the right time, and a browser that tells nothing of its battery', async () => {
    const { page } = await openBoard()
    await page.waitForResponse((response) => /\/restaurants\/[^/]+\/day/.test(response.url()))
    expect(await page.getByText(/이 태블릿의/).count()).toBe(0)
  })
})

/** A guest of tonight and one of tomorrow, whose names must be readable nowhere but on the screen. */
const TONIGHT = '남궁오늘'
const TOMORROW = '독고내일'
const DAY_MS = 86_400_000

async function addTomorrow({ restaurantId, serviceDate, startsAt }: OwnerScene) {
  const { id: tableId } = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
  const date = addDays({ date: serviceDate, days: 1 })
  const at = new Date(startsAt.running.getTime() + DAY_MS)
  const slot = await createSlot(pool, { tableId, serviceDate: date, startsAt: at })
  const diner = await createAccount(pool, { name: TOMORROW, phone: '010-7391-8264' })
  await createReservation(pool, { slotId: slot.id, dinerId: diner.id, partySize: 3 })
}

/** A board comes to rest before it keeps anything. */
const PATIENCE = { timeout: 30_000 }

/** Today and tomorrow, and the page that shows them without a network. */
async function waitUntilKept(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const { records, hasPage } = await readStorage(page)
      return { records, hasPage }
    }, PATIENCE)
    .toEqual({ records: 2, hasPage: true })
}

async function expectNoNames(page: Page): Promise<void> {
  const { text } = await readStorage(page)
  expect(text).not.toMatch(new RegExp(`${TONIGHT}|${TOMORROW}|7391-8264`))
}

async function openKeptBoard(wish = {}) {
  const opened = await openBoard(wish)
  const reservationId = await addParty(opened.scene, { slot: '1 running', name: TONIGHT })
  await addTomorrow(opened.scene)
  await opened.page.reload()
  await rowOf(opened.page, TONIGHT).waitFor()
  await waitUntilKept(opened.page)
  return { ...opened, reservationId }
}

const stale = (page: Page) => page.getByRole('alert').getByText(/오프라인 · \d\d:\d\d 기준/)
const queueOf = (page: Page) => page.getByRole('region', { name: '보내지 못한 일' })

async function loseNetwork(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.reload()
}

/** The board as it is opened without a network, with nothing to show. */
async function expectNothing(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.goto(`${apps.urlOf()}/owner`)
  await page.getByText('오프라인에서 볼 수 있는 예약이 없어요').waitFor()
  expect(await page.getByText(new RegExp(`${TONIGHT}|${TOMORROW}`)).count()).toBe(0)
}

async function expectGone(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const { records, seals } = await readStorage(page)
      return { records, seals }
    })
    .toEqual({ records: 0, seals: 0 })
  await expectNoNames(page)
}

describe.each(bothWays)('G4: a tablet $way whose network fails', ({ viewport }) => {
  test('reads today and tomorrow after a reload, and sends what was tapped then once', async () => {
    const { page, reservationId } = await openKeptBoard({ viewport })
    await expectNoNames(page)
    await loseNetwork(page)
    await stale(page).waitFor()
    await rowOf(page, TONIGHT).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: '다음 날' }).click()
    await rowOf(page, TOMORROW).waitFor()
    await page.getByRole('link', { name: '다음 날' }).click()
    await page.getByText('이 날짜는 오프라인에서 볼 수 없어요').waitFor()
    await page.goto(`${apps.urlOf()}/owner`)

    await quickAct(page, `${TONIGHT} 님 입장`).click()
    await queueOf(page).waitFor()
    await page.reload()
    await queueOf(page).getByText('아직 못 보낸 일 1건').waitFor()
    await expectNoNames(page)
    expect((await readStorage(page)).text).not.toContain(reservationId)
    expect(await readStatus(reservationId)).toBe('CONFIRMED')
    await page.context().setOffline(false)
    await barOf(page, `${TONIGHT} 님 입장 처리했어요.`).waitFor()
    await stale(page).waitFor({ state: 'detached' })
    const { rows } = await pool.query(
      `SELECT act FROM audit_events WHERE subject_id = $1 AND actor_role = 'OWNER'`,
      [reservationId],
    )
    expect(rows).toEqual([{ act: 'SEAT' }])
    const { localNames } = await readStorage(page)
    expect(localNames.filter((name) => name.startsWith('bobjool.act'))).toEqual([])
    await page.reload()
    await page.waitForURL((url) => url.pathname === '/owner')
    await page.getByRole('searchbox').waitFor()
    expect(await stale(page).count()).toBe(0)
  })
})

describe('a board without a network', () => {
  test('what was tapped after a reload is refused in words where the party is another by then', async () => {
    const { scene, page, reservationId } = await openKeptBoard()
    await loseNetwork(page)
    await quickAct(page, `${TONIGHT} 님 입장`).click()
    await queueOf(page).waitFor()
    const cancelled = await askApi({
      url: apps.urlOf(),
      method: 'POST',
      path: `/api/v1/reservations/${reservationId}/cancel`,
      token: scene.owner.token,
    })
    expect(cancelled.status).toBe(200)
    await page.context().setOffline(false)
    await barOf(page, `${TONIGHT} 님: 이미 취소된 예약이에요.`).waitFor()
    expect(await readStatus(reservationId)).toBe('CANCELLED')
  })

  test.each([
    {
      language: 'Korean',
      at: '',
      isStale: /오프라인 · \d\d:\d\d 기준/,
      next: '다음 날',
      other: '/en/owner',
    },
    {
      language: 'English',
      at: '/en',
      isStale: /Offline · as of/,
      next: 'Next day',
      other: '/owner',
    },
  ])(
    'is the board’s alone in $language: any other page fails as the browser’s own',
    async ({ at, isStale, next, other }) => {
      const { scene, page } = await openKeptBoard({ path: `${at}/owner` })
      const scopes = await page.evaluate(async () =>
        (await navigator.serviceWorker.getRegistrations()).map(
          ({ scope }) => new URL(scope).pathname,
        ),
      )
      expect(scopes).toEqual([`${at}/owner`])
      await loseNetwork(page)
      await page.getByRole('alert').getByText(isStale).waitFor()
      await rowOf(page, TONIGHT).waitFor()
      await page.getByRole('link', { name: next }).click()
      await rowOf(page, TOMORROW).waitFor()
      expect(new URL(page.url()).pathname).toBe(`${at}/owner/offline`)
      for (const path of [`${at}/`, `${at}/account`, `${at}/owner/${scene.slug}/guests`, other])
        await expect(page.goto(`${apps.urlOf()}${path}`), path).rejects.toThrow(
          /ERR_INTERNET_DISCONNECTED/,
        )
    },
  )

  test('is gone at sign-out, and shows the next person nothing', async () => {
    const { scene, page } = await openKeptBoard()
    await page.goto(`${apps.urlOf()}/account`)
    await page.getByRole('button', { name: /한도윤/ }).click()
    await page.getByRole('button', { name: '로그아웃', exact: true }).click()
    await page.waitForURL((url) => url.pathname === '/')
    await expectGone(page)
    const { token: value } = await addFloorStaff(scene)
    await page.context().addCookies([{ name: sessionCookieName(), value, url: apps.urlOf() }])
    await expectNothing(page)
  })

  test('is gone once another person is signed in, on any page', async () => {
    const { scene, page } = await openKeptBoard()
    const { token: value } = await addFloorStaff(scene)
    await page.context().addCookies([{ name: sessionCookieName(), value, url: apps.urlOf() }])
    await page.goto(apps.urlOf())
    await expectGone(page)
    await expectNothing(page)
  })

  test.each([
    { lost: 'session', table: 'sessions', said: /로그아웃됐어요/ },
    { lost: 'right', table: 'restaurant_staff', said: /권한이 없어졌어요/ },
  ])('is gone once its person’s $lost was ended elsewhere', async ({ table, said }) => {
    const { scene, page } = await openKeptBoard()
    await pool.query(`DELETE FROM ${table} WHERE account_id = $1`, [scene.owner.id])
    await page.getByText(said).waitFor()
    await expectGone(page)
    await expectNothing(page)
  })

  test('is gone where the board is opened anew by a person who is staff nowhere any more', async () => {
    const { scene, page } = await openKeptBoard()
    await page.goto('about:blank')
    await pool.query('DELETE FROM restaurant_staff WHERE account_id = $1', [scene.owner.id])
    await page.goto(`${apps.urlOf()}/owner`)
    await expectGone(page)
    await expectNothing(page)
  })

  test('is readable for a day, and gone after it', async () => {
    const { page } = await openKeptBoard()
    await page.addInitScript((dayMs) => {
      const read = Date.now
      Date.now = () => read() + dayMs
    }, DAY_MS)
    await expectNothing(page)
    expect((await readStorage(page)).records).toBe(0)
  })

  test('goes with another build’s page once that is kept whole', async () => {
    const { page } = await openKeptBoard()
    const kept = (await readStorage(page)).cacheNames
    expect(kept).toHaveLength(1)
    await page.evaluate(async () => {
      const old = await caches.open('bobjool.board.ko.0000000000000000')
      await old.put('/owner/offline', new Response('a page of a build before'))
    })
    await page.reload()
    // By names alone: opening a cache that has just been deleted makes it anew.
    await expect.poll(() => page.evaluate(() => caches.keys()), PATIENCE).toEqual(kept)
  })
})

/** The worker's timers stand still, and run out at the test's word. */
async function holdTimers(page: Page) {
  const [worker] = page.context().serviceWorkers()
  if (!worker) throw new Error('the board has no worker')
  await worker.evaluate(() => {
    const held: { ms: number; act: () => void }[] = []
    const hold = (act: (...told: unknown[]) => void, ms: number, ...told: unknown[]) =>
      held.push({ ms, act: () => act(...told) })
    Object.assign(globalThis, { held, setTimeout: hold })
  })
  return {
    listMs: () => worker.evaluate(() => globalThis.held.map(({ ms }) => ms)),
    runOut: () =>
      worker.evaluate(() => {
        for (const { act } of globalThis.held.splice(0)) act()
      }),
  }
}

describe('a service that is there, but does not serve', () => {
  const openByWay = () => openKeptBoard({ proxy: way.readProxy() })

  test('without an answer the kept board is shown after eight seconds', async () => {
    const { page } = await openByWay()
    const timers = await holdTimers(page)
    way.lose('SILENCE')
    await page.evaluate(() => location.reload())
    await expect.poll(timers.listMs).toEqual([8_000])
    expect(new URL(page.url()).pathname).toBe('/owner')
    await timers.runOut()
    await page.waitForURL((url) => url.pathname === '/owner/offline', { waitUntil: 'commit' })
    await stale(page).waitFor()
    await rowOf(page, TONIGHT).waitFor()
    way.lose(null)
    await stale(page).waitFor({ state: 'detached' })
  })

  test('where a gateway speaks, it takes nothing away, and a 5xx leads to the kept board', async () => {
    const { page } = await openByWay()
    way.lose(404)
    await stale(page).waitFor()
    expect(await readStorage(page)).toMatchObject({ records: 2, seals: 1 })
    for (const status of [500, 503]) {
      way.lose(status)
      await page.reload()
      expect(new URL(page.url()).pathname).toBe('/owner/offline')
      await stale(page).waitFor()
      await rowOf(page, TONIGHT).waitFor()
    }
    way.lose(null)
    await page.reload()
    await page.waitForURL((url) => url.pathname === '/owner')
    await rowOf(page, TONIGHT).waitFor()
    expect(await stale(page).count()).toBe(0)
  })
})
