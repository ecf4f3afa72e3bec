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
