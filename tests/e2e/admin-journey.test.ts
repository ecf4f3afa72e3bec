import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createRestaurant } from '@/prisma/factories'
import { useBrowser } from '../support/browser'
import { createPerson, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard } from '../support/keyboard'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()

const waiting = { role: 'OWNER', ownerApprovedAt: null } as const

describe('an admin decides about owners', () => {
  test('approves one: the mail comes, and the owner’s board opens', async () => {
    const url = apps.urlOf()
    const admin = await createPerson({ role: 'ADMIN', name: '최관리' })
    const owner = await createPerson({ ...waiting, name: '한기다림' })
    const { slug } = await createRestaurant(pool, { ownerId: owner.id, name: '기다리는 식당' })
    const { page, complaints } = await openAs({ browser, url, person: admin, path: '/admin' })
    await expectAccessible(page)
    await page.getByRole('button', { name: '승인', exact: true }).click()
    await page.getByText('한기다림 님을 승인했어요. 메일로 알려 드려요.').waitFor()
    await expectAccessible(page)
    const mail = await inbox.waitForMail({ recipient: owner.email })
    expect(mail.subject).toContain('승인')
    const board = await openAs({ browser, url, person: owner, path: `/owner?restaurant=${slug}` })
    await board.page
      .getByRole('heading', { name: /기다리는 식당/ })
      .first()
      .waitFor()
    expect(complaints).toEqual([])
  })

  test('refuses one with a reason, by keyboard alone; nobody else sees the page', async () => {
    const url = apps.urlOf()
    const admin = await createPerson({ role: 'ADMIN' })
    const owner = await createPerson({ ...waiting, name: '윤거절' })
    const { page } = await openAs({ browser, url, person: admin, path: '/en/admin/owners' })
    await byKeyboard.press(page.getByRole('button', { name: 'Refuse', exact: true }))
    const dialog = page.getByRole('dialog')
    await byKeyboard.press(dialog.getByRole('button', { name: 'Refuse', exact: true }))
    await dialog.getByText('Please write a reason', { exact: false }).waitFor()
    await page.keyboard.type('The number is <b>not</b> yours.')
    await byKeyboard.press(dialog.getByRole('button', { name: 'Refuse', exact: true }))
    await page.getByText('You refused 윤거절.', { exact: false }).waitFor()
    const mail = await inbox.waitForMail({ recipient: owner.email })
    expect(mail.text).toContain('The number is <b>not</b> yours.')
    expect(mail.html).not.toContain('<b>not</b>')
    for (const person of [owner, await createPerson(), null]) {
      const other = await openAs({ browser, url, person, path: '/admin/people' })
      await other.page.getByRole('heading', { level: 1 }).waitFor()
      expect(await other.page.getByText(admin.email).count()).toBe(0)
      expect((await other.page.request.get(`${url}/admin/people`)).status()).toBe(404)
    }
  })
})
