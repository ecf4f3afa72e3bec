import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { reservationChange } from '@/domain/booking/change.schema'
import { readDay } from '@/domain/floor/queries'
import { pool } from '@/lib/db/database'
import { createTable } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { move, walkIn } from '../support/booking-restaurant'
import {
  change,
  expectUntouched,
  findHalfChanged,
  readPlaces,
  readReservation as readRow,
  setUpBooked as setUp,
  setUpPlan,
  toCell,
  toTime,
} from '../support/change-scene'
import { useDatabase } from '../support/database'
import { createOpening } from '../support/opening-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

type Plan = Awaited<ReturnType<typeof setUpPlan>>

describe('G22: staff change a reservation', () => {
  test('a change of what staff no longer see is refused with the present place', async () => {
    const { id, byStaff, cellAt, ownerId } = await setUp({ tables: [4, 4, 4] })
    const [there, elsewhere] = [cellAt(0, 2, 0), cellAt(0, 0, 0)]
    expect(await byStaff({ tableNumbers: [there.tableNumber], sequence: 0 })).toMatchObject({
      ok: true,
      value: { sequence: 1 },
    })
    const present = {
      ...{ id, serviceDate: there.serviceDate, startsAt: there.startsAt, partySize: 2 },
      ...{ tableNumbers: [there.tableNumber], sequence: 1 },
    }
    for (const wish of [
      { tableNumbers: [elsewhere.tableNumber] },
      { startsAt: cellAt(0, 1, 1).startsAt },
      { partySize: 4 },
      { minutes: 180 },
    ])
      expect(
        await expectUntouched(() => change(id, { ...wish, sequence: 0 }, ownerId)),
      ).toMatchObject({ reason: 'changed-meanwhile', details: { present } })
    // Two who wish the same are both content.
    expect(await byStaff({ tableNumbers: [there.tableNumber], sequence: 0 })).toMatchObject({
      ok: true,
      value: { sequence: 1, actId: null },
    })
    expect(await byStaff({ tableNumbers: [elsewhere.tableNumber], sequence: 1 })).toMatchObject({
      ok: true,
      value: { sequence: 2 },
    })
  })

  test('a swap with a party that was changed meanwhile is refused with that one’s present place', async () => {
    const { id, cellAt, bookCell, otherId, ownerId } = await setUp({ tables: [4, 4, 4] })
    const other = await bookCell(cellAt(0, 0, 0), otherId)
    await change(other, { tableNumbers: [cellAt(0, 2, 0).tableNumber] }, ownerId)
    const swap = { swapWith: other, sequence: 0, swapSequence: 0 }
    expect(await expectUntouched(() => change(id, swap, ownerId))).toMatchObject({
      reason: 'changed-meanwhile',
      details: { present: { id: other, tableNumbers: [cellAt(0, 2, 0).tableNumber] } },
    })
  })

  test('the day tells which state of a party it shows', async () => {
    const { restaurantId, ownerId, byStaff, cellAt } = await setUp()
    const seen = async () => {
      const day = await readDay({
        restaurantId,
        accountId: ownerId,
        date: cellAt(0, 1, 0).serviceDate,
      })
      return day.ok && day.value.parties.map(({ sequence }) => sequence)
    }
    expect(await seen()).toEqual([0])
    await byStaff({ partySize: 3 })
    expect(await seen()).toEqual([1])
  })

  test('another table: the party is there, the old slot free, and no notice goes out', async () => {
    const { id, byStaff, cellAt } = await setUp()
    const target = cellAt(0, 2, 0)
    expect(await byStaff({ tableNumbers: [target.tableNumber] })).toMatchObject({
      ok: true,
      value: {
        id,
        status: 'CONFIRMED',
        tableNumbers: [target.tableNumber],
        startsAt: target.startsAt,
        sequence: 1,
      },
    })
    expect(await readPlaces()).toEqual({ [target.slotId]: id })
    expect(
      await database.query('SELECT taken FROM slots WHERE id = $1', [cellAt(0, 1, 0).slotId]),
    ).toEqual([{ taken: false }])
    expect(
      await database.query(`SELECT kind FROM notices WHERE kind = 'RESERVATION_CHANGED'`),
    ).toEqual([])
    expect(await findHalfChanged()).toEqual([])
  })

  test('another time, date and size, on the wall’s time where only the date is named', async () => {
    const { id, byStaff, cellAt } = await setUp()
    expect(await byStaff({ startsAt: cellAt(0, 1, 2).startsAt, partySize: 4 })).toMatchObject({
      ok: true,
      value: { partySize: 4, startsAt: cellAt(0, 1, 2).startsAt },
    })
    const { serviceDate } = cellAt(1, 1, 2)
    expect(await byStaff({ serviceDate })).toMatchObject({
      ok: true,
      value: { serviceDate, startsAt: cellAt(1, 1, 2).startsAt, sequence: 2 },
    })
    expect(await readPlaces()).toEqual({ [cellAt(1, 1, 2).slotId]: id })
    expect(await findContradictions()).toEqual([])
  })

  test('the length by whole seatings, and two tables for a large party', async () => {
    const { id, byStaff, cellAt } = await setUp()
    expect(await byStaff({ minutes: 180 })).toMatchObject({ ok: true })
    expect(Object.keys(await readPlaces()).toSorted()).toEqual(
      [cellAt(0, 1, 0).slotId, cellAt(0, 1, 1).slotId].toSorted(),
    )
    const tableNumbers = [cellAt(0, 1, 0).tableNumber, cellAt(0, 2, 0).tableNumber]
    expect(await byStaff({ tableNumbers, partySize: 8, minutes: 90 })).toMatchObject({
      ok: true,
      value: { tableNumbers, partySize: 8 },
    })
    expect(Object.keys(await readPlaces()).toSorted()).toEqual(
      [cellAt(0, 1, 0).slotId, cellAt(0, 2, 0).slotId].toSorted(),
    )
    expect(await readRow(id)).toMatchObject({ partySize: 8 })
    expect(await byStaff({ minutes: 100 })).toMatchObject({ reason: 'outside-hours' })
  })

  test('G21: not to a table where others sit once its time has begun, nor in exchange for it', async () => {
    const plan = await setUp({ inMinutes: -60 })
    const { byStaff, cellAt, bookCell, ownerId, otherId } = plan
    const other = await bookCell(cellAt(0, 2, 0), otherId)
    expect(await walkIn(plan, [cellAt(0, 2, 1).slotId], ownerId)).toMatchObject({ ok: true })
    const refused = {
      reason: 'table-occupied',
      details: { tableNumbers: [cellAt(0, 2, 0).tableNumber] },
    }
    expect(await expectUntouched(() => byStaff({ swapWith: other }))).toMatchObject(refused)
    await move(other, 'CANCEL', ownerId)
    for (const asked of [toCell(cellAt(0, 2, 0)), { tableNumbers: [cellAt(0, 2, 0).tableNumber] }])
      expect(await expectUntouched(() => byStaff({ ...asked, override: true }))).toMatchObject(
        refused,
      )
    // A time to come is another matter: who sits there now will have left.
    expect(await byStaff(toCell(cellAt(0, 2, 2)))).toMatchObject({ ok: true })
  })

  test('a party that was late has told so about its old time', async () => {
    const { id, byStaff, cellAt } = await setUp()
    await database.query('UPDATE reservations SET late_minutes = 15 WHERE id = $1', [id])
    await byStaff({ tableNumbers: [cellAt(0, 2, 0).tableNumber] })
    expect(await readRow(id)).toMatchObject({ lateMinutes: 15 })
    await byStaff({ startsAt: cellAt(0, 2, 1).startsAt })
    expect(await readRow(id)).toMatchObject({ lateMinutes: null })
  })

  test('a hold takes its deadline along, never past its new start', async () => {
    const { byStaff, cellAt, bookCell, dinerId, ownerId, id: first } = await setUp()
    await move(first, 'CANCEL', dinerId, 'diner')
    const holdExpiresAt = new Date(Date.parse(cellAt(0, 1, 1).startsAt) - 60_000)
    const id = await bookCell(cellAt(0, 1, 2), dinerId, { status: 'HELD', holdExpiresAt })
    expect(await change(id, toCell(cellAt(0, 2, 1)), ownerId)).toMatchObject({
      ok: true,
      value: { status: 'HELD', holdExpiresAt: holdExpiresAt.toISOString() },
    })
    expect(await findHalfChanged()).toEqual([])
    expect(await change(id, toCell(cellAt(0, 2, 0)), ownerId)).toMatchObject({
      ok: true,
      value: { holdExpiresAt: cellAt(0, 2, 0).startsAt },
    })
    expect(await findHalfChanged()).toEqual([])
    expect(await byStaff({ partySize: 3 })).toMatchObject({ reason: 'cannot-move' })
  })

  test('the board of the day shows it where it is, and only there', async () => {
    const { restaurantId, ownerId, byStaff, cellAt, id } = await setUp()
    await byStaff({ tableNumbers: [cellAt(0, 2, 0).tableNumber] })
    const day = await readDay({ restaurantId, accountId: ownerId })
    expect(day).toMatchObject({
      ok: true,
      value: {
        parties: [
          {
            reservationId: id,
            slotIds: [cellAt(0, 2, 0).slotId],
            tableNumbers: [cellAt(0, 2, 0).tableNumber],
          },
        ],
      },
    })
  })

  test('asked with the same key again it is done once; another body is refused (G4)', async () => {
    const { id, ownerId, cellAt } = await setUp()
    const key = randomUUID()
    const again = () => change(id, toCell(cellAt(0, 2, 1)), ownerId, { key })
    const first = await again()
    expect(await again()).toEqual(first)
    expect(await readRow(id)).toMatchObject({ sequence: 1 })
    expect(await change(id, toCell(cellAt(0, 2, 2)), ownerId, { key })).toMatchObject({
      reason: 'key-reused',
    })
  })

  test('what does not differ changes nothing', async () => {
    const { id, byStaff, cellAt } = await setUp()
    expect(await byStaff(toCell(cellAt(0, 1, 0)))).toMatchObject({
      ok: true,
      value: { actId: null, undoUntil: null, sequence: 0 },
    })
    expect(await readRow(id)).toMatchObject({ sequence: 0 })
  })
})

describe('G22: refused, the old one stays untouched', () => {
  test('a taken target names who has it, so that a swap can be proposed', async () => {
    const { byStaff, bookCell, cellAt, otherId } = await setUp()
    const other = await bookCell(cellAt(0, 2, 1), otherId)
    expect(await expectUntouched(() => byStaff(toCell(cellAt(0, 2, 1))))).toMatchObject({
      reason: 'slot-taken',
      details: { reservationIds: [other], tableNumbers: [cellAt(0, 2, 1).tableNumber] },
    })
  })

  test.each([
    ['another restaurant’s table', 'no-such-table'],
    ['a deleted table', 'no-such-table'],
    ['a time outside the plan', 'outside-hours'],
    ['a blocked slot', 'slot-taken'],
    ['too large a party', 'party-size'],
    ['a past date', 'past-date'],
    ['a closed date', 'closed-day'],
    ['an opening’s gate', 'gate-stands'],
    ['a date that opens later', 'not-open-yet'],
  ])('%s: %s', async (name, reason) => {
    const made = await setUp()
    const { restaurantId, cellAt, byStaff } = made
    const asked = await wishFor(name, made)
    if (name === 'a closed date')
      await database.query('UPDATE service_dates SET closed = true WHERE service_date = $1', [
        cellAt(1, 0, 0).serviceDate,
      ])
    if (name === 'a date that opens later')
      await database.query(
        `UPDATE service_dates SET opens_at = now() + interval '1 hour' WHERE service_date = $1`,
        [cellAt(1, 0, 0).serviceDate],
      )
    if (name === 'an opening’s gate')
      await createOpening({ restaurantId, opensInMinutes: -10, daysAhead: 1 })
    if (name === 'a blocked slot')
      await database.query('UPDATE slots SET blocked = true WHERE id = $1', [
        cellAt(0, 2, 0).slotId,
      ])
    expect(await expectUntouched(() => byStaff(asked))).toMatchObject({ reason })
  })

  test.each(['SEATED', 'LEFT', 'NO_SHOW', 'CANCELLED', 'EXPIRED'] as const)(
    'one that is %s can’t be changed, by nobody',
    async (status) => {
      const { bookCell, cellAt, dinerId, ownerId } = await setUpPlan()
      const id = await bookCell(cellAt(0, 1, 0), dinerId, { status })
      for (const [asked, who] of [
        [{ partySize: 3 }, ownerId],
        [toTime(cellAt(0, 1, 1)), dinerId],
      ] as const)
        expect(await expectUntouched(() => change(id, asked, who))).toMatchObject({
          reason: 'cannot-move',
          details: { present: status },
        })
    },
  )

  test('somebody else’s, and one of a day that is over', async () => {
    const { id, otherId, byStaff, cellAt } = await setUp()
    expect(await expectUntouched(() => change(id, { partySize: 3 }, otherId))).toMatchObject({
      reason: 'not-found',
    })
    await database.query(
      `UPDATE reservations SET service_date = service_date - 2, starts_at = starts_at - interval '2 days', ends_at = ends_at - interval '2 days'`,
    )
    expect(await expectUntouched(() => byStaff(toCell(cellAt(0, 2, 1))))).toMatchObject({
      reason: 'day-closed',
    })
  })

  test.each([
    {},
    { partySize: 0 },
    { partySize: 999 },
    { partySize: 2.5 },
    { minutes: 23 * 60 },
    { minutes: 0 },
    { tableNumbers: [] },
    { tableNumbers: [3, 3] },
    { swapWith: 'x' },
    { swapWith: randomUUID(), partySize: 3 },
    { startsAt: '19:00' },
    { serviceDate: '2026-02-30' },
    { note: 7 },
    { status: 'SEATED' },
  ])('the body %j is no change', (body) => {
    expect(reservationChange.safeParse(body).success).toBe(false)
  })
})

async function wishFor(name: string, { cellAt, restaurantId }: Plan) {
  const tomorrow = toCell(cellAt(1, 2, 0))
  const table = async (given: Record<string, unknown>) =>
    (await createTable(pool, { restaurantId, minParty: 1, maxParty: 4, ...given })).number
  switch (name) {
    case 'another restaurant’s table': {
      const other = await setUpPlan({ tables: [2, 2, 2, 2, 2, 2] })
      return { tableNumbers: [other.cellAt(0, 5, 0).tableNumber] }
    }
    case 'a deleted table': {
      const number = await table({})
      await pool.query('UPDATE restaurant_tables SET deleted_at = now() WHERE number = $1', [
        number,
      ])
      return { tableNumbers: [number] }
    }
    case 'a time outside the plan':
      return { startsAt: new Date(Date.parse(cellAt(0, 1, 0).startsAt) + 60_000).toISOString() }
    case 'a blocked slot':
      return toCell(cellAt(0, 2, 0))
    case 'too large a party':
      return { partySize: 9 }
    case 'a past date':
      return { serviceDate: '2020-01-01' }
    default:
      return tomorrow
  }
}
