import { beforeEach, describe, expect, test } from 'vitest'
import { findContradictions } from '../support/booking-books'
import {
  bookAs,
  countOutcomes,
  createDinerIds,
  entryAt,
  runOutHolds,
  setUpSeating,
} from '../support/booking-scene'
import { useDatabase } from '../support/database'
import {
  bookOncePerDinerUnprotected,
  bookUnprotected,
  countUnprotectedSlots,
  setUpUnprotected,
} from '../support/unprotected-booking'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('G1: no table is promised to two parties', () => {
  test('G1: 200 diners at once for one slot: one wins, 199 get sold-out', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const diners = await createDinerIds(200)
    const outcomes = await Promise.all(diners.map((diner) => bookAs(diner, scene)))
    expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'sold-out': 199 })
    expect(await findContradictions()).toEqual([])
  })

  test('G1, control: reading first and writing later gives the slot away more than once', async () => {
    await setUpUnprotected()
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const diners = await createDinerIds(20)
    const slotId = entryAt(scene.slotIds, 0)
    await Promise.all(diners.map((dinerId) => bookUnprotected({ dinerId, scene, slotId })))
    expect(await countUnprotectedSlots()).toBeGreaterThan(1)
  })

  test('G1: a named slot asked for by many at once goes to one, the others get slot-taken', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const slotId = entryAt(scene.slotIds, 1)
    const diners = await createDinerIds(50)
    const outcomes = await Promise.all(diners.map((diner) => bookAs(diner, scene, { slotId })))
    expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'slot-taken': 49 })
    expect(await findContradictions()).toEqual([])
  })
})

describe('G2: one active reservation per diner, restaurant and service date', () => {
  test('G2: ten different bookings of one diner at once make one', async () => {
    const scene = await setUpSeating({
      tables: Array.from({ length: 10 }, () => ({ maxParty: 4 })),
    })
    const [diner] = await createDinerIds(1)
    const outcomes = await Promise.all(
      scene.slotIds.map((slotId) => bookAs(String(diner), scene, { slotId })),
    )
    const {
      'already-booked': refused = 0,
      'in-progress': running = 0,
      ...rest
    } = countOutcomes(outcomes)
    expect([rest, refused + running]).toEqual([{ booked: 1 }, 9])
    expect(await findContradictions()).toEqual([])
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(1)
  })

  test('G2, control: with a check in the code alone one diner gets several', async () => {
    await setUpUnprotected()
    const scene = await setUpSeating({
      tables: Array.from({ length: 10 }, () => ({ maxParty: 4 })),
    })
    const [diner] = await createDinerIds(1)
    await Promise.all(
      scene.slotIds.map((slotId) =>
        bookOncePerDinerUnprotected({ dinerId: String(diner), scene, slotId }),
      ),
    )
    expect(await countUnprotectedSlots()).toBeGreaterThan(1)
  })

  test('G2: the diner’s own expired hold makes room for a new booking', async () => {
    const scene = await setUpSeating({
      tables: [{ maxParty: 2 }, { maxParty: 4 }],
      restaurant: { confirmWithinMinutes: 5 },
    })
    const [diner = ''] = await createDinerIds(1)
    const first = await bookAs(diner, scene, { slotId: entryAt(scene.slotIds, 0) })
    expect(first).toMatchObject({ ok: true, value: { reservation: { status: 'HELD' } } })
    expect(await bookAs(diner, scene, { slotId: entryAt(scene.slotIds, 1) })).toMatchObject({
      reason: 'already-booked',
    })
    await runOutHolds()
    expect(await bookAs(diner, scene, { slotId: entryAt(scene.slotIds, 1) })).toMatchObject({
      ok: true,
    })
    expect(await findContradictions()).toEqual([])
  })
})
