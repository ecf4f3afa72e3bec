import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { PHONE, useBrowser } from '../support/browser'
import { setUpBoard } from '../support/diner-scene'
import { createPerson, type Person, useApps } from '../support/http-scene'
import { actAs, setUpLine, takeAs } from '../support/line-scene'
import { createOpening } from '../support/opening-scene'
import { openAs, setUpEvening } from '../support/owner-scene'

const apps = useApps()
const browser = useBrowser()

const HOURS = [5, -5]
/** More than a page needs for a few looks, and far less than the clock is moved. */
const MOST_PASSED = 60

/** Lets the test set the phone's clock while its pages are open. */
const holdClock = (page: Page) =>
  page.addInitScript(() => {
    const Real = Date
    const nowMs = () => Real.now() + Number(Reflect.get(window, 'clockShiftMs') ?? 0)
    window.Date = new Proxy(Real, {
      construct: (_, given) => Reflect.construct(Real, given.length === 0 ? [nowMs()] : given),
      get: (_, name) => (name === 'now' ? nowMs : Reflect.get(Real, name)),
    })
  })

async function setClock({ page, hours }: { page: Page; hours: number }) {
  const hour = await page.evaluate((shiftMs) => {
    const before = Date.now()
    Reflect.set(window, 'clockShiftMs', shiftMs)
    return (Date.now() - before) / 3_600_000
  }, hours * 3_600_000)
  expect(Math.abs(hour), 'control: the page’s clock jumped').toBeGreaterThan(4)
}

const open = (person: Person, path: string) =>
  openAs({ browser, url: apps.urlOf(), person, path, viewport: PHONE, prepare: holdClock })

/** What a countdown of hours, minutes and seconds shows, in seconds. */
async function readSeconds(countdown: Locator): Promise<number> {
  const text = (await countdown.textContent()) ?? ''
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

/** Whichever way the clock is set, the countdown goes on from where it was. */
async function expectSteady({ page, countdown }: { page: Page; countdown: Locator }) {
  await countdown.waitFor()
  await expect.poll(() => readSeconds(countdown)).toBeGreaterThan(MOST_PASSED)
  const first = await readSeconds(countdown)
  for (const hours of HOURS) {
    const before = await readSeconds(countdown)
    await setClock({ page, hours })
    await expect.poll(() => readSeconds(countdown)).toBeLessThan(before)
  }
  const passed = first - (await readSeconds(countdown))
  expect(passed).toBeGreaterThan(0)
  expect(passed).toBeLessThan(MOST_PASSED)
}

test('kind 7: the countdown to an opening goes on when the phone’s clock is set', async () => {
  const { restaurantId } = await setUpBoard({ seatings: 1 })
  const { openingId } = await createOpening({ restaurantId })
  const { page } = await open(await createPerson(), `/openings/${openingId}`)
  await expectSteady({ page, countdown: page.getByRole('timer') })
})

test('kind 7: a hold stays until its deadline when the phone’s clock is set', async () => {
  const { times } = await setUpBoard({ seatings: 1 })
  const person = await createPerson()
  const { id } = await createReservation(pool, {
    slotId: times[0]?.slotIds[0] ?? '',
    dinerId: person.id,
    status: 'HELD',
  })
  const { page } = await open(person, `/reservations/${id}`)
  await expectSteady({ page, countdown: page.getByRole('timer') })
  await page.getByRole('button', { name: '예약 확정하기' }).waitFor()
})

test('kind 7: a last call stays until its deadline when the phone’s clock is set', async () => {
  const { restaurantId, owner } = await setUpEvening()
  await setUpLine({ restaurantId })
  const person = await createPerson()
  const taken = await takeAs(person.id, { restaurantId })
  if (!taken.ok) throw new Error(taken.reason)
  const { id } = taken.value.ticket
  for (const act of ['CALL', 'LAST_CALL'] as const) await actAs(owner.id, act, id)
  const { page } = await open(person, `/tickets/${id}`)
  await expectSteady({ page, countdown: page.getByText(/^\d\d:\d\d$/) })
  expect(await page.getByText('시간이 지났어요').count()).toBe(0)
})
