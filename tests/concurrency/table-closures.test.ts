import { beforeEach, describe, expect, test } from 'vitest'
import { findContradictions } from '../support/booking-books'
import { bookAs } from '../support/booking-scene'
import { type Cell, change } from '../support/change-scene'
import { setUpClosing } from '../support/closure-scene'
import { useDatabase } from '../support/database'
import { closeUnprotected } from '../support/unprotected-closure'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 12
/** On a busy machine nothing is promised either. */
const REFUSED = ['slot-taken', 'sold-out', 'already-closed', 'busy', 'unavailable']
type Scene = Awaited<ReturnType<typeof setUpClosing>>
const book = (scene: Scene, { slotId, ...cell }: Cell, dinerId: string) =>
  bookAs(dinerId, { ...scene, ...cell, startsAt: new Date(cell.startsAt), slotIds: [] }, { slotId })

/** Who has a slot of these tables that nobody named. */
async function listUnnamed(named: string[]): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT c.reservation_id::text AS id FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
      WHERE s.closed AND c.released_at IS NULL`,
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
