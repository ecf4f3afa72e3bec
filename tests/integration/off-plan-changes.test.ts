import { beforeEach, describe, expect, test } from 'vitest'
import type { ReservationChange } from '@/domain/booking/change.schema'
import { undoAct } from '@/domain/booking/undo.commands'
import { pool } from '@/lib/db/database'
import { createReservation, createTable } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { move } from '../support/booking-restaurant'
import { createDinerIds } from '../support/booking-scene'
import { change, expectUntouched, findHalfChanged } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { instantAt, listLostSlots } from '../support/off-plan-scene'
import {
  actorOf,
  findSlot,
  listOffered,
  makeDates,
  type ScheduleScene,
  setUpWeek,
} from '../support/schedule-scene'

const database = useDatabase()
let scene: ScheduleScene
let dinerId: string
/** A party of two at 17:30, at the first table. */
let id: string
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek()
  await makeDates(scene)
  dinerId = (await createDinerIds(1))[0] ?? ''
  id = await bookSeating('17:30', 1, { dinerId })
})

async function bookSeating(wall: string, table: number, given: object = {}): Promise<string> {
  const slotId = await findSlot(scene, { wall, table })
  return (await createReservation(pool, { slotId, partySize: 2, ...given })).id
}

const at = (wall: string) => instantAt(scene, wall).toISOString()
const byStaff = (asked: ReservationChange, reservationId = id) =>
  change(reservationId, asked, scene.ownerId)

async function changed(asked: ReservationChange, reservationId = id): Promise<string> {
  const answer = await byStaff(asked, reservationId)
  if (!answer.ok) throw new Error(answer.reason)
  return answer.value.actId ?? ''
}

const dinner = async () =>
  (await listOffered(scene.restaurantId)).filter((slot) => slot.startsWith('1') && slot > '15')

async function expectWhole() {
  expect(await findContradictions()).toEqual([])
  expect(await findHalfChanged()).toEqual([])
  expect(await listLostSlots()).toEqual([])
}

const planned = ['17:30 1 2 taken', '17:30 2 4', '19:00 1 2', '19:00 2 4']

describe('staff give a party a time of their own', () => {
  test('any minute: what it overlaps gives way, what it leaves is free', async () => {
    expect(await byStaff({ startsAt: at('19:20'), minutes: 47 })).toMatchObject({
      value: { startsAt: at('19:20'), endsAt: at('20:07'), tableNumbers: [1] },
    })
    expect(await dinner()).toEqual(['17:30 1 2', '17:30 2 4', '19:00 2 4', '19:20 1 2 taken'])
    await expectWhole()
  })

  test('without a length it stays as long as before', async () => {
    expect(await byStaff({ startsAt: at('18:07') })).toMatchObject({
      value: { startsAt: at('18:07'), endsAt: at('19:37') },
    })
  })

  test('any length: shorter than its seating, or into the next', async () => {
    await changed({ minutes: 60 })
    expect(await dinner()).toEqual(['17:30 1 2 taken', '17:30 2 4', '19:00 1 2', '19:00 2 4'])
    await changed({ minutes: 100 })
    expect(await dinner()).toEqual(['17:30 1 2 taken', '17:30 2 4', '19:00 2 4'])
    await changed({ minutes: 90 })
    expect(await dinner()).toEqual(planned)
    expect(await database.query('SELECT FROM slots WHERE off_plan AND deleted_at IS NULL')).toEqual(
      [],
    )
    await expectWhole()
  })

  test('another table keeps the time, and the plan gets both its seatings back', async () => {
    await changed({ startsAt: at('18:07'), minutes: 60 })
    await changed({ tableNumbers: [2] })
    expect(await dinner()).toEqual(['17:30 1 2', '18:07 2 4 taken', '19:00 1 2'])
    await changed({ startsAt: at('17:30'), tableNumbers: [1] })
    expect(await dinner()).toEqual(planned)
    await expectWhole()
  })

  test('what it has already changes nothing', async () => {
    await changed({ startsAt: at('18:07'), minutes: 60 })
    const before = await dinner()
    expect(await byStaff({ startsAt: at('18:07'), minutes: 60 })).toMatchObject({
      value: { actId: null },
    })
    expect(await dinner()).toEqual(before)
  })

  test('a size alone keeps the time off the plan', async () => {
    await changed({ startsAt: at('18:07'), minutes: 60, tableNumbers: [2] })
    expect(await byStaff({ partySize: 4 })).toMatchObject({
      value: { startsAt: at('18:07'), endsAt: at('19:07'), partySize: 4 },
    })
    await expectWhole()
  })

  test('undone, it is where it was, and the seatings too', async () => {
    const actId = await changed({ startsAt: at('18:07'), minutes: 60 })
    expect(await undoAct({ actId, actor: actorOf(scene.ownerId) })).toMatchObject({ ok: true })
    expect(await dinner()).toEqual(planned)
    await changed({ startsAt: at('18:07'), minutes: 60 })
    const back = await changed({ startsAt: at('19:00'), minutes: 90 })
    expect(await undoAct({ actId: back, actor: actorOf(scene.ownerId) })).toMatchObject({
      ok: true,
    })
    expect(await dinner()).toEqual(['17:30 2 4', '18:07 1 2 taken', '19:00 2 4'])
    await expectWhole()
  })

  test('is not undone once another party has a part of the old time', async () => {
    await changed({ startsAt: at('18:07'), minutes: 60 })
    const actId = await changed({ tableNumbers: [2] })
    await bookSeating('17:30', 1)
    expect(
      await expectUntouched(() => undoAct({ actId, actor: actorOf(scene.ownerId) })),
    ).toMatchObject({ reason: 'slot-taken' })
  })

  test('two exchange their places, off the plan too', async () => {
    await changed({ startsAt: at('18:07'), minutes: 60 })
    const other = await bookSeating('19:00', 2)
    await changed({ swapWith: other })
    expect(await dinner()).toEqual(['17:30 2 4', '18:07 1 2 taken', '19:00 2 4 taken'])
    const places = await database.query<{ id: string; number: number }>(
      `SELECT c.reservation_id AS id, t.number FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
         JOIN restaurant_tables t ON t.id = s.table_id WHERE c.released_at IS NULL ORDER BY t.number`,
    )
    expect(places).toEqual([
      { id: other, number: 1 },
      { id, number: 2 },
    ])
    await expectWhole()
  })

  test('cancelled there, it gives the plan its slots back', async () => {
    await changed({ startsAt: at('18:07'), minutes: 60 })
    await move(id, 'CANCEL', scene.ownerId)
    expect(await dinner()).toEqual(['17:30 1 2', '17:30 2 4', '19:00 1 2', '19:00 2 4'])
    await expectWhole()
  })
})

test('a new table with the number of one out of use is not mixed up with it', async () => {
  const other = await bookSeating('19:00', 1)
  await database.query('UPDATE restaurant_tables SET deleted_at = now() WHERE number = 1')
  const { restaurantId } = scene
  await createTable(pool, { restaurantId, number: 1, minParty: 1, maxParty: 2 })
  await changed({ startsAt: at('19:00'), tableNumbers: [1] })
  expect(await findContradictions()).toEqual([])
  // Who stays where they are keeps the table that is out of use.
  expect(await byStaff({ partySize: 1 }, other)).toMatchObject({ value: { partySize: 1 } })
})

describe('G22: refused, and the old place stays as it was', () => {
  test.each<[string, () => ReservationChange, string]>([
    ['over the next party', () => ({ minutes: 91 }), 'slot-taken'],
    ['into another party', () => ({ startsAt: at('18:40') }), 'slot-taken'],
    ['before the hours', () => ({ startsAt: at('17:29') }), 'outside-hours'],
    [
      'past closing',
      () => ({ startsAt: at('19:40'), minutes: 51, tableNumbers: [2] }),
      'outside-hours',
    ],
    [
      'over the day cut',
      () => ({ startsAt: at('25:00'), minutes: 300, override: true, tableNumbers: [2] }),
      'beyond-day-cut',
    ],
    ['of another date', () => ({ startsAt: at('41:30'), override: true }), 'no-such-time'],
    [
      'too small a table',
      () => ({ startsAt: at('17:35'), minutes: 60, partySize: 3 }),
      'party-size',
    ],
    [
      'a table that is not there',
      () => ({ startsAt: at('18:07'), tableNumbers: [9] }),
      'no-such-table',
    ],
    [
      'a date without a schedule',
      () => ({ serviceDate: scene.dateAt(9), override: true }),
      'no-such-time',
    ],
  ])('%s', async (_, ask, reason) => {
    await bookSeating('19:00', 1)
    const asked = ask()
    expect(await expectUntouched(() => byStaff(asked))).toMatchObject({ reason })
  })

  test('names who is in the way, so that staff can ask for a swap', async () => {
    const other = await bookSeating('19:00', 1)
    expect(await byStaff({ minutes: 100 })).toMatchObject({
      reason: 'slot-taken',
      details: { tableNumbers: [1], reservationIds: [other] },
    })
  })

  test('a hold: it would not be free at once when it runs out', async () => {
    await database.query(
      `UPDATE reservations SET status = 'HELD', hold_expires_at = now() + interval '10 minutes'`,
    )
    await database.query(`UPDATE slots SET held_until = now() + interval '10 minutes' WHERE taken`)
    expect(await expectUntouched(() => byStaff({ startsAt: at('18:07') }))).toMatchObject({
      reason: 'cannot-move',
      details: { present: 'HELD' },
    })
  })

  test('a diner has the times of the plan alone', async () => {
    expect(
      await expectUntouched(() => change(id, { startsAt: at('18:07') }, dinerId)),
    ).toMatchObject({ reason: 'no-such-time' })
  })

  test('the time of a party off the plan is nobody’s to choose', async () => {
    await changed({ startsAt: at('18:07'), minutes: 60 })
    const [otherId = ''] = await createDinerIds(1)
    const other = await bookSeating('19:00', 2, { dinerId: otherId })
    expect(
      await expectUntouched(() => change(other, { startsAt: at('18:07') }, otherId)),
    ).toMatchObject({ reason: 'no-such-time' })
  })

  test('its own diner may have back what gave way to it alone', async () => {
    await changed({ startsAt: at('18:07'), minutes: 60 })
    expect(await change(id, { startsAt: at('17:30') }, dinerId)).toMatchObject({
      value: { startsAt: at('17:30'), endsAt: at('19:00'), tableNumbers: [1] },
    })
    expect(await dinner()).toEqual(planned)
    await expectWhole()
  })

  test('but not what gave way to another party too', async () => {
    await changed({ startsAt: at('17:30'), minutes: 45 })
    await bookSeating('17:30', 2)
    const [otherId = ''] = await createDinerIds(1)
    const other = await bookSeating('19:00', 1, { dinerId: otherId })
    await changed({ startsAt: at('18:20'), minutes: 30 }, other)
    expect(
      await expectUntouched(() => change(other, { startsAt: at('17:30') }, otherId)),
    ).toMatchObject({ ok: false })
    await expectWhole()
  })

  test('its own diner may change the size where it is', async () => {
    await changed({ startsAt: at('18:07'), minutes: 60, tableNumbers: [2] })
    expect(await change(id, { partySize: 3 }, dinerId)).toMatchObject({
      value: { startsAt: at('18:07'), endsAt: at('19:07'), partySize: 3 },
    })
    await expectWhole()
  })
})
