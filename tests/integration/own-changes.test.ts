import { beforeEach, describe, expect, test } from 'vitest'
import { changeByLink, changeReservation } from '@/domain/booking/change.commands'
import { ownChange } from '@/domain/booking/change.schema'
import { findOwnReservation } from '@/domain/booking/queries'
import { selectList } from '@/domain/proof/log.queries'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { signTurn } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { takeLocally } from '@/lib/redis/local-limit'
import { askRedis } from '@/lib/redis/redis'
import { findContradictions } from '../support/booking-books'
import { beginReservation, move } from '../support/booking-restaurant'
import { change, findHalfChanged, readPlaces, setUpPlan, toTime } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { createOpening } from '../support/opening-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUp(wish: Parameters<typeof setUpPlan>[0] = {}) {
  const plan = await setUpPlan(wish)
  const id = await plan.bookCell(plan.cellAt(0, 1, 0), plan.dinerId)
  const own = (asked: Parameters<typeof change>[1]) =>
    change(id, asked, plan.dinerId, { scope: 'diner' })
  return { ...plan, id, own }
}
type SetUp = Awaited<ReturnType<typeof setUp>>

const set = (restaurantId: string, sql: string) =>
  database.query(`UPDATE restaurants SET ${sql} WHERE id = $1`, [restaurantId])

describe('G22: a diner changes their own reservation', () => {
  test('to another time, on the table that fits best; the old slot is free', async () => {
    const { id, own, cellAt, dinerId } = await setUp()
    expect(await own(toTime(cellAt(0, 0, 2)))).toMatchObject({
      ok: true,
      value: { startsAt: cellAt(0, 0, 2).startsAt, sequence: 1, actId: null, undoUntil: null },
    })
    // A party of two is given the table for two.
    expect(await readPlaces()).toEqual({ [cellAt(0, 0, 2).slotId]: id })
    expect(await findOwnReservation({ dinerId, reservationId: id })).toMatchObject({
      tableNumbers: [cellAt(0, 0, 2).tableNumber],
      startsAt: cellAt(0, 0, 2).startsAt,
    })
    expect(await findHalfChanged()).toEqual([])
    expect(await findContradictions()).toEqual([])
  })

  test('not to another time once staff have changed it: told where it is, and once more it is done', async () => {
    const { id, own, cellAt, ownerId } = await setUp()
    const moved = cellAt(0, 2, 1)
    const { startsAt, tableNumber } = moved
    await change(id, { startsAt, tableNumbers: [tableNumber] }, ownerId)
    const wish = { ...toTime(cellAt(0, 0, 2)), note: '창가' }
    const places = await readPlaces()
    expect(await own({ ...wish, sequence: 0 })).toMatchObject({
      reason: 'changed-meanwhile',
      details: { present: { startsAt, tableNumbers: [tableNumber], sequence: 1 } },
    })
    expect(await readPlaces()).toEqual(places)
    // Words are in nobody's way.
    expect(await own({ note: '창가', sequence: 0 })).toMatchObject({ ok: true })
    expect(await own({ ...wish, sequence: 1 })).toMatchObject({ ok: true, value: { sequence: 2 } })
  })

  test('to another date, at the same time on the wall; and back', async () => {
    const { own, cellAt, id } = await setUp()
    expect(await own({ serviceDate: cellAt(1, 0, 0).serviceDate })).toMatchObject({
      ok: true,
      value: { startsAt: cellAt(1, 0, 0).startsAt, serviceDate: cellAt(1, 0, 0).serviceDate },
    })
    expect(await own({ serviceDate: cellAt(0, 0, 0).serviceDate })).toMatchObject({ ok: true })
    expect(Object.values(await readPlaces())).toEqual([id])
    expect(await findHalfChanged()).toEqual([])
  })

  test('one guest more stays at its table where it fits, and moves where it does not', async () => {
    const { own, cellAt, id } = await setUp()
    expect(await own({ partySize: 3 })).toMatchObject({
      ok: true,
      value: { partySize: 3, tableNumbers: [cellAt(0, 1, 0).tableNumber] },
    })
    expect(await readPlaces()).toEqual({ [cellAt(0, 1, 0).slotId]: id })
    expect(await own({ partySize: 5 })).toMatchObject({ reason: 'party-size' })
    expect(await readPlaces()).toEqual({ [cellAt(0, 1, 0).slotId]: id })
  })

  const given: [
    string,
    { minutes?: number; partySize?: number; tables?: number[] },
    number,
    number,
  ][] = [
    ['two seatings', { minutes: 180 }, 2, 3],
    ['two tables', { tables: [1, 2], partySize: 6 }, 6, 8],
  ]
  test.each(given)(
    'its size leaves it what staff gave: %s',
    async (_, { tables, ...wish }, size, most) => {
      const { id, own, ownerId, cellAt } = await setUp()
      const tableNumbers = tables?.map((table) => cellAt(0, table, 0).tableNumber)
      const asked = { ...wish, ...(tableNumbers && { tableNumbers }) }
      expect(await change(id, asked, ownerId)).toMatchObject({ ok: true })
      const places = await readPlaces()
      expect(Object.keys(places)).toHaveLength(2)
      for (const partySize of [most, size])
        expect(await own({ partySize })).toMatchObject({ ok: true, value: { partySize } })
      expect(await readPlaces()).toEqual(places)
      expect(await findHalfChanged()).toEqual([])
    },
  )

  test('its size finds another table where the present one is too large for it', async () => {
    const { id, own, cellAt } = await setUp()
    const { slotId } = cellAt(0, 1, 0)
    await database.query('UPDATE slots SET min_party = 2 WHERE id = $1', [slotId])
    expect(await own({ partySize: 1 })).toMatchObject({ ok: true })
    expect(await readPlaces()).toEqual({ [cellAt(0, 0, 0).slotId]: id })
  })

  test('its words, which take nothing from anybody, also while bookings are off', async () => {
    const { own, restaurantId, dinerId, id } = await setUp()
    await set(restaurantId, 'bookings_on = false')
    expect(await own({ note: '창가 자리요', allergies: '땅콩' })).toMatchObject({ ok: true })
    expect(await findOwnReservation({ dinerId, reservationId: id })).toMatchObject({
      note: '창가 자리요',
      allergies: '땅콩',
    })
    expect(await own({ note: null })).toMatchObject({ ok: true, value: { sequence: 0 } })
    expect(await findOwnReservation({ dinerId, reservationId: id })).toMatchObject({
      note: null,
      allergies: '땅콩',
    })
    // No log repeats what they wrote.
    expect(
      await database.query(`SELECT details FROM audit_events WHERE act = 'CHANGE_WORDS'`),
    ).toEqual([{ details: null }, { details: null }])
  })

  test('not what is the staff’s to say', async () => {
    const { own, cellAt, id } = await setUp()
    for (const asked of [
      { tableNumbers: [cellAt(0, 2, 0).tableNumber] },
      { minutes: 90 },
      { swapWith: id },
      { partySize: 9, override: true },
    ])
      expect(await own(asked)).toMatchObject({ reason: 'invalid' })
    expect(ownChange.safeParse({ minutes: 90 }).success).toBe(false)
  })

  test('not once its time has come', async () => {
    const { id, own, cellAt } = await setUp()
    await beginReservation(id)
    expect(await own(toTime(cellAt(0, 1, 1)))).toMatchObject({ reason: 'after-start' })
    expect(await own({ note: '늦어요' })).toMatchObject({ reason: 'after-start' })
  })
})

describe('G22: through every check of a booking, or the old one stays untouched', () => {
  const cases: [string, (made: SetUp) => Promise<unknown>, string][] = [
    [
      'switched off',
      ({ restaurantId }) => set(restaurantId, 'bookings_on = false'),
      'bookings-off',
    ],
    ['unpublished', ({ restaurantId }) => set(restaurantId, 'published = false'), 'bookings-off'],
    ['same day only', ({ restaurantId }) => set(restaurantId, 'same_day_only = true'), 'not-today'],
    [
      'beyond the horizon',
      ({ restaurantId }) => set(restaurantId, 'horizon_days = 0'),
      'beyond-horizon',
    ],
    [
      'a closed date',
      ({ cellAt }) =>
        database.query('UPDATE service_dates SET closed = true WHERE service_date = $1', [
          cellAt(1, 0, 0).serviceDate,
        ]),
      'closed-day',
    ],
    [
      'an unconfirmed address',
      ({ dinerId }) =>
        database.query('UPDATE accounts SET email_confirmed_at = NULL WHERE id = $1', [dinerId]),
      'address-unconfirmed',
    ],
    [
      'another reservation there that date',
      ({ bookCell, cellAt, dinerId }) => bookCell(cellAt(1, 2, 2), dinerId),
      'already-booked',
    ],
    [
      'another restaurant’s at that time',
      async ({ dinerId }) => {
        const other = await setUpPlan()
        await other.bookCell(other.cellAt(1, 1, 0), dinerId)
      },
      'overlapping-reservation',
    ],
    [
      'before its opening',
      ({ restaurantId }) => createOpening({ restaurantId, daysAhead: 1, opensInMinutes: 30 }),
      'not-open-yet',
    ],
    [
      'behind its gate without a turn',
      ({ restaurantId }) => createOpening({ restaurantId, daysAhead: 1, opensInMinutes: -10 }),
      'no-turn',
    ],
    [
      'every table taken',
      async ({ bookCell, cellAt, otherId, thirdId }) => {
        await bookCell(cellAt(1, 0, 0), otherId)
        await bookCell(cellAt(1, 1, 0), thirdId)
        await bookCell(cellAt(1, 2, 0), null)
      },
      'sold-out',
    ],
  ]
  test.each(cases)('%s', async (_, prepare, reason) => {
    const made = await setUp()
    await prepare(made)
    const places = await readPlaces()
    const [before] = await database.query('SELECT * FROM reservations WHERE id = $1', [made.id])
    expect(await made.own(toTime(made.cellAt(1, 1, 0)))).toMatchObject({ reason })
    expect(await readPlaces()).toEqual(places)
    expect(await database.query('SELECT * FROM reservations WHERE id = $1', [made.id])).toEqual([
      before,
    ])
    expect(
      await database.query(`SELECT 1 FROM notices WHERE kind = 'RESERVATION_CHANGED'`),
    ).toEqual([])
  })

  test('G20: a change is one of the diner’s tries; words are not', async () => {
    const { own, cellAt, dinerId } = await setUp()
    const subject = `book:account:${dinerId}`
    const anHour = 3_600_000
    const usedUp = String(Date.now() + anHour)
    await expect
      .poll(() => askRedis((redis) => redis.set(subject, usedUp, { px: anHour })))
      .not.toBeNull()
    // Where Redis does not answer in time this process decides.
    takeLocally({ subject, burst: 2, everyMs: 24 * anHour })
    expect(await own(toTime(cellAt(0, 1, 1)))).toMatchObject({ reason: 'rate-limited' })
    expect(await own({ note: '창가 자리요' })).toMatchObject({ ok: true })
  })

  test('a time that is over, and one that there is not', async () => {
    const { own, cellAt } = await setUp()
    const past = new Date(Date.now() - 60_000).toISOString()
    expect(await own({ startsAt: past })).toMatchObject({ reason: 'past-time' })
    const odd = new Date(Date.parse(cellAt(0, 1, 1).startsAt) + 60_000).toISOString()
    expect(await own({ startsAt: odd })).toMatchObject({ reason: 'no-such-time' })
  })

  test('a hold of their own that ran out on the new date makes room', async () => {
    const { own, bookCell, cellAt, dinerId, id } = await setUp()
    const held = await bookCell(cellAt(1, 2, 2), dinerId, { status: 'HELD' })
    await database.query(
      `UPDATE reservations SET hold_expires_at = now() - interval '1 second' WHERE id = $1`,
      [held],
    )
    await database.query(
      `UPDATE slots SET held_until = now() - interval '1 second' WHERE id = $1`,
      [cellAt(1, 2, 2).slotId],
    )
    expect(await own(toTime(cellAt(1, 2, 2)))).toMatchObject({ ok: true })
    expect(Object.values(await readPlaces())).toEqual([id])
    expect(await findContradictions()).toEqual([])
  })
})

describe('G22: no change goes around an opening’s gate', () => {
  test('with a turn it is booked behind the gate, and the log says since when', async () => {
    const { id, restaurantId, dinerId, cellAt } = await setUp()
    const opening = await createOpening({ restaurantId, daysAhead: 1, opensInMinutes: -10 })
    const { openingId, serviceDate } = opening
    const expiresAtMs = Date.now() + 60_000
    const turn = `${openingId}.${signTurn({ openingId, accountId: dinerId, expiresAtMs })}`
    const asked = {
      reservationId: id,
      actor: { accountId: dinerId, address: null },
      scope: 'diner' as const,
      later: () => {},
    }
    expect(
      await changeReservation({ ...asked, change: toTime(cellAt(1, 0, 1)), turn }),
    ).toMatchObject({ ok: true })
    const listed = (date: string) =>
      pool
        .query<{ slot: string; bookedAt: string; releasedAt: string | null }>(
          selectList('bookings'),
          [openingId, restaurantId, date, new Date().toISOString()],
        )
        .then(({ rows }) => rows)
    const [there] = await listed(serviceDate)
    expect(there).toMatchObject({ slot: cellAt(1, 0, 1).slotId, releasedAt: null })
    const [created] = await database.query<{ at: string }>(
      'SELECT iso_instant(created_at) AS at FROM reservations WHERE id = $1',
      [id],
    )
    expect(there && created && there.bookedAt > created.at).toBe(true)
    // The date it left keeps who had which slot until when.
    const [left] = await listed(cellAt(0, 0, 0).serviceDate)
    expect(left).toMatchObject({ slot: cellAt(0, 1, 0).slotId, releasedAt: expect.any(String) })
  })
})

describe('the mailed link', () => {
  test('changes as its diner does, and no more', async () => {
    const { id, cellAt, dinerId, otherId } = await setUp()
    const [diner, other] = await database.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = ANY($1::uuid[]) ORDER BY id = $2 DESC',
      [[dinerId, otherId], dinerId],
    )
    const token = signMailboxLink({ kind: 'cancel', id, mailbox: diner?.email ?? '' })
    const asked = { change: toTime(cellAt(0, 0, 2)), address: null, later: () => {} }
    const moved = signMailboxLink({ kind: 'cancel', id, mailbox: other?.email ?? '' })
    expect(await changeByLink({ ...asked, token: moved })).toMatchObject({
      reason: 'cancel-link-moved',
    })
    expect(await changeByLink({ ...asked, token: 'nonsense' })).toMatchObject({
      reason: 'link-unknown',
    })
    expect(await changeByLink({ ...asked, token })).toMatchObject({ ok: true })
    expect(await readPlaces()).toEqual({ [cellAt(0, 0, 2).slotId]: id })
    expect(await move(id, 'CANCEL', dinerId, 'diner')).toMatchObject({ ok: true })
    expect(await changeByLink({ ...asked, token })).toMatchObject({ reason: 'cannot-move' })
  })
})
