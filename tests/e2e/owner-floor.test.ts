import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { useBrowser } from '../support/browser'
import { runOver } from '../support/floor-scene'
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

const apps = useApps()
const browser = useBrowser()

/** The party, and the slot it booked, begins in ten minutes. */
async function bringNear(reservationId: string): Promise<void> {
  await pool.query(
    `WITH near AS (
       UPDATE slots SET starts_at = now() + interval '10 minutes'
        WHERE id IN (SELECT slot_id FROM reservation_slots WHERE reservation_id = $1))
     UPDATE reservations SET starts_at = now() + interval '10 minutes' WHERE id = $1`,
    [reservationId],
  )
}

async function readLateMinutes(reservationId: string): Promise<number | null | undefined> {
  const { rows } = await pool.query<{ minutes: number | null }>(
    'SELECT late_minutes AS minutes FROM reservations WHERE id = $1',
    [reservationId],
  )
  return rows[0]?.minutes
}

describe.each(bothWays)('the floor as it is, $way', ({ viewport }) => {
  const openBoard = () => openOwnBoard({ browser, url: apps.urlOf(), viewport })

  test('G21: a party past its end shows so until staff say it has left, and the next one of its table is warned about', async () => {
    const { scene, page } = await openBoard()
    const sitting = await addParty(scene, { slot: '1 running', name: '김민수' })
    await quickAct(page, '김민수 님 입장').click()
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    await runOver(sitting)
    await showPart(page, 'GRID')
    await cellOf(page, /김민수 님 2명 시간 넘김 1\d분/).waitFor()

    // The next party of its table is told about, with what fits instead.
    const next = await addParty(scene, { slot: '1 ahead', name: '이하나' })
    await bringNear(next)
    await addParty(scene, { slot: '2 ahead', name: '박서준' })
    // In its cell and its row; the row's one-tap seat leads to what fits, not to a refusal.
    const inTheWay = '1번 테이블: 김민수 님 아직 앉아 계세요'
    await cellOf(page, new RegExp(`^1번 .*이하나 님 2명 예약, ${inTheWay}$`)).waitFor()
    await showPart(page, 'PARTIES')
    await rowOf(page, '이하나').getByText(inTheWay).waitFor()
    await quickAct(page, '이하나 님 입장').click()
    await panelOf(page).getByText(inTheWay).waitFor()
    expect(await barOf(page, /1번 테이블에 김민수 님 아직/).count()).toBe(0)
    expect(await readStatus(next)).toBe('CONFIRMED')
    await panelOf(page).getByText('대신 지금 비어 있는 자리: 2, 3번').waitFor()
    await expectAccessible(page)
    await panelOf(page).getByRole('button', { name: '입장', exact: true }).click()
    await barOf(page, /1번 테이블에 김민수 님 아직 앉아 계세요/).waitFor()
    expect(await readStatus(next)).toBe('CONFIRMED')
    await page.keyboard.press('Escape')

    // An occupied table is offered to nobody at the door; a free one says how long it is free.
    await page.getByRole('button', { name: '워크인', exact: true }).click()
    await panelOf(page)
      .getByRole('button', { name: /^2번 테이블.*예약까지 \d+(분|시간)/ })
      .waitFor()
    expect(
      await panelOf(page)
        .getByRole('button', { name: /^1번 테이블/ })
        .count(),
    ).toBe(0)
    await page.keyboard.press('Escape')

    await showPart(page, 'GRID')
    await cellOf(page, /김민수/)
      .first()
      .click()
    await panelOf(page).getByRole('button', { name: '퇴장', exact: true }).click()
    await barOf(page, '김민수 님 퇴장 처리했어요.').waitFor()
    await showPart(page, 'PARTIES')
    await quickAct(page, '이하나 님 입장').click()
    await expect.poll(() => readStatus(next)).toBe('SEATED')
  })

  test('a call that a party is late is noted in two taps, and taken back', async () => {
    const { scene, page } = await openBoard()
    const id = await addParty(scene, { slot: '2 ahead', name: '김민수' })
    const open = () =>
      rowOf(page, '김민수')
        .getByRole('button', { name: /자세히/ })
        .click()
    await open()
    await panelOf(page)
      .getByRole('group', { name: '늦는다는 연락' })
      .getByRole('button', { name: '15분', exact: true })
      .click()
    await barOf(page, '김민수 님 15분 늦는다는 연락을 적었어요.').waitFor()
    await rowOf(page, '김민수').getByText('15분 늦는다고 했어요').waitFor()
    expect(await readLateMinutes(id)).toBe(15)
    await open()
    await panelOf(page).getByRole('button', { name: '제시간에 오신대요' }).click()
    await barOf(page, '김민수 님 늦는다는 연락을 지웠어요.').waitFor()
    await rowOf(page, '김민수').getByText('늦는다고 했어요').waitFor({ state: 'hidden' })
    expect(await readLateMinutes(id)).toBeNull()
  })
})
