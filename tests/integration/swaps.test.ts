import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { undoAct } from '@/domain/booking/undo.commands'
import { findContradictions } from '../support/booking-books'
import { actorOf, move } from '../support/booking-restaurant'
import {
  change,
  expectUntouched,
  findHalfChanged,
  readPlaces,
  readReservation as readRow,
  setUpBooked as setUp,
  setUpPlan,
  toCell,
} from '../support/change-scene'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('G22: a swap', () => {
  async function setUpPair(wish: Parameters<typeof setUpPlan>[0] = {}) {
    const made = await setUp(wish)
    const other = await made.bookCell(made.cellAt(0, 2, 1), made.otherId, { partySize: 3 })
    return { ...made, other }
  }

  test('two parties of one date change places, and each learns its new time', async () => {
    const { id, other, byStaff, cellAt } = await setUpPair()
    expect(await byStaff({ swapWith: other })).toMatchObject({
      ok: true,
      value: { startsAt: cellAt(0, 2, 1).startsAt, partySize: 2 },
    })
    expect(await readPlaces()).toEqual({
      [cellAt(0, 2, 1).slotId]: id,
      [cellAt(0, 1, 0).slotId]: other,
    })
    expect(
      await database.query(
        `SELECT subject_id::text AS id FROM notices WHERE kind = 'RESERVATION_CHANGED' AND channel = 'MAIL'`,
      ),
    ).toHaveLength(2)
    expect(await findContradictions()).toEqual([])
    expect(await findHalfChanged()).toEqual([])
  })

  test('one undo takes back both halves', async () => {
    const { id, other, byStaff, cellAt, ownerId } = await setUpPair()
    const before = await readPlaces()
    const swapped = await byStaff({ swapWith: other })
    if (!swapped.ok) throw new Error(swapped.reason)
    const undone = await undoAct({ actId: swapped.value.actId ?? '', actor: actorOf(ownerId) })
    expect(undone).toMatchObject({ ok: true, value: { id } })
    expect(await readPlaces()).toEqual(before)
    expect(await readRow(other)).toMatchObject({ startsAt: cellAt(0, 2, 1).startsAt, partySize: 3 })
    expect(
      await database.query(
        `SELECT DISTINCT state::text FROM notices WHERE kind = 'RESERVATION_CHANGED'`,
      ),
    ).toEqual([{ state: 'DROPPED' }])
    expect(await findHalfChanged()).toEqual([])
  })

  test('with itself, another date, another restaurant, a party that sits: refused, all untouched', async () => {
    const { id, other, byStaff, bookCell, cellAt, thirdId, ownerId } = await setUpPair()
    const tomorrow = await bookCell(cellAt(1, 1, 0), thirdId)
    const stranger = await setUp()
    for (const [swapWith, reason] of [
      [id, 'swap-with-itself'],
      [tomorrow, 'swap-other-date'],
      [stranger.id, 'not-found'],
      [randomUUID(), 'not-found'],
    ] as const)
      expect(await expectUntouched(() => byStaff({ swapWith }))).toMatchObject({ reason })
    expect(await move(other, 'CANCEL', ownerId)).toMatchObject({ ok: true })
    expect(await expectUntouched(() => byStaff({ swapWith: other }))).toMatchObject({
      reason: 'cannot-swap',
      details: { present: 'CANCELLED' },
    })
  })

  test('a table too small for the other party is refused, unless staff insist', async () => {
    const { bookCell, cellAt, ownerId, dinerId, otherId } = await setUpPlan({ tables: [2, 4] })
    const small = await bookCell(cellAt(0, 0, 0), dinerId)
    const large = await bookCell(cellAt(0, 1, 0), otherId, { partySize: 4 })
    expect(await expectUntouched(() => change(small, { swapWith: large }, ownerId))).toMatchObject({
      reason: 'party-size',
      details: { seats: 2 },
    })
    expect(await change(small, { swapWith: large, override: true }, ownerId)).toMatchObject({
      ok: true,
    })
  })
})

describe('an undo of a change', () => {
  test('within ten seconds: place, time and size are as before, its notice never goes', async () => {
    const { id, byStaff, cellAt, ownerId } = await setUp()
    const before = await readPlaces()
    const changed = await byStaff({ ...toCell(cellAt(0, 2, 1)), partySize: 4 })
    if (!changed.ok) throw new Error(changed.reason)
    const { actId, undoUntil } = changed.value
    expect(Date.parse(undoUntil ?? '')).toBeGreaterThan(0)
    expect(await undoAct({ actId: actId ?? '', actor: actorOf(ownerId) })).toMatchObject({
      ok: true,
      value: { id, status: 'CONFIRMED' },
    })
    expect(await readPlaces()).toEqual(before)
    expect(await readRow(id)).toMatchObject({ partySize: 2, startsAt: cellAt(0, 1, 0).startsAt })
    expect(
      await database.query(
        `SELECT state::text FROM notices WHERE kind = 'RESERVATION_CHANGED' AND channel = 'MAIL'`,
      ),
    ).toEqual([{ state: 'DROPPED' }])
    expect(await findContradictions()).toEqual([])
  })

  test('is refused once the old slot is booked, and the change stands', async () => {
    const { id, byStaff, bookCell, cellAt, otherId, ownerId } = await setUp()
    const changed = await byStaff(toCell(cellAt(0, 2, 1)))
    if (!changed.ok) throw new Error(changed.reason)
    await bookCell(cellAt(0, 1, 0), otherId)
    expect(
      await expectUntouched(() =>
        undoAct({ actId: changed.value.actId ?? '', actor: actorOf(ownerId) }),
      ),
    ).toMatchObject({ reason: 'slot-taken' })
    expect((await readPlaces())[cellAt(0, 2, 1).slotId]).toBe(id)
  })

  test('after ten seconds, or after another change, it is too late', async () => {
    const { byStaff, cellAt, ownerId } = await setUp()
    const undo = (actId: string | null) =>
      expectUntouched(() => undoAct({ actId: actId ?? '', actor: actorOf(ownerId) }))
    const changed = await byStaff(toCell(cellAt(0, 2, 1)))
    const next = await byStaff({ partySize: 3 })
    if (!changed.ok || !next.ok) throw new Error('both are done')
    expect(await undo(changed.value.actId)).toMatchObject({ reason: 'too-late' })
    await database.query(`UPDATE audit_events SET at = at - interval '11 seconds'`)
    expect(await undo(next.value.actId)).toMatchObject({ reason: 'too-late' })
  })

  test('of a swap is refused whole where one of the two has been moved since', async () => {
    const { id, bookCell, cellAt, otherId, ownerId } = await setUp()
    const other = await bookCell(cellAt(0, 2, 1), otherId)
    const swapped = await change(id, { swapWith: other }, ownerId)
    if (!swapped.ok) throw new Error(swapped.reason)
    const moved = await change(other, { tableNumbers: [cellAt(0, 2, 0).tableNumber] }, ownerId)
    expect(moved).toMatchObject({ ok: true })
    expect(
      await expectUntouched(() =>
        undoAct({ actId: swapped.value.actId ?? '', actor: actorOf(ownerId) }),
      ),
    ).toMatchObject({ reason: 'too-late' })
  })
})
