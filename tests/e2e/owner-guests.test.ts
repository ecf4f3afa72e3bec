import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, createSlot } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { createPerson, useApps } from '../support/http-scene'
import {
  addFloorStaff,
  addParty,
  barOf,
  cellOf,
  expectAccessible,
  type OwnerScene,
  openAs,
  openOwnBoard,
  panelOf,
  rowOf,
  setUpEvening,
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const openBoard = (wish = {}) => openOwnBoard({ browser, url: apps.urlOf(), ...wish })

async function readNote(reservationId: string): Promise<string | null> {
  const { rows } = await pool.query<{ staff_note: string | null }>(
    'SELECT staff_note FROM reservations WHERE id = $1',
    [reservationId],
  )
  return rows[0]?.staff_note ?? null
}

describe('facts about a guest', () => {
  test('allergies and notes are shown by icon and text, on the board, in the list and beside it', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    await pool.query('UPDATE reservations SET note = $2, allergies = $3 WHERE id = $1', [
      reservationId,
      '창가 자리 부탁드려요.',
      '땅콩, 새우',
    ])
    await cellOf(page, /김민수 .*알레르기: 땅콩, 새우, 메모 있음/).click()
    expect(await rowOf(page, '김민수').textContent()).toContain('알레르기: 땅콩, 새우')
    await panelOf(page).getByRole('heading', { name: '알레르기' }).waitFor()
    await panelOf(page).getByText('땅콩, 새우').waitFor()
    await panelOf(page).getByText('창가 자리 부탁드려요.').waitFor()
    await expectAccessible(page)
  })

  test('the staff’s own note is written, and two written at once keep both texts', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    const floor = await addFloorStaff(scene)
    const { page: other } = await openAs({
      browser,
      url: apps.urlOf(),
      person: floor,
      path: '/en/owner',
    })
    await cellOf(page, /김민수/).click()
    await cellOf(other, /김민수/).click()
    await panelOf(page).getByRole('button', { name: '직원 메모 적기' }).click()
    await panelOf(other).getByRole('button', { name: 'Write a staff note' }).click()
    await panelOf(page).getByLabel('직원 메모').fill('생일 케이크')
    await panelOf(other).getByLabel('Staff note').fill('wheelchair')
    await panelOf(page).getByRole('button', { name: '메모 저장' }).click()
    await panelOf(page).getByRole('button', { name: '메모 고치기' }).waitFor()
    await panelOf(other).getByRole('button', { name: 'Save the note' }).click()
    await panelOf(other).getByText('Somebody changed the note meanwhile.').waitFor()
    await expectAccessible(other)
    await panelOf(other).getByRole('button', { name: 'Keep both' }).click()
    await panelOf(other).getByRole('button', { name: 'Change the note' }).waitFor()
    expect(await readNote(reservationId)).toBe('생일 케이크\nwheelchair')
    await rowOf(page, '김민수').getByText('wheelchair').waitFor()
  })

  test('an unsent note stays in its field', async () => {
    const { scene, page } = await openBoard()
    const reservationId = await addParty(scene, { slot: '1 running', name: '김민수' })
    await cellOf(page, /김민수/).click()
    await panelOf(page).getByRole('button', { name: '직원 메모 적기' }).click()
    await panelOf(page).getByLabel('직원 메모').fill('생일')
    await page.context().setOffline(true)
    await panelOf(page).getByRole('button', { name: '메모 저장' }).click()
    await panelOf(page)
      .getByText(/저장하지 못했어요. 적은 내용은 그대로 있어요/)
      .waitFor()
    expect(await panelOf(page).getByLabel('직원 메모').inputValue()).toBe('생일')
    await page.context().setOffline(false)
    await panelOf(page).getByRole('button', { name: '메모 저장' }).click()
    await panelOf(page).getByRole('button', { name: '메모 고치기' }).waitFor()
    expect(await readNote(reservationId)).toBe('생일')
  })

  test('a walk-in appears on the board by its note', async () => {
    const { page } = await openBoard({ path: '/en/owner' })
    await page.getByRole('button', { name: 'Walk-in', exact: true }).click()
    await panelOf(page)
      .getByRole('button', { name: /^Table 1 / })
      .first()
      .click()
    await panelOf(page).getByLabel('Name or note').fill('Kim, blue coat')
    await panelOf(page).getByRole('button', { name: 'Seat 2 guests' }).click()
    await barOf(page, /Walk-in of 2 guests/).waitFor()
    await page.getByRole('gridcell').getByText('Kim, blue coat').waitFor()
  })
})

/** A party of the day after, on a table of its own. */
async function addPartyTomorrow(scene: OwnerScene, name: string): Promise<void> {
  const { rows } = await pool.query<{ id: string; date: string }>(
    `SELECT t.id, ($2::date + 1)::text AS date FROM restaurant_tables t WHERE t.restaurant_id = $1 LIMIT 1`,
    [scene.restaurantId, scene.serviceDate],
  )
  const slot = await createSlot(pool, {
    tableId: String(rows[0]?.id),
    serviceDate: String(rows[0]?.date),
    startsAt: new Date(scene.startsAt.ahead.getTime() + 86_400_000),
  })
  const diner = await createPerson({ name, phone: '010-8765-4321' })
  await createReservation(pool, { slotId: slot.id, dinerId: diner.id })
}

describe('searching for a party', () => {
  test.each(['4321', '박내일', 'ㅂㄴㅇ'])(
    'by %s: not on this day, but on another, which is one tap away',
    async (search) => {
      const { scene, page } = await openBoard()
      await addParty(scene, { slot: '1 running', name: '김민수' })
      await addPartyTomorrow(scene, '박내일')
      await rowOf(page, '김민수').waitFor()
      await page.getByRole('searchbox').fill(search)
      await page.getByText(`‘${search}’ 손님은 이날 예약에 없어요.`).waitFor()
      await page.getByText('이날은 없고, 다른 날짜에 있어요.').waitFor()
      await expectAccessible(page)
      await page.getByRole('link', { name: /박내일 님, 2명, 예약. 그날 현황판 열기/ }).click()
      await panelOf(page).getByRole('heading', { name: '박내일 님' }).waitFor()
    },
  )

  test('no match, too short a search, and no network each say so', async () => {
    const { scene, page } = await openBoard({ path: '/en/owner' })
    await addParty(scene, { slot: '1 running', name: '김민수' })
    await rowOf(page, '김민수').waitFor()
    await page.getByRole('searchbox').fill('Nobody')
    await page.getByText('Not on any other date either.').waitFor()
    await page.getByRole('searchbox').fill('99')
    await page.getByText('To search other dates, type two letters').waitFor()
    await page.getByRole('searchbox').fill('Somebody')
    await page.context().setOffline(true)
    await page.getByText('once the connection is back.', { exact: false }).last().waitFor()
    await page.getByRole('searchbox').fill('ㄱㅁㅅ')
    await rowOf(page, '김민수').waitFor()
  })
})

describe('a blocked table', () => {
  test('floor staff block it with two taps and open it again; nobody can book it meanwhile', async () => {
    const scene = await setUpEvening()
    const person = await addFloorStaff(scene)
    const { page } = await openAs({ browser, url: apps.urlOf(), person })
    await cellOf(page, /^3번 .*빈 자리$/)
      .last()
      .click()
    await panelOf(page).getByRole('button', { name: '고른 자리 막기' }).click()
    await barOf(page, '3번 테이블 자리를 막았어요.').waitFor()
    const readBlocked = async () =>
      (
        await pool.query<{ blocked: boolean }>('SELECT blocked FROM slots WHERE id = $1', [
          scene.slotIds['3 ahead'],
        ])
      ).rows[0]?.blocked
    expect(await readBlocked()).toBe(true)
    await cellOf(page, /^3번 .*막아 둠$/).click()
    await expectAccessible(page)
    await panelOf(page).getByRole('button', { name: '다시 열기' }).click()
    await barOf(page, '3번 테이블 자리를 다시 열었어요.').waitFor()
    expect(await readBlocked()).toBe(false)
  })
})

describe('rarely needed controls', () => {
  test('an owner stops and resumes bookings; floor staff are told who can', async () => {
    const { scene, page } = await openBoard()
    await page.getByRole('button', { name: '더보기' }).click()
    await panelOf(page).getByRole('button', { name: '예약 그만 받기' }).click()
    await panelOf(page).getByRole('button', { name: '예약 다시 받기' }).waitFor()
    await page.getByText(/예약 받기를 꺼 두었어요/).waitFor()
    await expectAccessible(page)
    await panelOf(page).getByRole('button', { name: '예약 다시 받기' }).click()
    await panelOf(page).getByRole('button', { name: '예약 그만 받기' }).waitFor()
    const link = panelOf(page).getByRole('link', { name: '식당 설정' })
    expect(await link.getAttribute('href')).toBe(`/owner/${scene.slug}`)
    const floor = await addFloorStaff(scene)
    const { page: other } = await openAs({ browser, url: apps.urlOf(), person: floor })
    await other.getByRole('button', { name: '더보기' }).click()
    await panelOf(other)
      .getByText(/사장님이 바꿀 수 있어요/)
      .waitFor()
    expect(await panelOf(other).getByRole('link', { name: '식당 설정' }).count()).toBe(0)
  })

  test('the list can change sides for the other hand, and stays there', async () => {
    const { page } = await openBoard()
    const isListLeft = async () => {
      const list = await page.getByRole('region', { name: '손님' }).boundingBox()
      const grid = await page.getByRole('grid').boundingBox()
      return (list?.x ?? 0) < (grid?.x ?? 0)
    }
    expect(await isListLeft()).toBe(false)
    await page.getByRole('button', { name: '더보기' }).click()
    await panelOf(page).getByRole('button', { name: '왼쪽' }).click()
    await page.reload()
    await page.getByRole('grid').waitFor()
    // The server does not know the hand of this tablet; its script does.
    await expect.poll(isListLeft).toBe(true)
  })

  test.each([
    { width: 1280, height: 800 },
    { width: 1024, height: 768 },
    { width: 390, height: 844 },
  ])('the board fills $width × $height and is no wider', async (viewport) => {
    const { scene, page } = await openBoard({ viewport })
    await addParty(scene, { slot: '1 running', name: '김민수' })
    await rowOf(page, '김민수').waitFor()
    const { width, height } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      height: document.documentElement.scrollHeight,
    }))
    expect(width).toBe(viewport.width)
    if (viewport.width > 1000) expect(height).toBe(viewport.height)
  })
})
