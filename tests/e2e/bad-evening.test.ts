import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createSlot, createTable } from '@/prisma/factories'
import { TABLET, useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import {
  addFloorStaff,
  addParty,
  bothWays,
  cellOf,
  expectAccessible,
  formatTime,
  type OwnerScene,
  openAs,
  openOwnBoard,
  panelOf,
  showPart,
  waitUntilLive,
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

const readTable = async (reservationId: string): Promise<number[]> => {
  const { rows } = await pool.query<{ number: number }>(
    `SELECT t.number FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
       JOIN restaurant_tables t ON t.id = s.table_id
      WHERE c.reservation_id = $1 AND c.released_at IS NULL`,
    [reservationId],
  )
  return rows.map(({ number }) => number)
}

const tap = (page: Page, name: string | RegExp) =>
  panelOf(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click()

/** Two taps from the board: more, and what to do. */
async function openMore(page: Page, name: string) {
  await page.getByRole('button', { name: '더보기' }).click()
  await tap(page, name)
}

/** Tables 4 and 5, for four, at the later seating; 1 and 3 are the terrace. */
async function addTerrace({
  restaurantId,
  serviceDate,
  startsAt,
}: {
  restaurantId: string
  serviceDate: string
  startsAt: { ahead: Date }
}) {
  for (let count = 0; count < 2; count++) {
    const { id: tableId } = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
    await createSlot(pool, { tableId, serviceDate, startsAt: startsAt.ahead })
  }
  await pool.query(
    `WITH area AS (
       INSERT INTO restaurant_areas (restaurant_id, name, position) VALUES ($1, '테라스', 0) RETURNING id)
     UPDATE restaurant_tables SET area_id = area.id FROM area WHERE restaurant_id = $1 AND number IN (1, 3)`,
    [restaurantId],
  )
}

/** Slots of tables 2 and 3 three and five hours from now, behind the one in an hour. */
async function addLaterSeatings({ slotIds, restaurantId, serviceDate, startsAt }: OwnerScene) {
  const { rows } = await pool.query<{ id: string; number: number }>(
    'SELECT id, number FROM restaurant_tables WHERE restaurant_id = $1 AND number IN (2, 3)',
    [restaurantId],
  )
  for (const { id: tableId, number } of rows)
    for (const [name, minutes] of [
      ['late', 120],
      ['last', 240],
    ] as const) {
      const at = new Date(startsAt.ahead.getTime() + minutes * 60_000)
      const slot = await createSlot(pool, { tableId, serviceDate, startsAt: at })
      slotIds[`${number} ${name}`] = slot.id
    }
}

/** Table 1, from now in seven days, for two hours. */
const closeNextWeek = ({ restaurantId }: OwnerScene) =>
  pool.query(
    `WITH closure AS (
       INSERT INTO table_closures (restaurant_id, starts_at, ends_at)
       VALUES ($1, now() + interval '7 days', now() + interval '7 days 2 hours')
       RETURNING id, starts_at, ends_at)
     INSERT INTO closed_tables (closure_id, table_id, starts_at, ends_at)
     SELECT closure.id, t.id, closure.starts_at, closure.ends_at
       FROM closure, restaurant_tables t WHERE t.restaurant_id = $1 AND t.number = 1`,
    [restaurantId],
  )

/** Which of the slots no guest can have, because their table is closed. */
async function listClosed({ slotIds }: OwnerScene): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM slots WHERE id = ANY($1::uuid[]) AND closed',
    [Object.values(slotIds)],
  )
  const closed = rows.map(({ id }) => id)
  const named = Object.entries(slotIds).filter(([, id]) => closed.includes(id))
  return named.map(([name]) => name).toSorted()
}

describe.each(bothWays)('a bad evening, $way', ({ viewport }) => {
  test('a table breaks, it rains on the terrace: the parties there are moved by one tap each, or all', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    await addTerrace(scene)
    const first = await addParty(scene, { slot: '2 ahead', name: '박다인' })
    const second = await addParty(scene, { slot: '3 ahead', name: '강도현', partySize: 4 })
    await showPart(page, 'GRID')
    await cellOf(page, /강도현/).waitFor()

    await openMore(page, '테이블 닫기')
    await tap(page, '2번')
    await panelOf(page).getByLabel('이유').fill('다리가 부러짐')
    await tap(page, '1개 테이블 닫기')
    await expectAccessible(page)
    await tap(page, '1번으로 옮기기')
    await cellOf(page, /^1번 .*박다인/).waitFor()
    expect(await readTable(first)).toEqual([1])
    await panelOf(page).getByText('옮길 팀이 없어요.').waitFor()

    await tap(page, '테이블 닫기')
    await tap(page, /^테라스/)
    await panelOf(page).getByLabel('이유').fill('비')
    await tap(page, '2개 테이블 닫기')
    await tap(page, '2팀 모두 옮기기')
    await cellOf(page, /^[45]번 .*박다인/).waitFor()
    await cellOf(page, /^[45]번 .*강도현/).waitFor()
    expect([await readTable(first), await readTable(second)].flat().toSorted()).toEqual([4, 5])

    await panelOf(page).getByRole('button', { name: '닫기', exact: true }).click()
    await page.getByRole('button', { name: /테라스 닫음/ }).click()
    await panelOf(page).getByRole('button', { name: '지금 다시 열기' }).first().click()
    const listLeft = async () => {
      const { rows } = await pool.query<{ reason: string }>(
        'SELECT reason FROM table_closures WHERE restaurant_id = $1',
        [scene.restaurantId],
      )
      return rows.map(({ reason }) => reason)
    }
    await expect.poll(listLeft).toHaveLength(1)
  })

  test('a table is closed from one time to another, and opens again earlier', async () => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    await addLaterSeatings(scene)
    await addParty(scene, { slot: '2 ahead', name: '박다인' })
    await addParty(scene, { slot: '2 late', name: '강도현' })
    await addParty(scene, { slot: '2 last', name: '정하린' })
    await addParty(scene, { slot: '1 ahead', name: '서지우' })
    await closeNextWeek(scene)
    await showPart(page, 'GRID')
    await cellOf(page, /정하린/).waitFor()
    const inMinutes = (minutes: number) =>
      formatTime(new Date(scene.startsAt.ahead.getTime() + minutes * 60_000))
    const panel = panelOf(page)
    const [from, to] = [panel.getByLabel('언제부터'), panel.getByLabel('언제까지')]
    const wrong = panel.getByText('끝나는 시각은 시작보다 뒤여야 해요.', { exact: false })

    await openMore(page, '테이블 닫기')
    await tap(page, '2번')
    await tap(page, '3번')
    const confirm = panel.getByRole('button', { name: '2개 테이블 닫기' })
    await from.fill(inMinutes(0))
    await to.fill(inMinutes(0))
    await wrong.waitFor()
    expect(await confirm.isDisabled()).toBe(true)
    await expectAccessible(page)
    await from.fill(inMinutes(-180))
    await to.fill(inMinutes(-120))
    await confirm.click()
    await panel.getByText('이미 지난 시간이에요.', { exact: false }).waitFor()
    expect(await listClosed(scene)).toEqual([])

    await from.fill(inMinutes(0))
    await to.fill(inMinutes(220))
    await confirm.click()
    await panel.getByText('박다인', { exact: false }).waitFor()
    await panel.getByText('강도현', { exact: false }).waitFor()
    for (const outside of ['정하린', '서지우'])
      expect(await panel.getByText(outside, { exact: false }).count(), outside).toBe(0)
    const closed = ['2 ahead', '2 late', '3 ahead', '3 late']
    expect(await listClosed(scene)).toEqual(closed)
    const late = cellOf(page, new RegExp(`^3번 테이블 .*${inMinutes(120)}부터`))
    await expect.poll(() => late.getAttribute('aria-label')).toContain('막아 둠')
    await page.getByRole('button', { name: /2, 3번 테이블 닫음.*옮길 팀 2팀/ }).waitFor()

    // The closing of another date stands with its date.
    await panel.getByText(/1번 테이블 닫음 · \d+월 \d+일\(.\) \d\d:\d\d–/).waitFor()
    const until = panel.getByLabel('더 일찍 열기').first()
    const shorten = panel.getByRole('button', { name: '이 시각에 열기' }).first()
    expect(await shorten.isDisabled()).toBe(true)
    for (const outside of [inMinutes(230), inMinutes(-30)]) {
      await until.fill(outside)
      await panel.getByText('지금보다 늦고', { exact: false }).waitFor()
      expect(await shorten.isDisabled(), outside).toBe(true)
    }
    expect(await listClosed(scene)).toEqual(closed)
    await until.fill(inMinutes(100))
    await expectAccessible(page)
    await shorten.click()
    await expect.poll(() => listClosed(scene)).toEqual(['2 ahead', '3 ahead'])
    await panel.getByText('강도현', { exact: false }).waitFor({ state: 'detached' })
    await expect.poll(() => late.getAttribute('aria-label')).toContain('빈 자리')
    await page.getByRole('button', { name: /2, 3번 테이블 닫음.*옮길 팀 1팀/ }).waitFor()
    expect(await shorten.isDisabled()).toBe(true)
    await panel.getByRole('button', { name: '지금 다시 열기' }).first().click()
    await expect.poll(() => listClosed(scene)).toEqual([])
    await page.getByRole('button', { name: /테이블 닫음/ }).waitFor({ state: 'detached' })
  })

  test('a closing past midnight says so before it is made', async () => {
    const { page } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    await openMore(page, '테이블 닫기')
    await tap(page, '3번')
    const panel = panelOf(page)
    await panel.getByLabel('언제까지').fill('00:30')
    await panel.getByText('다음 날', { exact: true }).waitFor()
    await expectAccessible(page)
    await tap(page, '1개 테이블 닫기')
    await panel.getByText(/3번 테이블 닫음 · \d\d:\d\d–다음 날 00:30/).waitFor()
    await panel.getByLabel('더 일찍 열기').fill('00:10')
    await panel.getByText('다음 날', { exact: true }).waitFor()
    await tap(page, '이 시각에 열기')
    await panel.getByText(/3번 테이블 닫음 · \d\d:\d\d–다음 날 00:10/).waitFor()
  })
})

test('the closings are read anew for news of their own tables, not for each of the board’s', async () => {
  const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), viewport: TABLET })
  const touched = await addParty(scene, { slot: '2 ahead', name: '박다인' })
  await cellOf(page, /박다인/).waitFor()
  await openMore(page, '테이블 닫기')
  await tap(page, '2번')
  let readings = 0
  page.on('request', (request) => {
    if (request.method() === 'GET' && request.url().endsWith('/closures')) readings++
  })
  await tap(page, '1개 테이블 닫기')
  await panelOf(page)
    .getByRole('button', { name: /번으로 옮기기$/ })
    .waitFor()
  // Of its opening, and of the closing that the board hears of after it.
  await page.getByRole('button', { name: /2번 테이블 닫음/ }).waitFor()
  await expect.poll(() => readings).toBeGreaterThan(0)
  const before = readings
  await addParty(scene, { slot: '3 ahead', name: '강도현' })
  await cellOf(page, /강도현/).waitFor()
  await addParty(scene, { slot: '1 ahead', name: '정하린' })
  await cellOf(page, /정하린/).waitFor()
  expect(readings).toBe(before)
  await pool.query(
    `WITH gone AS (UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER', sequence = sequence + 1 WHERE id = $1),
          free AS (UPDATE reservation_slots SET released_at = now() WHERE reservation_id = $1 RETURNING slot_id)
     UPDATE slots SET taken = false FROM free WHERE id = free.slot_id`,
    [touched],
  )
  await panelOf(page).getByText('옮길 팀이 없어요.').waitFor()
  expect(readings).toBe(before + 1)
})

test.each(bothWays)(
  'hand-over: the next shift reads the note, and who did what, $way',
  async ({ viewport }) => {
    const { scene, page } = await openOwnBoard({ browser, url: apps.urlOf(), viewport })
    await addParty(scene, { slot: '2 ahead', name: '박다인' })
    await openMore(page, '인수인계 메모')
    await panelOf(page).getByLabel('다음 근무자에게 남길 말').fill('3번 손님 케이크는 9시에')
    await expectAccessible(page)
    await tap(page, '남기기')
    await page.getByText('3번 손님 케이크는 9시에').waitFor()

    const person = await addFloorStaff(scene)
    const { page: next } = await openAs({ browser, url: apps.urlOf(), person, viewport })
    const note = next.getByRole('region', { name: '인수인계 메모' })
    await note.getByText('한도윤', { exact: false }).waitFor()
    await expectAccessible(next)
    await note.getByRole('button', { name: '읽었어요' }).click()
    await note.waitFor({ state: 'detached' })
    await next.reload()
    await waitUntilLive(next)
    expect(await note.count()).toBe(0)

    await next.getByRole('button', { name: '오늘 한 일' }).click()
    const line = panelOf(next).getByRole('listitem').filter({ hasText: '인수인계 메모를 씀' })
    await line.getByText('한도윤').waitFor()
    await expectAccessible(next)
  },
)
