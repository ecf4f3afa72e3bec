import { describe, expect, test } from 'vitest'
import { useBrowser } from '../support/browser'
import { readPlaces, setUpPlan } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { openSessionOf, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { expectAccessible, formatTime, openAs } from '../support/owner-scene'

const database = useDatabase()
const inbox = useInbox()
const apps = useApps()
const browser = useBrowser()

describe('a diner changes a reservation', () => {
  test('to a later time, learns it by mail with old and new, and keeps the table until then', async () => {
    const { bookCell, cellAt, dinerId } = await setUpPlan()
    const id = await bookCell(cellAt(0, 1, 0), dinerId)
    const [account] = await database.query<{ id: string; email: string }>(
      'SELECT id::text AS id, email FROM accounts WHERE id = $1',
      [dinerId],
    )
    if (!account) throw new Error('the diner has an account')
    const { token } = await openSessionOf(account)
    const { page, complaints } = await openAs({
      browser,
      url: apps.urlOf(),
      person: { ...account, token },
      path: `/reservations/${id}`,
      viewport: { width: 390, height: 844 },
    })
    await page.getByRole('button', { name: '예약 바꾸기' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/지금 예약/).waitFor()
    await expectAccessible(page)
    const later = formatTime(new Date(cellAt(0, 0, 2).startsAt))
    await dialog.getByRole('button', { name: new RegExp(later) }).click()
    await dialog.getByText(/바꿀 예약/).waitFor()
    expect(await readPlaces()).toEqual({ [cellAt(0, 1, 0).slotId]: id })
    await dialog.getByRole('button', { name: '이대로 바꾸기' }).click()
    await page.getByText('예약을 바꿨어요.').waitFor()
    expect(await readPlaces()).toEqual({ [cellAt(0, 0, 2).slotId]: id })
    const mail = await inbox.waitForMail({ recipient: account.email, subject: /바꿨어요/ })
    for (const at of [cellAt(0, 1, 0), cellAt(0, 0, 2)])
      expect(mail.text).toContain(formatTime(new Date(at.startsAt)))
    expect(complaints).toEqual([])
  })
})
