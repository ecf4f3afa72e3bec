import { describe, expect, test } from 'vitest'
import { signLink } from '@/lib/crypto/link-token'
import { PHONE, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { findInDump, spellPhone } from '../support/dump'
import { useApps } from '../support/http-scene'
import { byKeyboard } from '../support/keyboard'
import { seatAs } from '../support/line-scene'
import { expectAccessible, openAs } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()
const database = useDatabase()

const guest = { phone: '+821055512345', email: 'guest-kim@mailbox.test' }
const find = () => findInDump(database, [...spellPhone(guest.phone), 'guest-kim'])

async function openTicket(prefix: '' | '/en') {
  const door = await setUpDoor()
  const { id } = await takeAtDoor(door, guest)
  const path = `${prefix}/tickets/${signLink({ kind: 'ticket', id })}`
  const opened = await openAs({ browser, url: apps.urlOf(), person: null, path, viewport: PHONE })
  return { ...opened, door, id }
}

describe('a guest forgets, by the link of their ticket', () => {
  test('while they wait: told first that the place goes too, and can keep it', async () => {
    const { page, complaints } = await openTicket('')
    await page.getByRole('button', { name: '내 연락처 지우기' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/대기도 함께 취소해요/).waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: '그대로 두기' }).click()
    expect(await find(), 'control: it is all there').toContain('tickets.contact_phone')

    await page.getByRole('button', { name: '내 연락처 지우기' }).click()
    await dialog.getByRole('button', { name: '대기 취소하고 지우기' }).click()
    await page.getByText('연락처를 지웠어요. 이제 알림을 보내지 않아요.').waitFor()
    await page.getByText('대기를 취소했어요.').first().waitFor()
    await expectAccessible(page)
    expect(await page.getByRole('button', { name: '취소 되돌리기' }).count()).toBe(0)
    expect(await find()).toEqual([])
    await page.reload()
    await page.getByText('연락처를 지웠어요. 이제 알림을 보내지 않아요.').waitFor()
    expect(complaints).toEqual([])
  })

  test('after they sat down, by keyboard and in English: the table stays theirs', async () => {
    const { page, complaints, door, id } = await openTicket('/en')
    await seatAs(door.ownerId, id)
    await page.reload()
    await byKeyboard.press(page.getByRole('button', { name: 'Erase my contact details' }))
    const dialog = page.getByRole('dialog')
    await byKeyboard.press(dialog.getByRole('button', { name: 'Erase them' }))
    await page.getByText(/^Your contact details are erased/).waitFor()
    await page.getByText('You’re in. Enjoy your meal.').first().waitFor()
    expect(await find()).toEqual([])
    expect(complaints).toEqual([])
  })
})
