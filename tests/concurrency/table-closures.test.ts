import { beforeEach, describe, expect, test } from 'vitest'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import { seatTicket } from '@/domain/line/seat.commands'
import { findContradictions } from '../support/booking-books'
import { actorOf } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { type Cell, change } from '../support/change-scene'
import { setUpClosing } from '../support/closure-scene'
import { useDatabase } from '../support/database'
import { askerOf, joinLine, setUpLine } from '../support/line-scene'
import { closeUnprotected } from '../support/unprotected-closure'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 12
/** On a busy machine nothing is promised either. */
const REFUSED = ['slot-taken', 'sold-out', 'already-closed', 'busy', 'unavailable']
type Scene = Awaited<ReturnType<typeof setUpClosing>>
const book = (scene: Scene, { slotId, ...cell }: Cell, dinerId: string) =>
  bookAs(dinerId, { ...scene, ...cell, startsAt: new Date(cell.startsAt), slotIds: [] }, { slotId })

const seat = ({ restaurantId, staffId }: Scene, seats: object) =>
  seatWalkIn({ restaurantId, request: { partySize: 2, ...seats }, actor: actorOf(staffId) })

/** Who has a slot of these tables, of the plan or off it, that nobody named. */
async function listUnnamed(named: string[]): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT c.reservation_id::text AS id FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
      WHERE c.released_at IS NULL AND (s.closed OR EXISTS (
        SELECT FROM closed_tables x WHERE x.table_id = s.table_id
           AND tstzrange(x.starts_at, x.ends_at) && tstzrange(s.starts_at, s.ends_at)))`,
  )
  return rows.map(({ id }) => id).filter((id) => !named.includes(id))
}

describe('G1: diners book while their tables are closed', () => {
  test('control: who books between looking and closing is at a closed table, and named nowhere', async () => {
    const scene = await setUpClosing()
    const cell = scene.cellAt(0, 1, 0)
    const named = await closeUnprotected({
      slotIds: [cell.slotId],
      whileThinking: () => book(scene, cell, scene.dinerId),
    })
    expect(await listUnnamed(named)).toHaveLength(1)
  })

  test('each has booked before and is named, or is refused', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const scene = await setUpClosing()
      const { cellAt, numberOf, during, dinerId, otherId, thirdId, staffId } = scene
      const moving = await scene.bookCell(cellAt(0, 2, 0), thirdId)
      const tableNumbers = [numberOf(0), numberOf(1)]
      const [closed, ...others] = await Promise.all([
        scene.close({ tableNumbers, ...during(0, 1) }),
        book(scene, cellAt(0, 1, 0), dinerId),
        book(scene, cellAt(0, 0, 1), otherId),
        change(moving, { tableNumbers: [numberOf(1)] }, staffId),
        scene.close({ tableNumbers: tableNumbers.toReversed(), ...during(1, 2) }, scene.ownerId),
      ])
      const again = others.at(-1)
      // Two closings of one table and time: one of them.
      expect([closed.ok, again?.ok].filter(Boolean)).toHaveLength(1)
      const [first] = [closed, again].flatMap((one) =>
        one?.ok && 'parties' in one.value ? [one.value] : [],
      )
      const named = first?.parties.map(({ reservationId }) => reservationId) ?? []
      expect(await listUnnamed(named)).toEqual([])
      for (const answer of others) if (!answer.ok) expect(REFUSED).toContain(answer.reason)
      expect(await findContradictions()).toEqual([])
    }
  })
})

describe('G1: parties are seated and swapped while their tables are closed', () => {
  /** The first seating runs; two parties to come can swap, and one waits in line. */
  async function setUp() {
    const scene = await setUpClosing({ inMinutes: -10 })
    const { restaurantId, bookCell, cellAt, thirdId, otherId } = scene
    const mine = await bookCell(cellAt(0, 1, 1), thirdId)
    const theirs = await bookCell(cellAt(0, 2, 1), otherId)
    const ticket = await joinLine(await setUpLine({ restaurantId }))
    return { ...scene, mine, theirs, ticket }
  }

  test('control: who sits down between looking and closing is at a closed table, and named nowhere', async () => {
    const scene = await setUp()
    const { slotId } = scene.cellAt(0, 1, 0)
    const named = await closeUnprotected({
      slotIds: [slotId],
      whileThinking: () => seat(scene, { slotIds: [slotId] }),
    })
    expect(await listUnnamed(named)).toHaveLength(1)
  })

  test('control: who swaps between looking and closing too', async () => {
    const scene = await setUp()
    const { mine, theirs, staffId, cellAt } = scene
    const named = await closeUnprotected({
      slotIds: [cellAt(0, 1, 1).slotId],
      whileThinking: () => change(mine, { swapWith: theirs }, staffId),
    })
    expect(named).toEqual([mine])
    expect(await listUnnamed(named)).toEqual([theirs])
  })

  test('each has come before and is named, or is refused', async () => {
    const outcomes = new Set<string>()
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const scene = await setUp()
      const { cellAt, numberOf, during, ownerId, staffId, mine, theirs, ticket } = scene
      const tableNumbers = [numberOf(0), numberOf(1)]
      const asker = askerOf(ownerId)
      const acts: (() => Promise<{ ok: boolean; reason?: string }>)[] = [
        () => seat(scene, { slotIds: [cellAt(0, 0, 0).slotId] }),
        () => seatTicket({ ticketId: ticket.id, tableNumbers: [numberOf(1)], minutes: 60, asker }),
        () => change(mine, { swapWith: theirs }, staffId),
      ]
      // The closing comes before, between and after them.
      const [before, after] = [acts.slice(0, round % 4), acts.slice(round % 4)]
      const coming = before.map((run) => run())
      const closing = scene.close({ tableNumbers, ...during(0, 1) }, staffId)
      coming.push(...after.map((run) => run()))
      const [closed, answers] = [await closing, await Promise.all(coming)]
      if (!closed.ok) throw new Error(`not closed: ${closed.reason}`)
      expect(await listUnnamed(closed.value.parties.map((one) => one.reservationId))).toEqual([])
      for (const answer of answers) {
        outcomes.add(answer.ok ? 'came' : 'refused')
        if (!answer.ok) expect(REFUSED).toContain(answer.reason)
      }
      expect(await findContradictions()).toEqual([])
    }
    expect([...outcomes].toSorted()).toEqual(['came', 'refused'])
  })
})
