import { beforeEach, describe, expect, test } from 'vitest'
import { undoAct } from '@/domain/booking/undo.commands'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { actorOf, book, move, setUpRestaurant, walkIn } from '../support/booking-restaurant'
import { bookAs, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { act, correct, forget, setUpEvening } from '../support/floor-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUp() {
  const evening = await setUpEvening({ tables: 2 })
  const [one, two] = evening.slots
  if (!one || !two) throw new Error('two tables were made')
  const booked = await createReservation(pool, { slotId: one.running })
  const fix = (to: 'CONFIRMED' | 'SEATED') => correct(booked.id, to, evening.ownerId)
  const done = (name: Parameters<typeof act>[1]) => act(booked.id, name, evening.ownerId)
  return { ...evening, one, two, id: booked.id, fix, done }
}

const statusOf = async (id: string) =>
  (await database.query('SELECT status::text FROM reservations WHERE id = $1', [id]))[0]?.status

/** Long after the ten seconds in which an act can be undone. */
const anHourLater = () => database.query(`UPDATE audit_events SET at = at - interval '1 hour'`)

describe('every act can be corrected until the day closes', () => {
  test('seated → booked, half an hour later', async () => {
    const { id, fix, done } = await setUp()
    await done('SEAT')
    await anHourLater()
    expect(await fix('CONFIRMED')).toMatchObject({ ok: true, value: { status: 'CONFIRMED' } })
    expect(await database.query('SELECT 1 FROM occupancies WHERE ended_at IS NULL')).toEqual([])
    expect(await done('SEAT')).toMatchObject({ ok: true })
    expect(await statusOf(id)).toBe('SEATED')
    expect(await findContradictions()).toEqual([])
  })

  test('left → seated: the party sits since it sat down', async () => {
    const { id, fix, done } = await setUp()
    await done('SEAT')
    await done('LEAVE')
    await anHourLater()
    expect(await fix('SEATED')).toMatchObject({ ok: true, value: { status: 'SEATED' } })
    expect(
      await database.query(
        `SELECT o.ended_at, o.seated_at = v.seated_at AS since, v.left_at FROM occupancies o JOIN reservations v ON v.id = o.reservation_id
          WHERE v.id = $1`,
        [id],
      ),
    ).toEqual([{ ended_at: null, since: true, left_at: null }])
    expect(await findContradictions()).toEqual([])
  })

  test('left → seated is refused once the table is another’s, and possible again when that one has left', async () => {
    const { fix, done, scene, one, ownerId } = await setUp()
    await done('SEAT')
    await done('LEAVE')
    const next = await walkIn(scene, [one.next], ownerId)
    if (!next.ok) throw new Error(next.reason)
    expect(await fix('SEATED')).toEqual({
      ok: false,
      reason: 'table-occupied',
      details: { tableNumbers: [1] },
    })
    await act(next.value.id, 'LEAVE', ownerId)
    expect(await fix('SEATED')).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('left → seated is refused when its slot went to another booking', async () => {
    const { fix, done, one } = await setUp()
    await done('SEAT')
    await done('LEAVE')
    await createReservation(pool, { slotId: one.running })
    expect(await fix('SEATED')).toMatchObject({ reason: 'slot-taken' })
  })

  test('no-show → booked, and no-show → seated', async () => {
    const { fix, done, id } = await setUp()
    await done('NO_SHOW')
    await anHourLater()
    expect(await fix('CONFIRMED')).toMatchObject({ value: { status: 'CONFIRMED' } })
    await done('NO_SHOW')
    await anHourLater()
    expect(await fix('SEATED')).toMatchObject({ value: { status: 'SEATED' } })
    expect(await statusOf(id)).toBe('SEATED')
    expect(await findContradictions()).toEqual([])
  })

  test('cancelled by mistake → booked: its diner is told that it stands, and is reminded once', async () => {
    const { id: ownerId } = await createAccount(pool, { role: 'OWNER' })
    const restaurant = { ownerId } as object
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }], restaurant, inMinutes: 300 })
    const { id } = await book((await createAccount(pool)).id, scene)
    await move(id, 'CANCEL', ownerId)
    await anHourLater()
    expect(await correct(id, 'CONFIRMED', ownerId)).toMatchObject({
      ok: true,
      value: { status: 'CONFIRMED' },
    })
    expect(
      await database.query(
        `SELECT kind, count(*)::int AS count FROM notices WHERE subject_id = $1 GROUP BY kind ORDER BY kind`,
        [id],
      ),
    ).toEqual([
      { kind: 'RESERVATION_CANCELLED', count: 1 },
      { kind: 'RESERVATION_CONFIRMED', count: 2 },
      { kind: 'RESERVATION_SOON', count: 1 },
    ])
    expect(await findContradictions()).toEqual([])
  })

  test('cancelled by mistake is refused when the slot is gone, when its diner has booked again, and when the diner cancelled', async () => {
    const { scene, dinerId, otherId, ownerId } = await setUpRestaurant([{ maxParty: 2 }])
    const { id } = await book(dinerId, scene)
    await move(id, 'CANCEL', ownerId)
    await book(otherId, scene)
    expect(await correct(id, 'CONFIRMED', ownerId)).toMatchObject({ reason: 'slot-taken' })
    const roomy = await setUpRestaurant([{ maxParty: 2 }, { maxParty: 4 }])
    const again = await book(roomy.dinerId, roomy.scene)
    await move(again.id, 'CANCEL', roomy.ownerId)
    const free = roomy.scene.slotIds.find((slotId) => slotId !== again.slotId) ?? ''
    expect(await bookAs(roomy.dinerId, roomy.scene, { slotId: free })).toMatchObject({ ok: true })
    expect(await correct(again.id, 'CONFIRMED', roomy.ownerId)).toMatchObject({
      reason: 'already-booked',
    })
    const given = await setUpRestaurant()
    const back = await book(given.dinerId, given.scene)
    await move(back.id, 'CANCEL', given.dinerId, 'diner')
    expect(await correct(back.id, 'CONFIRMED', given.ownerId)).toEqual({
      ok: false,
      reason: 'cannot-move',
      details: { present: 'CANCELLED' },
    })
    expect(await findContradictions()).toEqual([])
  })

  test('a cancelled hold is a hold again, and only until its deadline', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant(undefined, {
      confirmWithinMinutes: 10,
    })
    const { id } = await book(dinerId, scene)
    await move(id, 'CANCEL', ownerId)
    const corrected = await correct(id, 'CONFIRMED', ownerId)
    if (!corrected.ok) throw new Error(corrected.reason)
    expect(corrected.value.status).toBe('HELD')
    expect(
      await database.query('SELECT kind FROM notices WHERE event_id = $1', [corrected.value.actId]),
    ).toEqual([{ kind: 'RESERVATION_HELD' }])
    await move(id, 'CANCEL', ownerId)
    await database.query(`UPDATE reservations SET hold_expires_at = now() - interval '1 ms'`)
    expect(await correct(id, 'CONFIRMED', ownerId)).toMatchObject({ reason: 'hold-expired' })
  })

  test('a walk-in removed by mistake sits again; it was never booked', async () => {
    const { scene, two, ownerId } = await setUp()
    const seated = await walkIn(scene, [two.running], ownerId)
    if (!seated.ok) throw new Error(seated.reason)
    const { id } = seated.value
    await act(id, 'CANCEL', ownerId)
    expect(await correct(id, 'CONFIRMED', ownerId)).toMatchObject({ reason: 'cannot-move' })
    expect(await correct(id, 'SEATED', ownerId)).toMatchObject({ value: { status: 'SEATED' } })
    expect(await correct(id, 'CONFIRMED', ownerId)).toMatchObject({ reason: 'cannot-move' })
    expect(await findContradictions()).toEqual([])
  })

  test('an arrival is corrected, and its correction undone', async () => {
    const { id, fix, done, ownerId } = await setUp()
    const arrivalOf = async () =>
      (await database.query('SELECT arrived_at FROM reservations WHERE id = $1', [id]))[0]
        ?.arrived_at
    expect(await fix('CONFIRMED')).toMatchObject({ reason: 'cannot-move' })
    expect(await done('ARRIVE')).toMatchObject({ ok: true, value: { status: 'CONFIRMED' } })
    expect(await done('ARRIVE')).toMatchObject({ reason: 'cannot-move' })
    const arrivedAt = await arrivalOf()
    expect(arrivedAt).not.toBeNull()
    const corrected = await fix('CONFIRMED')
    if (!corrected.ok) throw new Error(corrected.reason)
    expect(await arrivalOf()).toBeNull()
    const undone = await undoAct({ actId: corrected.value.actId, actor: actorOf(ownerId) })
    expect(undone).toMatchObject({ ok: true })
    expect(await arrivalOf()).toEqual(arrivedAt)
  })

  test('not after the day has closed, even if staff insist', async () => {
    const { id, ownerId, done, restaurantId } = await setUp()
    await done('NO_SHOW')
    await database.query(
      `INSERT INTO service_dates (restaurant_id, service_date) SELECT $1, service_date - 1 FROM reservations WHERE id = $2`,
      [restaurantId, id],
    )
    await database.query(`UPDATE reservations SET service_date = service_date - 1 WHERE id = $1`, [
      id,
    ])
    for (const to of ['CONFIRMED', 'SEATED'] as const)
      expect(await correct(id, to, ownerId, { override: true })).toMatchObject({
        reason: 'day-closed',
      })
  })

  test('a party of another date that sat yesterday does not sit again', async () => {
    const { id, fix, done } = await setUp()
    await done('SEAT')
    await forget(id)
    await pool.query('SELECT end_overdue_reservation($1)', [id])
    expect(await fix('SEATED')).toMatchObject({ reason: 'day-closed' })
  })
})

describe('G2 counts holds and confirmed reservations only', () => {
  test('G2: who sits at lunch may book dinner, and who has booked it is not put back to a second one', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant([{ maxParty: 2 }, { maxParty: 4 }])
    const { id, slotId } = await book(dinerId, scene)
    expect(await move(id, 'SEAT', ownerId)).toMatchObject({ ok: true })
    const free = scene.slotIds.find((other) => other !== slotId) ?? ''
    expect(await bookAs(dinerId, scene, { slotId: free })).toMatchObject({ ok: true })
    expect(await correct(id, 'CONFIRMED', ownerId)).toMatchObject({ reason: 'already-booked' })
    expect(await statusOf(id)).toBe('SEATED')
    expect(await findContradictions()).toEqual([])
  })
})
