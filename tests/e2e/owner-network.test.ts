import type { Page, Route } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { importKey, sealText } from '@/components/identity/kept/sealing'
import { sessionSeal } from '@/domain/identity/seal.schema'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import { askApi } from '../support/api-client'
import { useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import {
  addFloorStaff,
  addParty,
  barOf,
  cellOf,
  countPollsUntil,
  expectAccessible,
  openAs,
  openOwnBoard,
  panelOf,
  quickAct,
  readStatus,
  rowOf,
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const openBoard = (wish = {}) => openOwnBoard({ browser, url: apps.urlOf(), ...wish })

const queueOf = (page: Page) => page.getByRole('region', { name: '보내지 못한 일' })
const stale = (page: Page) => page.getByRole('alert').getByText(/오프라인 · \d\d:\d\d 기준/)

async function countActs(reservationId: string): Promise<number> {
  const { rows } = await pool.query(
    `SELECT 1 FROM audit_events WHERE subject_id = $1 AND actor_role IN ('OWNER', 'STAFF')`,
    [reservationId],
  )
  return rows.length
}

/** Stands between a tablet and the service, and loses messages on the way. */
const losses: Record<string, (route: Route) => Promise<void>> = {
  'the request': (route) => route.abort('connectionreset'),
  'the answer': async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  },
  'the answer, in whose place a gateway speaks': async (route) => {
    await route.fetch()
    await route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' })
  },
  'half of the answer': async (route) => {
    const response = await route.fetch()
    const text = await response.text()
    await route.fulfill({ response, body: text.slice(0, text.length / 2) })
  },
}

describe('G4: a lossy network', () => {
  test.each(Object.keys(losses))(
    'G4: %s is lost: the act is done once, and can be taken back',
    async (loss) => {
      const { scene, page } = await openBoard()
      const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
      await page.route('**/seat', (route) => losses[loss]?.(route), { times: 1 })
      await quickAct(page, '김민수 님 입장').click()
      await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
      expect(await readStatus(reservationId)).toBe('SEATED')
      expect(await countActs(reservationId)).toBe(1)
      await page.route('**/undo', (route) => losses[loss]?.(route), { times: 1 })
      await page.getByRole('button', { name: '되돌리기' }).click()
      await barOf(page, '김민수 님 입장을 되돌렸어요.').waitFor()
      expect(await readStatus(reservationId)).toBe('CONFIRMED')
      expect(await countActs(reservationId)).toBe(2)
    },
  )

  test('G1, G4: a walk-in whose answer is lost is seated once', async () => {
    const { scene, page } = await openBoard()
    await page.route('**/walk-ins', (route) => losses['the answer']?.(route), { times: 1 })
    await cellOf(page, /^2번 .*빈 자리$/)
      .first()
      .click()
    await panelOf(page).getByLabel('이름이나 메모').fill('파란 코트')
    await panelOf(page).getByRole('button', { name: '2명 입장' }).click()
    await barOf(page, '워크인 2명, 2번에 입장 처리했어요.').waitFor()
    const { rows } = await pool.query(
      'SELECT staff_note, status::text FROM reservations WHERE restaurant_id = $1',
      [scene.restaurantId],
    )
    expect(rows).toEqual([{ staff_note: '파란 코트', status: 'SEATED' }])
  })
})

describe('without a network', () => {
  test('the board stays, says as of when, and queues taps in order until the network is back', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    await rowOf(page, '김민수').waitFor()
    await page.context().setOffline(true)
    await stale(page).waitFor()
    await quickAct(page, '김민수 님 입장').click()
    await rowOf(page, '김민수')
      .getByText(/입장 · \d\d:\d\d에 누름 · 아직 못 보냈어요/)
      .waitFor()
    await queueOf(page).getByText('아직 못 보낸 일 1건').waitFor()
    await cellOf(page, /김민수 .*보내지 못한 일/).click()
    await panelOf(page).getByRole('button', { name: '퇴장' }).click()
    await queueOf(page).getByText('아직 못 보낸 일 2건').waitFor()
    await expectAccessible(page)
    expect(await readStatus(reservationId)).toBe('CONFIRMED')
    await page.context().setOffline(false)
    await barOf(page, '김민수 님 퇴장 처리했어요.').waitFor()
    await stale(page).waitFor({ state: 'detached' })
    await queueOf(page).waitFor({ state: 'detached' })
    expect(await readStatus(reservationId)).toBe('LEFT')
    const { rows } = await pool.query<{ act: string }>(
      `SELECT act FROM audit_events WHERE subject_id = $1 AND actor_role = 'OWNER' ORDER BY at`,
      [reservationId],
    )
    expect(rows.map(({ act }) => act)).toEqual(['SEAT', 'LEAVE'])
  })

  test('queued acts can be undone, a party’s last act first', async () => {
    const { scene, page } = await openBoard({ path: '/en/owner' })
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    await rowOf(page, '김민수').waitFor()
    await page.context().setOffline(true)
    await quickAct(page, '김민수 Seat').click()
    const queue = page.getByRole('region', { name: 'Not sent yet' })
    await queue.getByText(/Tapped at \d\d:\d\d · not sent yet/).waitFor()
    await queue.getByRole('button', { name: /Don’t send: .*김민수/ }).click()
    await queue.waitFor({ state: 'detached' })
    await page.context().setOffline(false)
    const next = page.waitForResponse((response) => response.url().includes('/day'))
    await next
    expect(await readStatus(reservationId)).toBe('CONFIRMED')
    expect(await countActs(reservationId)).toBe(0)
  })

  test('an act made meanwhile on another tablet wins, and the late one is told the current state', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    await rowOf(page, '김민수').waitFor()
    await page.context().setOffline(true)
    await quickAct(page, '김민수 님 입장').click()
    await queueOf(page).waitFor()
    const cancelled = await askApi({
      url: apps.urlOf(),
      method: 'POST',
      path: `/api/v1/reservations/${reservationId}/cancel`,
      token: scene.owner.token,
    })
    expect(cancelled.status).toBe(200)
    await page.context().setOffline(false)
    await barOf(page, '김민수 님: 이미 취소된 예약이에요.').waitFor()
    expect(await readStatus(reservationId)).toBe('CANCELLED')
  })

  test('a reload loses nothing, keeps no name, and another account sees nothing of it', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    await page.route('**/seat', (route) => route.abort('connectionreset'))
    await quickAct(page, '김민수 님 입장').click()
    await queueOf(page)
      .getByText(/답이 없어요/)
      .waitFor()
    expect(await queueOf(page).getByRole('button').count()).toBe(0)
    const kept = await page.evaluate(() => JSON.stringify(localStorage))
    expect(kept).toContain('bobjool.act')
    expect(kept).not.toContain(reservationId)
    expect(kept).not.toMatch(/김민수/)
    const signInAs = ({ token: value }: { token: string }) =>
      page.context().addCookies([{ name: sessionCookieName(), value, url: apps.urlOf() }])
    await signInAs(await addFloorStaff(scene))
    await page.reload()
    await rowOf(page, '김민수').waitFor()
    expect(await queueOf(page).count()).toBe(0)
    await signInAs(scene.owner)
    await page.reload()
    await queueOf(page).waitFor()
    await page.unroute('**/seat')
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    expect(await countActs(reservationId)).toBe(1)
    expect(await page.evaluate(() => Object.keys(localStorage).join())).not.toContain('bobjool.act')
  })

  test('an act queued yesterday is not sent, and the board says so', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    const answer = await askApi({
      url: apps.urlOf(),
      path: '/api/v1/session/seal',
      token: scene.owner.token,
    })
    const place = `bobjool.act.${scene.owner.id}.${scene.restaurantId}.old`
    const act = {
      key: 'old',
      work: { kind: 'MOVE', reservationId, act: 'SEAT' },
      tappedAt: new Date(Date.now() - 13 * 3_600_000).toISOString(),
      wasSent: false,
    }
    const key = await importKey(sessionSeal.parse(JSON.parse(answer.text)).actKey)
    const sealed = await sealText({ key, place, text: JSON.stringify(act) })
    await page.evaluate(([name, text]) => localStorage.setItem(name, text), [
      place,
      sealed,
    ] as const)
    await page.reload()
    await barOf(page, /김민수 님 입장: 지난 영업일에 누른 일이라 보내지 않았어요/).waitFor()
    expect(await readStatus(reservationId)).toBe('CONFIRMED')
    await page.getByRole('button', { name: '닫기' }).click()
    await page.reload()
    await rowOf(page, '김민수').waitFor()
    expect(await page.evaluate(() => Object.keys(localStorage).join())).not.toContain('bobjool.act')
  })
})

describe('two tablets', () => {
  test('acting at once: one move, one clear refusal, and each sees it within two reads', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    const floor = await addFloorStaff(scene)
    const { page: other } = await openAs({ browser, url: apps.urlOf(), person: floor })
    await Promise.all([page, other].map((tablet) => rowOf(tablet, '김민수').waitFor()))
    await Promise.all([page, other].map((tablet) => quickAct(tablet, '김민수 님 입장').click()))
    const done = '김민수 님 입장 처리했어요.'
    const late = '김민수 님: 다른 기기에서 이미 입장 처리했어요.'
    const outcome = async (tablet: Page) => {
      const bars = tablet.getByRole('status').getByText(done).or(barOf(tablet, late))
      await bars.first().waitFor()
      return bars.first().textContent()
    }
    const outcomes = await Promise.all([page, other].map(outcome))
    expect(outcomes.toSorted()).toEqual([late, done].toSorted())
    expect(await countActs(reservationId)).toBe(1)
    await Promise.all([page, other].map((tablet) => cellOf(tablet, /김민수 님 2명 입장/).waitFor()))
    await cellOf(page, /김민수/).click()
    await panelOf(page).getByRole('button', { name: '퇴장' }).click()
    await barOf(page, '김민수 님 퇴장 처리했어요.').waitFor()
    const polls = await countPollsUntil({
      page: other,
      seen: () =>
        cellOf(other, /^1번 .*빈 자리$/)
          .nth(1)
          .waitFor(),
    })
    expect(polls).toBeLessThanOrEqual(2)
  })
})
