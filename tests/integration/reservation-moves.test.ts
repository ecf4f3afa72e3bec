import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { moveReservation } from '@/domain/booking/move/commands'
import { findOwnReservation, listOwnReservations } from '@/domain/booking/queries'
import { sweepReservations } from '@/domain/booking/sweep/commands'
import { type ReservationAct, reservationActs } from '@/domain/booking/types'
import { undoAct } from '@/domain/booking/undo/commands'
import { seatWalkIn } from '@/domain/booking/walk-in/commands'
import { pool } from '@/lib/db'
import { createAccount, createSlot, createTable } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { bookAs, createDinerIds, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUpHouse(tables = [{ maxParty: 2 }, { maxParty: 4 }], restaurant = {}) {
  const owner = await createAccount(pool, { role: 'OWNER' })
  const scene = await setUpSeating({
    tables,
    restaurant: { ...restaurant, ownerId: owner.id } as object,
  })
  const [dinerId = '', otherId = ''] = await createDinerIds(2)
  return { scene, ownerId: owner.id, dinerId, otherId }
}

async function book(dinerId: string, scene: Awaited<ReturnType<typeof setUpSeating>>) {
  const booked = await bookAs(dinerId, scene)
  if (!booked.ok) throw new Error(booked.reason)
  return booked.value.reservation
}

const actorOf = (accountId: string) => ({ accountId, address: null })
const move = (
  reservationId: string,
  act: ReservationAct,
  accountId: string,
  scope: 'diner' | 'staff' | 'either' = 'staff',
) => moveReservation({ reservationId, act, actor: actorOf(accountId), scope })
const noticeStates = () =>
  database.query<{ kind: string; state: string }>(
    'SELECT kind, state::text FROM notices ORDER BY queued_at, kind',
  )

describe('G3: the slot fits, is offered and has not begun, by the database’s clock', () => {
  const refusals: [string, string, Record<string, unknown>?][] = [
    ['party-size', 'SELECT 1', { partySize: 5 }],
    ['past-time', `UPDATE slots SET starts_at = now() - interval '1 ms'`],
    ['no-such-time', `UPDATE slots SET starts_at = starts_at + interval '1 minute'`],
    ['no-such-time', 'UPDATE slots SET deleted_at = now()'],
    ['sold-out', 'UPDATE slots SET blocked = true'],
    ['bookings-off', 'UPDATE restaurants SET bookings_on = false'],
    ['closed-day', 'UPDATE service_dates SET closed = true'],
    ['not-found', 'UPDATE restaurants SET deleted_at = now()'],
    ['not-found', 'SELECT 1', { restaurantId: randomUUID() }],
    ['no-such-time', 'SELECT 1', { slotId: randomUUID() }],
    ['past-date', 'SELECT 1', { serviceDate: '2020-01-01' }],
    ['beyond-horizon', 'SELECT 1', { serviceDate: '2090-01-01' }],
    ['not-today', 'UPDATE restaurants SET same_day_only = true', { serviceDate: '2090-01-01' }],
  ]
  test.each(refusals)('G3: %s after %s', async (reason, sql, change = {}) => {
    const { scene, dinerId } = await setUpHouse()
    await database.query(sql)
    const startsAt = await database.query<{ at: Date }>('SELECT starts_at AS at FROM slots LIMIT 1')
    const request =
      reason === 'past-time' ? { startsAt: startsAt[0]?.at.toISOString(), ...change } : change
    expect(await bookAs(dinerId, scene, request)).toMatchObject({ ok: false, reason })
    expect(await database.query('SELECT 1 FROM reservations')).toHaveLength(0)
  })

  test('G3: one millisecond before the opening not-open-yet with opensAt, at the opening booked', async () => {
    const { scene, dinerId } = await setUpHouse()
    const [row] = await database.query<{ opens: Date }>(
      `UPDATE service_dates SET opens_at = now() + interval '1 hour' RETURNING opens_at AS opens`,
    )
    expect(await bookAs(dinerId, scene)).toMatchObject({
      reason: 'not-open-yet',
      details: { opensAt: row?.opens.toISOString() },
    })
    // Whole milliseconds are kept: now() itself could round up to an instant still to come.
    await database.query(`UPDATE service_dates SET opens_at = date_trunc('milliseconds', now())`)
    expect(await bookAs(dinerId, scene)).toMatchObject({ ok: true })
  })

  test('G3: the smallest class that fits is taken first, whatever the tables’ order', async () => {
    const { scene, dinerId, otherId } = await setUpHouse([{ maxParty: 6 }, { maxParty: 2 }])
    expect((await book(dinerId, scene)).slotId).toBe(scene.slotIds[1])
    expect((await book(otherId, scene)).slotId).toBe(scene.slotIds[0])
  })
})

describe('moves along the table of statuses', () => {
  test('a diner’s evening: booked, seated, left; the board of the table is right each time', async () => {
    const { scene, dinerId, ownerId } = await setUpHouse()
    const { id } = await book(dinerId, scene)
    expect(await move(id, 'SEAT', ownerId)).toMatchObject({ ok: true, value: { status: 'SEATED' } })
    expect(await move(id, 'LEAVE', ownerId)).toMatchObject({ ok: true, value: { status: 'LEFT' } })
    expect(await findContradictions()).toEqual([])
    expect(await move(id, 'SEAT', ownerId)).toMatchObject({
      reason: 'cannot-move',
      details: { status: 'LEFT' },
    })
  })

  test('a hold is confirmed in time, and expires when it was not', async () => {
    const { scene, dinerId, otherId } = await setUpHouse(undefined, { confirmWithinMinutes: 10 })
    const { id } = await book(dinerId, scene)
    expect(await noticeStates()).toEqual([])
    expect(await move(id, 'CONFIRM', dinerId, 'diner')).toMatchObject({
      ok: true,
      value: { status: 'CONFIRMED' },
    })
    expect(await noticeStates()).toEqual([{ kind: 'RESERVATION_CONFIRMED', state: 'QUEUED' }])
    const late = await book(otherId, scene)
    await database.query(`UPDATE reservations SET hold_expires_at = now() WHERE id = $1`, [late.id])
    expect(await move(late.id, 'CONFIRM', otherId, 'diner')).toMatchObject({
      reason: 'hold-expired',
    })
    expect(await findOwnReservation({ dinerId: otherId, reservationId: late.id })).toMatchObject({
      status: 'EXPIRED',
    })
    expect(await sweepReservations()).toMatchObject({ ended: 1 })
    expect(
      await database.query('SELECT status FROM reservations WHERE id = $1', [late.id]),
    ).toEqual([{ status: 'EXPIRED' }])
  })

  test('a slot’s end says that a seated party has left', async () => {
    const { scene, dinerId, ownerId } = await setUpHouse()
    const { id } = await book(dinerId, scene)
    await move(id, 'SEAT', ownerId)
    await database.query(
      `UPDATE reservations SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 ms'`,
    )
    expect(await sweepReservations()).toMatchObject({ ended: 1 })
    expect(await database.query('SELECT status FROM reservations')).toEqual([{ status: 'LEFT' }])
  })

  test('a corrected no-show gets its table back, unless it is gone', async () => {
    const { scene, dinerId, otherId, ownerId } = await setUpHouse([{ maxParty: 2 }])
    const { id } = await book(dinerId, scene)
    await move(id, 'NO_SHOW', ownerId)
    expect(await move(id, 'CORRECT_NO_SHOW', ownerId)).toMatchObject({
      ok: true,
      value: { status: 'CONFIRMED' },
    })
    await move(id, 'NO_SHOW', ownerId)
    await book(otherId, scene)
    expect(await move(id, 'CORRECT_NO_SHOW', ownerId)).toMatchObject({ reason: 'slot-taken' })
    expect(await findContradictions()).toEqual([])
  })

  test('a corrected no-show who has booked again meanwhile keeps the new booking (G2)', async () => {
    const { scene, dinerId, ownerId } = await setUpHouse()
    const { id } = await book(dinerId, scene)
    await move(id, 'NO_SHOW', ownerId)
    await book(dinerId, scene)
    const corrected = await move(id, 'CORRECT_NO_SHOW', ownerId)
    expect(['slot-taken', 'already-booked']).toContain(corrected.ok || corrected.reason)
    expect(await findContradictions()).toEqual([])
  })

  test('G11-like: two staff tapping at once get one move and one clear refusal', async () => {
    const { scene, dinerId, ownerId } = await setUpHouse()
    const { id } = await book(dinerId, scene)
    const answers = await Promise.all([move(id, 'SEAT', ownerId), move(id, 'NO_SHOW', ownerId)])
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: 'cannot-move' })
  })
})

describe('G19: other people’s reservations are not there', () => {
  test.each(reservationActs)(
    'G19: %s by another diner, another owner or an unapproved one is not-found',
    async (act) => {
      const { scene, dinerId, otherId } = await setUpHouse()
      const { id } = await book(dinerId, scene)
      const stranger = await createAccount(pool, { role: 'OWNER' })
      const unapproved = await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null })
      await pool.query(`INSERT INTO restaurant_staff VALUES ($1, $2, 'OWNER')`, [
        scene.restaurantId,
        unapproved.id,
      ])
      for (const accountId of [otherId, stranger.id, unapproved.id])
        for (const scope of ['diner', 'staff', 'either'] as const)
          expect(await move(id, act, accountId, scope)).toEqual({ ok: false, reason: 'not-found' })
      expect(await findOwnReservation({ dinerId: otherId, reservationId: id })).toBeNull()
      expect((await listOwnReservations({ dinerId: otherId, limit: 20 })).items).toEqual([])
    },
  )

  test('G19: a diner can’t do what staff do, even to their own reservation', async () => {
    const { scene, dinerId } = await setUpHouse()
    const { id } = await book(dinerId, scene)
    for (const act of ['SEAT', 'LEAVE', 'NO_SHOW'] as const) {
      expect(await move(id, act, dinerId, 'staff')).toMatchObject({ reason: 'not-found' })
      expect(await move(id, act, dinerId, 'either')).toMatchObject({ reason: 'cannot-move' })
    }
  })
})

describe('undo within ten seconds by the database’s clock', () => {
  test('an owner’s cancellation taken back restores the place and drops its mail', async () => {
    const { scene, dinerId, ownerId } = await setUpHouse()
    const { id } = await book(dinerId, scene)
    const cancelled = await move(id, 'CANCEL', ownerId)
    if (!cancelled.ok) throw new Error(cancelled.reason)
    const [waiting] = await database.query<{ seconds: number }>(
      `SELECT extract(epoch FROM n.due_at - e.at)::float AS seconds FROM notices n JOIN audit_events e ON e.id = n.event_id WHERE n.kind = 'RESERVATION_CANCELLED'`,
    )
    expect(waiting?.seconds).toBe(10)
    expect(await undoAct({ actId: cancelled.value.actId, actor: actorOf(ownerId) })).toMatchObject({
      ok: true,
      value: { status: 'CONFIRMED' },
    })
    expect(await noticeStates()).toEqual([
      { kind: 'RESERVATION_CONFIRMED', state: 'QUEUED' },
      { kind: 'RESERVATION_CANCELLED', state: 'DROPPED' },
    ])
    expect(await findContradictions()).toEqual([])
  })

  test('an undo is refused after ten seconds, twice, by a stranger, for a newer act, and when the slot is gone', async () => {
    const { scene, dinerId, otherId, ownerId } = await setUpHouse([{ maxParty: 2 }])
    const { id } = await book(dinerId, scene)
    const seated = await move(id, 'SEAT', ownerId)
    const left = await move(id, 'LEAVE', ownerId)
    if (!seated.ok || !left.ok) throw new Error('not moved')
    const undo = (actId: string, accountId = ownerId) =>
      undoAct({ actId, actor: actorOf(accountId) })
    expect(await undo(seated.value.actId)).toMatchObject({ reason: 'too-late' })
    expect(await undo(left.value.actId, otherId)).toMatchObject({ reason: 'not-found' })
    expect(await undo(randomUUID())).toMatchObject({ reason: 'not-found' })
    expect(await undo(left.value.actId)).toMatchObject({ ok: true, value: { status: 'SEATED' } })
    expect(await undo(left.value.actId)).toMatchObject({ reason: 'too-late' })
    const gone = await move(id, 'CANCEL', ownerId)
    await book(otherId, scene)
    if (!gone.ok) throw new Error(gone.reason)
    expect(await undo(gone.value.actId)).toMatchObject({ reason: 'slot-taken' })
    await database.query(`UPDATE audit_events SET at = at - interval '10 seconds'`)
    expect(await undo(gone.value.actId)).toMatchObject({ reason: 'too-late' })
    expect(await findContradictions()).toEqual([])
  })

  test('an undone walk-in frees its tables', async () => {
    const { scene, ownerId } = await setUpHouse()
    const seated = await walkIn(scene, scene.slotIds, ownerId, 5)
    if (!seated.ok) throw new Error(seated.reason)
    expect(await undoAct({ actId: seated.value.actId, actor: actorOf(ownerId) })).toMatchObject({
      ok: true,
      value: { status: 'CANCELLED' },
    })
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(0)
    expect(await noticeStates()).toEqual([])
  })
})

function walkIn(
  scene: { restaurantId: string },
  slotIds: string[],
  accountId: string,
  partySize = 2,
) {
  return seatWalkIn({
    restaurantId: scene.restaurantId,
    request: { partySize, slotIds },
    actor: actorOf(accountId),
  })
}

describe('walk-ins', () => {
  test('G1: a walk-in over two seatings of a table occupies both', async () => {
    const { scene, ownerId, dinerId } = await setUpHouse([])
    const table = await createTable(pool, {
      restaurantId: scene.restaurantId,
      minParty: 2,
      maxParty: 4,
    })
    const first = await createSlot(pool, { tableId: table.id, startsAt: scene.startsAt })
    const second = await createSlot(pool, { tableId: table.id, startsAt: first.endsAt })
    expect(await walkIn(scene, [second.id, first.id], ownerId)).toMatchObject({
      ok: true,
      value: { status: 'SEATED' },
    })
    expect(await bookAs(dinerId, scene)).toMatchObject({ reason: 'sold-out' })
    expect(await bookAs(dinerId, scene, { startsAt: first.endsAt.toISOString() })).toMatchObject({
      reason: 'sold-out',
    })
    expect(await findContradictions()).toEqual([])
  })

  test('walk-ins are refused on taken, foreign, over or too small slots, and change nothing', async () => {
    const { scene, ownerId, dinerId } = await setUpHouse()
    const foreign = await setUpHouse()
    const { slotId } = await book(dinerId, scene)
    expect(await walkIn(scene, scene.slotIds, ownerId)).toMatchObject({ reason: 'slot-taken' })
    expect(await walkIn(scene, [slotId], dinerId)).toMatchObject({ reason: 'not-found' })
    expect(await walkIn(scene, foreign.scene.slotIds, ownerId)).toMatchObject({
      reason: 'not-found',
    })
    const free = scene.slotIds.filter((id) => id !== slotId)
    expect(await walkIn(scene, free, ownerId, 9)).toMatchObject({ reason: 'party-size' })
    await database.query(
      `UPDATE slots SET starts_at = now() - interval '2 hours', ends_at = now() WHERE id = ANY($1)`,
      [free],
    )
    expect(await walkIn(scene, free, ownerId)).toMatchObject({ reason: 'past-time' })
    expect(await database.query('SELECT 1 FROM reservations WHERE walk_in')).toHaveLength(0)
  })

  test('G1: walk-ins over the same slots in opposite order at once: one sits, nothing deadlocks', async () => {
    for (let round = 0; round < 15; round++) {
      const { scene, ownerId } = await setUpHouse()
      const [a = '', b = ''] = scene.slotIds
      const answers = await Promise.all([
        walkIn(scene, [a, b], ownerId),
        walkIn(scene, [b, a], ownerId),
        walkIn(scene, [b], ownerId),
      ])
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
      for (const answer of answers)
        expect(answer.ok || answer.reason).toSatisfy(
          (said) => said === true || said === 'slot-taken',
        )
    }
    expect(await findContradictions()).toEqual([])
  })
})

test('random storms of book, move, undo and walk-in never contradict themselves', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(7), fc.nat(3)), { minLength: 4, maxLength: 14 }),
      async (steps) => {
        const { scene, ownerId, dinerId, otherId } = await setUpHouse()
        const acts: string[] = []
        const ids: string[] = []
        const perform = async ([kind, index]: [number, number]) => {
          const id = ids[index % Math.max(1, ids.length)] ?? randomUUID()
          if (kind === 6) {
            const booked = await bookAs(index % 2 ? dinerId : otherId, scene)
            if (booked.ok) ids.push(booked.value.reservation.id)
          } else if (kind === 7)
            await undoAct({ actId: acts.at(-1) ?? randomUUID(), actor: actorOf(ownerId) })
          else {
            const moved = await move(
              id,
              reservationActs[kind] ?? 'CANCEL',
              kind === 0 ? dinerId : ownerId,
              'either',
            )
            if (moved.ok) acts.push(moved.value.actId)
          }
        }
        await bookAs(dinerId, scene).then(
          (booked) => booked.ok && ids.push(booked.value.reservation.id),
        )
        // Two at a time, so that they meet.
        for (let at = 0; at < steps.length; at += 2)
          await Promise.all(steps.slice(at, at + 2).map(perform))
        expect(await findContradictions()).toEqual([])
      },
    ),
    { numRuns: 40 },
  )
})
