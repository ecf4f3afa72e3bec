import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findTurnOf } from '@/domain/opening/commands'
import { findEntry, readOpening } from '@/domain/opening/queries'
import { readReceipt } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { createReservation, DEMO_PASSWORD } from '@/prisma/factories'
import { PHONE, useBrowser } from '../support/browser'
import { useDatabase } from '../support/database'
import { readReservations, setUpBoard, sheetOf, timeButton } from '../support/diner-scene'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { createOpening, type OpeningScene, passTime } from '../support/opening-scene'
import { expectAccessible, openAs } from '../support/owner-scene'
import { TIME_ZONE } from '../support/time-zone'

const database = useDatabase()
const apps = useApps()
const browser = useBrowser()

const LOBBY_SIZE = 20_000
/** The whole lobby takes less than the hour of the gate, and a diner is hardly ever first. */
const TURNS_PER_SECOND = 6

interface Scene extends OpeningScene {
  slug: string
  slotIds: string[]
}

async function setUpOpening({ turnsPerSecond = TURNS_PER_SECOND } = {}): Promise<Scene> {
  const { restaurantId, slug, times } = await setUpBoard({ seatings: 3 })
  const scene = await createOpening({ restaurantId, turnsPerSecond })
  // The application's own connections give a statement two seconds.
  await database.query(
    `INSERT INTO opening_entries (opening_id, entry_id, in_lobby)
     SELECT $1, md5(n::text), true FROM generate_series(1, $2::int) AS n`,
    [scene.openingId, LOBBY_SIZE],
  )
  return { ...scene, slug, slotIds: times.flatMap(({ slotIds }) => slotIds) }
}

/** Time passes; the page reads again as after an outage, until it shows what follows. */
async function letPass({
  scene,
  page,
  seconds,
  until,
}: {
  scene: Scene
  page: Page
  seconds: number
  until: Locator
}) {
  await passTime({ database, openingId: scene.openingId, seconds })
  const look = async () => {
    // A process keeps a snapshot for a second, so the first read may still show the time before.
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    return until.isVisible()
  }
  await expect.poll(look, { timeout: 20_000, interval: 500 }).toBe(true)
}

/** Makes this phone's clock wrong by that many hours for all its pages. */
const setClock = (hours: number) => (page: Page) =>
  page.addInitScript((offsetMs) => {
    const Real = Date
    const nowMs = () => Real.now() + offsetMs
    window.Date = new Proxy(Real, {
      construct: (_, given) => Reflect.construct(Real, given.length === 0 ? [nowMs()] : given),
      get: (_, name) => (name === 'now' ? nowMs : Reflect.get(Real, name)),
    })
  }, hours * 3_600_000)

const openPage = ({
  scene,
  person,
  path = `/openings/${scene.openingId}`,
  ...wish
}: { scene: Scene; person: Person | null; path?: string } & Partial<
  Parameters<typeof openAs>[0]
>) => openAs({ browser, url: apps.urlOf(), viewport: PHONE, ...wish, person, path })

/** The page asks for the diner's entry, and is answered 404 while there is none. */
const unexpected = (complaints: string[]) => complaints.filter((said) => !said.includes('404'))

/** The requests of a page that no shared cache answers, in order. */
function listAsked(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const what = /\/api\/v1\/.*?(entries|turn|reservations)$/.exec(request.url())?.[1]
    if (what && request.method() === 'POST') asked.push(what)
  })
  return asked
}

type Press = (target: Locator) => Promise<void>
const tap: Press = (target) => target.click()
/** Tab until it has the focus, then Enter: no pointer anywhere. */
const useKeys: Press = async (target) => {
  await target.waitFor()
  const { keyboard } = target.page()
  for (let steps = 0; steps < 80; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) break
    await keyboard.press('Tab')
  }
  await keyboard.press('Enter')
}

async function expectedTime({ openingId, person }: { openingId: string; person: Person }) {
  const { data: opening } = await readOpening(openingId)
  const entry = await findEntry({ openingId, accountId: person.id })
  const receipt = readReceipt(entry?.receipt ?? '')
  if (!opening || !receipt) throw new Error('nobody has entered')
  return new Intl.DateTimeFormat('en-GB', {
    ...({ timeZone: TIME_ZONE, hourCycle: 'h23' } as const),
    ...({ hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
  }).format(findTurnOf({ opening, receipt }) ?? 0)
}

interface Words {
  path: string
  locale: 'ko-KR' | 'en-US'
  toLobby: string
  signInAndEnter: string
  email: string
  password: string
  signIn: string
  in: string
  ahead: RegExp
  mine: string
  book: string
  booked: RegExp
  done: string
}
const korean: Words = {
  path: '',
  locale: 'ko-KR',
  toLobby: '대기실 들어가기',
  signInAndEnter: '로그인하고 대기실 들어가기',
  email: '이메일',
  password: '비밀번호',
  signIn: '로그인',
  in: '대기실에 들어왔어요',
  ahead: /쯤 차례가 와요\. 화면을 닫아도 순서는 그대로예요\./,
  mine: '차례가 됐어요',
  book: '예약하기',
  booked: /예약이 확정됐어요\./,
  done: '예약했어요.',
}
const english: Words = {
  path: '/en',
  locale: 'en-US',
  toLobby: 'Go to the lobby',
  signInAndEnter: 'Sign in and enter the lobby',
  email: 'Email',
  password: 'Password',
  signIn: 'Sign in',
  in: 'You’re in the lobby',
  ahead: /Your turn comes at about .+ You keep it even if you close this page\./,
  mine: 'It’s your turn',
  book: 'Book',
  booked: /You’re booked\./,
  done: 'You’re booked.',
}

describe('a diner at an opening', () => {
  test.each<[string, { words: Words; press: Press; clockHours: number }]>([
    [
      'in Korean, with a keyboard alone and a clock seven hours behind',
      { words: korean, press: useKeys, clockHours: -7 },
    ],
    ['in English, with a clock five hours ahead', { words: english, press: tap, clockHours: 5 }],
  ])('G14: from the lobby through the draw to a turn and a table, %s', async (_, way) => {
    const { words, press, clockHours } = way
    const scene = await setUpOpening()
    const person = await createPerson()
    const { page, complaints } = await openPage({
      scene,
      person: null,
      locale: words.locale,
      path: `${words.path}/restaurants/${scene.slug}`,
      prepare: async (fresh) => {
        await fresh.emulateMedia({ reducedMotion: 'reduce' })
        await setClock(clockHours)(fresh)
      },
    })
    const asked = listAsked(page)
    await press(page.getByRole('link', { name: words.toLobby }))
    await page
      .getByRole('timer')
      .filter({ hasText: /^00:(29|30):\d\d$/ })
      .waitFor()
    await expectAccessible(page)
    await press(page.getByRole('button', { name: words.signInAndEnter }))

    await page.getByLabel(words.email).fill(person.email)
    await page.getByLabel(words.password).fill(DEMO_PASSWORD)
    await press(page.getByRole('main').getByRole('button', { name: words.signIn, exact: true }))
    // The press before signing in takes effect by itself.
    const { openingId } = scene
    await page.getByRole('main').getByText(words.in).last().waitFor()
    await expectAccessible(page)

    const ahead = page.getByText(words.ahead).last()
    await letPass({ scene, page, seconds: 31 * 60, until: ahead })
    const time = await expectedTime({ openingId, person })
    await page.getByText(time, { exact: true }).waitFor()
    await expectAccessible(page)

    const mine = page.getByRole('heading', { name: words.mine, exact: true })
    await letPass({ scene, page, seconds: LOBBY_SIZE / TURNS_PER_SECOND + 5, until: mine })
    await page
      .getByRole('timer')
      .filter({ hasText: /^4:\d\d$/ })
      .waitFor()
    await press(timeButton(page, /\d\d:\d\d/).first())
    await expectAccessible(page)
    await press(sheetOf(page).getByRole('button', { name: words.book, exact: true }))
    await sheetOf(page).getByText(words.booked).waitFor()
    await expectAccessible(page)
    expect(await readReservations(scene.restaurantId)).toMatchObject([{ status: 'CONFIRMED' }])
    expect(asked).toEqual(['entries', 'turn', 'reservations'])

    await page.reload()
    await page.getByRole('main').getByText(words.done, { exact: true }).waitFor()
    expect(unexpected(complaints)).toEqual([])
  })

  test('is told at once that all is sold out, and late arrivals come after the lobby', async () => {
    // Slow, because a diner whose turn has come sees the board in place of the end.
    const scene = await setUpOpening({ turnsPerSecond: 1 })
    const { page, complaints } = await openPage({
      scene,
      person: await createPerson(),
      locale: 'en-US',
      path: `/en/openings/${scene.openingId}`,
    })
    await page.getByRole('button', { name: 'Enter the lobby', exact: true }).click()
    await page.getByText(english.in).last().waitFor()
    const ahead = page.getByText(english.ahead).last()
    await letPass({ scene, page, seconds: 31 * 60, until: ahead })

    const late = await openPage({ scene, person: await createPerson() })
    await late.page.getByRole('button', { name: '다음 순서로 들어가기' }).click()
    await late.page.getByText('대기실에 있던 20,001명 다음, 1번째예요.').waitFor()
    await late.page.goto(`${apps.urlOf()}/restaurants/${scene.slug}`)
    await late.page.getByText('지금은 차례대로 예약해요.').waitFor()
    await late.page.getByRole('link', { name: '내 차례 보기' }).click()
    await late.page.getByText(korean.ahead).last().waitFor()

    await pool.query('UPDATE slots SET taken = true WHERE restaurant_id = $1', [scene.restaurantId])
    await letPass({
      scene,
      page,
      seconds: 0,
      until: page.getByRole('link', { name: 'See other dates' }),
    })
    expect(await page.getByText(/is full \(as of \d\d:\d\d:\d\d\)/).isVisible()).toBe(true)
    const lateFull = late.page.getByText(/모두 찼어요 \(\d\d:\d\d:\d\d 기준\)/)
    await letPass({ scene, page: late.page, seconds: 0, until: lateFull })
    await expectAccessible(page)
    expect(unexpected([...complaints, ...late.complaints])).toEqual([])
  })

  test('is told at once that a booking of that day keeps them out, and gets in once it is cancelled', async () => {
    const scene = await setUpOpening()
    const person = await createPerson()
    const { id } = await createReservation(pool, { slotId: scene.slotIds[0], dinerId: person.id })
    const { page, complaints } = await openPage({ scene, person })
    await page
      .getByText(/에 이미 예약이 있어요\./)
      .last()
      .waitFor()
    await expectAccessible(page)
    expect(await page.getByRole('button', { name: '대기실 들어가기' }).count()).toBe(0)
    await page.getByRole('link', { name: '내 예약 보기' }).click()
    await page.waitForURL(new RegExp(`/reservations/${id}$`))
    await pool.query(
      `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER' WHERE id = $1`,
      [id],
    )
    await page.goBack()
    await page.getByRole('button', { name: '대기실 들어가기', exact: true }).click()
    await page.getByText(korean.in).last().waitFor()
    expect(complaints.filter((said) => !/404|409/.test(said))).toEqual([])
  })

  test('who has booked with the turn sees that on every device, instead of the turn again', async () => {
    const scene = await setUpOpening()
    const person = await createPerson()
    const phone = await openPage({ scene, person })
    await phone.page.getByRole('button', { name: '대기실 들어가기', exact: true }).click()
    await phone.page.getByText(korean.in).last().waitFor()
    const tablet = await openPage({
      scene,
      person,
      locale: 'en-US',
      path: `/en/openings/${scene.openingId}`,
    })
    await tablet.page.getByText(english.in).last().waitFor()
    const waiting = phone.page.getByText(korean.ahead).last()
    await letPass({ scene, page: phone.page, seconds: 31 * 60, until: waiting })
    const mine = phone.page.getByRole('heading', { name: korean.mine, exact: true })
    const { page } = phone
    await letPass({ scene, page, seconds: LOBBY_SIZE / TURNS_PER_SECOND + 5, until: mine })
    const turn = tablet.page.getByRole('heading', { name: english.mine, exact: true })
    await letPass({ scene, page: tablet.page, seconds: 0, until: turn })

    await timeButton(page, /\d\d:\d\d/)
      .first()
      .click()
    await sheetOf(page).getByRole('button', { name: korean.book, exact: true }).click()
    await sheetOf(page).getByText(korean.booked).waitFor()
    // The other device shows it by itself, another one from its first look.
    const done = tablet.page.getByRole('main').getByText(english.done, { exact: true })
    await done.waitFor({ timeout: 40_000 })
    expect(await turn.count()).toBe(0)
    const third = await openPage({ scene, person })
    await third.page.getByRole('main').getByText(korean.done, { exact: true }).waitFor()

    // Nothing left: that is no news to who has booked.
    await pool.query('UPDATE slots SET taken = true WHERE restaurant_id = $1', [scene.restaurantId])
    await third.page.reload()
    await third.page.getByRole('main').getByText(korean.done, { exact: true }).waitFor()
    expect(unexpected([...phone.complaints, ...tablet.complaints, ...third.complaints])).toEqual([])
  })

  test('G15: keeps the place when the session is lost, in a second tab and on a second device', async () => {
    const scene = await setUpOpening()
    const person = await createPerson()
    const { page, complaints } = await openPage({ scene, person })
    await page.getByRole('button', { name: '대기실 들어가기', exact: true }).click()
    await page.getByText(korean.in).last().waitFor()
    const entry = await findEntry({ openingId: scene.openingId, accountId: person.id })
    const readReceiptOn = async (device: Page) => {
      await device.locator('summary').click()
      return device.getByText(entry?.receipt ?? 'no receipt', { exact: true }).waitFor()
    }
    await readReceiptOn(page)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '내려받기' }).click()
    expect((await download).suggestedFilename()).toContain(entry?.entryId.slice(0, 8))

    const tab = await page.context().newPage()
    await tab.goto(page.url())
    await tab.getByText(korean.in).last().waitFor()

    await page.context().clearCookies()
    await page.reload()
    await page.getByText('지금은 로그아웃된 상태예요.').waitFor()
    await readReceiptOn(page)
    await expectAccessible(page)

    const device = await openPage({ scene, person })
    await device.page.getByText(korean.in).last().waitFor()
    await readReceiptOn(device.page)

    // Signed in again, the lost session goes on where it was: here, up to its turn.
    await page.getByRole('button', { name: '다시 로그인하기' }).click()
    await page.getByLabel(korean.email).fill(person.email)
    await page.getByLabel(korean.password).fill(DEMO_PASSWORD)
    await page.getByRole('main').getByRole('button', { name: korean.signIn, exact: true }).click()
    await page.getByText(korean.in).last().waitFor()
    const ahead = page.getByText(korean.ahead).last()
    await letPass({ scene, page, seconds: 31 * 60, until: ahead })
    expect(unexpected([...complaints, ...device.complaints])).toEqual([])
  })
})
