import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { reservationActs } from '@/domain/booking/types'
import { undoAct } from '@/domain/booking/undo.commands'
import { findContradictions } from '../support/booking-books'
import { actorOf, move, setUpRestaurant } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { useDatabase } from '../support/database'

/** Steps beyond the acts themselves. */
const BOOK = reservationActs.length
const UNDO = BOOK + 1

const database = useDatabase()
beforeEach(() => database.truncateAll())

test('random storms of book, move, undo and walk-in never leave contradictory rows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(UNDO), fc.nat(3)), { minLength: 4, maxLength: 14 }),
      async (steps) => {
        const { scene, ownerId, dinerId, otherId } = await setUpRestaurant()
        const acts: string[] = []
        const ids: string[] = []
        const perform = async ([kind, index]: [number, number]) => {
          const id = ids[index % Math.max(1, ids.length)] ?? randomUUID()
          if (kind === BOOK) {
            const booked = await bookAs(index % 2 ? dinerId : otherId, scene)
            if (booked.ok) ids.push(booked.value.reservation.id)
          } else if (kind === UNDO)
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
        // Two at a time, so that they collide.
        for (let at = 0; at < steps.length; at += 2)
          await Promise.all(steps.slice(at, at + 2).map(perform))
        expect(await findContradictions()).toEqual([])
      },
    ),
    { numRuns: 40 },
  )
})
