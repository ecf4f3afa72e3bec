import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { PHONE, TABLET, useBrowser } from '../support/browser'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { actAs, fillLine, joinLine, setUpLine } from '../support/line-scene'
import {
  expectAccessible,
  type OwnerScene,
  openAs,
  panelOf,
  setUpEvening,
} from '../support/owner-scene'
import { readCode } from '../support/read-code'

const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()
let scene: OwnerScene

/** A restaurant with tables and a line in front of them. */
beforeAll(async () => {
  scene = await setUpEvening()
  await setUpLine({ restaurantId: scene.restaurantId })
})

const open = async (person: Person | null, path: string, viewport = PHONE) => {
  const reduce = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce' })
  const url = apps.urlOf()
  const opened = await openAs({ browser, url, person, path, viewport, prepare: reduce })
  await opened.page.waitForLoadState('networkidle')
  return opened
}

const openBoard = async () => {
  const board = await open(scene.owner, `/owner?restaurant=${scene.slug}`, TABLET)
  await board.page.getByRole('tab', { name: /^웨이팅 \d/ }).click()
  return board
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const see = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()

/** An act's notices wait ten seconds for an undo: their due time is moved, not the clock. */
const sendWaiting = () =>
  pool.query(
    `UPDATE notices SET due_at = now() - interval '1 ms' WHERE state = 'QUEUED' AND kind LIKE 'TICKET%'`,
  )

/** The parties in line, in order. */
const listActive = async () => {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM tickets WHERE restaurant_id = $1 AND ended_at IS NULL ORDER BY rank`,
    [scene.restaurantId],
  )
  return rows.map(({ id }) => id)
}

const GUEST = 'guest@bobjool.test'

const openTicket = (page: Page, number: number) =>
  press(page, new RegExp(`^웨이팅 ${number}번 .*자세히$`))

describe('a line with two browsers at once', () => {
  test('from home: join, let others pass, third, called, called for the last time, seated', async () => {
    const line = { restaurantId: scene.restaurantId, ownerId: scene.owner.id }
    const [first, second] = await fillLine(line, 3)
    const diner = await createPerson({ name: '정다움' })
    const { page: phone, complaints } = await open(diner, `/restaurants/${scene.slug}`)
    await press(phone, '웨이팅 인원 늘리기')
    await press(phone, '웨이팅 시작하기')
    await see(phone, '앞에 3팀')
    await expectAccessible(phone)
    await joinLine(line)

    await press(phone, '순서 미루기')
    await phone.getByRole('radio', { name: /^5번 뒤/ }).check()
    await press(phone, '5번 뒤로 미루기')
    await see(phone, '순서를 미뤘어요. 지금 5번째예요.')

    for (const gone of [first, second]) await actAs(scene.owner.id, 'CANCEL', gone?.id ?? '')
    await see(phone, '곧 차례예요. 식당 근처로 와 주세요.')
    const { page: tablet, complaints: others } = await openBoard()
    await sendWaiting()
    await inbox.waitForMail({ recipient: diner.email, subject: /앞에 두 팀이 있어요/ })

    await phone.evaluate(() => {
      navigator.vibrate = (pattern) => Object.assign(window, { shaken: pattern }) && true
    })
    await press(tablet, '웨이팅 4번 부르기')
    await see(phone, '지금 들어오세요')
    await expect.poll(() => phone.title()).toMatch(/^지금 들어오세요 · /)
    expect(await phone.evaluate(() => 'shaken' in window)).toBe(true)
    await openTicket(tablet, 4)
    await expectAccessible(tablet)
    await panelOf(tablet).getByRole('button', { name: '마지막 부르기(10분)' }).click()
    await see(phone, /\d\d:\d\d까지 들어오세요/)
    await expectAccessible(phone)
    await openTicket(tablet, 4)
    await panelOf(tablet)
      .getByRole('button', { name: /^\d+번 테이블에 입장$/ })
      .click()
    await see(phone, '입장했어요. 맛있게 드세요.')
    const { rows } = await pool.query(
      `SELECT t.status::text, v.status::text AS party, v.party_size AS size
         FROM tickets t JOIN reservations v ON v.id = t.reservation_id WHERE t.account_id = $1`,
      [diner.id],
    )
    expect(rows, 'G1: they sit on a slot').toEqual([{ status: 'SEATED', party: 'SEATED', size: 3 }])
    expect([...complaints, ...others]).toEqual([])
  })

  test('at the door: a tablet gives out a ticket, a phone follows it by its QR code until it is seated', async () => {
    const line = { restaurantId: scene.restaurantId, ownerId: scene.owner.id }
    await joinLine(line)
    const { page: office } = await open(scene.owner, `/owner/${scene.slug}/kiosks`, TABLET)
    await office.getByLabel('태블릿 이름').fill('입구')
    await press(office, '연결 링크 만들기')
    const given = new URL(await readCode({ page: office, label: '태블릿 연결 QR 코드' }))

    const { page: door } = await open(null, given.pathname + given.hash, TABLET)
    await door.getByRole('heading', { name: '몇 분이세요?' }).waitFor()
    expect(door.url()).not.toContain(given.hash)
    await door.getByRole('link', { name: 'English' }).click()
    await door.getByRole('heading', { name: 'How many people?' }).waitFor()
    await press(door, '4')
    await press(door, 'Next')
    await expectAccessible(door)
    await door.getByText('Email', { exact: true }).click()
    await door.getByLabel('Email address').fill(GUEST)
    const agrees = door.getByRole('checkbox', { name: 'Remember me next time' })
    expect(await agrees.isChecked()).toBe(false)
    await agrees.check()
    await press(door, 'Take a ticket')
    await see(door, 'Please enter your name.')
    await door.getByRole('textbox', { name: 'Name' }).fill('Mina Park')
    await press(door, 'Take a ticket')
    const code = new URL(await readCode({ page: door, label: 'QR code of your ticket' }))
    await expectAccessible(door)
    await press(door, 'Done')
    // The next guest finds the tablet in Korean.
    await door.getByRole('heading', { name: '몇 분이세요?' }).waitFor()

    const { page: phone, complaints } = await open(null, code.pathname)
    await see(phone, /^Number \d+/)
    const listGuests = () =>
      pool.query('SELECT name, email, consent_way AS way FROM guests WHERE email = $1', [GUEST])
    expect((await listGuests()).rows).toEqual([{ name: 'Mina Park', email: GUEST, way: 'KIOSK' }])
    await see(phone, /^Your name and contact are in the guest book of/)
    await press(phone, 'Delete me from the guest book')
    await phone.getByRole('dialog').getByRole('button', { name: 'Delete me' }).click()
    await see(phone, 'What you agreed to is deleted.')
    expect((await listGuests()).rows).toEqual([])
    await press(phone, 'Leave the line')
    await press(phone, 'Undo')
    await see(phone, 'Undone. You’ve kept your place.')
    await phone.context().setOffline(true)
    await see(phone, /You’re offline\. This is as of \d\d:\d\d/)
    await phone.context().setOffline(false)
    await phone.getByText('Live', { exact: true }).waitFor()

    const { number: behind } = await joinLine(line)
    await press(phone, 'Let others go ahead')
    await phone.getByRole('radio', { name: `Behind ${behind}` }).check()
    await press(phone, `Go behind ${behind}`)
    await see(phone, 'Done. You’re now number 5 in line.')
    for (const id of (await listActive()).slice(0, 2)) await actAs(scene.owner.id, 'CANCEL', id)
    await see(phone, /^2 parties ahead/)
    const { page: tablet } = await openBoard()
    await sendWaiting()
    const mail = await inbox.waitForMail({ recipient: GUEST, subject: /two parties are ahead/ })
    expect(mail.html).toContain(code.pathname)

    const number = behind - 1
    await press(tablet, `웨이팅 ${number}번 부르기`)
    await see(phone, 'Please come in')
    await openTicket(tablet, number)
    await panelOf(tablet).getByRole('button', { name: '마지막 부르기(10분)' }).click()
    await see(phone, /Please come in by \d\d:\d\d/)
    await openTicket(tablet, number)
    await panelOf(tablet)
      .getByRole('button', { name: /^\d+번 테이블에 입장$/ })
      .first()
      .click()
    await see(phone, 'You’re in. Enjoy your meal.')

    await press(door, '다음')
    await door.getByText('전화번호', { exact: true }).click()
    await door.getByLabel('휴대폰 번호').fill('010-5551-2345')
    await door.getByRole('checkbox', { name: '다음에도 알아볼 수 있게 저장하기' }).check()
    await door.getByRole('textbox', { name: '이름' }).fill('김하늘')
    await press(door, '대기표 받기')
    const next = new URL(await readCode({ page: door, label: '내 대기표 QR 코드' }))
    await press(door, '확인했어요')
    const { page: other } = await open(null, next.pathname)
    await press(other, '손님 장부에서 지우기')
    await other.getByRole('dialog').getByRole('button', { name: '장부에서 지우기' }).click()
    await see(other, '동의하고 저장한 정보를 지웠어요.')

    await press(office, '입구: 연결 끊기')
    await office.getByRole('dialog').getByRole('button', { name: '연결 끊기' }).click()
    await see(office, '연결을 끊었어요.')
    await press(door, '다음')
    await press(door, '대기표 받기')
    await see(door, '이 태블릿은 연결이 끊겼어요')
    expect(complaints.filter((said) => !said.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  })
})
