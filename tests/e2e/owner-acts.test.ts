import { describe, expect, test } from 'vitest'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createSlot } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import { byKeyboard } from '../support/keyboard'
import {
  addParty,
  barOf,
  cellOf,
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
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const openBoard = () => openOwnBoard({ browser, url: apps.urlOf() })

describe('the acts of the staff', () => {
  test('by keyboard alone a party is seated from the list, and the act undone', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '2 running', name: '김민수' })
    await byKeyboard.press(quickAct(page, '김민수 님 입장'))
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    await byKeyboard.press(page.getByRole('button', { name: '되돌리기' }))
    await barOf(page, '김민수 님 입장을 되돌렸어요.').waitFor()
    await rowOf(page, '김민수').waitFor()
    expect(await readStatus(reservationId)).toBe('CONFIRMED')
  })

  test('an answer that comes late closes no panel opened since', async () => {
    const { scene, page } = await openBoard()
    await addParty(scene, { slot: '2 running', name: '김민수' })
    await addParty(scene, { slot: '3 ahead', name: '이하나' })
    const release = await holdUp({ page, address: '**/seat' })
    await cellOf(page, /김민수/).click()
    await panelOf(page).getByRole('button', { name: '입장', exact: true }).click()
    await cellOf(page, /이하나/).click()
    await panelOf(page).getByText('이하나').first().waitFor()
    release()
    await barOf(page, '김민수 님 입장 처리했어요.').waitFor()
    await panelOf(page).getByRole('button', { name: '바꾸기', exact: true }).click()
  })

  test('a no-show is offered from its time on, frees the table, and can be corrected', async () => {
    const { scene, page } = await openBoard()
    const late = await addParty(scene, { slot: '2 running', name: '김민수' })
    await addParty(scene, { slot: '2 ahead', name: '이하나' })
    await cellOf(page, /이하나/).click()
    await panelOf(page).getByRole('button', { name: '입장' }).waitFor()
    expect(await panelOf(page).getByRole('button', { name: '노쇼' }).count()).toBe(0)
    await cellOf(page, /김민수 님 2명 \d+분 늦음/).click()
    await panelOf(page).getByRole('button', { name: '노쇼' }).click()
    await barOf(page, '김민수 님 노쇼 처리했어요.').waitFor()
    await cellOf(page, /^2번 .*빈 자리$/).waitFor()
    expect(await readStatus(late)).toBe('NO_SHOW')
    await page.getByRole('searchbox').fill('5678')
    await page
      .getByRole('listitem')
      .getByRole('button', { name: /김민수.*노쇼/ })
      .click()
    await panelOf(page).getByRole('button', { name: '노쇼 취소' }).click()
    await barOf(page, '김민수 님 노쇼를 취소했어요.').waitFor()
    expect(await readStatus(late)).toBe('CONFIRMED')
  })

  test('kind 6: a party of another date is seated only when its staff insist, and that is corrected', async () => {
    const scene = await setUpEvening()
    const date = addDays({ date: scene.serviceDate, days: 1 })
    const startsAt = new Date(scene.startsAt.ahead.getTime() + 24 * 60 * 60_000)
    const slot = await createSlot(pool, {
      restaurantId: scene.restaurantId,
      serviceDate: date,
      startsAt,
    })
    const diner = await createAccount(pool, { name: '김민수' })
    const { id } = await createReservation(pool, { slotId: slot.id, dinerId: diner.id })
    const { page } = await openAs({
      browser,
      url: apps.urlOf(),
      person: scene.owner,
      path: `/owner?restaurant=${scene.slug}&date=${date}`,
    })
    const seat = async () => {
      await cellOf(page, /김민수/).click()
      await panelOf(page).getByRole('button', { name: '입장', exact: true }).click()
      await question.waitFor()
    }
    const question = page.getByRole('dialog').filter({ hasText: /\d+월 \d+일.* 손님이에요/ })
    await seat()
    await expectAccessible(page)
    await question.getByRole('button', { name: '취소', exact: true }).click()
    await question.waitFor({ state: 'hidden' })
    expect(await readStatus(id)).toBe('CONFIRMED')

    await seat()
    await question.getByRole('button', { name: '그래도 처리하기' }).click()
    await expect.poll(() => readStatus(id)).toBe('SEATED')
    await cellOf(page, /김민수/).click()
    await panelOf(page).getByRole('button', { name: '입장 취소' }).click()
    await question.getByRole('button', { name: '그래도 처리하기' }).click()
    await expect.poll(() => readStatus(id)).toBe('CONFIRMED')
  })

  test('a booking is cancelled with a reason; undone, its mail never leaves', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 ahead', name: '김민수' })
    await rowOf(page, '김민수')
      .getByRole('button', { name: /자세히/ })
      .click()
    await panelOf(page).getByRole('button', { name: '예약 취소', exact: true }).click()
    const cancel = panelOf(page).getByRole('button', { name: '예약 취소하기' })
    expect(await cancel.isDisabled(), 'it takes a reason').toBe(true)
    await panelOf(page).getByRole('button', { name: '재료가 떨어졌어요' }).click()
    await expectAccessible(page)
    await cancel.click()
    await barOf(page, '김민수 님 예약을 취소했어요.').waitFor()
    await cellOf(page, /^1번 .*빈 자리$/)
      .nth(1)
      .waitFor()
    expect(await readStatus(reservationId)).toBe('CANCELLED')
    await page.getByRole('button', { name: '되돌리기' }).click()
    await barOf(page, '예약은 그대로예요.').waitFor()
    expect(await readStatus(reservationId)).toBe('CONFIRMED')
    const { rows } = await pool.query<{ state: string; reason: string }>(
      `SELECT state::text, payload ->> 'usualReason' AS reason FROM notices
        WHERE subject_id = $1 AND kind = 'RESERVATION_CANCELLED'`,
      [reservationId],
    )
    expect(rows).toEqual([{ state: 'DROPPED', reason: 'SOLD_OUT' }])
  })

  test('G1: a walk-in takes one table for two seatings, or two tables, and frees them again', async () => {
    const { scene, page } = await openBoard()
    const { running, ahead } = scene.startsAt
    const slotOf = (table: number, at: Date) =>
      panelOf(page).getByRole('button', { name: `${table}번 테이블 ${formatTime(at)}` })
    await cellOf(page, /^2번 .*빈 자리$/)
      .first()
      .click()
    await panelOf(page).getByRole('button', { name: '3명', exact: true }).click()
    await slotOf(2, ahead).click()
    await panelOf(page).getByRole('button', { name: '3명 입장' }).click()
    await barOf(page, '워크인 3명, 2번에 입장 처리했어요.').waitFor()
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
    await cellOf(page, /^3번 .*워크인 9명 입장, 2, 3번 함께$/).waitFor()
    await cellOf(page, /^2번 .*워크인 9명 입장, 2, 3번 함께$/).waitFor()
  })
})
