import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { listAreas, listCombinations } from '@/domain/restaurant/table-group.queries'
import { pool } from '@/lib/db/database'
import { createRestaurant, createTable } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { createPerson, useApps } from '../support/http-scene'
import { byKeyboard } from '../support/keyboard'
import { expectAccessible, openAs } from '../support/owner-scene'
import { TIME_ZONE } from '../support/time-zone'

const apps = useApps()
const browser = useBrowser()
const PHONE = { width: 390, height: 844 }

/** An owner of tables 1 to 3, for two, four and four. */
async function openAreas({
  prefix = '',
  ...rest
}: {
  prefix?: string
  viewport?: typeof PHONE
} = {}) {
  const person = await createPerson({ role: 'OWNER' })
  const restaurant = await createRestaurant(pool, { timeZone: TIME_ZONE, ownerId: person.id })
  for (const maxParty of [2, 4, 4])
    await createTable(pool, { restaurantId: restaurant.id, maxParty })
  const path = `${prefix}/owner/${restaurant.slug}/areas`
  const prepare = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce' })
  const open = await openAs({ browser, url: apps.urlOf(), person, path, prepare, ...rest })
  return { ...open, restaurantId: restaurant.id, slug: restaurant.slug }
}

const inDialog = (page: Page, name: string | RegExp) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true })

test('an owner puts tables into areas, moves one up, and a table moves to another area', async () => {
  const { page, complaints, restaurantId } = await openAreas()
  for (const [name, tables] of [
    ['홀', [/1번 테이블/, /2번 테이블/]],
    ['테라스', [/2번 테이블/]],
  ] as const) {
    await page.getByRole('button', { name: '구역 만들기' }).click()
    await page.getByLabel('이름').fill(name)
    for (const table of tables) await page.getByRole('checkbox', { name: table }).check()
    await expectAccessible(page)
    await inDialog(page, '저장').click()
    await page.getByText(`${name} 구역을 저장했어요.`).waitFor()
  }
  await page.getByRole('button', { name: '테라스 위로 옮기기' }).click()
  await page.getByText('테라스 구역을 위로 옮겼어요.').waitFor()
  expect(await listAreas({ restaurantId })).toMatchObject([
    { name: '테라스', tableNumbers: [2] },
    { name: '홀', tableNumbers: [1] },
  ])
  await expectAccessible(page)
  await page.getByRole('button', { name: /^테라스 2번/ }).click()
  await inDialog(page, '구역 지우기').click()
  await inDialog(page, '네, 지울게요').click()
  await page.getByText('테라스 구역을 지웠어요.').waitFor()
  expect(await listAreas({ restaurantId })).toMatchObject([{ name: '홀', tableNumbers: [1] }])
  expect(complaints).toEqual([])
}, 90_000)

test('in English, by keyboard on a phone, an owner combines tables, and removing a table tells what ends', async () => {
  const viewport = PHONE
  const { page, complaints, restaurantId, slug } = await openAreas({ prefix: '/en', viewport })
  await byKeyboard.press(page.getByRole('button', { name: 'Add a combination' }))
  const box = (number: number) => page.getByRole('checkbox', { name: `Table ${number}` })
  await byKeyboard.tick(box(2))
  await byKeyboard.write(page.getByLabel('Smallest party'), '5')
  await byKeyboard.press(inDialog(page, 'Save'))
  await page.getByText('Choose two tables or more.').waitFor()
  await byKeyboard.tick(box(3))
  await page.getByText('Together they seat 8.').waitFor()
  await byKeyboard.press(inDialog(page, 'Save'))
  await page.getByText('The combination was saved.').waitFor()
  expect(await listCombinations({ restaurantId })).toEqual([
    { tableNumbers: [2, 3], minParty: 5, maxParty: 8 },
  ])
  await expectAccessible(page)
  await page.goto(`${apps.urlOf()}/en/owner/${slug}/tables`)
  await byKeyboard.press(page.getByRole('button', { name: 'Change table 3' }))
  await byKeyboard.press(inDialog(page, 'Stop using this table'))
  await page.getByText('The combination it is in goes with it.').waitFor()
  await byKeyboard.press(inDialog(page, 'Yes, stop using it'))
  await page.getByText('Table 3 was removed.').waitFor()
  expect(await listCombinations({ restaurantId })).toEqual([])
  expect(complaints).toEqual([])
}, 90_000)
