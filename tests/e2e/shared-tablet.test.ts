import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createAccount, createStaff } from '@/prisma/factories'
import { UPRIGHT, useBrowser } from '../support/browser'
import { useApps } from '../support/http-scene'
import {
  addParty,
  expectAccessible,
  openAs,
  panelOf,
  quickAct,
  readStatus,
  setUpEvening,
  showPart,
} from '../support/owner-scene'
import { givePinTo, OTHER_PIN, PIN } from '../support/pin-scene'

const apps = useApps()
const browser = useBrowser()

async function hire(restaurantId: string, { name, pin }: { name: string; pin: string }) {
  const { id: accountId } = await createAccount(pool, { name })
  await createStaff(pool, { restaurantId, accountId, role: 'STAFF' })
  await givePinTo({ restaurantId, accountId }, { pin })
}

/** Says who acts, by two taps and the keys. */
async function sayWho(page: Page, { name, pin }: { name: string; pin: string }) {
  const dialog = panelOf(page).filter({ hasText: /누가 하나요|PIN/ })
  await dialog.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  for (const digit of pin) await dialog.getByRole('button', { name: digit, exact: true }).click()
  await dialog.getByRole('button', { name: '확인', exact: true }).click()
  await page.getByRole('button', { name: `지금: ${name}` }).waitFor()
}

const listAuthors = async (reservationId: string) => {
  const { rows } = await pool.query<{ said: string }>(
    `SELECT a.name || ' ' || e.act AS said FROM audit_events e JOIN accounts a ON a.id = e.actor_id
      WHERE e.subject_id = $1 AND e.tablet_id IS NOT NULL ORDER BY e.at`,
    [reservationId],
  )
  return rows.map(({ said }) => said)
}

test('two people act on one tablet, each under their own name, and it asks again after a while', async () => {
  const scene = await setUpEvening()
  const { owner, restaurantId } = scene
  const [han, seo] = [
    { name: '한서우', pin: PIN },
    { name: '서지안', pin: OTHER_PIN },
  ]
  await hire(restaurantId, han)
  await hire(restaurantId, seo)
  const one = await addParty(scene, { slot: '1 running', name: '김민수' })
  const two = await addParty(scene, { slot: '2 running', name: '박지호' })
  const three = await addParty(scene, { slot: '3 running', name: '정하린' })
  const { page, complaints } = await openAs({ browser, url: apps.urlOf(), person: owner })
  await page.getByRole('searchbox').waitFor()
  await page.getByRole('button', { name: '더보기' }).click()
  await page.getByRole('button', { name: '이 태블릿을 함께 써요' }).click()
  await page.getByText('함께 쓰고 있어요.').waitFor()
  await panelOf(page).getByRole('button', { name: '닫기', exact: true }).click()

  await quickAct(page, '김민수 님 입장').click()
  await page.getByRole('heading', { name: '누가 하나요?' }).waitFor()
  await expectAccessible(page)
  expect(await readStatus(one)).toBe('CONFIRMED')
  await sayWho(page, han)
  await expect.poll(() => readStatus(one)).toBe('SEATED')

  await page.getByRole('button', { name: `지금: ${han.name}` }).click()
  await sayWho(page, seo)
  await quickAct(page, '박지호 님 입장').click()
  await expect.poll(() => readStatus(two)).toBe('SEATED')

  await page.setViewportSize(UPRIGHT)
  await showPart(page, 'PARTIES')
  await pool.query(`UPDATE tablet_authors SET acted_at = now() - interval '11 minutes'`)
  await quickAct(page, '정하린 님 입장').click()
  await page.getByRole('heading', { name: '누가 하나요?' }).waitFor()
  expect(await readStatus(three)).toBe('CONFIRMED')
  await sayWho(page, han)
  await expect.poll(() => readStatus(three)).toBe('SEATED')

  expect(await listAuthors(one)).toEqual(['한서우 SEAT'])
  expect(await listAuthors(two)).toEqual(['서지안 SEAT'])
  expect(await listAuthors(three)).toEqual(['한서우 SEAT'])
  expect(complaints.filter((complaint) => !complaint.includes('403'))).toEqual([])
})
