import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { useApps } from '../support/http-scene'
import {
  addParty,
  barOf,
  bothWays,
  cellOf,
  expectAccessible,
  openOwnBoard,
  panelOf,
  quickAct,
  readStatus,
  rowOf,
  showPart,
} from '../support/owner-scene'
import { countTaps, watchTaps } from '../support/taps'

const database = useDatabase()
const apps = useApps()
const browser = useBrowser()

async function readPlace(reservationId: string) {
  const { rows } = await pool.query<{ partySize: number; tables: number[] }>(
    `SELECT v.party_size AS "partySize", array_agg(DISTINCT t.number ORDER BY t.number)::int[] AS tables
       FROM reservations v JOIN reservation_slots c ON c.reservation_id = v.id AND c.released_at IS NULL
       JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
      WHERE v.id = $1 GROUP BY v.id`,
    [reservationId],
  )
  return rows[0]
}

/** The time a party has booked began so long ago. */
async function moveBegin(reservationId: string, minutes: number): Promise<void> {
  await pool.query(
    `WITH slot AS (
       UPDATE slots SET starts_at = now() - $2 * interval '1 minute'
        WHERE id IN (SELECT slot_id FROM reservation_slots WHERE reservation_id = $1))
     UPDATE reservations SET starts_at = now() - $2 * interval '1 minute' WHERE id = $1`,
    [reservationId, minutes],
  )
}

/** Half an hour passes after a tap: the party has sat since then, and its undo is long over. */
async function passHalfAnHour(reservationId: string): Promise<void> {
  const past = `interval '30 minutes'`
  await pool.query(`UPDATE reservations SET seated_at = seated_at - ${past} WHERE id = $1`, [
    reservationId,
  ])
  await pool.query(
    `UPDATE occupancies SET seated_at = seated_at - ${past} WHERE reservation_id = $1`,
    [reservationId],
  )
  // No process of ours may rewrite what has happened: its owner does.
  await database.query(`UPDATE audit_events SET at = at - ${past} WHERE subject_id = $1`, [
    reservationId,
  ])
}

const openWalkIn = (page: Page) => page.getByRole('button', { name: '워크인', exact: true }).click()
const tableIn = (page: Page, number: number) =>
  panelOf(page).getByRole('button', { name: new RegExp(`^${number}번 테이블`) })
const act = (page: Page, name: string) =>
  panelOf(page).getByRole('button', { name, exact: true }).click()

describe.each(bothWays)('guests behave like guests, $way', ({ viewport }) => {
  const openBoard = () => openOwnBoard({ browser, url: apps.urlOf(), viewport, prepare: watchTaps })

  test('a party of three becomes seven: two tables are proposed, moved to with one tap, and undone', async () => {
    const { scene, page } = await openBoard()
    const id = await addParty(scene, { slot: '2 ahead', name: '김민수', partySize: 3 })
    await showPart(page, 'GRID')
    await cellOf(page, /김민수/).click()
    await act(page, '바꾸기')
    await act(page, '7명')
    await panelOf(page).getByText('1, 3번 테이블, 모두 8명').waitFor()
    await expectAccessible(page)
    await act(page, '1, 3번 테이블로 옮기기')
    await barOf(page, '김민수 님 예약을 바꿨어요: 1, 3번 테이블 · 7명').waitFor()
    expect(await readPlace(id)).toEqual({ partySize: 7, tables: [1, 3] })
    await cellOf(page, /^1번 .*김민수 님 7명/).waitFor()
    await cellOf(page, /^3번 .*김민수 님 7명/).waitFor()
    await page.getByRole('button', { name: /^되돌리기/ }).click()
    await barOf(page, /되돌렸어요/).waitFor()
    expect(await readPlace(id)).toEqual({ partySize: 3, tables: [2] })
  })

  test('a caller for seven gets two tables, and others than proposed by a tap each', async () => {
    const { scene, page } = await openBoard()
    await page.getByRole('button', { name: '+ 예약' }).click()
    await act(page, '7명')
    await panelOf(page).getByText('1, 3번 테이블, 모두 8명').waitFor()
    await act(page, '1번 · 2명')
    await act(page, '2번 · 4명')
    await panelOf(page).getByText('2, 3번 테이블, 모두 10명').waitFor()
    await panelOf(page).getByLabel('이름').fill('김단골')
    await panelOf(page).getByRole('button', { name: '7명 예약하기' }).click()
    await barOf(page, /김단골 님, .* 예약을 받았어요\./).waitFor()
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM reservations WHERE restaurant_id = $1',
      [scene.restaurantId],
    )
    expect(await readPlace(rows[0]?.id ?? '')).toEqual({ partySize: 7, tables: [2, 3] })
  })

  test('a party twenty minutes late is told apart, comes after all, and is seated in two taps', async () => {
    const { scene, page } = await openBoard()
    const id = await addParty(scene, { slot: '2 running', name: '김민수' })
    await moveBegin(id, 20)
    await rowOf(page, '김민수')
      .getByText(/2\d분 늦음/)
      .waitFor()
    await showPart(page, 'GRID')
    const cell = cellOf(page, /김민수 님 2명 2\d분 늦음/)
    await cell.waitFor()
    await expectAccessible(page)
    const taps = await countTaps(page, async () => {
      await cell.click()
      await act(page, '입장')
      await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    })
    expect(taps).toBe(2)
    await cellOf(page, /김민수 님 2명 입장/)
      .first()
      .waitFor()
    expect(await readStatus(id)).toBe('SEATED')
  })

  test('G21: an early party gets its table; a walk-in who wants it gets another, at once', async () => {
    const { scene, page } = await openBoard()
    const early = await addParty(scene, { slot: '1 ahead', name: '이하나' })
    await showPart(page, 'GRID')
    // An hour early, and the table is free.
    await cellOf(page, /이하나/).click()
    await act(page, '입장')
    await barOf(page, '이하나 님 입장 처리했어요.').waitFor()
    expect(await readStatus(early)).toBe('SEATED')
    // The running seating of its table looks free by its slot, and is no table for the door.
    await openWalkIn(page)
    await tableIn(page, 2).first().waitFor()
    expect(await tableIn(page, 1).count()).toBe(0)
    await act(page, '2번 테이블에 2명 입장')
    await barOf(page, '워크인 2명, 2번에 입장 처리했어요.').waitFor()
    await cellOf(page, /^2번 .*워크인 2명 입장/).waitFor()
    const { rows } = await pool.query(
      `SELECT t.number FROM occupancies o JOIN restaurant_tables t ON t.id = o.table_id
        WHERE o.ended_at IS NULL AND t.restaurant_id = $1 ORDER BY t.number`,
      [scene.restaurantId],
    )
    expect(rows).toEqual([{ number: 1 }, { number: 2 }])
  })

  test('a wrong tap found half an hour later is corrected in the panel, and the right party sits down', async () => {
    const { scene, page } = await openBoard()
    const wrong = await addParty(scene, { slot: '1 ahead', name: '김민수' })
    const right = await addParty(scene, { slot: '1 running', name: '이하나' })
    await showPart(page, 'PARTIES')
    await quickAct(page, '김민수 님 입장').click()
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    await passHalfAnHour(wrong)
    // A tablet that was put aside since.
    await page.reload()
    await page.getByRole('searchbox').waitFor()
    await showPart(page, 'GRID')
    // The cell of the party that is due names who sits at its table too.
    const cell = cellOf(page, /김민수 님 2명 입장/).first()
    await cell.waitFor()
    expect(await page.getByRole('button', { name: /^되돌리기/ }).count()).toBe(0)
    await cell.click()
    await act(page, '입장 취소')
    await barOf(page, '김민수 님 입장을 취소했어요.').waitFor()
    expect(await readStatus(wrong)).toBe('CONFIRMED')
    await cellOf(page, /이하나/).click()
    await act(page, '입장')
    await barOf(page, '이하나 님 입장 처리했어요.').waitFor()
    expect([await readStatus(wrong), await readStatus(right)]).toEqual(['CONFIRMED', 'SEATED'])
  })
})
