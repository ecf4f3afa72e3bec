import { beforeEach, describe, expect, test } from 'vitest'
import { closeBookedDate } from '@/domain/booking/closed-date.commands'
import { closedDate } from '@/domain/booking/closed-date.schema'
import { moveReservation } from '@/domain/booking/move.commands'
import { cancelWish } from '@/domain/booking/schema'
import type { UsualReason } from '@/domain/notification/usual-reason.types'
import { findContradictions } from '../support/booking-books'
import { actorOf, walkIn } from '../support/booking-restaurant'
import { readPlaces, setUpPlan } from '../support/change-scene'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const REASON = '재료가 떨어졌어요. 정말 죄송해요.'

const readTold = () =>
  database.query<{ id: string; reason: string | null }>(
    `SELECT subject_id::text AS id, payload ->> 'reason' AS reason FROM notices
      WHERE kind = 'RESERVATION_CANCELLED' AND channel = 'MAIL' ORDER BY subject_id`,
  )

describe('a reason for every cancellation by the restaurant', () => {
  test('its diner reads it in the mail; no log repeats it', async () => {
    const { bookCell, cellAt, ownerId } = await setUpPlan()
    const id = await bookCell(cellAt(0, 1, 0))
    const asked = { reservationId: id, act: 'CANCEL' as const, scope: 'staff' as const }
    await moveReservation({ ...asked, actor: actorOf(ownerId), reason: REASON })
    expect(await readTold()).toEqual([{ id, reason: REASON }])
    expect(await database.query(`SELECT details FROM audit_events WHERE act = 'CANCEL'`)).toEqual([
      { details: null },
    ])
  })

  test('the same key with another reason is another request (G4)', async () => {
    const { bookCell, cellAt, ownerId } = await setUpPlan()
    const reservationId = await bookCell(cellAt(0, 1, 0))
    const cancel = (reason: string) =>
      moveReservation({
        reservationId,
        act: 'CANCEL',
        scope: 'staff',
        actor: actorOf(ownerId),
        key: 'a-key',
        reason,
      })
    const first = await cancel(REASON)
    expect(await cancel(REASON)).toEqual(first)
    expect(await cancel('다른 이유')).toMatchObject({ reason: 'key-reused' })
  })

  test('a usual one stays a key, so that each guest reads it in their own language', async () => {
    const { bookCell, cellAt, ownerId } = await setUpPlan()
    const reservationId = await bookCell(cellAt(0, 1, 0))
    const cancel = (usualReason: UsualReason) =>
      moveReservation({
        reservationId,
        act: 'CANCEL',
        scope: 'staff',
        actor: actorOf(ownerId),
        key: 'a-key',
        usualReason,
      })
    expect(await cancel('SOLD_OUT')).toMatchObject({ ok: true })
    expect(await cancel('MISTAKE')).toMatchObject({ reason: 'key-reused' })
    const told = await database.query(
      `SELECT payload ->> 'usualReason' AS usual, payload -> 'reason' AS reason FROM notices
        WHERE kind = 'RESERVATION_CANCELLED' AND channel = 'MAIL'`,
    )
    expect(told).toEqual([{ usual: 'SOLD_OUT', reason: null }])
    expect(cancelWish.safeParse({ usualReason: 'SOLD_OUT', reason: REASON }).success).toBe(false)
    expect(cancelWish.safeParse({ usualReason: 'RAIN' }).success).toBe(false)
  })

  test('a walk-in is removed, and nobody is told', async () => {
    const { cellAt, ownerId, restaurantId } = await setUpPlan({ inMinutes: 5 })
    const seated = await walkIn({ restaurantId }, [cellAt(0, 1, 0).slotId], ownerId)
    if (!seated.ok) throw new Error(seated.reason)
    const asked = {
      reservationId: seated.value.id,
      act: 'CANCEL' as const,
      scope: 'staff' as const,
    }
    expect(await moveReservation({ ...asked, actor: actorOf(ownerId) })).toMatchObject({ ok: true })
    expect(await readTold()).toEqual([])
  })
})

describe('closing a date with bookings', () => {
  async function setUp() {
    const plan = await setUpPlan()
    const first = await plan.bookCell(plan.cellAt(1, 1, 0), plan.dinerId)
    const second = await plan.bookCell(plan.cellAt(1, 2, 1), plan.otherId)
    const close = (
      cancelled: string[],
      keepsReservations = false,
      why: { reason?: string | null; usualReason?: UsualReason } = {},
    ) =>
      closeBookedDate({
        restaurantId: plan.restaurantId,
        version: 0,
        date: plan.cellAt(1, 0, 0).serviceDate,
        reason: REASON,
        keepsReservations,
        cancelled,
        actor: actorOf(plan.ownerId),
        ...why,
      })
    const statuses = () =>
      database.query<{ status: string }>('SELECT DISTINCT status::text FROM reservations')
    return { ...plan, first, second, close, statuses }
  }

  test('lists them first, and changes nothing', async () => {
    const { close, statuses, first, second } = await setUp()
    expect(await close([])).toMatchObject({
      reason: 'has-reservations',
      details: { parties: [{ id: first, partySize: 2 }, { id: second }] },
    })
    expect(await statuses()).toEqual([{ status: 'CONFIRMED' }])
    expect(await database.query('SELECT 1 FROM restaurant_closures')).toEqual([])
  })

  test('one confirmation cancels those that were listed, and tells each the reason', async () => {
    const { close, statuses, first, second } = await setUp()
    expect(await close([second, first])).toMatchObject({ ok: true })
    expect(await statuses()).toEqual([{ status: 'CANCELLED' }])
    expect(await readTold()).toEqual(
      [first, second].toSorted().map((id) => ({ id, reason: REASON })),
    )
    expect(await readPlaces()).toEqual({})
    expect(await findContradictions()).toEqual([])
  })

  test('one that was booked or cancelled since is listed again, and nobody is cancelled', async () => {
    const { close, statuses, first, second, bookCell, cellAt, thirdId } = await setUp()
    const third = await bookCell(cellAt(1, 0, 0), thirdId)
    for (const shown of [[first, second], [first], [first, second, third, first]])
      expect(await close(shown)).toMatchObject({ reason: 'has-reservations' })
    expect(await statuses()).toEqual([{ status: 'CONFIRMED' }])
    expect(await readTold()).toEqual([])
  })

  test('a usual reason stays a key for the guests; the date keeps its own words', async () => {
    const { close, first, second } = await setUp()
    const why = { reason: '사정이 생겨 문을 열지 못해요', usualReason: 'CLOSED' } as const
    expect(await close([first, second], false, why)).toMatchObject({ ok: true })
    expect(
      await database.query(
        `SELECT DISTINCT payload ->> 'usualReason' AS usual, payload -> 'reason' AS reason FROM notices
          WHERE kind = 'RESERVATION_CANCELLED' AND channel = 'MAIL'`,
      ),
    ).toEqual([{ usual: 'CLOSED', reason: null }])
    expect(await database.query('SELECT reason FROM restaurant_closures')).toEqual([
      { reason: why.reason },
    ])
  })

  test('cancels nobody without a reason', async () => {
    const { first, cellAt, restaurantId } = await setUp()
    const asked = { restaurantId, version: 0, date: cellAt(1, 0, 0).serviceDate }
    const parse = (reason: string, cancelled: string[]) =>
      closedDate.safeParse({ ...asked, reason, cancelled }).success
    expect(parse('', [])).toBe(true)
    expect(parse('  ', [first])).toBe(false)
    expect(parse(REASON, [first])).toBe(true)
    const usual = (usualReason: string) =>
      closedDate.safeParse({ ...asked, reason: '', cancelled: [first], usualReason }).success
    expect(usual('SOLD_OUT')).toBe(true)
    expect(usual('RAIN')).toBe(false)
  })

  test('they may be kept instead: they come, and nobody is told', async () => {
    const { close, statuses } = await setUp()
    expect(await close([], true)).toMatchObject({ ok: true })
    expect(await statuses()).toEqual([{ status: 'CONFIRMED' }])
    expect(await readTold()).toEqual([])
  })
})
