import { describe, expect, test } from 'vitest'
import { signTurn } from '@/lib/crypto/receipt'
import { useBrowser } from '../support/browser'
import { change, readPlaces, setUpPlan } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { openSessionOf, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { createOpening } from '../support/opening-scene'
import { expectAccessible, formatTime, openAs } from '../support/owner-scene'

const database = useDatabase()
const inbox = useInbox()
const apps = useApps()
const browser = useBrowser()

/** The sheet of a party of two at the first seating, opened by its diner on a phone. */
async function openSheet() {
  const { bookCell, cellAt, dinerId, ownerId, restaurantId } = await setUpPlan()
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
  const dialog = page.getByRole('dialog')
  const open = async () => {
    await page.getByRole('button', { name: '예약 바꾸기' }).click()
    await dialog.getByText(/지금 예약:/).waitFor()
  }
  await open()
  return { page, complaints, dialog, open, id, account, cellAt, ownerId, restaurantId }
}

describe('a diner changes a reservation', () => {
  test('to a later time, learns it by mail with old and new, and keeps the table until then', async () => {
    const { page, complaints, dialog, id, account, cellAt } = await openSheet()
    const submit = dialog.getByRole('button', { name: '이대로 바꾸기' })
    const timeOf = (at: string, mark: string, pressed: boolean) =>
      dialog.getByRole('button', {
        name: new RegExp(`${formatTime(new Date(at))}.*${mark}`),
        pressed,
      })
    const present = cellAt(0, 1, 0).startsAt
    await timeOf(present, '지금 예약', true).waitFor()
    const box = await submit.boundingBox()
    expect(box && box.y + box.height).toBeLessThanOrEqual(844)
    await expectAccessible(page)
    const later = formatTime(new Date(cellAt(0, 0, 2).startsAt))
    await dialog.getByRole('button', { name: new RegExp(later) }).click()
    await dialog.getByText(/바꿀 예약/).waitFor()
    await timeOf(cellAt(0, 0, 2).startsAt, '선택함', true).waitFor()
    await timeOf(present, '지금 예약', false).waitFor()
    await expectAccessible(page)
    expect(await readPlaces()).toEqual({ [cellAt(0, 1, 0).slotId]: id })
    await submit.click()
    await page.getByText('예약을 바꿨어요.').waitFor()
    expect(await readPlaces()).toEqual({ [cellAt(0, 0, 2).slotId]: id })
    const mail = await inbox.waitForMail({ recipient: account.email, subject: /바꿨어요/ })
    for (const at of [cellAt(0, 1, 0), cellAt(0, 0, 2)])
      expect(mail.text).toContain(formatTime(new Date(at.startsAt)))
    expect(complaints).toEqual([])
  })
  test('that staff have moved meanwhile: they are told where it is, and press once more', async () => {
    const { dialog, page, id, cellAt, ownerId } = await openSheet()
    const later = formatTime(new Date(cellAt(0, 0, 2).startsAt))
    await dialog.getByRole('button', { name: new RegExp(later) }).click()
    const moved = cellAt(0, 2, 1)
    const { tableNumber, startsAt } = moved
    await change(id, { tableNumbers: [tableNumber], startsAt }, ownerId)
    await dialog.getByRole('button', { name: '이대로 바꾸기' }).click()
    await dialog
      .getByText(
        new RegExp(`그 사이 예약이 바뀌었어요. 지금은 .*${formatTime(new Date(startsAt))}`),
      )
      .waitFor()
    expect((await readPlaces())[moved.slotId]).toBe(id)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '이대로 바꾸기' }).click()
    await page.getByText('예약을 바꿨어요.').waitFor()
    expect((await readPlaces())[cellAt(0, 0, 2).slotId]).toBe(id)
  })
  test('G22: to a date behind a gate: not without a turn, and with the one that the phone keeps', async () => {
    const { page, dialog, open, id, account, cellAt, restaurantId } = await openSheet()
    const { openingId } = await createOpening({ restaurantId, daysAhead: 1, opensInMinutes: -10 })
    const there = cellAt(1, 0, 1)
    const chooseDate = () => dialog.locator(`input[value="${there.serviceDate}"]`).check()
    await chooseDate()
    await dialog.getByText('지금은 차례대로 예약해요.').waitFor()
    await dialog.getByRole('link', { name: '내 차례 보기' }).waitFor()
    await expectAccessible(page)
    const expiresAtMs = Date.now() + 300_000
    const place = {
      accountId: account.id,
      entry: { receipt: `${btoa(JSON.stringify({ a: account.id }))}.seal` },
      turn: {
        turn: `${openingId}.${signTurn({ openingId, accountId: account.id, expiresAtMs })}`,
        expiresAt: new Date(expiresAtMs).toISOString(),
      },
      reservationId: null,
    }
    await page.evaluate(([key, kept]) => localStorage.setItem(key, kept), [
      `opening:${openingId}`,
      JSON.stringify(place),
    ] as const)
    await page.reload()
    await open()
    await chooseDate()
    await dialog
      .getByRole('button', { name: new RegExp(formatTime(new Date(there.startsAt))) })
      .click()
    await dialog.getByRole('button', { name: '이대로 바꾸기' }).click()
    await page.getByText('예약을 바꿨어요.').waitFor()
    expect((await readPlaces())[there.slotId]).toBe(id)
  })
})
