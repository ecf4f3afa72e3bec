import { beforeEach, describe, expect, test } from 'vitest'
import { sayLate } from '@/domain/booking/lateness.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { closeDate, reopenDate } from '@/domain/schedule/closure.commands'
import { retireTable } from '@/domain/schedule/retire-table.commands'
import { findContradictions } from '../support/booking-books'
import { actorOf } from '../support/booking-restaurant'
import {
  change,
  expectUntouched,
  findHalfChanged,
  readPlaces,
  readReservation,
  setUpBooked,
  setUpPlan,
  toCell,
} from '../support/change-scene'
import { useDatabase } from '../support/database'
import { act, correct } from '../support/floor-scene'
import { createOpening } from '../support/opening-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

type Plan = Awaited<ReturnType<typeof setUpBooked>>

async function readVersion({ restaurantId }: Plan): Promise<number> {
  const [row] = await database.query<{ version: number }>(
    'SELECT version FROM restaurants WHERE id = $1',
    [restaurantId],
  )
  return row?.version ?? -1
}

const undo = (actId: string, { ownerId }: Plan) => undoAct({ actId, actor: actorOf(ownerId) })

async function cancelled({ id, ownerId }: Plan): Promise<string> {
  const answer = await act(id, 'CANCEL', ownerId)
  if (!answer.ok) throw new Error(answer.reason)
  return answer.value.actId ?? ''
}

async function changed(plan: Plan, asked: Parameters<typeof change>[1]): Promise<string> {
  const answer = await plan.byStaff(asked)
  if (!answer.ok) throw new Error(answer.reason)
  return answer.value.actId ?? ''
}

async function close(plan: Plan): Promise<void> {
  const { restaurantId, ownerId, today: date } = plan
  const closed = await closeDate({
    restaurantId,
    version: await readVersion(plan),
    date,
    reason: null,
    keepsReservations: true,
    actor: actorOf(ownerId),
  })
  if (!closed.ok) throw new Error(closed.reason)
}

async function reopen(plan: Plan): Promise<void> {
  const { restaurantId, ownerId, today } = plan
  const version = await readVersion(plan)
  await reopenDate({ restaurantId, version, date: today, actor: actorOf(ownerId) })
}

const announce = ({ restaurantId }: Plan) => createOpening({ restaurantId })

async function retire(plan: Plan, number: number): Promise<void> {
  const { restaurantId, ownerId } = plan
  const [table] = await database.query<{ id: string }>(
    'SELECT id FROM restaurant_tables WHERE restaurant_id = $1 AND number = $2 AND deleted_at IS NULL',
    [restaurantId, number],
  )
  const retired = await retireTable({
    restaurantId,
    version: await readVersion(plan),
    tableId: table?.id ?? '',
    keepsReservations: true,
    actor: actorOf(ownerId),
  })
  if (!retired.ok) throw new Error(retired.reason)
}

describe('a date that was closed since the party had gone', () => {
  test('a cancellation is not undone onto it; once it is open again, it is', async () => {
    const plan = await setUpBooked()
    const actId = await cancelled(plan)
    await close(plan)
    expect(await expectUntouched(() => undo(actId, plan))).toMatchObject({ reason: 'closed-day' })
    await reopen(plan)
    expect(await undo(actId, plan)).toMatchObject({ ok: true, value: { status: 'CONFIRMED' } })
    expect(await findContradictions()).toEqual([])
  })

  test('one that had been closed before the act is in no undo’s way', async () => {
    const plan = await setUpBooked()
    await close(plan)
    await database.query(`UPDATE audit_events SET at = at - interval '1 minute'`)
    const actId = await cancelled(plan)
    expect(await undo(actId, plan)).toMatchObject({ ok: true })
  })

  test('a correction asks, and goes on when staff insist', async () => {
    const plan = await setUpBooked()
    const { id, ownerId } = plan
    await cancelled(plan)
    await close(plan)
    expect(await expectUntouched(() => correct(id, 'CONFIRMED', ownerId))).toMatchObject({
      reason: 'closed-day',
    })
    expect(await correct(id, 'CONFIRMED', ownerId, { override: true })).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('a party that sits there is corrected as ever', async () => {
    const plan = await setUpBooked()
    const { id, ownerId } = plan
    await act(id, 'SEAT', ownerId)
    await close(plan)
    expect(await act(id, 'LEAVE', ownerId)).toMatchObject({ ok: true })
    expect(await correct(id, 'SEATED', ownerId)).toMatchObject({ ok: true })
    expect(await correct(id, 'CONFIRMED', ownerId)).toMatchObject({ ok: true })
  })

  test('a change is not undone onto it', async () => {
    const plan = await setUpBooked()
    const actId = await changed(plan, toCell(plan.cellAt(1, 1, 0)))
    await close(plan)
    expect(await expectUntouched(() => undo(actId, plan))).toMatchObject({ reason: 'closed-day' })
  })

  test('a change of the time of a party that stays on it is undone', async () => {
    const plan = await setUpBooked()
    const actId = await changed(plan, toCell(plan.cellAt(0, 1, 1)))
    await close(plan)
    expect(await undo(actId, plan)).toMatchObject({ ok: true })
  })
})

describe('an opening that was announced since the party had gone', () => {
  const promised = { reason: 'not-open-yet', details: { opensAt: expect.any(String) } }

  test('its tables are promised: a cancellation is not undone', async () => {
    const plan = await setUpBooked()
    const actId = await cancelled(plan)
    await announce(plan)
    expect(await expectUntouched(() => undo(actId, plan))).toMatchObject(promised)
  })

  test('nor is a change back onto its date', async () => {
    const plan = await setUpBooked()
    const actId = await changed(plan, toCell(plan.cellAt(1, 1, 0)))
    await announce(plan)
    expect(await expectUntouched(() => undo(actId, plan))).toMatchObject(promised)
  })

  test('a correction asks, and goes on when staff insist', async () => {
    const plan = await setUpBooked()
    const { id, ownerId } = plan
    await cancelled(plan)
    await announce(plan)
    expect(await expectUntouched(() => correct(id, 'CONFIRMED', ownerId))).toMatchObject({
      reason: 'not-open-yet',
    })
    expect(await correct(id, 'CONFIRMED', ownerId, { override: true })).toMatchObject({ ok: true })
  })

  test('one announced before the act is in no undo’s way', async () => {
    const plan = await setUpBooked()
    await announce(plan)
    const actId = await cancelled(plan)
    expect(await undo(actId, plan)).toMatchObject({ ok: true })
  })
})

describe('what a party says of its lateness', () => {
  const say = ({ id, dinerId }: Plan, minutes: number) =>
    sayLate({ reservationId: id, minutes, actor: actorOf(dinerId), scope: 'diner' })

  test.each([
    ['that it is late', 15, 15],
    ['that it is on time after all', 0, null],
  ])('%s, after a change, outlasts its undo', async (_, minutes, lateMinutes) => {
    const plan = await setUpBooked()
    await say(plan, 5)
    const actId = await changed(plan, { partySize: 3 })
    await say(plan, minutes)
    expect(await undo(actId, plan)).toMatchObject({ ok: true })
    expect(await readReservation(plan.id)).toMatchObject({ partySize: 2, lateMinutes })
  })

  test('after an arrival was noted, outlasts the undo of that', async () => {
    const plan = await setUpBooked()
    const arrived = await act(plan.id, 'ARRIVE', plan.ownerId)
    if (!arrived.ok) throw new Error(arrived.reason)
    await say(plan, 15)
    expect(await undo(arrived.value.actId ?? '', plan)).toMatchObject({ ok: true })
    expect(await readReservation(plan.id)).toMatchObject({ lateMinutes: 15 })
  })

  test('before a change comes back with the undo', async () => {
    const plan = await setUpBooked()
    await say(plan, 5)
    const actId = await changed(plan, toCell(plan.cellAt(0, 1, 1)))
    expect(await readReservation(plan.id)).toMatchObject({ lateMinutes: null })
    expect(await undo(actId, plan)).toMatchObject({ ok: true })
    expect(await readReservation(plan.id)).toMatchObject({ lateMinutes: 5 })
  })
})

describe('a table that was taken out of use', () => {
  const numberOf = (plan: Plan) => plan.cellAt(0, 1, 0).tableNumber

  test('keeps its party, whose size may change, but not its time', async () => {
    const plan = await setUpBooked()
    await retire(plan, numberOf(plan))
    const { startsAt } = plan.cellAt(0, 1, 1)
    expect(await expectUntouched(() => plan.byStaff({ startsAt }))).toMatchObject({
      reason: 'no-such-table',
      details: { tableNumbers: [numberOf(plan)] },
    })
    expect(await plan.byStaff({ partySize: 3 })).toMatchObject({ ok: true })
    const there = plan.cellAt(0, 2, 1)
    expect(await plan.byStaff(toCell(there))).toMatchObject({ ok: true })
    expect(await readPlaces()).toEqual({ [there.slotId]: plan.id })
    expect(await findHalfChanged()).toEqual([])
  })

  test('no cancelled party comes back to it, by undo or correction', async () => {
    const plan = await setUpBooked()
    const actId = await cancelled(plan)
    await retire(plan, numberOf(plan))
    const refused = { reason: 'no-such-table', details: { tableNumbers: [numberOf(plan)] } }
    expect(await expectUntouched(() => undo(actId, plan))).toMatchObject(refused)
    expect(await expectUntouched(() => correct(plan.id, 'CONFIRMED', plan.ownerId))).toMatchObject(
      refused,
    )
  })

  test('no changed party comes back to it', async () => {
    const plan = await setUpBooked()
    const actId = await changed(plan, toCell(plan.cellAt(0, 2, 1)))
    await retire(plan, numberOf(plan))
    expect(await expectUntouched(() => undo(actId, plan))).toMatchObject({
      reason: 'no-such-table',
      details: { tableNumbers: [numberOf(plan)] },
    })
  })

  test('what its party leaves is offered to nobody', async () => {
    const plan = await setUpBooked({ tables: [4, 4] })
    const { cellAt, bookCell, otherId, thirdId } = plan
    await retire(plan, numberOf(plan))
    await cancelled(plan)
    await bookCell(cellAt(0, 0, 0), otherId)
    const third = await bookCell(cellAt(0, 0, 1), thirdId)
    const { startsAt } = cellAt(0, 1, 0)
    expect(await expectUntouched(() => change(third, { startsAt }, thirdId))).toMatchObject({
      reason: 'sold-out',
    })
  })

  test('a hold that ran out there is offered to nobody either', async () => {
    const plan = await setUpPlan({ tables: [4] })
    const { cellAt, bookCell, otherId } = plan
    const held = { status: 'HELD', holdExpiresAt: new Date(Date.now() + 60_000) } as const
    await bookCell(cellAt(0, 0, 0), plan.dinerId, held)
    const other = await bookCell(cellAt(1, 0, 0), otherId)
    await database.query('UPDATE restaurant_tables SET deleted_at = now()')
    await database.query(
      `UPDATE slots SET held_until = now() - interval '1 second' WHERE held_until IS NOT NULL`,
    )
    const { startsAt, serviceDate } = cellAt(0, 0, 0)
    const asked = { startsAt, serviceDate }
    expect((await change(other, asked, otherId)).ok).toBe(false)
  })
})
