import { readFileSync } from 'node:fs'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createSlot,
  createStaff,
  createTable,
  readToday,
} from '@/prisma/factories'
import { type ContextWish, TABLET, type TestBrowser, UPRIGHT } from './browser'
import { createPerson, type Person } from './http-scene'
import { TIME_ZONE } from './time-zone'

const MINUTE_MS = 60_000

export interface OwnerScene {
  owner: Person & { sessionId: string }
  restaurantId: string
  slug: string
  serviceDate: string
  /** By table and seating: '1 running' began half an hour ago, '1 ahead' begins in an hour. */
  slotIds: Record<string, string>
  startsAt: { running: Date; ahead: Date }
}

/**
 * An owner's evening: three tables, for two, four and six, each with a seating now and one later.
 */
export async function setUpEvening(): Promise<OwnerScene> {
  const owner = await createPerson({ role: 'OWNER', name: '한도윤' })
  const { id: restaurantId, slug } = await createRestaurant(pool, {
    name: '금요일의 부엌',
    nameEn: 'Friday Kitchen',
    timeZone: TIME_ZONE,
    ownerId: owner.id,
  })
  const serviceDate = await readToday(pool, restaurantId)
  const wholeMinute = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
  const startsAt = {
    running: new Date(wholeMinute - 30 * MINUTE_MS),
    ahead: new Date(wholeMinute + 60 * MINUTE_MS),
  }
  const slotIds: Record<string, string> = {}
  for (const maxParty of [2, 4, 6]) {
    const table = await createTable(pool, { restaurantId, minParty: 1, maxParty })
    for (const [name, at] of Object.entries(startsAt))
      slotIds[`${table.number} ${name}`] = (
        await createSlot(pool, { tableId: table.id, serviceDate, startsAt: at })
      ).id
  }
  return { owner, restaurantId, slug, serviceDate, slotIds, startsAt }
}

/** A confirmed party of a diner of this name. */
export async function addParty(
  scene: OwnerScene,
  { slot, name, partySize = 2 }: { slot: string; name: string; partySize?: number },
): Promise<string> {
  const diner = await createAccount(pool, { name, phone: '010-1234-5678' })
  const { id } = await createReservation(pool, {
    slotId: scene.slotIds[slot] ?? '',
    dinerId: diner.id,
    partySize,
  })
  return id
}

export async function addFloorStaff({ restaurantId }: OwnerScene): Promise<Person> {
  const person = await createPerson({ name: '이직원' })
  await createStaff(pool, { restaurantId, accountId: person.id, role: 'STAFF' })
  return person
}

export async function readStatus(reservationId: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ status: string }>(
    'SELECT status::text FROM reservations WHERE id = $1',
    [reservationId],
  )
  return rows[0]?.status
}

/** As the board writes it. */
export function formatTime(at: Date): string {
  return new Intl.DateTimeFormat('ko', {
    timeZone: TIME_ZONE,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
}

/** A signed-in person's page, and every complaint of its console. */
export async function openAs({
  browser,
  url,
  person,
  path = '/owner',
  prepare,
  ...wish
}: {
  browser: TestBrowser
  url: string
  person: Person | null
  path?: string
  /** Prepares the page before it is opened. */
  prepare?: (page: Page) => Promise<unknown>
} & ContextWish): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: TABLET, ...wish })
  if (person) await context.addCookies([{ name: sessionCookieName(), value: person.token, url }])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await prepare?.(page)
  await page.goto(`${url}${path}`)
  return { page, complaints }
}

/** How a tablet is held, for `describe.each`. */
export const bothWays = [
  { way: 'in landscape', viewport: TABLET },
  { way: 'in portrait', viewport: UPRIGHT },
]

/** The board's cell with this text. */
export function cellOf(page: Page, words: RegExp): Locator {
  return page.getByRole('gridcell').getByRole('button', { name: words })
}

/** The list's row with this text. */
export function rowOf(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ hasText: name })
}

const tabNames = { PARTIES: /^(예약|Bookings)/, GRID: /^(테이블|Tables)/ }

/** Brings the list or the tables on the screen; a tablet in landscape shows both. */
export async function showPart(page: Page, part: keyof typeof tabNames): Promise<void> {
  if (page.viewportSize()?.width !== UPRIGHT.width) return
  const tab = page.getByRole('tab', { name: tabNames[part] })
  // A tap on a page whose script does not run yet is lost.
  const choose = async () => {
    await tab.click()
    return tab.getAttribute('aria-selected')
  }
  await expect.poll(choose).toBe('true')
}

export function panelOf(page: Page): Locator {
  return page.getByRole('dialog')
}

export function barOf(page: Page, words: string | RegExp): Locator {
  return page.getByRole('status').getByText(words)
}

/** Requests to an address wait until the returned function is called; later ones go through. */
export async function holdUp({ page, address }: { page: Page; address: string }) {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(address, async (route) => {
    await released
    // A page that has given up on its request is no fault of the test.
    await route.continue().catch(() => {})
  })
  return () => release()
}

/** How many reads of the day were begun until the element appeared. */
export async function countPollsUntil({
  page,
  seen,
}: {
  page: Page
  seen: () => Promise<unknown>
}): Promise<number> {
  let polls = 0
  const count = (request: { url: () => string }) => {
    if (/\/restaurants\/[^/]+\/day/.test(request.url())) polls += 1
  }
  page.on('request', count)
  await seen()
  page.off('request', count)
  return polls
}

/** A page takes less than half as long to read it as the whole one. */
const MINIFIED = path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js')
const axeSource = readFileSync(MINIFIED, 'utf8')

async function listViolations(page: Page): Promise<string[]> {
  await page.waitForFunction(() => document.title !== '')
  // A panel that is still fading in has less contrast than the one that staff read.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' || effect?.getComputedTiming().endTime === Infinity,
      ),
  )
  // No page has foreign frames; for them axe would open a page of its own at each scan.
  const axe = new AxeBuilder({ page, axeSource })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

export async function expectAccessible(page: Page): Promise<void> {
  const found = await listViolations(page)
  // Between two pages of one application the title is empty for a moment; it has to come back.
  const isBetween = found.some((each) => each.startsWith('document-title'))
  expect(isBetween ? await listViolations(page) : found).toEqual([])
}

/** A one-tap act in the list, by its whole name: `김민수 님 입장`. */
export function quickAct(page: Page, name: string): Locator {
  return page.getByRole('listitem').getByRole('button', { name, exact: true })
}

/** A board that reads its day anew answers taps too; before, they would be lost. */
export async function waitUntilLive(page: Page): Promise<void> {
  await page.getByRole('searchbox').waitFor()
  await page.waitForResponse((response) => /\/restaurants\/[^/]+\/day/.test(response.url()))
}

export type BoardWish = Partial<Parameters<typeof openAs>[0]>

/** A new evening, and its board on the screen. */
export async function openOwnBoard(wish: BoardWish & { browser: TestBrowser; url: string }) {
  const scene = await setUpEvening()
  const open = await openAs({ person: scene.owner, ...wish })
  await open.page.getByRole('searchbox').waitFor()
  return { scene, ...open }
}
