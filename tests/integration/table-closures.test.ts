import { beforeEach, describe, expect, test } from 'vitest'
import { readBoard } from '@/domain/availability/board.queries'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import { closeTables, endTableClosure } from '@/domain/floor/table-closure.commands'
import { readTableClosures } from '@/domain/floor/table-closure.queries'
import { tableClosureDraft } from '@/domain/floor/table-closure.schema'
import { changeSlot } from '@/domain/schedule/slot.commands'
import { pool } from '@/lib/db/database'
import { findContradictions } from '../support/booking-books'
import { actorOf } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { type Cell, change } from '../support/change-scene'
import { setUpClosing } from '../support/closure-scene'
import { useDatabase } from '../support/database'
import { act } from '../support/floor-scene'
import { callOffPlan } from '../support/off-plan-scene'
import { apply, preview, setUpWeek } from '../support/schedule-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

type Scene = Awaited<ReturnType<typeof setUpClosing>>
const bookSlot = (scene: Scene, { slotId, ...cell }: Cell, dinerId = scene.dinerId) =>
  bookAs(dinerId, { ...scene, ...cell, startsAt: new Date(cell.startsAt), slotIds: [] }, { slotId })

describe('a table that is closed', () => {
  test('takes nobody new, by whichever way, and the public board shows it blocked', async () => {
    const scene = await setUpClosing()
    const { restaurantId, cellAt, during, numberOf, closed, listStates, ownerId, today } = scene
    const made = await closed({
      tableNumbers: [numberOf(1)],
      ...during(0, 1),
      reason: '다리가 부러짐',
    })
    expect(made).toMatchObject({
      area: null,
      tableNumbers: [numberOf(1)],
      ...during(0, 1),
      reason: '다리가 부러짐',
      parties: [],
    })
    expect(await listStates(1)).toEqual(['closed', 'closed', 'open'])
    const { data } = await readBoard({ idOrSlug: restaurantId, date: today })
    const shown = data?.board.times.map(
      ({ slots }) => slots.find(({ tableNumber }) => tableNumber === numberOf(1))?.state,
    )
    expect(shown).toEqual(['BLOCKED', 'BLOCKED', 'FREE'])
    expect(await bookSlot(scene, cellAt(0, 1, 0))).toMatchObject({ reason: 'slot-taken' })
    expect((await bookSlot(scene, cellAt(0, 1, 2))).ok).toBe(true)
    const sit = { tableNumbers: [numberOf(1)], partySize: 2, minutes: 200 }
    expect(await seatWalkIn({ restaurantId, request: sit, actor: actorOf(ownerId) })).toMatchObject(
      { ok: false },
    )
    expect(
      await seatWalkIn({
        restaurantId,
        request: { slotIds: [cellAt(0, 1, 0).slotId], partySize: 2 },
        actor: actorOf(ownerId),
      }),
    ).toMatchObject({ reason: 'slot-taken' })
    const party = await scene.bookCell(cellAt(0, 2, 0), scene.otherId)
    const there = { tableNumbers: [numberOf(1)] }
    expect(await change(party, there, ownerId)).toMatchObject({ reason: 'slot-taken' })
    expect(await findContradictions()).toEqual([])
  })

  test('is closed off the plan too, to the minute', async () => {
    const scene = await setUpClosing({ inMinutes: 300 })
    const { restaurantId, ownerId, closed, numberOf, minutesAfter, cellAt } = scene
    const first = cellAt(0, 1, 0)
    // Half an hour in the gap before the plan begins.
    await closed({
      tableNumbers: [numberOf(1)],
      from: minutesAfter(first, -60),
      to: minutesAfter(first, -30),
    })
    const asked = {
      tableNumbers: [numberOf(1)],
      partySize: 2,
      guest: { name: '김단골', phone: '01023456789' },
    }
    const call = (from: number, minutes: number) =>
      bookForGuest({
        restaurantId,
        actor: actorOf(ownerId),
        later: () => {},
        request: {
          ...asked,
          serviceDate: first.serviceDate,
          startsAt: minutesAfter(first, from),
          minutes,
          source: 'PHONE',
          notify: false,
          override: true,
        },
      })
    expect(await call(-80, 21)).toMatchObject({ reason: 'slot-taken' })
    expect((await call(-80, 20)).ok).toBe(true)
  })

  test('keeps its parties, and takes back one that leaves by mistake, but nobody else', async () => {
    const scene = await setUpClosing()
    const { cellAt, during, numberOf, closed, listStates, bookCell, otherId, ownerId } = scene
    const party = await bookCell(cellAt(0, 1, 0))
    const held = await bookCell(cellAt(0, 1, 1), scene.thirdId, {
      status: 'HELD',
      holdExpiresAt: new Date(Date.now() + 60_000),
    })
    const made = await closed({ tableNumbers: [numberOf(1)], ...during(0, 1) })
    expect(made.parties.map(({ reservationId }) => reservationId)).toEqual([party, held])
    expect(await listStates(1)).toEqual(['closed taken', 'closed taken', 'open'])
    // A hold that runs out leaves its slot closed, before anybody has written that down.
    await pool.query(
      `UPDATE slots SET held_until = now() - interval '1 second' WHERE held_until IS NOT NULL`,
    )
    await pool.query(
      `UPDATE reservations SET hold_expires_at = now() - interval '1 second' WHERE id = $1`,
      [held],
    )
    expect(await bookSlot(scene, cellAt(0, 1, 1), otherId)).toMatchObject({ reason: 'slot-taken' })
    const cancelled = await act(party, 'CANCEL', ownerId)
    expect(cancelled.ok).toBe(true)
    expect(await bookSlot(scene, cellAt(0, 1, 0), otherId)).toMatchObject({ reason: 'slot-taken' })
    if (!cancelled.ok) return
    expect(await undoAct({ actId: cancelled.value.actId, actor: actorOf(ownerId) })).toMatchObject({
      ok: true,
    })
    expect(await findContradictions()).toEqual([])
  })
})

describe('the parties of what is closed', () => {
  test('are named with a move each: the same time first, and no place twice', async () => {
    const scene = await setUpClosing()
    const { cellAt, during, numberOf, closed, bookCell, setArea, dinerId, otherId, thirdId } = scene
    const two = await bookCell(cellAt(0, 0, 0), dinerId)
    const four = await bookCell(cellAt(0, 1, 0), otherId, { partySize: 4 })
    const six = await bookCell(cellAt(0, 3, 0), thirdId, { partySize: 6 })
    const areaId = await setArea(0, 1, 3)
    const made = await closed({ areaId, ...during(0), reason: '비' })
    const moves = Object.fromEntries(made.parties.map((one) => [one.reservationId, one.move]))
    expect(made.area).toEqual({ id: areaId, name: '테라스' })
    const startsAt = cellAt(0, 2, 0).startsAt
    expect(moves).toEqual({
      [four]: { startsAt, tableNumbers: [numberOf(2)], isOtherTime: false },
      // The only table left at that time went to the larger one.
      [two]: { startsAt: cellAt(0, 0, 1).startsAt, tableNumbers: [numberOf(0)], isOtherTime: true },
      [six]: { startsAt: cellAt(0, 3, 1).startsAt, tableNumbers: [numberOf(3)], isOtherTime: true },
    })
  })

  test('move by the change of their reservation, alone or together, and an undo takes them back', async () => {
    const scene = await setUpClosing()
    const { restaurantId, cellAt, during, numberOf, closed, bookCell, otherId, staffId } = scene
    const first = await bookCell(cellAt(0, 1, 0))
    const second = await bookCell(cellAt(0, 1, 1), otherId)
    const { parties } = await closed({ tableNumbers: [numberOf(1)], ...during(0, 1) })
    const answers: Awaited<ReturnType<typeof change>>[] = []
    for (const { reservationId, sequence, move } of parties) {
      const { isOtherTime, startsAt, tableNumbers = [] } = move ?? {}
      answers.push(
        await change(
          reservationId,
          { tableNumbers, sequence, ...(isOtherTime && startsAt && { startsAt }) },
          staffId,
        ),
      )
    }
    expect(answers).toMatchObject([{ ok: true }, { ok: true }])
    // Table only: nobody is told.
    expect(
      await database.query(`SELECT kind FROM notices WHERE kind = 'RESERVATION_CHANGED'`),
    ).toEqual([])
    const read = await readTableClosures({ restaurantId, accountId: staffId })
    expect(read).toMatchObject({ value: [{ parties: [] }] })
    const [undone] = answers
    if (!undone?.ok || undone.value.actId === null) throw new Error('nothing to undo')
    expect(await undoAct({ actId: undone.value.actId, actor: actorOf(staffId) })).toMatchObject({
      ok: true,
    })
    expect(await readTableClosures({ restaurantId, accountId: staffId })).toMatchObject({
      value: [{ parties: [{ reservationId: first }] }],
    })
    expect(second).toBeTruthy()
    expect(await findContradictions()).toEqual([])
  })

  test('that sit already are named without a move', async () => {
    const scene = await setUpClosing({ inMinutes: -10 })
    const { during, cellAt, numberOf, closed, bookCell, ownerId } = scene
    const party = await bookCell(cellAt(0, 1, 0))
    expect((await act(party, 'SEAT', ownerId)).ok).toBe(true)
    const { parties } = await closed({ tableNumbers: [numberOf(1)], ...during(0) })
    expect(parties).toMatchObject([{ reservationId: party, status: 'SEATED', move: null }])
  })
})

describe('ending a closing', () => {
  test('brings the slots back, but not those that staff had blocked, and a shorter one brings the later ones', async () => {
    const scene = await setUpClosing()
    const { during, cellAt, numberOf, closed, end, listStates, ownerId, minutesAfter } = scene
    const block = (table: number, seating: number, blocked: boolean) =>
      changeSlot({
        slotId: cellAt(0, table, seating).slotId,
        change: { blocked },
        actor: actorOf(ownerId),
      })
    await block(1, 0, true)
    const { id } = await closed({ tableNumbers: [numberOf(1)], ...during(0, 2) })
    expect(await listStates(1)).toEqual(['blocked', 'closed', 'closed'])
    expect(await block(1, 1, false)).toMatchObject({ reason: 'table-closed' })
    expect((await block(1, 1, true)).ok).toBe(true)
    const before = await end(id, during(0, 2).to)
    expect(before).toMatchObject({ reason: 'not-shorter' })
    expect(await end(id, cellAt(0, 1, 0).startsAt)).toMatchObject({ reason: 'not-shorter' })
    expect((await end(id, minutesAfter(cellAt(0, 1, 2), 0))).ok).toBe(true)
    expect(await listStates(1)).toEqual(['blocked', 'blocked', 'open'])
    expect((await end(id)).ok).toBe(true)
    expect(await listStates(1)).toEqual(['blocked', 'blocked', 'open'])
    expect(await end(id)).toMatchObject({ reason: 'not-found' })
    expect(
      await database.query(
        `SELECT act, actor_id FROM audit_events WHERE subject = 'CLOSURE' ORDER BY at`,
      ),
    ).toEqual(
      ['CLOSE_TABLES', 'SHORTEN_CLOSURE', 'REOPEN_TABLES'].map((name) => ({
        act: name,
        actor_id: scene.staffId,
      })),
    )
  })

  test('leaves closed what the next closing covers', async () => {
    const { minutesAfter, cellAt, numberOf, closed, end, listStates } = await setUpClosing()
    const middle = minutesAfter(cellAt(0, 1, 0), 45)
    const tableNumbers = [numberOf(1)]
    const first = await closed({ tableNumbers, from: cellAt(0, 1, 0).startsAt, to: middle })
    const second = await closed({ tableNumbers, from: middle, to: cellAt(0, 1, 2).startsAt })
    await end(first.id)
    expect(await listStates(1)).toEqual(['closed', 'closed', 'open'])
    await end(second.id)
    expect(await listStates(1)).toEqual(['open', 'open', 'open'])
  })
})

test('a schedule that is made while a table is closed is closed there, and is whole again after', async () => {
  const scene = await setUpWeek()
  const { restaurantId, ownerId, date } = scene
  const actor = actorOf(ownerId)
  const day = Date.parse(date)
  const closure = {
    tableNumbers: [1],
    from: new Date(day - 43_200_000).toISOString(),
    to: new Date(day + 2 * 86_400_000).toISOString(),
  }
  const made = await closeTables({ restaurantId, actor, closure })
  if (!made.ok) throw new Error(made.reason)
  const read = () =>
    database.query(
      `SELECT t.number, bool_and(s.closed) AS closed, bool_or(s.blocked) AS blocked FROM slots s
         JOIN restaurant_tables t ON t.id = s.table_id WHERE s.deleted_at IS NULL GROUP BY 1 ORDER BY 1`,
    )
  const planned = async () => (await apply(scene, await preview(scene))).ok
  expect(await planned()).toBe(true)
  const closedOne = { number: 1, closed: true, blocked: true }
  const open = { closed: false, blocked: false }
  expect(await read()).toEqual([closedOne, { number: 2, ...open }])
  expect(await callOffPlan(scene, { from: '12:10', to: '13:00' })).toMatchObject({ ok: false })
  // Made once more: what is closed is not taken for blocked by hand.
  await planned()
  await endTableClosure({ restaurantId, closureId: made.value.id, actor })
  expect(await read()).toEqual([
    { number: 1, ...open },
    { number: 2, ...open },
  ])
})

describe('what is refused, and changes nothing', () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  test('a closing', async () => {
    const scene = await setUpClosing()
    const other = await setUpClosing({ tables: [2, 2, 2, 2, 2, 2] })
    const { during, numberOf, close, closed, setArea, minutesAfter, cellAt, restaurantId } = scene
    const tableNumbers = [numberOf(1)]
    const empty = await setArea()
    const foreign = await other.setArea(0)
    await closed({ tableNumbers, ...during(0) })
    await pool.query(
      'UPDATE restaurant_tables SET deleted_at = now() WHERE restaurant_id = $1 AND number = $2',
      [restaurantId, numberOf(3)],
    )
    const past = {
      from: minutesAfter(cellAt(0, 0, 0), -400),
      to: minutesAfter(cellAt(0, 0, 0), -300),
    }
    const refusals = [
      [await close({ tableNumbers, ...during(0) }), 'already-closed'],
      [
        await close({ tableNumbers: [numberOf(0), numberOf(1)], ...during(0, 2) }),
        'already-closed',
      ],
      [await close({ areaId: empty, ...during(0) }), 'area-empty'],
      [await close({ areaId: foreign, ...during(0) }), 'not-found'],
      [await close({ areaId: nobody, ...during(0) }), 'not-found'],
      [await close({ tableNumbers: [numberOf(0), 6], ...during(0) }), 'no-such-table'],
      [await close({ tableNumbers: [numberOf(3)], ...during(0) }), 'no-such-table'],
      [await close({ tableNumbers: [numberOf(0)], ...past }), 'past-time'],
      [await close({ tableNumbers: [numberOf(0)], ...during(1) }, other.ownerId), 'not-found'],
      [await close({ tableNumbers: [numberOf(0)], ...during(1) }, scene.dinerId), 'not-found'],
    ] as const
    for (const [answer, reason] of refusals) expect(answer).toMatchObject({ ok: false, reason })
    expect(await scene.listStates(0)).toEqual(['open', 'open', 'open'])
    expect(await database.query('SELECT FROM table_closures')).toHaveLength(1)
    expect(await other.end((await closed({ tableNumbers, ...during(2) })).id)).toMatchObject({
      reason: 'not-found',
    })
  })

  test.each([
    ['nothing to close', {}],
    ['both', { areaId: nobody, tableNumbers: [1] }],
    ['no table', { tableNumbers: [] }],
    ['a table twice', { tableNumbers: [1, 1] }],
    ['a text', { tableNumbers: ['1'] }],
    ['to before from', { tableNumbers: [1], to: '2026-12-04T08:59:00Z' }],
    ['to at from', { tableNumbers: [1], to: '2026-12-04T18:00:00+09:00' }],
    ['a year', { tableNumbers: [1], to: '2027-12-04T09:00:00Z' }],
    ['no instant', { tableNumbers: [1], to: '18:00' }],
    ['a long reason', { tableNumbers: [1], reason: '비'.repeat(101) }],
    ['a field nobody asked for', { tableNumbers: [1], closed: true }],
  ])('by its form: %s', (_, asked) => {
    const times = { from: '2026-12-04T09:00:00Z', to: '2026-12-04T12:00:00Z' }
    expect(tableClosureDraft.safeParse({ ...times, ...asked }).success).toBe(false)
    expect(
      tableClosureDraft.safeParse({ ...times, tableNumbers: [1], reason: ' ' }).data?.reason,
    ).toBeNull()
  })
})
