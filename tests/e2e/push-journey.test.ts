import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { PHONE, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { actAs, setUpLine, takeAs } from '../support/line-scene'
import { useOutside } from '../support/outside'
import { expectAccessible, openAs } from '../support/owner-scene'
import { deliverPush, subscribeAt } from '../support/push-browser'
import { sendAfterUndo } from '../support/undo-over'

const apps = useApps()
const database = useDatabase()
const browser = useBrowser({ isWhole: true })
const inbox = useInbox()
const outside = useOutside()

let diner: Person
/** Decrypts a push with the phone's own keys. */
let read = (_: Buffer): string => ''
beforeAll(async () => {
  diner = await createPerson({ name: '박손님' })
})

/** What the phone shows by now. */
function readShown(page: Page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration('/')
    const [shown] = (await registration?.getNotifications()) ?? []
    return shown ? { title: shown.title, body: shown.body } : null
  })
}

/** The ten seconds for an undo are over by then. */
async function callNow({ ownerId, ticketId }: { ownerId: string; ticketId: string }) {
  outside.clear()
  await actAs(ownerId, 'CALL', ticketId)
  await sendAfterUndo({ database, url: apps.urlOf() })
}

async function expectCalled({ page, number }: { page: Page; number: number }) {
  expect(outside.received).toHaveLength(1)
  await deliverPush(page, read(outside.received[0]?.body ?? Buffer.of()))
  // The test waits because the service worker takes its time.
  await expect
    .poll(() => readShown(page))
    .toEqual({ title: '지금 들어오세요', body: expect.stringContaining(`${number}번 손님`) })
}

test('a diner turns on push, and the service worker shows the call on the phone', async () => {
  const { page, complaints } = await openAs({
    browser,
    url: apps.urlOf(),
    person: diner,
    path: '/account',
    viewport: PHONE,
    prepare: async (opened) => {
      const endpoint = `${outside.origin}/push/phone`
      read = (await subscribeAt(opened.context(), endpoint)).read
    },
  })
  const main = page.getByRole('main')
  await main.getByRole('switch', { name: '이 기기에서 알림 받기' }).click()
  await main.getByRole('switch', { checked: true }).waitFor()
  await main.getByText('켜져 있어요.').waitFor()
  await main.getByRole('radio', { name: '푸시 먼저, 안 되면 메일로', checked: true }).waitFor()
  await expectAccessible(page)

  const line = await setUpLine()
  const taken = await takeAs(diner.id, line)
  if (!taken.ok) throw new Error(taken.reason)
  await callNow({ ...line, ticketId: taken.value.ticket.id })
  await expectCalled({ page, number: 1 })
  expect(inbox.listMails(diner.email)).toEqual([])

  await main.getByRole('switch', { name: '이 기기에서 알림 받기' }).click()
  await main.getByRole('switch', { checked: false }).waitFor()
  const { rows } = await pool.query('SELECT id FROM push_subscriptions')
  expect(rows).toEqual([])
  expect(complaints).toEqual([])
})

test('a guest without an account is called on the phone that follows the ticket', async () => {
  const door = await setUpDoor()
  const ticket = await takeAtDoor(door)
  const { page, complaints } = await openAs({
    browser,
    url: apps.urlOf(),
    person: null,
    viewport: PHONE,
    path: `/tickets/${signLink({ kind: 'ticket', id: ticket.id })}`,
    prepare: async (opened) => {
      const endpoint = `${outside.origin}/push/guest`
      read = (await subscribeAt(opened.context(), endpoint)).read
    },
  })
  const main = page.getByRole('main')
  await main.getByRole('switch', { name: '이 휴대폰으로 입장 안내 받기' }).click()
  await main.getByRole('switch', { checked: true }).waitFor()
  await expectAccessible(page)
  await callNow({ ...door, ticketId: ticket.id })
  await expectCalled({ page, number: 1 })
  await main.getByRole('switch', { name: '이 휴대폰으로 입장 안내 받기' }).click()
  await main.getByRole('switch', { checked: false }).waitFor()
  expect((await pool.query('SELECT id FROM guest_devices')).rows).toEqual([])
  expect(complaints).toEqual([])
})
