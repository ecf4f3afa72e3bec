import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { undoAct } from '@/domain/booking/undo.commands'
import { findContradictions } from '../support/booking-books'
import { actorOf, move } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import {
  type Cell,
  change,
  findHalfChanged,
  readPlaces,
  setUpPlan,
  toCell,
  toTime,
} from '../support/change-scene'
import { useDatabase } from '../support/database'
import { createOtherStaff } from '../support/floor-scene'
import { stormRuns } from '../support/storm-runs'
import { changeByBooking, changeByCancelling } from '../support/unprotected-change'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 12

const reasonsOf = (answers: ({ ok: true } | { ok: false; reason: string })[]) =>
  answers.map((answer) => (answer.ok ? 'done' : answer.reason)).toSorted()

const sceneOf = ({ restaurantId }: { restaurantId: string }, cell: Cell) => ({
  restaurantId,
  serviceDate: cell.serviceDate,
  startsAt: new Date(cell.startsAt),
  slotIds: [cell.slotId],
})

async function expectWhole() {
  expect(await findContradictions()).toEqual([])
  expect(await findHalfChanged()).toEqual([])
}

describe('G22: a change happens whole or leaves the old one as it was', () => {
  test('G22: two parties are moved to one free table at once: one comes, the other stays', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const plan = await setUpPlan()
      const [a, b, free] = [plan.cellAt(0, 0, 0), plan.cellAt(0, 1, 0), plan.cellAt(0, 2, 0)]
      const one = await plan.bookCell(a, plan.dinerId)
      const two = await plan.bookCell(b, plan.otherId)
      const colleague = await createOtherStaff(plan.restaurantId)
      const answers = await Promise.all([
        change(one, toCell(free), plan.ownerId),
        change(two, toCell(free), colleague),
      ])
      expect(reasonsOf(answers)).toEqual(['done', 'slot-taken'])
      const places = await readPlaces()
      expect(places).toEqual(
        answers[0]?.ok
          ? { [free.slotId]: one, [b.slotId]: two }
          : { [a.slotId]: one, [free.slotId]: two },
      )
    }
    await expectWhole()
  })

  test('G22: three swaps in a ring at once deadlock nowhere and lose nobody', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const plan = await setUpPlan({ tables: [4, 4, 4] })
      const cells = [0, 1, 2].map((table) => plan.cellAt(0, table, 0))
      const diners = [plan.dinerId, plan.otherId, plan.thirdId]
      const ids: string[] = []
      for (const [index, cell] of cells.entries())
        ids.push(await plan.bookCell(cell, diners[index] ?? null))
      const answers = await Promise.all(
        ids.map((id, index) => change(id, { swapWith: ids[(index + 1) % 3] ?? '' }, plan.ownerId)),
      )
      for (const reason of reasonsOf(answers)) expect(['done', 'busy']).toContain(reason)
      const places = await readPlaces()
      expect(Object.keys(places).toSorted()).toEqual(cells.map(({ slotId }) => slotId).toSorted())
      expect(Object.values(places).toSorted()).toEqual(ids.toSorted())
    }
    await expectWhole()
  })

  test('G22, G6: the slot that is left is free at once, for one of those who want it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const plan = await setUpPlan({ tables: [4] })
      const [left, next] = [plan.cellAt(0, 0, 0), plan.cellAt(0, 0, 1)]
      const id = await plan.bookCell(left, plan.dinerId)
      const answers = await Promise.all([
        change(id, toTime(next), plan.dinerId),
        bookAs(plan.otherId, sceneOf(plan, left)),
        bookAs(plan.thirdId, sceneOf(plan, next)),
      ])
      const [changed, bookedLeft, booked] = answers
      // One of the two got the next seating; the one that was left can be had once the change is done.
      expect(changed?.ok).toBe(!booked?.ok)
      if (!changed?.ok) expect((await readPlaces())[left.slotId]).toBe(id)
      else if (!bookedLeft?.ok)
        expect(await bookAs(plan.thirdId, sceneOf(plan, left))).toMatchObject({ ok: true })
    }
    await expectWhole()
  })

  /** Two tablets show a party at one table, and take it to two others. */
  async function changeFromTwoTablets(seen: { sequence?: number }) {
    await database.truncateAll()
    const plan = await setUpPlan({ tables: [4, 4, 4] })
    const id = await plan.bookCell(plan.cellAt(0, 0, 0), plan.dinerId)
    const colleague = await createOtherStaff(plan.restaurantId)
    const [first, second] = [plan.cellAt(0, 1, 0), plan.cellAt(0, 2, 0)]
    const answers = await Promise.all([
      change(id, { tableNumbers: [first.tableNumber], ...seen }, plan.ownerId),
      change(id, { tableNumbers: [second.tableNumber], ...seen }, colleague),
    ])
    return { answers, places: await readPlaces(), id, cells: [first, second] }
  }

  test('G22: two tablets change one party at once: one does, the other is told where it is', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { answers, places, id, cells } = await changeFromTwoTablets({ sequence: 0 })
      expect(reasonsOf(answers)).toEqual(['changed-meanwhile', 'done'])
      const done = cells[answers.findIndex(({ ok }) => ok)]
      expect(places).toEqual({ [done?.slotId ?? '']: id })
      expect(answers.find(({ ok }) => !ok)).toMatchObject({
        details: { present: { id, tableNumbers: [done?.tableNumber], sequence: 1 } },
      })
    }
    await expectWhole()
  })

  test('control: tablets that do not say what they saw overrule each other', async () => {
    const outcomes: string[][] = []
    for (let round = 0; round < ROUNDS; round++)
      outcomes.push(reasonsOf((await changeFromTwoTablets({})).answers))
    expect(outcomes).toContainEqual(['done', 'done'])
  })

  test('G22: two tablets that make the same swap at once make it once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const plan = await setUpPlan({ tables: [4, 4] })
      const [a, b] = [plan.cellAt(0, 0, 0), plan.cellAt(0, 1, 0)]
      const one = await plan.bookCell(a, plan.dinerId)
      const two = await plan.bookCell(b, plan.otherId)
      const colleague = await createOtherStaff(plan.restaurantId)
      const swap = { swapWith: two, sequence: 0, swapSequence: 0 }
      const answers = await Promise.all([
        change(one, swap, plan.ownerId),
        change(one, swap, colleague),
      ])
      expect(reasonsOf(answers)).toEqual(['changed-meanwhile', 'done'])
      expect(await readPlaces()).toEqual({ [a.slotId]: two, [b.slotId]: one })
    }
    await expectWhole()
  })

  test('G22: change, cancel and seat of one party at once: one of them decides', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const plan = await setUpPlan()
      const id = await plan.bookCell(plan.cellAt(0, 1, 0), plan.dinerId)
      const answers = await Promise.all([
        change(id, toCell(plan.cellAt(0, 2, 1)), plan.ownerId),
        change(id, toTime(plan.cellAt(0, 1, 2)), plan.dinerId),
        move(id, 'CANCEL', plan.dinerId, 'diner'),
        move(id, 'SEAT', plan.ownerId),
      ])
      for (const reason of reasonsOf(answers))
        expect(['done', 'cannot-move', 'busy', 'table-occupied']).toContain(reason)
    }
    await expectWhole()
  })

  test('G2, G22: a diner changes two reservations to one date at once: one comes there', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const plan = await setUpPlan({ days: 3 })
      const first = await plan.bookCell(plan.cellAt(0, 1, 0), plan.dinerId)
      const second = await plan.bookCell(plan.cellAt(1, 1, 0), plan.dinerId)
      const answers = await Promise.all([
        change(first, toTime(plan.cellAt(2, 1, 0)), plan.dinerId),
        change(second, toTime(plan.cellAt(2, 1, 1)), plan.dinerId),
        change(second, toCell(plan.cellAt(2, 2, 2)), plan.ownerId),
      ])
      for (const reason of reasonsOf(answers))
        expect(['done', 'in-progress', 'already-booked', 'busy']).toContain(reason)
      const there = await database.query(
        `SELECT id FROM reservations WHERE service_date = $1 AND status = 'CONFIRMED'`,
        [plan.cellAt(2, 1, 0).serviceDate],
      )
      expect(there.length).toBeLessThanOrEqual(1)
    }
    await expectWhole()
  })

  test('G22, control: cancelling and booking again leaves the party with neither', async () => {
    const plan = await setUpPlan({ tables: [4] })
    const [left, next] = [plan.cellAt(0, 0, 0), plan.cellAt(0, 0, 1)]
    const reservationId = await plan.bookCell(left, plan.dinerId)
    await changeByCancelling({
      reservationId,
      slotId: next.slotId,
      whileThinking: async () => {
        expect(await bookAs(plan.otherId, sceneOf(plan, next))).toMatchObject({ ok: true })
        expect(await bookAs(plan.thirdId, sceneOf(plan, left))).toMatchObject({ ok: true })
      },
    })
    expect(await findContradictions()).toEqual(['an active reservation without a slot (1)'])
  })

  test('G22, control: booking first and cancelling then gives the party both meanwhile', async () => {
    const plan = await setUpPlan({ tables: [4] })
    const [left, next] = [plan.cellAt(0, 0, 0), plan.cellAt(0, 0, 1)]
    const reservationId = await plan.bookCell(left, plan.dinerId)
    await changeByBooking({
      reservationId,
      slotId: next.slotId,
      whileThinking: async () => expect(await findHalfChanged()).toEqual([reservationId]),
    })
  })
})

const steps = ['STAFF', 'OWN', 'SWAP', 'CANCEL', 'BACK', 'UNDO', 'BOOK', 'SIZE'] as const
const step = fc.record({
  kind: fc.constantFrom(...steps),
  party: fc.nat(7),
  other: fc.nat(7),
  day: fc.nat(1),
  table: fc.nat(2),
  seating: fc.nat(2),
})
type Step = { kind: (typeof steps)[number] } & Record<
  'party' | 'other' | 'day' | 'table' | 'seating',
  number
>

/** Four parties on two dates of three tables, and everybody who plans them anew. */
async function openBook() {
  const plan = await setUpPlan({ tables: [4, 4, 4] })
  const diners = [plan.dinerId, plan.otherId, plan.thirdId]
  const parties = [
    await plan.bookCell(plan.cellAt(0, 0, 0), plan.dinerId),
    await plan.bookCell(plan.cellAt(0, 1, 1), plan.otherId),
    await plan.bookCell(plan.cellAt(1, 2, 0), plan.thirdId),
    await plan.bookCell(plan.cellAt(1, 0, 2), plan.dinerId),
  ]
  const acts: string[] = []
  const nameOf = (answer: { ok: true; value: object } | { ok: false; reason: string }) => {
    if (answer.ok && 'actId' in answer.value && typeof answer.value.actId === 'string')
      acts.push(answer.value.actId)
    return answer.ok ? 'done' : answer.reason
  }
  const perform = async (wished: Step): Promise<string> => {
    const id = parties[wished.party % parties.length] ?? ''
    const cell = plan.cellAt(wished.day, wished.table, wished.seating)
    const dinerId = diners[wished.other % diners.length] ?? ''
    switch (wished.kind) {
      case 'STAFF':
        return nameOf(await change(id, toCell(cell), plan.ownerId))
      case 'OWN': {
        const [row] = await database.query<{ diner: string | null }>(
          'SELECT diner_id::text AS diner FROM reservations WHERE id = $1',
          [id],
        )
        return nameOf(await change(id, toTime(cell), row?.diner ?? dinerId, { scope: 'diner' }))
      }
      case 'SWAP':
        return nameOf(
          await change(
            id,
            { swapWith: parties[wished.other % parties.length] ?? '' },
            plan.ownerId,
          ),
        )
      case 'SIZE':
        return nameOf(await change(id, { partySize: 1 + wished.other }, plan.ownerId))
      case 'UNDO': {
        const undone = await undoAct({ actId: acts.at(-1) ?? id, actor: actorOf(plan.ownerId) })
        return undone.ok ? 'done' : undone.reason
      }
      case 'BOOK': {
        const booked = await bookAs(dinerId, sceneOf(plan, cell))
        if (booked.ok) parties.push(booked.value.reservation.id)
        return nameOf(booked)
      }
      default:
        return nameOf(
          await move(id, wished.kind === 'CANCEL' ? 'CANCEL' : 'CORRECT_CANCEL', plan.ownerId),
        )
    }
  }
  return { ...plan, parties, perform }
}

describe('G22: a storm over two evenings', () => {
  test('G22: one after the other, each change answers as the book is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (storm) => {
        await database.truncateAll()
        const book = await openBook()
        for (const wished of storm) {
          const before = await readPlaces()
          const id = book.parties[wished.party % book.parties.length] ?? ''
          const other = book.parties[wished.other % book.parties.length] ?? ''
          const { slotId } = book.cellAt(wished.day, wished.table, wished.seating)
          const answer = await book.perform(wished)
          const after = await readPlaces()
          if (answer !== 'done') expect(after).toEqual(before)
          if (wished.kind === 'STAFF') {
            const isPlaced = Object.values(before).includes(id)
            const holder = before[slotId]
            if (isPlaced && holder !== undefined && holder !== id) expect(answer).toBe('slot-taken')
            if (answer === 'done') {
              expect(after[slotId]).toBe(id)
              expect(Object.keys(after)).toHaveLength(Object.keys(before).length)
            }
          }
          if (wished.kind === 'SWAP' && answer === 'done') {
            const partner: Record<string, string> = { [id]: other, [other]: id }
            const swapped = Object.fromEntries(
              Object.entries(before).map(([slot, party]) => [slot, partner[party] ?? party]),
            )
            expect(after).toEqual(swapped)
          }
          if (wished.kind === 'OWN' && answer === 'done')
            expect(Object.values(after).toSorted()).toEqual(Object.values(before).toSorted())
        }
        await expectWhole()
      }),
      { numRuns: stormRuns(30) },
    )
  })

  test('G1, G2, G22: four at a time lose no reservation, share no slot and deadlock nowhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (storm) => {
        await database.truncateAll()
        const book = await openBook()
        for (let at = 0; at < storm.length; at += 4)
          await Promise.all(storm.slice(at, at + 4).map(book.perform))
        await expectWhole()
      }),
      { numRuns: stormRuns(30) },
    )
  })
})
