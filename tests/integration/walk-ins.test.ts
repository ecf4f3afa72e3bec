import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createSlot, createTable } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { book, setUpRestaurant, walkIn } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('walk-ins', () => {
  test('G1: a walk-in over two seatings of a table occupies both', async () => {
    const { scene, ownerId, dinerId } = await setUpRestaurant([])
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

  test('walk-ins are refused on taken, foreign, past or too small slots, and change nothing', async () => {
    const { scene, ownerId, dinerId } = await setUpRestaurant()
    const foreign = await setUpRestaurant()
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

  test('G1: walk-ins over the same slots in opposite order at once: one is seated, nothing deadlocks', async () => {
    for (let round = 0; round < 15; round++) {
      const { scene, ownerId } = await setUpRestaurant()
      const [a = '', b = ''] = scene.slotIds
      const answers = await Promise.all([
        walkIn(scene, [a, b], ownerId),
        walkIn(scene, [b, a], ownerId),
        walkIn(scene, [b], ownerId),
      ])
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
      // The second of them finds the party at the table before the slot it holds.
      for (const answer of answers)
        expect(answer.ok || answer.reason).toBeOneOf([true, 'table-occupied'])
    }
    expect(await findContradictions()).toEqual([])
  })
})
