import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { TABLET, UPRIGHT, useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import {
  addParty,
  barOf,
  cellOf,
  openOwnBoard,
  panelOf,
  quickAct,
  waitUntilLive,
} from '../support/owner-scene'
import { countTaps, watchTaps } from '../support/taps'

const apps = useApps()
const browser = useBrowser()

async function openWith(parties: { slot: string; name: string }[], viewport = TABLET) {
  const { scene, page } = await openOwnBoard({
    ...{ browser, url: apps.urlOf(), viewport },
    prepare: watchTaps,
  })
  await waitUntilLive(page)
  if (viewport === UPRIGHT) await page.getByRole('tab', { name: '테이블' }).click()
  for (const party of parties) {
    await addParty(scene, party)
    await cellOf(page, new RegExp(party.name)).waitFor()
  }
  return { scene, page }
}

/** Taps a cell, then a button of its panel. */
async function tapThrough(page: Page, cell: Locator, button: string | RegExp) {
  await cell.click()
  await panelOf(page)
    .getByRole('button', { name: button, exact: typeof button === 'string' })
    .click()
}

const settle = (page: Page, words: string | RegExp) => barOf(page, words).first().waitFor()

describe.each([
  { name: 'landscape', viewport: TABLET },
  { name: 'portrait', viewport: UPRIGHT },
])('two taps from the board for the frequent acts, $name', ({ viewport }) => {
  test('seat, leave and what corrects them', async () => {
    const { page } = await openWith([{ slot: '1 running', name: '김민수' }], viewport)
    const cell = cellOf(page, /김민수/)
    const acts: [string, string][] = [
      ['입장', '김민수 님 입장 처리했어요.'],
      ['입장 취소', '김민수 님 입장을 취소했어요.'],
      ['입장', '김민수 님 입장 처리했어요.'],
      ['퇴장', '김민수 님 퇴장 처리했어요.'],
    ]
    for (const [act, said] of acts) {
      const taps = await countTaps(page, async () => {
        await tapThrough(page, cell.first(), act)
        await settle(page, said)
      })
      expect(taps, act).toBe(2)
    }
  })

  test('arrived, late and no-show', async () => {
    const { page } = await openWith(
      [
        { slot: '1 running', name: '김민수' },
        { slot: '2 ahead', name: '박늦음' },
      ],
      viewport,
    )
    const taps = {
      late: await countTaps(page, async () => {
        await tapThrough(page, cellOf(page, /박늦음/), '15분')
        await cellOf(page, /박늦음 .*15분 늦는다고/).waitFor()
      }),
      arrived: await countTaps(page, async () => {
        await page.keyboard.press('Escape')
        await tapThrough(page, cellOf(page, /김민수/), '도착')
        await settle(page, '김민수 님 도착을 적었어요.')
      }),
      noShow: await countTaps(page, async () => {
        await tapThrough(page, cellOf(page, /김민수/), '노쇼')
        await settle(page, '김민수 님 노쇼 처리했어요.')
      }),
    }
    expect(taps).toEqual({ late: 2, arrived: 2, noShow: 2 })
  })

  test('a walk-in, at the proposed table or at one that is tapped', async () => {
    const { page } = await openWith([], viewport)
    const proposed = await countTaps(page, async () => {
      await page.getByRole('button', { name: '워크인', exact: true }).click()
      await panelOf(page).getByRole('button', { name: '1번 테이블에 2명 입장' }).click()
      await settle(page, '워크인 2명, 1번에 입장 처리했어요.')
    })
    await cellOf(page, /^1번 .*워크인 2명 입장$/).waitFor()
    const tapped = await countTaps(page, async () => {
      await tapThrough(page, cellOf(page, /^3번 .*빈 자리$/).first(), /2명 입장$/)
      await cellOf(page, /^3번 .*워크인 2명 입장$/).waitFor()
    })
    expect({ proposed, tapped }).toEqual({ proposed: 2, tapped: 2 })
  })

  test('a booking by phone, beside the typing', async () => {
    const { page } = await openWith([], viewport)
    const taps = await countTaps(page, async () => {
      await cellOf(page, /^2번 .*빈 자리$/)
        .last()
        .click()
      await panelOf(page).getByLabel('이름').fill('김단골')
      await panelOf(page).getByRole('button', { name: '2명 예약하기' }).click()
      await settle(page, /김단골 님, .* 예약을 받았어요\./)
    })
    expect(taps).toBe(2)
  })
})

test('one tap from the list seats a party, another one undoes it', async () => {
  const { page } = await openWith([{ slot: '1 running', name: '김민수' }])
  const seat = await countTaps(page, async () => {
    await quickAct(page, '김민수 님 입장').click()
    await settle(page, '김민수 님 입장 처리했어요.')
  })
  const undo = await countTaps(page, async () => {
    await page.getByRole('button', { name: /^되돌리기/ }).click()
    await settle(page, '김민수 님 입장을 되돌렸어요.')
  })
  expect({ seat, undo }).toEqual({ seat: 1, undo: 1 })
})

test('control: a third tap is counted', async () => {
  const { page } = await openWith([{ slot: '1 running', name: '김민수' }])
  const taps = await countTaps(page, async () => {
    await cellOf(page, /김민수/).click()
    await panelOf(page).getByRole('button', { name: '닫기' }).click()
    await cellOf(page, /김민수/).click()
  })
  expect(taps).toBe(3)
})
