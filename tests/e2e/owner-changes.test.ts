import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { TABLET, useBrowser } from '../support/browser'
import { change } from '../support/change-scene'
import { useApps } from '../support/http-scene'
import {
  addFloorStaff,
  addParty,
  barOf,
  bothWays,
  cellOf,
  expectAccessible,
  formatTime,
  openAs,
  openOwnBoard,
  panelOf,
  showPart,
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const openBoard = (viewport = TABLET) => openOwnBoard({ browser, url: apps.urlOf(), viewport })

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

const middleOf = async (cell: Locator) => {
  await cell.scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await cell.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  return { x: x + width / 2, y: y + height / 2 }
}

/** Lifts a party with the mouse and holds it over another cell. */
const dragOver = async (page: Page, { from, to }: { from: Locator; to: Locator }) => {
  const end = await middleOf(to)
  const begin = await middleOf(from)
  await page.mouse.move(begin.x, begin.y)
  await page.mouse.down()
  await page.mouse.move(end.x, end.y, { steps: 5 })
  await page.locator('[data-held-party]').waitFor()
}

describe.each(bothWays)('change instead of cancel, at the host desk, $way', ({ viewport }) => {
  const openTables = async () => {
    const open = await openBoard(viewport)
    await showPart(open.page, 'GRID')
    return open
  }

  test('a party that was changed elsewhere meanwhile stays there: the bar says where it is', async () => {
    const { scene, page } = await openTables()
    const id = await addParty(scene, { slot: '2 ahead', name: '박다인' })
    await cellOf(page, /박다인/).click()
    const other = panelOf(page).getByRole('button', { name: '3번 테이블', exact: true })
    await other.waitFor()
    const polls = (url: URL) => url.pathname.endsWith('/day')
    await page.route(polls, (route) => route.abort())
    const moved = await change(id, { tableNumbers: [1], override: true }, scene.owner.id)
    expect(moved).toMatchObject({ ok: true })
    await other.click()
    await barOf(page, /박다인 님: 그 사이 예약이 바뀌어서 .*1번 테이블/).waitFor()
    await expectAccessible(page)
    expect(await readTable(id)).toEqual([1])
    await page.unroute(polls)
    await cellOf(page, /^1번 .*박다인/).waitFor()
  })

  test('two taps from the board put a party at another table; it is undone', async () => {
    const { scene, page } = await openTables()
    const id = await addParty(scene, { slot: '2 ahead', name: '김민수' })
    let taps = 0
    const tap = async (what: { click: () => Promise<void> }) => {
      taps += 1
      await what.click()
    }
    await tap(cellOf(page, /김민수/))
    await tap(panelOf(page).getByRole('button', { name: '3번 테이블', exact: true }))
    await barOf(page, '김민수 님, 3번 테이블로 옮겼어요.').waitFor()
    expect(taps).toBe(2)
    expect(await readTable(id)).toEqual([3])
    await cellOf(page, /^3번 .*김민수/).waitFor()
    await page.getByRole('button', { name: '되돌리기' }).click()
    await barOf(page, '되돌렸어요').waitFor()
    expect(await readTable(id)).toEqual([2])
  })

  test('any minute and any length: typed, at its own place on the grid, and undone', async () => {
    const { scene, page } = await openTables()
    await addParty(scene, { slot: '2 ahead', name: '김민수' })
    const timeAt = (minutes: number) =>
      formatTime(new Date(scene.startsAt.ahead.getTime() + minutes * 60_000))
    const blockAt = (from: number, until: number, what: string) =>
      cellOf(page, new RegExp(`^2번 테이블 .*${timeAt(from)}부터 .*${timeAt(until)}까지, ${what}`))
    await openParty(page, /김민수/)
    await panelOf(page).getByRole('button', { name: '바꾸기', exact: true }).click()
    await panelOf(page).getByRole('button', { name: '다른 시간 직접 적기' }).click()
    await panelOf(page).getByLabel('시작').fill(timeAt(7))
    await panelOf(page).getByLabel('머무는 시간(분)').fill('47')
    await panelOf(page).getByLabel('영업시간 밖이거나').check()
    await expectAccessible(page)
    await panelOf(page).getByRole('button', { name: '이 시간으로 바꾸기' }).click()
    await barOf(page, /김민수 님 예약을 바꿨어요: .*47분/).waitFor()
    await blockAt(7, 54, '김민수').waitFor()
    await page.getByRole('button', { name: '되돌리기' }).click()
    await barOf(page, '되돌렸어요').waitFor()
    await blockAt(0, 90, '김민수').waitFor()
  })

  test('from two to four guests: the target on the board says when it is too small', async () => {
    const { scene, page } = await openTables()
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
    await barOf(page, /이하나 님 예약을 바꿨어요: .*4명/).waitFor()
    expect(await readTable(id)).toEqual([2])
    const { rows } = await pool.query('SELECT party_size FROM reservations WHERE id = $1', [id])
    expect(rows).toEqual([{ party_size: 4 }])
  })

  test('a larger party at the table it has is refused in the staff’s words, and done when they insist', async () => {
    const { scene, page } = await openTables()
    const id = await addParty(scene, { slot: '1 ahead', name: '이하나' })
    await openParty(page, /이하나/)
    await panelOf(page).getByRole('button', { name: '바꾸기', exact: true }).click()
    await panelOf(page).getByRole('button', { name: '4명', exact: true }).click()
    await panelOf(page).getByRole('button', { name: '인원만 4명으로 바꾸기' }).click()
    await barOf(page, /인원이 테이블보다 많아요\./).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '그래도 바꾸기' }).click()
    await barOf(page, '이하나 님, 4명으로 바꿨어요.').waitFor()
    expect(await page.getByRole('button', { name: '그래도 바꾸기' }).count()).toBe(0)
    expect(await readTable(id)).toEqual([1])
    const { rows } = await pool.query('SELECT party_size FROM reservations WHERE id = $1', [id])
    expect(rows).toEqual([{ party_size: 4 }])
  })

  test('an occupied target proposes a swap', async () => {
    const { scene, page } = await openTables()
    const one = await addParty(scene, { slot: '2 ahead', name: '김민수' })
    const two = await addParty(scene, { slot: '3 ahead', name: '이하나' })
    await openParty(page, /김민수/)
    await panelOf(page).getByRole('button', { name: '바꾸기', exact: true }).click()
    await cellOf(page, /이하나/).click()
    await panelOf(page)
      .getByText(/이하나 님 예약이 있어요/)
      .waitFor()
    await panelOf(page).getByRole('button', { name: '자리 맞바꾸기' }).click()
    await barOf(page, '김민수 님, 이하나 님: 서로 자리를 바꿨어요.').waitFor()
    expect([await readTable(one), await readTable(two)]).toEqual([[3], [2]])
  })

  test('two tablets: one moves a party, the other shows it there', async () => {
    const { scene, page } = await openTables()
    await addParty(scene, { slot: '2 ahead', name: '김민수' })
    const colleague = await addFloorStaff(scene)
    const { page: other } = await openAs({
      browser,
      url: apps.urlOf(),
      person: colleague,
      path: `/owner?restaurant=${scene.slug}`,
      viewport,
    })
    await showPart(other, 'GRID')
    await cellOf(other, /^2번 .*김민수/).waitFor()
    await openParty(page, /김민수/)
    await panelOf(page).getByRole('button', { name: '3번 테이블', exact: true }).click()
    await cellOf(other, /^3번 .*김민수/).waitFor()
    expect(
      await cellOf(other, new RegExp(formatTime(scene.startsAt.ahead))).count(),
    ).toBeGreaterThan(0)
  })
})

describe('a party is moved by hand', () => {
  test('a party is dragged to another table: the drop asks what a tap asks', async () => {
    const { scene, page } = await openBoard()
    const id = await addParty(scene, { slot: '2 ahead', name: '김민수' })
    await cellOf(page, /김민수/).waitFor()
    const to = cellOf(page, new RegExp(`^3번 .*${formatTime(scene.startsAt.ahead)}부터 .*빈 자리`))
    await dragOver(page, { from: cellOf(page, /김민수/), to })
    await page
      .locator('[data-held-party]')
      .getByText(/3번 테이블/)
      .waitFor()
    await page.mouse.up()
    await panelOf(page)
      .getByText(/3번 테이블 .*옮길까요/)
      .waitFor()
    expect(await readTable(id)).toEqual([2])
    await panelOf(page).getByRole('button', { name: '여기로 옮기기' }).click()
    await barOf(page, /김민수 님.*3번 테이블/).waitFor()
    expect(await readTable(id)).toEqual([3])
  })

  test('a finger that rests lifts a party, and drops it on another to swap', async () => {
    const { scene, page } = await openBoard()
    const one = await addParty(scene, { slot: '2 ahead', name: '김민수' })
    const two = await addParty(scene, { slot: '3 ahead', name: '이하나' })
    await cellOf(page, /이하나/).waitFor()
    const end = await middleOf(cellOf(page, /이하나/))
    const begin = await middleOf(cellOf(page, /김민수/))
    const finger = await page.context().newCDPSession(page)
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      touchPoints: { x: number; y: number }[],
    ) => finger.send('Input.dispatchTouchEvent', { type, touchPoints })
    await touch('touchStart', [begin])
    await page.locator('[data-held-party]').waitFor()
    await touch('touchMove', [{ x: begin.x + 4, y: (begin.y + end.y) / 2 }])
    await touch('touchMove', [end])
    await page.locator('[data-held-party]').getByText('이하나 님 예약과 맞바꾸기').waitFor()
    await touch('touchEnd', [])
    await panelOf(page).getByRole('button', { name: '자리 맞바꾸기' }).click()
    await barOf(page, '김민수 님, 이하나 님: 서로 자리를 바꿨어요.').waitFor()
    expect([await readTable(one), await readTable(two)]).toEqual([[3], [2]])
  })

  test('an accidental drag is no act: Escape, its own cell, beside the board, or a drop alone', async () => {
    const { scene, page } = await openBoard()
    const id = await addParty(scene, { slot: '2 ahead', name: '김민수' })
    const changes: string[] = []
    page.on(
      'request',
      (request) => request.url().endsWith('/change') && changes.push(request.url()),
    )
    const from = cellOf(page, /김민수/)
    await from.waitFor()
    const to = cellOf(page, new RegExp(`^3번 .*${formatTime(scene.startsAt.ahead)}부터 .*빈 자리`))
    const held = page.locator('[data-held-party]')

    await dragOver(page, { from, to })
    await page.keyboard.press('Escape')
    await held.waitFor({ state: 'detached' })
    await page.mouse.up()
    expect(await panelOf(page).count()).toBe(0)

    await dragOver(page, { from, to })
    await page.mouse.move(20, 20)
    await page.mouse.up()
    await held.waitFor({ state: 'detached' })
    expect(await panelOf(page).count()).toBe(0)

    await dragOver(page, { from, to })
    const own = await middleOf(from)
    await page.mouse.move(own.x, own.y)
    await page.mouse.up()
    await held.waitFor({ state: 'detached' })
    expect(await panelOf(page).count()).toBe(0)

    await dragOver(page, { from, to })
    await page.mouse.up()
    await panelOf(page).waitFor()
    await page.keyboard.press('Escape')
    await panelOf(page).waitFor({ state: 'detached' })
    expect(changes).toEqual([])
    expect(await readTable(id)).toEqual([2])
  })

  test('the keyboard moves a party as a pointer does', async () => {
    const { scene, page } = await openBoard()
    const id = await addParty(scene, { slot: '2 ahead', name: '김민수' })
    await cellOf(page, /김민수/).focus()
    await page.keyboard.press('Enter')
    await panelOf(page).getByRole('button', { name: '바꾸기', exact: true }).focus()
    await page.keyboard.press('Enter')
    await panelOf(page)
      .getByText(/끌어다 놓아/)
      .waitFor()
    await cellOf(page, /김민수/).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await panelOf(page).getByRole('button', { name: '여기로 옮기기' }).focus()
    await page.keyboard.press('Enter')
    await barOf(page, /김민수 님.*번 테이블/).waitFor()
    expect(await readTable(id)).toEqual([3])
  })
})
