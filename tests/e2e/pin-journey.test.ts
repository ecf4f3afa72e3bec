import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createStaff, DEMO_PASSWORD } from '@/prisma/factories'
import { PHONE, TABLET, useBrowser } from '../support/browser'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import {
  addParty,
  bothWays,
  expectAccessible,
  type OwnerScene,
  openAs,
  panelOf,
  quickAct,
  readStatus,
  setUpEvening,
  showPart,
} from '../support/owner-scene'
import {
  authorDialogOf,
  listTabletActs,
  pressPin,
  sayWho,
  shareDevice,
  waitForActing,
} from '../support/pin-pad'

const apps = useApps()
const browser = useBrowser()
const inbox = useInbox()

const HAN = '한서우'
const [OWN_PIN, NEXT_PIN] = ['407193', '8261']
const WRONG_PIN = '590317'

async function hire({ restaurantId }: OwnerScene): Promise<Person & { sessionId: string }> {
  const person = await createPerson({ name: HAN })
  await createStaff(pool, { restaurantId, accountId: person.id, role: 'STAFF' })
  return person
}

const open = async (person: Person, path: string, viewport = PHONE) => {
  const opened = await openAs({ browser, url: apps.urlOf(), person, path, viewport })
  await opened.page.getByRole('heading', { level: 1 }).first().waitFor()
  return opened
}

/** The tablet on the counter, which the owner signed in. */
async function openTablet({ owner }: OwnerScene, viewport: typeof PHONE) {
  await shareDevice(owner)
  const opened = await openAs({ browser, url: apps.urlOf(), person: owner, viewport })
  await opened.page.getByRole('searchbox').waitFor()
  await showPart(opened.page, 'PARTIES')
  return opened
}

/** Own complaints: refusals of a PIN and of an act without an author are expected here. */
const withoutRefusals = (complaints: string[]) =>
  complaints.filter((said) => !/40[39]|42[29]/.test(said))

const pinsOf = (page: Page) => page.getByRole('region', { name: '태블릿 PIN' })
const savePin = async (page: Page, pin: string) => {
  await pinsOf(page).getByLabel('새 PIN').fill(pin)
  await pinsOf(page).getByRole('button', { name: '저장하기', exact: true }).click()
}
const openPinForm = (page: Page) =>
  pinsOf(page)
    .getByRole('button', { name: /PIN 정하기$/ })
    .click()

/** As if the last wrong PINs were typed long enough ago, and were so many. */
const passWait = (wrong: number) =>
  pool.query('UPDATE pin_tries SET wrong = $1, wait_until = NULL', [wrong])

/** As if nobody had acted for so long. */
const rest = (minutes: number) =>
  pool.query(`UPDATE tablet_authors SET acted_at = now() - $1::integer * interval '1 minute'`, [
    minutes,
  ])

test.each(bothWays)(
  'a member sets a PIN, it locks when it is guessed, and a new one opens it again, $way',
  async ({ viewport }) => {
    const scene = await setUpEvening()
    const han = await hire(scene)
    const party = await addParty(scene, { slot: '1 running', name: '김민수' })

    await pool.query(`UPDATE sessions SET proved_at = now() - interval '1 day' WHERE id = $1`, [
      han.sessionId,
    ])
    const { page: phone, complaints } = await open(han, '/account')
    await pinsOf(phone).getByText('아직 없어요').waitFor()
    await openPinForm(phone)
    await expectAccessible(phone)
    await savePin(phone, OWN_PIN)
    const proof = phone.getByRole('dialog', { name: '본인 확인' })
    await proof.getByLabel('지금 비밀번호').fill(DEMO_PASSWORD)
    await proof.getByRole('button', { name: '확인', exact: true }).click()
    await pinsOf(phone).getByText('PIN을 정했어요.', { exact: false }).waitFor()
    await pinsOf(phone).getByText('설정됨').waitFor()
    await expectAccessible(phone)

    const { page: tablet, complaints: ofTablet } = await openTablet(scene, viewport)
    await quickAct(tablet, '김민수 님 입장').click()
    const dialog = authorDialogOf(tablet)
    await dialog.getByRole('button', { name: new RegExp(`^${HAN}`) }).click()
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      await pressPin(tablet, WRONG_PIN)
      await expect.poll(() => countWrong(han)).toBe(wrong)
      await dialog.getByText('PIN이 맞지 않아요. 다시 확인해 주세요.').waitFor()
    }
    await pressPin(tablet, OWN_PIN)
    await dialog.getByText('여러 번 틀렸어요. 1분 뒤에 다시 입력해 주세요.').waitFor()
    await expectAccessible(tablet)
    await passWait(14)
    await pressPin(tablet, WRONG_PIN)
    await expect.poll(() => countWrong(han)).toBe(15)
    await passWait(15)
    await pressPin(tablet, OWN_PIN)
    await dialog.getByText('PIN을 여러 번 틀려서 잠겼어요.', { exact: false }).waitFor()
    expect(await readStatus(party)).toBe('CONFIRMED')
    await inbox.waitForMail({ recipient: han.email, subject: /PIN이 잠겼어요/ })

    await phone.reload()
    await pinsOf(phone).getByText('여러 번 틀려서 잠겼어요.', { exact: false }).waitFor()
    await openPinForm(phone)
    await savePin(phone, '1234')
    await pinsOf(phone).getByText('쉽게 맞힐 수 있는 PIN이에요.', { exact: false }).waitFor()
    await savePin(phone, NEXT_PIN)
    await pinsOf(phone).getByText('설정됨').waitFor()

    await pressPin(tablet, NEXT_PIN)
    await waitForActing(tablet, { name: HAN })
    await expect.poll(() => readStatus(party)).toBe('SEATED')
    expect(await listTabletActs(party)).toEqual([`${HAN} SEAT`])
    expect(withoutRefusals([...complaints, ...ofTablet])).toEqual([])
  },
)

async function countWrong({ id }: Person): Promise<number> {
  const { rows } = await pool.query<{ wrong: number }>(
    'SELECT wrong FROM pin_tries WHERE account_id = $1',
    [id],
  )
  return rows[0]?.wrong ?? 0
}

test('an owner gives a PIN for once, which its person replaces on the tablet', async () => {
  const scene = await setUpEvening()
  const party = await addParty(scene, { slot: '1 running', name: '김민수' })
  await hire(scene)
  const owner = await createPerson({ name: '이사장', role: 'OWNER' })
  await createStaff(pool, { restaurantId: scene.restaurantId, accountId: owner.id })
  const { page, complaints } = await open(owner, `/owner/${scene.slug}/staff`)
  await page.getByRole('button', { name: `${HAN}: 임시 PIN 주기` }).click()
  const giving = panelOf(page)
  await expectAccessible(page)
  await giving.getByRole('button', { name: '임시 PIN 주기', exact: true }).click()
  const shown = giving.getByText(/^\d{6}$/)
  const given = (await shown.textContent()) ?? ''
  await giving.getByRole('heading', { name: `${HAN} 님의 임시 PIN` }).waitFor()
  await expectAccessible(page)
  await giving.getByRole('button', { name: '닫기', exact: true }).last().click()
  await page.getByRole('button', { name: `${HAN}: 임시 PIN 주기` }).click()
  await giving.getByRole('button', { name: '임시 PIN 주기', exact: true }).waitFor()
  expect(await shown.count(), 'shown again').toBe(0)

  const { page: tablet, complaints: ofTablet } = await openTablet(scene, TABLET)
  await quickAct(tablet, '김민수 님 입장').click()
  await sayWho(tablet, { name: HAN, pin: given })
  await authorDialogOf(tablet).getByText('앞으로 쓸 PIN을 정해 주세요.', { exact: false }).waitFor()
  expect(await readStatus(party)).toBe('CONFIRMED')
  await pressPin(tablet, OWN_PIN)
  await waitForActing(tablet, { name: HAN })
  await expect.poll(() => readStatus(party)).toBe('SEATED')
  await tablet.getByRole('button', { name: `지금: ${HAN}` }).click()
  await sayWho(tablet, { name: HAN, pin: given })
  await authorDialogOf(tablet).getByText('PIN이 맞지 않아요. 다시 확인해 주세요.').waitFor()
  expect(await listTabletActs(party)).toEqual([`${HAN} SEAT`])
  expect(withoutRefusals([...complaints, ...ofTablet])).toEqual([])
})

test('an owner says after how many minutes a tablet asks again, and it does', async () => {
  const scene = await setUpEvening()
  const one = await addParty(scene, { slot: '1 running', name: '김민수' })
  const two = await addParty(scene, { slot: '2 running', name: '박지호' })
  const three = await addParty(scene, { slot: '3 running', name: '정하린' })
  const han = await hire(scene)
  const { page: phone } = await open(han, '/account')
  await openPinForm(phone)
  await savePin(phone, OWN_PIN)
  await pinsOf(phone).getByText('설정됨').waitFor()
  const { page, complaints } = await open(scene.owner, `/owner/${scene.slug}/staff`)
  await page.getByLabel('PIN을 다시 묻기까지').selectOption('5')
  await page
    .getByText('태블릿을 5분 동안 쓰지 않으면 PIN을 다시 물어요.', { exact: false })
    .waitFor()
  await page.reload()
  expect(await page.getByLabel('PIN을 다시 묻기까지').inputValue()).toBe('5')
  await expectAccessible(page)

  await shareDevice(scene.owner)
  const { page: tablet, complaints: ofTablet } = await openAs({
    browser,
    url: apps.urlOf(),
    person: scene.owner,
    prepare: (fresh) => fresh.clock.install(),
  })
  await tablet.getByRole('searchbox').waitFor()
  await quickAct(tablet, '김민수 님 입장').click()
  await sayWho(tablet, { name: HAN, pin: OWN_PIN })
  await waitForActing(tablet, { name: HAN })
  await expect.poll(() => readStatus(one)).toBe('SEATED')
  await rest(4)
  await quickAct(tablet, '박지호 님 입장').click()
  await expect.poll(() => readStatus(two)).toBe('SEATED')
  await tablet.clock.fastForward('06:00')
  await tablet.getByRole('button', { name: '누가 일하고 있나요?' }).waitFor()
  await rest(6)
  await quickAct(tablet, '정하린 님 입장').click()
  await tablet.getByRole('heading', { name: '누가 하나요?' }).waitFor()
  expect(await readStatus(three)).toBe('CONFIRMED')
  await sayWho(tablet, { name: HAN, pin: OWN_PIN })
  await expect.poll(() => readStatus(three)).toBe('SEATED')
  expect(await listTabletActs(three)).toEqual([`${HAN} SEAT`])
  expect(withoutRefusals([...complaints, ...ofTablet])).toEqual([])
})
