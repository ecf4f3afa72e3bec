import { expect, test } from 'vitest'
import { placeOf, readScore, toScoredBytes } from '@/domain/opening/draw.rules'
import { findEntry, readOpening } from '@/domain/opening/queries'
import { pool } from '@/lib/db/database'
import { PHONE, useBrowser } from '../support/browser'
import { setUpProven } from '../support/gallery/proven'
import { useApps } from '../support/http-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

/** Somebody who booked with a turn: their receipt, and their place worked out from the scores. */
async function readParticipant(openingId: string) {
  const { rows } = await pool.query<{ id: string; accountId: string | null }>(
    `SELECT entry_id AS id, account_id AS "accountId" FROM opening_entries WHERE opening_id = $1 AND in_lobby`,
    [openingId],
  )
  const { data: opening } = await readOpening(openingId)
  const scores = await Promise.all(
    rows.map(async ({ id: entryId }) => {
      const bytes = toScoredBytes({ orderSeed: opening?.orderSeed ?? '', entryId })
      const score = readScore(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
      return { entryId, place: placeOf({ score, entryCount: rows.length }) }
    }),
  )
  const accountId = rows.find((row) => row.accountId)?.accountId ?? ''
  const entry = await findEntry({ openingId, accountId })
  const order = scores.toSorted((a, b) => a.place - b.place).map(({ entryId }) => entryId)
  return { accountId, entry, rank: order.indexOf(entry?.entryId ?? '') + 1 }
}

test('a proof begins with what it shows: who drew, which place was mine, and that all is right', async () => {
  const openingId = await setUpProven()
  const { rank, ...place } = await readParticipant(openingId)
  const kept = JSON.stringify({ ...place, turn: null, reservationId: null })
  const path = `/openings/${openingId}/proof`
  const { page } = await openAs({
    browser,
    url: apps.urlOf(),
    person: null,
    viewport: PHONE,
    path,
    prepare: (opened) =>
      opened.addInitScript(([name, text]) => localStorage.setItem(name, text), [
        `opening:${openingId}`,
        kept,
      ] as const),
  })
  await page.getByText(`340명이 추첨했고, 내 순서는 ${rank}번째였어요.`).waitFor()
  await page.getByText(/\d+가지를 이 기기에서 다시 계산했고 모두 맞아요/).waitFor()
  const plot = page.getByRole('img', { name: '차례보다 먼저 한 예약은 없어요.' })
  await plot.waitFor()
  expect(await plot.locator('circle').count()).toBe(7)
  await page.getByText('큰 점이 내 예약이에요.').waitFor()

  // Hashes wait until somebody looks for them.
  const seed = page.getByText('추첨 시드', { exact: true })
  expect(await seed.isVisible()).toBe(false)
  await page.getByText('해시와 값 보기').last().click()
  await seed.waitFor()
  await expectAccessible(page)

  await page.goto(`${apps.urlOf()}/en${path}`)
  await page.getByText(`Drawn among 340. Your place: ${rank}.`).waitFor()
  await page.getByRole('img', { name: 'Nobody booked before their turn.' }).waitFor()
  await expectAccessible(page)
})
