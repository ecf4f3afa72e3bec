import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { saveCombinations } from '@/domain/restaurant/table-group.commands'
import { pool } from '@/lib/db/database'
import { createSlot, createTable } from '@/prisma/factories'
import { TABLET, useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import {
  barOf,
  bothWays,
  cellOf,
  expectAccessible,
  openAs,
  panelOf,
  setUpEvening,
  showPart,
  waitUntilLive,
} from '../support/owner-scene'
import { countTaps, watchTaps } from '../support/taps'

const apps = useApps()
const browser = useBrowser()

/** Tables for two, four, six and three: of these the largest would be 3 and 4, the restaurant joins 2 and 3. */
async function setUpCombination() {
  const scene = await setUpEvening()
  const { restaurantId, serviceDate, startsAt, owner } = scene
  const { id: tableId } = await createTable(pool, { restaurantId, minParty: 1, maxParty: 3 })
  for (const at of Object.values(startsAt))
    await createSlot(pool, { tableId, serviceDate, startsAt: at })
  const saved = await saveCombinations({
    ...{ restaurantId, version: null, actor: { accountId: owner.id, address: null } },
    combinations: [{ tableNumbers: [2, 3], minParty: 7, maxParty: 10 }],
  })
  if (!saved.ok) throw new Error(saved.reason)
  return scene
}

async function listTables(restaurantId: string) {
  const { rows } = await pool.query<{ partySize: number; tables: number[] }>(
    `SELECT v.party_size AS "partySize", array_agg(t.number ORDER BY t.number)::int[] AS tables
       FROM reservations v JOIN reservation_slots c ON c.reservation_id = v.id AND c.released_at IS NULL
       JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
      WHERE v.restaurant_id = $1 GROUP BY v.id`,
    [restaurantId],
  )
  return rows
}

const act = (page: Page, name: string | RegExp) =>
  panelOf(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click()

/** The two rows of the party are drawn as one, without a gap. */
async function expectOneBlock(page: Page, party: string): Promise<void> {
  const upper = cellOf(page, new RegExp(`^2번 .*${party}.*, 2, 3번 함께`))
  const lower = cellOf(page, new RegExp(`^3번 .*${party}.*, 2, 3번 함께`))
  await upper.waitFor()
  await lower.waitFor()
  const blocks = page.locator('[data-joined]')
  const shown = await blocks.evaluateAll((all) =>
    all.map((each) => {
      const { left, top, bottom } = each.getBoundingClientRect()
      const cuts = getComputedStyle(each).clipPath.match(/[\d.]+(?=px)/g) ?? []
      const [cutTop = 0, , cutBottom = cutTop] = cuts.map(Number)
      return { joined: each.dataset.joined, left, top: top + cutTop, bottom: bottom - cutBottom }
    }),
  )
  const [above, below] = shown
  expect(shown).toMatchObject([
    { joined: 'below', left: below?.left, bottom: below?.top },
    { joined: 'above', left: above?.left, top: above?.bottom },
  ])
  expect((above?.bottom ?? 0) - (above?.top ?? 0)).toBe((below?.bottom ?? 0) - (below?.top ?? 0))
}

async function showPicture(page: Page): Promise<void> {
  const isWide = page.viewportSize()?.width === TABLET.width
  await page.getByRole(isWide ? 'button' : 'tab', { name: '배치도' }).click()
}

describe.each(bothWays)('two tables for nine, $way', ({ viewport }) => {
  const openBoard = async () => {
    const scene = await setUpCombination()
    const open = { browser, url: apps.urlOf(), person: scene.owner, viewport, prepare: watchTaps }
    const { page } = await openAs(open)
    await waitUntilLive(page)
    await showPart(page, 'GRID')
    return { scene, page }
  }

  test('a caller is booked at the restaurant’s own combination in two taps beside the typing', async () => {
    const { scene, page } = await openBoard()
    await page.getByRole('button', { name: '+ 예약' }).click()
    await panelOf(page).getByLabel('이름').fill('김단골')
    const taps = await countTaps(page, async () => {
      await act(page, '9명')
      await panelOf(page).getByText('2, 3번 테이블, 모두 10명').waitFor()
      await act(page, /2, 3번 · 9명 예약하기$/)
      await barOf(page, /김단골 님, .* 예약을 받았어요\./).waitFor()
    })
    expect(taps).toBe(2)
    expect(await listTables(scene.restaurantId)).toEqual([{ partySize: 9, tables: [2, 3] }])
    await expectOneBlock(page, '김단골 님 9명')
    await expectAccessible(page)
  })

  test('a caller for nine is proposed it after a tap on a cell of one of its tables, too', async () => {
    const { scene, page } = await openBoard()
    await cellOf(page, /^3번 .*빈 자리$/)
      .last()
      .click()
    await panelOf(page).getByLabel('이름').fill('이단골')
    await act(page, '9명')
    await act(page, /2, 3번 · 9명 예약하기$/)
    await barOf(page, /이단골 님, .* 예약을 받았어요\./).waitFor()
    expect(await listTables(scene.restaurantId)).toEqual([{ partySize: 9, tables: [2, 3] }])
  })

  test('a walk-in sits down at it with one tap after its size, and the picture joins the tables', async () => {
    const { scene, page } = await openBoard()
    await page.getByRole('button', { name: '워크인', exact: true }).click()
    await act(page, '9명')
    await expectAccessible(page)
    const taps = await countTaps(page, () => act(page, '2, 3번 테이블에 9명 입장'))
    expect(taps).toBe(1)
    await expectOneBlock(page, '워크인 9명 입장')
    expect(await listTables(scene.restaurantId)).toEqual([{ partySize: 9, tables: [2, 3] }])
    await showPicture(page)
    const picture = page.getByRole('region', { name: '테이블 배치도' })
    await picture.getByRole('button', { name: /2번 테이블 .*2, 3번 함께/ }).waitFor()
    await picture.getByRole('button', { name: /3번 테이블 .*2, 3번 함께/ }).waitFor()
    expect(await picture.locator('polyline').count()).toBe(1)
  })
})
