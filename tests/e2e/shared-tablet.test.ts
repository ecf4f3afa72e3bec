import { expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createAccount, createRestaurant, createStaff } from '@/prisma/factories'
import { UPRIGHT, useBrowser } from '../support/browser'
import { createPerson, useApps } from '../support/http-scene'
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
import { listTabletActs, sayWho, shareDevice, waitForActing } from '../support/pin-pad'
import { givePinTo, OTHER_PIN, PIN } from '../support/pin-scene'
import { setUpTickets } from '../support/ticket-scene'

const apps = useApps()
const browser = useBrowser()

async function hire(restaurantId: string, { name, pin }: { name: string; pin: string }) {
  const { id: accountId } = await createAccount(pool, { name })
  await createStaff(pool, { restaurantId, accountId, role: 'STAFF' })
  await givePinTo({ restaurantId, accountId }, { pin })
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
  await waitForActing(page, han)
  await expect.poll(() => readStatus(one)).toBe('SEATED')

  await page.getByRole('button', { name: `지금: ${han.name}` }).click()
  await sayWho(page, seo)
  await waitForActing(page, seo)
  await quickAct(page, '박지호 님 입장').click()
  await expect.poll(() => readStatus(two)).toBe('SEATED')

  await page.setViewportSize(UPRIGHT)
  await showPart(page, 'PARTIES')
  await pool.query(`UPDATE tablet_authors SET acted_at = now() - interval '11 minutes'`)
  await quickAct(page, '정하린 님 입장').click()
  await page.getByRole('heading', { name: '누가 하나요?' }).waitFor()
  expect(await readStatus(three)).toBe('CONFIRMED')
  await sayWho(page, han)
  await waitForActing(page, han)
  await expect.poll(() => readStatus(three)).toBe('SEATED')

  expect(await listTabletActs(one)).toEqual(['한서우 SEAT'])
  expect(await listTabletActs(two)).toEqual(['서지안 SEAT'])
  expect(await listTabletActs(three)).toEqual(['한서우 SEAT'])
  expect(complaints.filter((complaint) => !complaint.includes('403'))).toEqual([])
})

test('tables are closed and the shift’s note is left under a name', async () => {
  const scene = await setUpEvening()
  const { owner, restaurantId } = scene
  const han = { name: '한서우', pin: PIN }
  await hire(restaurantId, han)
  await shareDevice(owner)
  const { page, complaints } = await openAs({ browser, url: apps.urlOf(), person: owner })
  const openMore = async (name: string) => {
    await page.getByRole('button', { name: '더보기' }).click()
    await panelOf(page).getByRole('button', { name, exact: true }).click()
  }
  await openMore('테이블 닫기')
  await panelOf(page).getByRole('button', { name: '2번', exact: true }).click()
  await panelOf(page).getByRole('button', { name: '1개 테이블 닫기' }).click()
  await page.getByRole('heading', { name: '누가 하나요?' }).waitFor()
  await expectAccessible(page)
  await sayWho(page, han)
  await panelOf(page).getByRole('button', { name: '지금 다시 열기' }).waitFor()
  await panelOf(page).getByRole('button', { name: '닫기', exact: true }).click()
  // Someone has set another PIN since: the one who acts is asked again, and what was typed stays.
  await pool.query('DELETE FROM tablet_authors')
  await openMore('인수인계 메모')
  await panelOf(page).getByLabel('다음 근무자에게 남길 말').fill('케이크는 9시에')
  await panelOf(page).getByRole('button', { name: '남기기' }).click()
  await sayWho(page, han)
  await page.getByRole('region', { name: '인수인계 메모' }).getByText('케이크는 9시에').waitFor()
  const { rows } = await pool.query<{ said: string }>(
    `SELECT a.name || ' ' || e.act AS said FROM audit_events e JOIN accounts a ON a.id = e.actor_id
      WHERE e.restaurant_id = $1 AND e.act IN ('CLOSE_TABLES', 'WRITE_SHIFT_NOTE')
        AND e.tablet_id = $2 ORDER BY e.at`,
    [restaurantId, owner.sessionId],
  )
  expect(rows.map(({ said }) => said)).toEqual(['한서우 CLOSE_TABLES', '한서우 WRITE_SHIFT_NOTE'])
  expect(complaints.filter((complaint) => !complaint.includes('403'))).toEqual([])
})

test('a first line is started under a name', async () => {
  const owner = await createPerson({ role: 'OWNER', name: '이사장' })
  const { id: restaurantId } = await createRestaurant(pool, { ownerId: owner.id })
  await givePinTo({ restaurantId, accountId: owner.id })
  await shareDevice(owner)
  const { page, complaints } = await openAs({ browser, url: apps.urlOf(), person: owner })
  const start = page.getByRole('button', { name: '웨이팅 시작하기' })
  await start.click()
  await page.getByRole('heading', { name: '누가 하나요?' }).waitFor()
  await expectAccessible(page)
  await panelOf(page).getByRole('button', { name: '닫기', exact: true }).click()
  const readLine = async () => {
    const { rows } = await pool.query<{ state: string; name: string }>(
      `SELECT l.state::text AS state, a.name FROM line_settings l
         JOIN audit_events e ON e.restaurant_id = l.restaurant_id AND e.act = 'CHANGE_LINE'
         JOIN accounts a ON a.id = e.actor_id
        WHERE l.restaurant_id = $1 AND e.tablet_id = $2`,
      [restaurantId, owner.sessionId],
    )
    return rows
  }
  expect(await readLine()).toEqual([])
  await start.click()
  await sayWho(page, { name: '이사장', pin: PIN })
  await expect.poll(readLine).toEqual([{ state: 'OPEN', name: '이사장' }])
  await start.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

test('what is the account’s own is not shown, and says that the tablet is shared', async () => {
  const scene = await setUpEvening()
  const { owner, restaurantId } = scene
  const own = await addParty(scene, { slot: '1 ahead', name: '김손님' })
  await pool.query('UPDATE reservations SET diner_id = $1 WHERE id = $2', [owner.id, own])
  const { rows } = await pool.query<{ name: string }>(
    'SELECT name FROM restaurants WHERE id = $1',
    [restaurantId],
  )
  const { page } = await openAs({
    browser,
    url: apps.urlOf(),
    person: owner,
    path: '/reservations',
  })
  await page.getByText(rows[0]?.name ?? '').waitFor()
  await shareDevice(owner)
  const elsewhere = await createRestaurant(pool)
  const { ticketId } = await setUpTickets({ restaurantId: elsewhere.id, dinerId: owner.id })
  const personal = ['/reservations', `/reservations/${own}`, `/tickets/${ticketId}`]
  for (const path of [...personal, '/account', '/account/delete']) {
    await page.goto(`${apps.urlOf()}${path}`)
    await page.getByRole('heading', { name: '함께 쓰는 태블릿이에요' }).waitFor()
    expect(await page.getByText(rows[0]?.name ?? '').count(), path).toBe(0)
  }
  await expectAccessible(page)
})
