import { beforeAll, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { closeVisit, PHONE, useBrowser } from '../support/browser'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { createOpening } from '../support/opening-scene'
import { useOutside } from '../support/outside'
import { expectAccessible, openAs } from '../support/owner-scene'
import { subscribeAt } from '../support/push-browser'
import { listReminders } from '../support/reminder-scene'

const apps = useApps()
const browser = useBrowser({ isWhole: true })
const outside = useOutside()

let diner: Person
beforeAll(async () => {
  diner = await createPerson({ name: '박손님' })
})

/** The page asks whether this diner is in. */
const NOT_IN = /404/

const isAsked = async (openingId: string) => (await listReminders(openingId)).length > 0

test('a diner asks on an opening’s page to be told before it, and takes it back', async () => {
  const { openingId } = await createOpening({ opensInMinutes: 90 })
  const path = `/openings/${openingId}`
  const { page, complaints } = await openAs({
    browser,
    url: apps.urlOf(),
    person: diner,
    path,
    viewport: PHONE,
  })
  const tell = page.getByRole('switch', { name: '열리기 전에 알림 받기' })
  await tell.click()
  await page.getByText('알려 드릴게요').waitFor()
  await expect.poll(() => isAsked(openingId)).toBe(true)
  await expectAccessible(page)
  await page.reload()
  await page.getByRole('switch', { name: '열리기 전에 알림 받기', checked: true }).click()
  await expect.poll(() => isAsked(openingId)).toBe(false)
  await page.getByText('에 알려 드려요').waitFor()
  expect(complaints.filter((each) => !NOT_IN.test(each))).toEqual([])
  await closeVisit(page.context())
})

test('a diner in the lobby asks to be told of their turn, on this phone', async () => {
  const { openingId } = await createOpening({ opensInMinutes: 30 })
  const { page, complaints } = await openAs({
    browser,
    url: apps.urlOf(),
    person: diner,
    path: `/openings/${openingId}`,
    viewport: PHONE,
    prepare: async (opened) => {
      await subscribeAt(opened.context(), `${outside.origin}/push/turn`)
    },
  })
  await page.getByRole('button', { name: '대기실 들어가기' }).click()
  await page.getByText('대기실에 들어왔어요').first().waitFor()
  await page.getByRole('switch', { name: '차례 1분 전에 알림 받기' }).click()
  await page.getByText('이 기기에 알려 드릴게요').waitFor()
  await expect.poll(() => isAsked(openingId)).toBe(true)
  expect(await pool.query('SELECT 1 FROM push_subscriptions')).toMatchObject({ rowCount: 1 })
  expect(complaints.filter((each) => !NOT_IN.test(each))).toEqual([])
  await closeVisit(page.context())
})
