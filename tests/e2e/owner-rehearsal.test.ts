import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createStaff } from '@/prisma/factories'
import { TABLET, UPRIGHT, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { setUpBoard } from '../support/diner-scene'
import { createPerson, useApps } from '../support/http-scene'
import { createOpening, passTime } from '../support/opening-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const database = useDatabase()
beforeEach(() => database.truncateAll())

const TABLES = [
  { minParty: 1, maxParty: 2 },
  { minParty: 3, maxParty: 4 },
  { minParty: 5, maxParty: 6 },
]
const calm = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce' })
const isWiderThanScreen = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

async function setUp() {
  const owner = await createPerson({ role: 'OWNER' })
  const { restaurantId, slug } = await setUpBoard({ seatings: 6, tables: TABLES })
  await createStaff(pool, { restaurantId, accountId: owner.id })
  const { openingId } = await createOpening({ restaurantId, opensInMinutes: 180 })
  const path = `/owner/${slug}/openings`
  return { owner, slug, openingId, restaurantId, path, page: `${path}/${openingId}` }
}

const enterMore = (openingId: string, from: number, to: number) =>
  pool.query(
    `INSERT INTO opening_entries (opening_id, entry_id, in_lobby)
     SELECT $1, md5(n::text), true FROM generate_series($2::int, $3::int) AS n`,
    [openingId, from, to],
  )

test('an owner rehearses an opening, and sees it happen beside what was rehearsed', async () => {
  const scene = await setUp()
  const { openingId } = scene
  const url = apps.urlOf()
  const { page, complaints } = await openAs({
    browser,
    url,
    person: scene.owner,
    path: scene.path,
    viewport: TABLET,
    prepare: calm,
  })
  await page.getByRole('link', { name: '리허설' }).click()
  await page.getByText('아직 그릴 흐름이 없어요').waitFor()
  await page.getByLabel('손님이 몇 명 올까요?').fill('9')
  await page.getByRole('button', { name: '리허설하기' }).click()
  await page.getByText('10명에서 300,000명 사이로 넣어 주세요.').waitFor()
  await page.getByLabel('손님이 몇 명 올까요?').fill('2,000')
  await page.getByRole('button', { name: '리허설하기' }).click()
  await page.getByText('리허설을 마쳤어요.').waitFor()
  await page.getByText('손님 2000명이 온다고 보고').waitFor()
  await page.getByText('자리 18개가 모두 나가요').waitFor()
  await page.getByRole('img', { name: /^접수한 손님: 온 손님 2,000, 리허설/ }).waitFor()
  await page.locator('summary', { hasText: '표로 보기' }).click()
  await page.getByRole('columnheader', { name: '남은 자리 (리허설)' }).waitFor()
  await expectAccessible(page)
  await page.setViewportSize(UPRIGHT)
  expect(await isWiderThanScreen(page)).toBe(false)
  await expectAccessible(page)
  const left = await pool.query(
    `SELECT (SELECT count(*)::int FROM restaurants) AS restaurants, (SELECT count(*)::int FROM notices) AS notices,
            (SELECT count(*)::int FROM reservations) AS reservations, (SELECT count(*)::int FROM opening_entries) AS entries`,
  )
  expect(left.rows).toEqual([{ restaurants: 1, notices: 0, reservations: 0, entries: 0 }])

  // It is under way: the page follows by itself.
  await passTime({ database, openingId, seconds: 180 * 60 + 5 })
  await enterMore(openingId, 1, 40)
  await page.reload()
  await page.getByText('지금 흐름이에요').waitFor()
  await page.getByRole('img', { name: /실제 40$/ }).waitFor()
  await enterMore(openingId, 41, 50)
  await page.getByRole('img', { name: /실제 50$/ }).waitFor()
  await expectAccessible(page)

  // It is over: both stay.
  await passTime({ database, openingId, seconds: 120 * 60 })
  await page.reload()
  await page.getByText('리허설한 흐름과 실제 흐름이에요.').waitFor()
  await expectAccessible(page)
  expect(complaints).toEqual([])
}, 90_000)

test('a rehearsal near another opening is refused with the time, and strangers find no page', async () => {
  const scene = await setUp()
  await createOpening({ opensInMinutes: 30 })
  const url = apps.urlOf()
  const { page } = await openAs({ browser, url, person: scene.owner, path: scene.page })
  await page.getByRole('button', { name: '리허설하기' }).click()
  await page.getByText(/곧 열리거나 막 열린 오픈이 있어서 .*부터 할 수 있어요\./).waitFor()
  await expectAccessible(page)
  const stranger = await createPerson({ role: 'OWNER' })
  const visit = await openAs({ browser, url, person: stranger, path: scene.page })
  expect(await visit.page.getByRole('button', { name: '리허설하기' }).count()).toBe(0)
})
