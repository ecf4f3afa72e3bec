import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { DEMO_PASSWORD } from '@/prisma/factories'
import { PHONE, useBrowser } from '../support/browser'
import { createPerson, openSessionOf, type Person, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { byKeyboard } from '../support/keyboard'
import { expectAccessible, openAs } from '../support/owner-scene'
import { register } from '../support/passkeys'

const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()

let diner: Person
beforeEach(async () => {
  diner = await createPerson({ name: '박손님' })
})

const open = async (path = '/account', person: Person | null = diner) => {
  const opened = await openAs({ browser, url: apps.urlOf(), person, path, viewport: PHONE })
  await opened.page.emulateMedia({ reducedMotion: 'reduce' })
  return opened
}
const { press: pressOn, write } = byKeyboard
const press = (page: Page, name: string) =>
  pressOn(page.getByRole('main').getByRole('button', { name, exact: true }))
const ask = (page: Page) => page.getByRole('dialog', { name: '본인 확인' })
/** As if every proof had been given a day ago. */
const forgetProofs = () => pool.query(`UPDATE sessions SET proved_at = now() - interval '1 day'`)

async function newestLink(recipient: string, subject: RegExp): Promise<string> {
  const mail = await inbox.waitForMail({ recipient, subject })
  const path = /(?:\/en)?\/links\/[\w-]+/.exec(mail.text ?? '')?.[0]
  if (!path) throw new Error('the mail has no link')
  return `${apps.urlOf()}${path}`
}

describe('G24: the list of devices', () => {
  test('G24: by keyboard, one device is signed out at once, and this one goes on', async () => {
    const device = { browser: 'SAFARI', system: 'IPHONE' }
    const phone = { ...diner, ...(await openSessionOf(diner, { device })) }
    const { page, complaints } = await open()
    const other = await open('/account', phone)
    await page.reload()
    await page.getByText('iPhone · 사파리').waitFor()
    await page.getByText('지금 쓰는 기기').waitFor()
    await expectAccessible(page)
    await press(page, 'iPhone · 사파리 로그아웃')
    await page.getByText('iPhone · 사파리 기기에서 로그아웃했어요.').waitFor()
    await page.getByText('iPhone · 사파리', { exact: true }).waitFor({ state: 'detached' })
    await other.page.goto(`${apps.urlOf()}/account`)
    await other.page.waitForURL('**/sign-in?callbackUrl=%2Faccount')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: '내 정보' }).waitFor()
    expect(complaints).toEqual([])
  })

  test('G24: in English, with a pointer: what was signed out here works nowhere else', async () => {
    const { page } = await open('/en/account')
    const [stolen] = await page.context().cookies()
    await page.getByText('This device', { exact: true }).waitFor()
    await page.getByRole('banner').getByRole('button', { name: '박손님' }).click()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL('**/en')
    expect(await page.context().cookies()).not.toContainEqual(stolen)
    const answer = await fetch(`${apps.urlOf()}/api/v1/reservations`, {
      headers: { cookie: `${stolen?.name}=${stolen?.value}` },
    })
    expect(answer.status).toBe(401)
  })
})

describe('G24: a stolen change of address', () => {
  test('G24: needs a proof, which is asked for over what was typed; and is undone from the old mailbox', async () => {
    await forgetProofs()
    const { page, complaints } = await open()
    const thiefs = `thief-${diner.email}`
    await press(page, '이메일 바꾸기')
    await write(page.getByLabel('새 이메일'), thiefs)
    await press(page, '확인 메일 받기')
    await ask(page).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByText(/본인 확인이 필요해요/).waitFor()
    expect(await page.getByLabel('새 이메일').inputValue()).toBe(thiefs)
    await press(page, '확인 메일 받기')
    await write(ask(page).getByLabel('지금 비밀번호'), 'not-this-one')
    await pressOn(ask(page).getByRole('button', { name: '확인', exact: true }))
    await ask(page)
      .getByText(/지금 쓰는 비밀번호가 맞지 않아요/)
      .waitFor()
    await write(ask(page).getByLabel('지금 비밀번호'), DEMO_PASSWORD)
    await pressOn(ask(page).getByRole('button', { name: '확인', exact: true }))
    await page.getByText(`${thiefs} 주소로 확인 메일을 보냈어요.`).waitFor()
    await page.goto(await newestLink(thiefs, /새 이메일 주소/))
    await press(page, '이 주소로 바꾸기')
    await page.getByText('주소를 바꿨어요').first().waitFor()

    const owner = await open('/', null)
    await owner.page.goto(await newestLink(diner.email, /이메일 주소가 바뀌었어요/))
    await owner.page.getByText('이 주소로 되돌릴까요?').waitFor()
    await expectAccessible(owner.page)
    await press(owner.page, '이 주소로 되돌리기')
    await owner.page.getByText('새 비밀번호를 정해 주세요').waitFor()
    await write(owner.page.getByLabel('새 비밀번호'), 'mine and mine alone')
    await press(owner.page, '비밀번호 바꾸기')
    await owner.page.getByText('비밀번호를 바꿨어요').first().waitFor()
    await owner.page.goto(`${apps.urlOf()}/account`)
    await owner.page.getByText(diner.email, { exact: true }).waitFor()
    await page.goto(`${apps.urlOf()}/account`)
    await page.waitForURL('**/sign-in?callbackUrl=%2Faccount')
    expect(complaints).toEqual([])
  })

  test('G24: in English, with a pointer: a mailed code is a proof too', async () => {
    await forgetProofs()
    const { page } = await open('/en/account')
    const dialog = page.getByRole('dialog', { name: 'Is it you?' })
    await page.getByRole('button', { name: 'Change Email' }).click()
    const email = `next-${diner.email}`
    await page.getByLabel('New email').fill(email)
    await page.getByRole('button', { name: 'Send the email' }).click()
    await dialog.getByRole('button', { name: 'Use an emailed code instead' }).click()
    await dialog.getByRole('button', { name: 'Email me a code' }).click()
    await dialog.getByText(`We sent a code to ${diner.email}.`).waitFor()
    await expectAccessible(page)
    const mail = await inbox.waitForMail({ recipient: diner.email })
    const code = /\b\d{6}\b/.exec(mail.text ?? '')?.[0] ?? ''
    await dialog.getByLabel(/code/i).fill(code)
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
    await page.getByText(email, { exact: false }).first().waitFor()
    await inbox.waitForMail({ recipient: email })
  })
})

describe('G24: one’s own data', () => {
  test('G24: by keyboard: the export asks for a proof, and saves a file with what is kept', async () => {
    await forgetProofs()
    const { page, complaints } = await open()
    await press(page, 'CSV로 받기')
    await ask(page).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(/본인 확인이 필요해요/).waitFor()
    await press(page, 'CSV로 받기')
    await write(ask(page).getByLabel('지금 비밀번호'), DEMO_PASSWORD)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      pressOn(ask(page).getByRole('button', { name: '확인', exact: true })),
    ])
    await page.getByText('파일을 만들었어요. 받은 파일함을 확인해 주세요.').waitFor()
    expect(file.suggestedFilename()).toBe('bobjool-account.csv')
    const csv = await readFile(await file.path(), 'utf8')
    expect(csv).toContain('"구분","번호","항목","내용"')
    expect(csv).toContain(`"account",1,"email","${diner.email}"`)
    expect(complaints.filter((said) => !/403/.test(said))).toEqual([])
  })

  test('G24, control: in English, with a pointer: who has just proved who they are is not asked', async () => {
    const { page } = await open('/en/account')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download JSON' }).click(),
    ])
    const copy: unknown = JSON.parse(await readFile(await file.path(), 'utf8'))
    expect(copy).toMatchObject({ account: { email: diner.email, name: '박손님' } })
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

describe('G24: a lost passkey', () => {
  const lose = async () => {
    await register({ accountId: diner.id })
    await pool.query('UPDATE accounts SET needs_passkey = true WHERE id = $1', [diner.id])
  }
  const showPassword = async (page: Page) => {
    await page.goto(`${apps.urlOf()}/sign-in?callbackUrl=/account`)
    await write(page.getByLabel('이메일'), diner.email)
    await write(page.getByLabel('비밀번호', { exact: true }), DEMO_PASSWORD)
    await press(page, '로그인')
    await page.getByText('패스키로 한 번 더 확인해 주세요').waitFor()
  }
  const askToWait = async (page: Page) => {
    await press(page, '패스키를 잃어버렸어요')
    const dialog = page.getByRole('dialog', { name: '패스키 없이 로그인할까요?' })
    await expectAccessible(page)
    await pressOn(dialog.getByRole('button', { name: '24시간 기다리기' }))
    await page.getByText(/부터 패스키 없이 로그인할 수 있어요/).waitFor()
  }

  test('G24: by keyboard: is waited for, and then its person is in without it', async () => {
    await lose()
    const { page } = await open('/', null)
    await showPassword(page)
    await askToWait(page)
    expect(await page.getByRole('button', { name: '패스키를 지우고 로그인하기' }).count()).toBe(0)
    await pool.query(`UPDATE accounts SET passkey_lost_at = passkey_lost_at - interval '25 hours'`)
    await showPassword(page)
    await press(page, '패스키를 지우고 로그인하기')
    await page.waitForURL('**/account')
    await page.getByText('아직 없어요', { exact: true }).waitFor()
    await inbox.waitForMail({ recipient: diner.email, subject: /패스키를 지웠어요/ })
  })

  test('G24: that is not lost is kept by the link of the mail', async () => {
    await lose()
    const { page } = await open('/', null)
    await showPassword(page)
    await askToWait(page)
    const owner = await open('/', null)
    const link = await newestLink(diner.email, /패스키 없이 로그인하려는 요청이 왔어요/)
    await owner.page.goto(link)
    await owner.page.getByText('패스키를 그대로 둘까요?').waitFor()
    await expectAccessible(owner.page)
    await press(owner.page, '요청 멈추기')
    await owner.page.getByText('새 비밀번호를 정해 주세요').waitFor()
    await pool.query(`UPDATE accounts SET passkey_lost_at = passkey_lost_at - interval '25 hours'`)
    await showPassword(page)
    await page.getByRole('button', { name: '패스키를 잃어버렸어요' }).waitFor()
    expect(await page.getByRole('button', { name: '패스키를 지우고 로그인하기' }).count()).toBe(0)
  })

  test('G24: by keyboard: that is not lost is kept on the account page of a device that is signed in', async () => {
    await lose()
    const owner = await open('/account')
    const { page } = await open('/', null)
    await showPassword(page)
    await askToWait(page)
    await owner.page.reload()
    await owner.page.getByText('패스키 없이 로그인하려는 요청이 왔어요').waitFor()
    await expectAccessible(owner.page)
    await press(owner.page, '요청 멈추기')
    await owner.page.getByText('요청을 멈췄어요').waitFor()
    await expectAccessible(owner.page)
    await pool.query(`UPDATE accounts SET passkey_lost_at = passkey_lost_at - interval '25 hours'`)
    await showPassword(page)
    await page.getByRole('button', { name: '패스키를 잃어버렸어요' }).waitFor()
    await owner.page.reload()
    await owner.page.getByRole('heading', { level: 1, name: '내 정보' }).waitFor()
    expect(await owner.page.getByText('패스키 없이 로그인하려는 요청이 왔어요').count()).toBe(0)
  })
})
