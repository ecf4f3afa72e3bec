import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import {
  addFloorStaff,
  addParty,
  barOf,
  cellOf,
  expectAccessible,
  formatTime,
  openAs,
  openOwnBoard,
  panelOf,
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const openBoard = () => openOwnBoard({ browser, url: apps.urlOf() })

const readTable = async (reservationId: string): Promise<number[]> => {
  const { rows } = await pool.query<{ number: number }>(
    `SELECT t.number FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
       JOIN restaurant_tables t ON t.id = s.table_id
      WHERE c.reservation_id = $1 AND c.released_at IS NULL ORDER BY t.number`,
    [reservationId],
  )
  return rows.map(({ number }) => number)
}

const openParty = async (page: Parameters<typeof cellOf>[0], name: RegExp) => {
  await cellOf(page, name).click()
  await panelOf(page).waitFor()
}

describe('change instead of cancel, at the host desk', () => {
  test('two taps from the board put a party at another table; it is undone', async () => {
    const { scene, page } = await openBoard()
    const id = await addParty(scene, { slot: '2 ahead', name: '김민수' })
    let taps = 0
    const tap = async (what: { click: () => Promise<void> }) => {
      taps += 1
      await what.click()
    }
    await tap(cellOf(page, /김민수/))
    await tap(panelOf(page).getByRole('button', { name: '3번 테이블', exact: true }))
    await barOf(page, '김민수 님 예약을 바꿨어요.').waitFor()
    expect(taps).toBe(2)
    expect(await readTable(id)).toEqual([3])
    await cellOf(page, /^3번 .*김민수/).waitFor()
    await page.getByRole('button', { name: '되돌리기' }).click()
    await barOf(page, '되돌렸어요').waitFor()
    expect(await readTable(id)).toEqual([2])
  })

  test('from two to four guests: the target on the board says when it is too small', async () => {
    const { scene, page } = await openBoard()
    const id = await addParty(scene, { slot: '1 ahead', name: '이하나' })
    await openParty(page, /이하나/)
    await panelOf(page).getByRole('button', { name: '바꾸기', exact: true }).click()
    await panelOf(page).getByRole('button', { name: '4명', exact: true }).click()
    await cellOf(page, /^2번 .*빈 자리$/)
      .last()
      .click()
    await panelOf(page)
      .getByText(/2번 테이블 .*옮길까요/)
      .waitFor()
    await expectAccessible(page)
    await panelOf(page).getByRole('button', { name: '여기로 옮기기' }).click()
    await barOf(page, '이하나 님 예약을 바꿨어요.').waitFor()
    expect(await readTable(id)).toEqual([2])
    const { rows } = await pool.query('SELECT party_size FROM reservations WHERE id = $1', [id])
    expect(rows).toEqual([{ party_size: 4 }])
  })

  test('an occupied target proposes a swap', async () => {
    const { scene, page } = await openBoard()
    const one = await addParty(scene, { slot: '2 ahead', name: '김민수' })
    const two = await addParty(scene, { slot: '3 ahead', name: '이하나' })
    await openParty(page, /김민수/)
    await panelOf(page).getByRole('button', { name: '바꾸기', exact: true }).click()
    await cellOf(page, /이하나/).click()
    await panelOf(page)
      .getByText(/이하나 님 예약이 있어요/)
      .waitFor()
    await panelOf(page).getByRole('button', { name: '자리 맞바꾸기' }).click()
    await barOf(page, '김민수 님 예약을 바꿨어요.').waitFor()
    expect([await readTable(one), await readTable(two)]).toEqual([[3], [2]])
  })

  test('two tablets: one moves a party, the other shows it there', async () => {
    const { scene, page } = await openBoard()
    await addParty(scene, { slot: '2 ahead', name: '김민수' })
    const colleague = await addFloorStaff(scene)
    const { page: other } = await openAs({
      browser,
      url: apps.urlOf(),
      person: colleague,
      path: `/owner?restaurant=${scene.slug}`,
    })
    await cellOf(other, /^2번 .*김민수/).waitFor()
    await openParty(page, /김민수/)
    await panelOf(page).getByRole('button', { name: '3번 테이블', exact: true }).click()
    await cellOf(other, /^3번 .*김민수/).waitFor()
    expect(
      await cellOf(other, new RegExp(formatTime(scene.startsAt.ahead))).count(),
    ).toBeGreaterThan(0)
  })
})
