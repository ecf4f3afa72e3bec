import { beforeEach, describe, expect, test } from 'vitest'
import { moveReservation } from '@/domain/booking/move.commands'
import { findContradictions } from '../support/booking-books'
import {
  bookAs,
  cancelAs,
  countOutcomes,
  createDinerIds,
  entryAt,
  runOutHolds,
  setUpSeating,
} from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { cancelUnprotected } from '../support/unprotected-booking'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('G5: an expired hold is free at once', () => {
  const holding = { tables: [{ maxParty: 2 }], restaurant: { confirmWithinMinutes: 5 } }

  test('G5: until its deadline a diner gets all-being-booked with when to look again, then the slot', async () => {
    const scene = await setUpSeating(holding)
    const [first = '', second = ''] = await createDinerIds(2)
    const held = await bookAs(first, scene)
    expect(held).toMatchObject({ ok: true, value: { reservation: { status: 'HELD' } } })
    const refused = await bookAs(second, scene)
    expect(refused).toMatchObject({
      reason: 'all-being-booked',
      details: { lookAgainAt: held.ok && held.value.reservation.holdExpiresAt },
    })
    await runOutHolds()
    expect(await bookAs(second, scene)).toMatchObject({ ok: true })
    const statuses = await database.query('SELECT status FROM reservations ORDER BY created_at')
    expect(statuses).toEqual([{ status: 'EXPIRED' }, { status: 'HELD' }])
    expect(await findContradictions()).toEqual([])
  })

  test('G5: of 50 diners at once for an expired hold one gets the slot', async () => {
    const scene = await setUpSeating(holding)
    const [first = '', ...others] = await createDinerIds(51)
    await bookAs(first, scene)
    await runOutHolds()
    const outcomes = await Promise.all(others.map((diner) => bookAs(diner, scene)))
    expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'all-being-booked': 49 })
    expect(await findContradictions()).toEqual([])
  })

  test('G5: confirming a hold races taking it over as it expires: one of the two succeeds', async () => {
    for (let round = 0; round < 20; round++) {
      const scene = await setUpSeating(holding)
      const [first = '', second = ''] = await createDinerIds(2)
      const held = await bookAs(first, scene)
      if (!held.ok) throw new Error(held.reason)
      await runOutHolds()
      const [confirmed, taken] = await Promise.all([
        moveReservation({
          reservationId: held.value.reservation.id,
          act: 'CONFIRM',
          actor: { accountId: first, address: null },
          scope: 'diner',
        }),
        bookAs(second, scene),
      ])
      expect(confirmed).toMatchObject({ ok: false })
      expect(taken).toMatchObject({ ok: true })
    }
    expect(await findContradictions()).toEqual([])
  })
})

describe('G6: cancelling frees the slot in the same transaction', () => {
  test('G6: cancel and book racing for one slot leave it with one party, or free', async () => {
    for (let round = 0; round < 25; round++) {
      const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
      const [first = '', ...others] = await createDinerIds(6)
      const booked = await bookAs(first, scene)
      // The diner cancels twice, as people do, while others try for the same slot.
      const [once, twice, ...outcomes] = await Promise.all([
        cancelAs(first, booked),
        cancelAs(first, booked),
        ...others.map((diner) => bookAs(diner, scene)),
      ])
      expect(countOutcomes([once, twice])).toEqual({ booked: 1, 'cannot-move': 1 })
      expect(countOutcomes(outcomes).booked ?? 0).toBeLessThanOrEqual(1)
      expect(await findContradictions()).toEqual([])
    }
  })

  test('G6, control: a cancellation that reads first and frees later frees another diner’s slot', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [first = '', second = ''] = await createDinerIds(2)
    const booked = await bookAs(first, scene)
    if (!booked.ok) throw new Error(booked.reason)
    const slotId = entryAt(scene.slotIds, 0)
    await cancelUnprotected({
      reservationId: booked.value.reservation.id,
      slotId,
      whileThinking: async () => {
        await cancelAs(first, booked)
        expect(await bookAs(second, scene)).toMatchObject({ ok: true })
      },
    })
    expect(await findContradictions()).toEqual([
      'an active reservation whose slot reads as free (1)',
    ])
  })
})
