import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { listPlaces } from '@/domain/restaurant/floor-plan.queries'
import { saveAreas } from '@/domain/restaurant/table-group.commands'
import { pool } from '@/lib/db/database'
import { createSlot, createTable } from '@/prisma/factories'
import { TABLET, useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import {
  addParty,
  barOf,
  bothWays,
  cellOf,
  expectAccessible,
  formatTime,
  type OwnerScene,
  openAs,
  panelOf,
  rowOf,
  setUpEvening,
  showPart,
} from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

const namedTable = (page: Page, name: RegExp): Locator =>
  page.getByRole('region', { name: '테이블 배치도' }).getByRole('button', { name })
const tableOf = (page: Page, number: number) => namedTable(page, new RegExp(`${number}번 테이블`))

/** A touch that rests on a table until it is lifted, and puts it down by so much beside. */
async function dragByFinger(page: Page, { table, by }: { table: Locator; by: Point }) {
  const finger = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints })
  const { x = 0, y = 0 } = (await table.boundingBox()) ?? {}
  const from = { x: x + 40, y: y + 40 }
  // One that moves at once scrolls the plan, if that can.
  await touch('touchStart', [from])
  await touch('touchMove', [{ x: from.x + by.x, y: from.y + by.y }])
  await touch('touchEnd', [])
  await table.waitFor()
  const lifted = table.locator('.opacity-60')
  const drag = async () => {
    await touch('touchStart', [from])
    await lifted.waitFor()
    await touch('touchMove', [{ x: from.x + by.x / 2, y: from.y + by.y / 2 }])
    await touch('touchMove', [{ x: from.x + by.x, y: from.y + by.y }])
    await touch('touchEnd', [])
    await lifted.waitFor({ state: 'detached' })
    return table.count()
  }
  // While the plan still glides from the swipe, the browser keeps the touch: nothing is moved then.
  await expect.poll(drag).toBe(0)
}
type Point = { x: number; y: number }
const CELL = { width: 112, height: 108 }

/**
 * Table 1 by mouse to the fourth cell of the third row, table 2 by an arrow key to the row below, table 3 by
 * finger to the fifth cell of its row and by the fields to the fourth of the first.
 */
async function arrange(page: Page, { slug, restaurantId }: OwnerScene): Promise<void> {
  await page.goto(`${apps.urlOf()}/owner/${slug}/floor-plan`)
  const plan = page.getByRole('list', { name: '테이블 배치' })
  const first = plan.getByRole('button', { name: /^1번 테이블/ })
  const isReady = () => first.getAttribute('aria-pressed')
  // A tap on a page whose script does not run yet is lost.
  await expect.poll(async () => first.click().then(isReady)).toBe('true')
  const { x = 0, y = 0 } = (await first.boundingBox()) ?? {}
  const [fromX, fromY] = [x + 40, y + 40]
  await page.mouse.move(fromX, fromY)
  await page.mouse.down()
  await page.mouse.move(fromX + 3 * CELL.width, fromY + 2 * CELL.height, { steps: 4 })
  await page.mouse.up()
  await plan.getByRole('button', { name: '1번 테이블, 둥근 테이블, 4번째 칸 3번째 줄' }).waitFor()
  await plan.getByRole('button', { name: /^2번 테이블/ }).focus()
  await page.keyboard.press('ArrowDown')
  await plan.getByRole('button', { name: '2번 테이블, 네모 테이블, 2번째 칸 2번째 줄' }).waitFor()
  await page.getByLabel('모양').selectOption('LONG')

  const third = plan.getByRole('button', { name: '3번 테이블, 긴 테이블, 1번째 칸 2번째 줄' })
  await dragByFinger(page, { table: third, by: { x: 4 * CELL.width, y: 0 } })
  await plan.getByRole('button', { name: '3번 테이블, 긴 테이블, 5번째 칸 2번째 줄' }).waitFor()
  await page.getByLabel('테이블', { exact: true }).selectOption('1번 테이블')
  await expect.poll(() => page.getByLabel('모양').inputValue()).toBe('ROUND')
  await page.getByLabel('테이블', { exact: true }).selectOption('3번 테이블')
  await page.getByLabel('칸', { exact: true }).selectOption('4')
  await page.getByLabel('줄', { exact: true }).selectOption('1')
  await plan.getByRole('button', { name: '3번 테이블, 긴 테이블, 4번째 칸 1번째 줄' }).waitFor()
  await page.getByLabel('모양').selectOption('SQUARE')
  await expectAccessible(page)
  await page.getByRole('button', { name: '저장', exact: true }).click()
  await page.getByText('배치도를 저장했어요.').waitFor()
  expect(await listPlaces({ restaurantId })).toEqual([
    { tableNumber: 1, x: 3, y: 2, shape: 'ROUND' },
    { tableNumber: 2, x: 1, y: 1, shape: 'LONG' },
    { tableNumber: 3, x: 3, y: 0, shape: 'SQUARE' },
  ])
}

/** On a wide tablet a button beside the search, on an upright one a tab. */
async function showPicture(page: Page): Promise<void> {
  const isWide = page.viewportSize()?.width === TABLET.width
  const control = page.getByRole(isWide ? 'button' : 'tab', { name: '배치도' })
  const choose = async () => {
    if (await control.isVisible()) await control.click()
    return page.getByRole('region', { name: '테이블 배치도' }).isVisible()
  }
  await expect.poll(choose).toBe(true)
}

const act = (page: Page, name: string | RegExp) =>
  panelOf(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click()

/** How each table is drawn: its seats, half of them at either side, and whether it is round. */
const readTables = (page: Page) =>
  page.locator('[data-picture-table]').evaluateAll((tables) =>
    tables.map((table) => {
      const { top, bottom } = table.getBoundingClientRect()
      const seats = [...table.querySelectorAll('[aria-hidden] > span > span')].map((seat) =>
        seat.getBoundingClientRect(),
      )
      const drawn = seats.filter(({ width, height }) => width > 4 && height > 2)
      const corners = [...table.querySelectorAll('span')].map(
        (part) => getComputedStyle(part).borderRadius,
      )
      return {
        number: Number(table.dataset.pictureTable),
        seats: [
          drawn.filter((seat) => seat.top < (top + bottom) / 2).length,
          drawn.filter((seat) => seat.top > (top + bottom) / 2).length,
        ],
        isRound: corners.includes('50%'),
      }
    }),
  )

/** Takes back the act that a bar tells of. */
const undo = (page: Page, told: string) =>
  page
    .getByRole('status')
    .locator('[data-bar]')
    .filter({ hasText: told })
    .getByRole('button', { name: '되돌리기' })
    .click()

/** A seating to come is looked at; a table of it is booked, two parties change places, and a table is shut. */
async function planAhead(page: Page, { startsAt }: OwnerScene): Promise<void> {
  const time = page.getByLabel('보는 시각')
  const ahead = time.locator('option').filter({ hasText: formatTime(startsAt.ahead) })
  await time.selectOption(await ahead.getAttribute('value'))
  await namedTable(page, /3번 테이블 .*이하나 님 2명/).waitFor()

  // A caller is booked at the time that is shown.
  await namedTable(page, /2번 테이블 .*빈 자리/).click()
  await expect.poll(() => time.isDisabled()).toBe(true)
  await panelOf(page).getByLabel('이름').fill('김단골')
  await act(page, /2명 예약하기/)
  await barOf(page, /김단골 님, .* 예약을 받았어요\./).waitFor()
  await namedTable(page, /2번 테이블 .*김단골 님 2명/).waitFor()

  // A tap on another party's table proposes a swap, which is taken back.
  await tableOf(page, 2).click()
  await act(page, '바꾸기')
  await tableOf(page, 3).click()
  await act(page, '자리 맞바꾸기')
  const swapped = '김단골 님, 이하나 님: 서로 자리를 바꿨어요.'
  await barOf(page, swapped).waitFor()
  await namedTable(page, /3번 테이블 .*김단골 님 2명/).waitFor()
  await undo(page, swapped)
  await namedTable(page, /3번 테이블 .*이하나 님 2명/).waitFor()
  await namedTable(page, /2번 테이블 .*김단골 님 2명/).waitFor()

  await namedTable(page, /1번 테이블 .*빈 자리/).click()
  await act(page, '고른 자리 막기')
  await namedTable(page, /1번 테이블 .*막아 둠/).click()
  await act(page, '다시 열기')
  await namedTable(page, /1번 테이블 .*빈 자리/).waitFor()

  // The present is one choice away.
  await time.selectOption('')
  await namedTable(page, /2번 테이블 .*워크인 2명 입장/).waitFor()
}

test('forty tables fit a tablet, each large enough for a finger, in the order of their numbers', async () => {
  const scene = await setUpEvening()
  const { restaurantId, serviceDate, startsAt } = scene
  for (let number = 4; number <= 40; number += 1) {
    const { id: tableId } = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
    await createSlot(pool, { tableId, serviceDate, startsAt: startsAt.running })
  }
  const { page } = await openAs({ browser, url: apps.urlOf(), person: scene.owner })
  await showPicture(page)
  const boxes = await page.locator('[data-picture-table]').evaluateAll((buttons) =>
    buttons.map((button) => {
      const { width, height } = button.getBoundingClientRect()
      return { number: Number(button.dataset.pictureTable), width, height }
    }),
  )
  expect(boxes.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  expect(boxes.filter(({ width, height }) => Math.min(width, height) < 64)).toEqual([])
  const last = tableOf(page, 40)
  await last.focus()
  expect(await last.evaluate((element) => element.getBoundingClientRect().bottom)).toBeLessThan(
    TABLET.height,
  )
})

describe.each(bothWays)('the floor picture $way', ({ viewport }) => {
  test('is arranged once, and every act on it is the grid’s and the list’s too', async () => {
    const scene = await setUpEvening()
    const asked = { restaurantId: scene.restaurantId, version: null }
    const actor = { accountId: scene.owner.id, address: null }
    await saveAreas({ ...asked, actor, areas: [{ name: '창가', tableNumbers: [1, 2] }] })
    await addParty(scene, { slot: '1 running', name: '김민수' })
    await addParty(scene, { slot: '2 running', name: '박이동' })
    await addParty(scene, { slot: '3 ahead', name: '이하나' })
    const open = { browser, url: apps.urlOf(), person: scene.owner, viewport }
    const { page, complaints } = await openAs(open)
    await arrange(page, scene)
    await page.goto(`${apps.urlOf()}/owner`)
    await showPicture(page)

    // Where they were put: table 1 below the others, and each named with its area and party.
    const tops = await Promise.all(
      [3, 2, 1].map(async (number) => (await tableOf(page, number).boundingBox())?.y ?? 0),
    )
    expect(tops).toEqual(tops.toSorted((a, b) => a - b))
    expect(await readTables(page)).toEqual([
      { number: 1, seats: [1, 1], isRound: true },
      { number: 2, seats: [2, 2], isRound: false },
      { number: 3, seats: [3, 3], isRound: false },
    ])
    await page
      .getByRole('button', { name: /^창가, 1번 테이블 .*김민수 님 2명 \d+분 늦음/ })
      .waitFor()
    await expectAccessible(page)

    // Two taps seat a booking, and the minutes begin.
    await tableOf(page, 1).click()
    await act(page, '입장')
    await barOf(page, '김민수 님 입장 처리했어요.').first().waitFor()
    await page
      .getByRole('button', { name: /1번 테이블 .*김민수 님 2명 입장, (방금 입장|\d+분째)/ })
      .waitFor()

    // A party is moved by a tap on its new table.
    await tableOf(page, 2).click()
    await act(page, '바꾸기')
    await tableOf(page, 3).click()
    await act(page, '여기로 옮기기')
    await page.getByRole('button', { name: /^3번 테이블 .*박이동/ }).waitFor()

    // A tap on the free table is a walk-in, as on a free cell.
    await tableOf(page, 2).click()
    await act(page, /2명 입장$/)
    await page.getByRole('button', { name: /2번 테이블 .*워크인 2명 입장/ }).waitFor()

    // And the first party leaves.
    await tableOf(page, 1).click()
    await act(page, '퇴장')
    await namedTable(page, /1번 테이블 .*빈 자리/).waitFor()
    await planAhead(page, scene)

    // The grid and the list are other views of the same.
    if (viewport === TABLET) await page.getByRole('button', { name: '시간표' }).click()
    await showPart(page, 'GRID')
    await cellOf(page, /^3번 테이블 .*박이동/).waitFor()
    await cellOf(page, /^2번 테이블 .*워크인 2명 입장/).waitFor()
    await cellOf(page, /^2번 테이블 .*김단골 님 2명/).waitFor()
    await showPart(page, 'PARTIES')
    await rowOf(page, '박이동').waitFor()
    expect(complaints).toEqual([])
  })
})
