import { beforeEach, describe, expect, test } from 'vitest'
import { disputeNoShow } from '@/domain/booking/dispute.commands'
import { enterUnbooked } from '@/domain/booking/entry.commands'
import { endNoShow } from '@/domain/booking/no-show.rules'
import { findObstacle } from '@/domain/booking/queries'
import { undoAct } from '@/domain/booking/undo.commands'
import { saveBookingRules } from '@/domain/restaurant/profile.commands'
import { findRestaurant } from '@/domain/restaurant/queries'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { describeProblem } from '@/lib/problems/problem'
import { createRestaurant, readToday } from '@/prisma/factories'
import { actorOf, beginReservation, move, setUpRestaurant } from '../support/booking-restaurant'
import { bookAs, createDinerIds, setUpSeating } from '../support/booking-scene'
import { change, setUpPlan, toTime } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { bookableFrom, miss } from '../support/no-show-scene'
import { createOpening } from '../support/opening-scene'
import { listActs, rules, setUpSettings } from '../support/settings-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const TABLES = [{ maxParty: 2 }, { maxParty: 4 }]
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** A restaurant that counts no-shows, and a diner who has missed the dates so many days ago. */
async function setUp({
  limit = 1,
  months = 1,
  daysAgo = [],
}: {
  limit?: number | null
  months?: number | null
  daysAgo?: number[]
} = {}) {
  const { scene, ownerId, dinerId, otherId } = await setUpRestaurant(TABLES, {
    noShowLimit: limit,
    noShowMonths: months,
  })
  const { restaurantId } = scene
  const today = await readToday(pool, restaurantId)
  const dateAgo = (days: number) => addDays({ date: today, days: -days })
  const missed: string[] = []
  for (const days of daysAgo)
    missed.push(await miss({ dinerId, restaurantId, serviceDate: dateAgo(days) }))
  const book = (as = dinerId) => bookAs(as, scene)
  const from = () => bookableFrom({ dinerId, restaurantId })
  return { scene, restaurantId, ownerId, dinerId, otherId, today, dateAgo, missed, book, from }
}

describe('no-shows at a restaurant keep a diner from booking there', () => {
  test('off by default: any number of them keeps nobody from booking', async () => {
    const { book } = await setUp({ limit: null, months: null, daysAgo: upTo(12) })
    expect(await book()).toMatchObject({ ok: true })
  })

  test.each(upTo(10))(
    'number %i: one fewer books, that many are refused with the date on which one has ended',
    async (limit) => {
      const { book, dinerId, restaurantId, dateAgo } = await setUp({
        limit,
        months: 6,
        daysAgo: upTo(limit - 1),
      })
      expect(await bookableFrom({ dinerId, restaurantId })).toBeNull()
      await miss({ dinerId, restaurantId, serviceDate: dateAgo(limit + 3) })
      const ends = endNoShow({ serviceDate: dateAgo(limit + 3), months: 6 })
      expect(await book()).toEqual({
        ok: false,
        reason: 'no-shows',
        details: { bookableFrom: ends },
      })
      expect(await database.query('SELECT 1 FROM slots WHERE taken')).toEqual([])
    },
  )

  test('one more than the limit: the latest but two has to end first', async () => {
    const { from, dateAgo } = await setUp({ limit: 2, months: 3, daysAgo: [1, 5, 40] })
    expect(await from()).toBe(endNoShow({ serviceDate: dateAgo(5), months: 3 }))
  })

  test.each(upTo(24))('over %i months', async (months) => {
    const { from, dateAgo } = await setUp({ months, daysAgo: [1] })
    expect(await from()).toBe(endNoShow({ serviceDate: dateAgo(1), months }))
  })

  test.each([
    ['31 January, for a month', '2027-01-31', 1, '2027-02-28'],
    ['31 January of a leap year', '2028-01-31', 1, '2028-02-29'],
    ['30 August, for six months', '2027-08-30', 6, '2028-02-29'],
    ['the leap day, for a year', '2028-02-29', 12, '2029-02-28'],
    ['31 May, for a month', '2027-05-31', 1, '2027-06-30'],
    ['31 December, for two months', '2027-12-31', 2, '2028-02-29'],
  ])('month edge: %s', async (_, serviceDate, months, endsOn) => {
    const { from, dinerId, restaurantId } = await setUp({ months })
    await miss({ dinerId, restaurantId, serviceDate })
    expect(await from()).toBe(endsOn)
    expect(endNoShow({ serviceDate, months })).toBe(endsOn)
  })

  test('month edge: on the day it ends the diner books; the day before they do not', async () => {
    const { book, dinerId, restaurantId, today } = await setUp({ months: 12 })
    const back = (days: number) => addDays({ date: today, days: -days })
    // The first date that ends after today, and the last that does not.
    const lasts = upTo(370)
      .map(back)
      .findLast((date) => endNoShow({ serviceDate: date, months: 12 }) > today)
    const over = addDays({ date: lasts ?? today, days: -1 })
    const id = await miss({ dinerId, restaurantId, serviceDate: over })
    expect(await bookableFrom({ dinerId, restaurantId })).toBeNull()
    await database.query('UPDATE reservations SET service_date = $2 WHERE id = $1', [id, lasts])
    expect(await book()).toMatchObject({ reason: 'no-shows' })
    await database.query('UPDATE reservations SET service_date = $2 WHERE id = $1', [id, over])
    expect(await book()).toMatchObject({ ok: true })
  })

  test('the day is the restaurant’s: its zone and its day cut decide', async () => {
    const [dinerId = ''] = await createDinerIds(1)
    const rule = { noShowLimit: 1, noShowMonths: 1, dayCutMinutes: 0 }
    const ahead = await createRestaurant(pool, { ...rule, timeZone: 'Pacific/Kiritimati' })
    const behind = await createRestaurant(pool, { ...rule, timeZone: 'Pacific/Pago_Pago' })
    // It ends on the date which only the restaurant ahead has reached.
    const aheadToday = await readToday(pool, ahead.id)
    expect(await readToday(pool, behind.id)).not.toBe(aheadToday)
    const serviceDate = upTo(31)
      .map((days) => addDays({ date: aheadToday, days: -days }))
      .find((date) => endNoShow({ serviceDate: date, months: 1 }) <= aheadToday)
    if (!serviceDate) throw new Error('no such date')
    for (const { id } of [ahead, behind]) await miss({ dinerId, restaurantId: id, serviceDate })
    expect(await bookableFrom({ dinerId, restaurantId: ahead.id })).toBeNull()
    const endsOn = endNoShow({ serviceDate, months: 1 })
    const isReached = endsOn <= (await readToday(pool, behind.id))
    expect(await bookableFrom({ dinerId, restaurantId: behind.id })).toBe(isReached ? null : endsOn)

    // In the zone in which it is about six in the morning now, the cut moves the day.
    const hour = new Date().getUTCHours()
    const offset = ((6 - hour + 36) % 24) - 12
    const timeZone = `Etc/GMT${offset > 0 ? `-${offset}` : `+${-offset}`}`
    const early = await createRestaurant(pool, { ...rule, timeZone, dayCutMinutes: 0 })
    const today = await readToday(pool, early.id)
    const last = upTo(31)
      .map((days) => addDays({ date: today, days: -days }))
      .find((date) => endNoShow({ serviceDate: date, months: 1 }) === today)
    if (last) {
      await miss({ dinerId, restaurantId: early.id, serviceDate: last })
      expect(await bookableFrom({ dinerId, restaurantId: early.id })).toBeNull()
      await database.query('UPDATE restaurants SET day_cut_minutes = 720 WHERE id = $1', [early.id])
      expect(await bookableFrom({ dinerId, restaurantId: early.id })).toBe(today)
    }
  })

  test('never across restaurants, and nobody else’s', async () => {
    const { book, dinerId, otherId, scene } = await setUp({ daysAgo: [1, 2, 3] })
    expect(await book()).toMatchObject({ reason: 'no-shows' })
    expect(await book(otherId)).toMatchObject({ ok: true })
    const elsewhere = await setUpSeating({
      tables: TABLES,
      inMinutes: 300,
      restaurant: { noShowLimit: 1, noShowMonths: 24 },
    })
    expect(await bookAs(dinerId, elsewhere)).toMatchObject({ ok: true })
    expect(elsewhere.restaurantId).not.toBe(scene.restaurantId)
  })

  test('a no-show of a deleted account is nobody’s', async () => {
    const { restaurantId, dinerId, from } = await setUp({ daysAgo: [1] })
    expect(await from()).not.toBeNull()
    await database.query('SELECT erase_account(p_account => $1)', [dinerId])
    expect(
      await database.query(
        `SELECT 1 FROM reservations WHERE restaurant_id = $1 AND status = 'NO_SHOW'`,
        [restaurantId],
      ),
    ).toHaveLength(1)
    expect(await from()).toBeNull()
  })

  test('the date is said in words, in both languages, with its year', () => {
    const details = { bookableFrom: '2027-05-20' }
    const titleIn = (locale: 'ko' | 'en') =>
      describeProblem({ reason: 'no-shows', locale, details }).body.title
    expect(titleIn('ko')).toContain('2027년 5월 20일')
    expect(titleIn('ko')).toContain('부터 다시 예약할 수 있어요')
    expect(titleIn('en')).toMatch(/from .*May 20.*2027/)
  })

  test('the page learns it before anything is filled in', async () => {
    const { scene, dinerId, otherId, dateAgo } = await setUp({ daysAgo: [1] })
    const asked = { ...scene, startsAt: scene.startsAt.toISOString() }
    expect(await findObstacle({ ...asked, dinerId })).toEqual({
      reason: 'no-shows',
      bookableFrom: endNoShow({ serviceDate: dateAgo(1), months: 1 }),
    })
    expect(await findObstacle({ ...asked, dinerId: otherId })).toBeNull()
  })

  test('the lobby of an opening learns it before the turn comes', async () => {
    const { openingId, restaurantId } = await createOpening()
    await database.query(
      'UPDATE restaurants SET no_show_limit = 1, no_show_months = 2 WHERE id = $1',
      [restaurantId],
    )
    const [dinerId = '', otherId = ''] = await createDinerIds(2)
    const today = await readToday(pool, restaurantId)
    await miss({ dinerId, restaurantId, serviceDate: addDays({ date: today, days: -1 }) })
    const enter = (accountId: string) =>
      enterUnbooked({ openingId, accountId, epoch: 0, sessionId: null })
    expect(await enter(dinerId)).toMatchObject({ reason: 'no-shows' })
    expect(await enter(otherId)).toMatchObject({ ok: true })
  })

  test('a booking they have already can still be changed', async () => {
    const plan = await setUpPlan({ noShowLimit: 1, noShowMonths: 1 })
    const id = await plan.bookCell(plan.cellAt(0, 1, 0), plan.dinerId)
    const { restaurantId, dinerId } = plan
    const today = await readToday(pool, restaurantId)
    await miss({ dinerId, restaurantId, serviceDate: addDays({ date: today, days: -1 }) })
    const asked = toTime(plan.cellAt(0, 0, 2))
    expect(await change(id, asked, dinerId, { scope: 'diner' })).toMatchObject({ ok: true })
  })
})

test('an owner sets it among the booking rules, diners read it beforehand, and it can be taken back', async () => {
  const { owner, restaurantId } = await setUpSettings()
  const save = (version: number, change: Parameters<typeof rules>[0]) =>
    saveBookingRules({ restaurantId, actor: actorOf(owner), version, rules: rules(change) })
  expect(await save(0, { noShowLimit: 3, noShowMonths: 6 })).toMatchObject({ ok: true })
  await database.query('UPDATE restaurants SET published = true WHERE id = $1', [restaurantId])
  expect(await findRestaurant({ idOrSlug: restaurantId })).toMatchObject({
    noShowLimit: 3,
    noShowMonths: 6,
  })
  expect(await save(1, {})).toMatchObject({ ok: true })
  expect(await findRestaurant({ idOrSlug: restaurantId })).toMatchObject({
    noShowLimit: null,
    noShowMonths: null,
  })
  const acts = await listActs(restaurantId)
  expect(acts.filter(({ act }) => act === 'EDIT_BOOKING_RULES')).toHaveLength(2)
})

describe('a no-show that was none', () => {
  async function setUpNoShow() {
    const made = await setUp()
    const booked = await made.book()
    if (!booked.ok) throw new Error(booked.reason)
    const { id } = booked.value.reservation
    await beginReservation(id)
    const marked = await move(id, 'NO_SHOW', made.ownerId)
    if (!marked.ok) throw new Error(marked.reason)
    return { ...made, id, actId: marked.value.actId }
  }

  test.each(['CORRECT_NO_SHOW', 'SEAT'] as const)(
    'correction: once staff say %s, it counts no more',
    async (act) => {
      const { id, ownerId, from } = await setUpNoShow()
      expect(await from()).not.toBeNull()
      expect(await move(id, act, ownerId)).toMatchObject({ ok: true })
      expect(await from()).toBeNull()
    },
  )

  test('correction: undone within ten seconds, also when disputed meanwhile, it counts no more', async () => {
    const { id, actId, ownerId, dinerId, from } = await setUpNoShow()
    expect(
      await disputeNoShow({ reservationId: id, text: '왔어요.', actor: actorOf(dinerId) }),
    ).toMatchObject({ ok: true })
    expect(await undoAct({ actId, actor: actorOf(ownerId) })).toMatchObject({ ok: true })
    expect(await from()).toBeNull()
  })
})

test('the count reads one row along its index, however many reservations there are', async () => {
  const { dinerId, restaurantId } = await setUp()
  const [body] = await database.query<{ sql: string }>(
    `SELECT prosrc AS sql FROM pg_proc WHERE proname = 'judge_no_shows'`,
  )
  const sql = (body?.sql ?? '')
    .replaceAll('p_diner', `'${dinerId}'::uuid`)
    .replaceAll('p_restaurant', `'${restaurantId}'::uuid`)
  const client = await database.pool.connect()
  try {
    await client.query('SET enable_seqscan = off; SET enable_sort = off')
    const { rows } = await client.query<Record<'QUERY PLAN', string>>(`EXPLAIN ${sql}`)
    const plan = rows.map((line) => line['QUERY PLAN']).join('\n')
    expect(plan).toContain('reservations_no_shows_idx')
    expect(plan).not.toMatch(/Sort|Seq Scan/)
  } finally {
    await client.query('RESET enable_seqscan; RESET enable_sort')
    client.release()
  }
})
