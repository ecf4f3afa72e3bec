import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { findAnsweredBooking } from '@/domain/booking/commands'
import { moveReservation } from '@/domain/booking/move/commands'
import { findContradictions } from '../support/booking-books'
import {
  bookAs,
  countOutcomes,
  createDinerIds,
  requestFor,
  setUpSeating,
} from '../support/booking-scene'
import { useDatabase } from '../support/database'
import {
  bookOncePerDinerUnprotected,
  bookSkippingLocked,
  bookUnprotected,
  cancelUnprotected,
  countUnprotectedClaims,
  setUpUnprotected,
} from '../support/unprotected-booking'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const at = <T>(list: T[], index: number): T => {
  const found = list[index]
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}

describe('G1: no table is promised to two parties', () => {
  test('G1: 200 diners at once for one slot: one wins, 199 are told it is sold out', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const diners = await createDinerIds(200)
    const outcomes = await Promise.all(diners.map((diner) => bookAs(diner, scene)))
    expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'sold-out': 199 })
    expect(await findContradictions()).toEqual([])
  })

  test('G1, control: looking first and writing then gives the slot away more than once', async () => {
    await setUpUnprotected()
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const diners = await createDinerIds(20)
    const slotId = at(scene.slotIds, 0)
    await Promise.all(diners.map((dinerId) => bookUnprotected({ dinerId, scene, slotId })))
    expect(await countUnprotectedClaims()).toBeGreaterThan(1)
  })

  test('G1: a named slot asked for by many at once goes to one, the others hear slot-taken', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const slotId = at(scene.slotIds, 1)
    const diners = await createDinerIds(50)
    const outcomes = await Promise.all(diners.map((diner) => bookAs(diner, scene, { slotId })))
    expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'slot-taken': 49 })
    expect(await findContradictions()).toEqual([])
  })
})

describe('G2: one active reservation per diner, restaurant and service date', () => {
  test('G2: ten different bookings of one diner at once leave one', async () => {
    const scene = await setUpSeating({
      tables: Array.from({ length: 10 }, () => ({ maxParty: 4 })),
    })
    const [diner] = await createDinerIds(1)
    const outcomes = await Promise.all(
      scene.slotIds.map((slotId) => bookAs(String(diner), scene, { slotId })),
    )
    expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'already-booked': 9 })
    expect(await findContradictions()).toEqual([])
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(1)
  })

  test('G2, control: checked in the code, one diner gets several', async () => {
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
    expect(await countUnprotectedClaims()).toBeGreaterThan(1)
  })

  test('G2: a hold of one’s own that ran out makes room for a new booking', async () => {
    const scene = await setUpSeating({
      tables: [{ maxParty: 2 }, { maxParty: 4 }],
      restaurant: { confirmWithinMinutes: 5 },
    })
    const [diner = ''] = await createDinerIds(1)
    const first = await bookAs(diner, scene, { slotId: at(scene.slotIds, 0) })
    expect(first).toMatchObject({ ok: true, value: { reservation: { status: 'HELD' } } })
    expect(await bookAs(diner, scene, { slotId: at(scene.slotIds, 1) })).toMatchObject({
      reason: 'already-booked',
    })
    await runOutHolds()
    expect(await bookAs(diner, scene, { slotId: at(scene.slotIds, 1) })).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })
})

/** Moves rows, never the clock. */
async function runOutHolds() {
  await database.query(
    `UPDATE reservations SET hold_expires_at = now() - interval '1 ms' WHERE status = 'HELD'`,
  )
  await database.query(
    `UPDATE slots SET held_until = now() - interval '1 ms' WHERE held_until IS NOT NULL`,
  )
}

describe('G4: a retried request gets the answer of the one that succeeded', () => {
  test('G4: one key, 50 at once: one row, one mail; after their retry 50 equal answers', async () => {
    const scene = await setUpSeating({
      tables: [{ maxParty: 2 }, { maxParty: 2 }, { maxParty: 2 }],
    })
    const [diner = ''] = await createDinerIds(1)
    const key = randomUUID()
    const first = await Promise.all(Array.from({ length: 50 }, () => bookAs(diner, scene, { key })))
    const counts = countOutcomes(first)
    expect((counts.booked ?? 0) + (counts['in-progress'] ?? 0)).toBe(50)
    expect(counts.booked).toBeGreaterThanOrEqual(1)
    // One after another: at once, they would be in each other's way again.
    const answers = new Set<string>()
    for (let retry = 0; retry < 50; retry++) {
      const answer = await bookAs(diner, scene, { key })
      answers.add(JSON.stringify(answer.ok && answer.value.reservation))
    }
    expect(answers.size).toBe(1)
    expect(await database.query('SELECT 1 FROM reservations')).toHaveLength(1)
    expect(await database.query('SELECT 1 FROM notices')).toHaveLength(1)
    expect(await findContradictions()).toEqual([])
  })

  test('G4, control: without its key a retry is another request', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }, { maxParty: 2 }] })
    const [diner = ''] = await createDinerIds(1)
    expect(await bookAs(diner, scene)).toMatchObject({ ok: true })
    expect(await bookAs(diner, scene)).toMatchObject({ reason: 'already-booked' })
  })

  test('G4: the answer stands after the place was sold out and the restaurant stopped bookings', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [diner = ''] = await createDinerIds(1)
    const key = randomUUID()
    const booked = await bookAs(diner, scene, { key })
    await database.query('UPDATE restaurants SET bookings_on = false')
    const again = await bookAs(diner, scene, { key })
    expect(again).toMatchObject({ ok: true, value: { replayed: true } })
    expect(again.ok && again.value.reservation).toEqual(booked.ok && booked.value.reservation)
  })

  test('G4: the same key with another body is refused, also when looked up first', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const [dinerId = ''] = await createDinerIds(1)
    const key = randomUUID()
    await bookAs(dinerId, scene, { key })
    expect(await bookAs(dinerId, scene, { key, partySize: 3 })).toMatchObject({
      reason: 'key-reused',
    })
    const request = requestFor(scene, { partySize: 3 })
    expect(await findAnsweredBooking({ dinerId, key, request })).toMatchObject({
      reason: 'key-reused',
    })
  })

  test('G4: a refusal is not kept: the same key books once there is room', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [first = '', second = ''] = await createDinerIds(2)
    const taken = await bookAs(first, scene)
    const key = randomUUID()
    expect(await bookAs(second, scene, { key })).toMatchObject({ reason: 'sold-out' })
    await cancel(taken, first)
    expect(await bookAs(second, scene, { key })).toMatchObject({ ok: true })
  })

  test('G4: another diner’s equal key is another key', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }, { maxParty: 2 }] })
    const [first = '', second = ''] = await createDinerIds(2)
    const key = randomUUID()
    const answers = [await bookAs(first, scene, { key }), await bookAs(second, scene, { key })]
    expect(countOutcomes(answers)).toEqual({ booked: 2 })
  })
})

function cancel(booked: Awaited<ReturnType<typeof bookAs>>, dinerId: string) {
  if (!booked.ok) throw new Error(booked.reason)
  return moveReservation({
    reservationId: booked.value.reservation.id,
    act: 'CANCEL',
    actor: { accountId: dinerId, address: null },
    scope: 'diner',
  })
}

describe('G5: a hold whose time ran out is free at once', () => {
  const holding = { tables: [{ maxParty: 2 }], restaurant: { confirmWithinMinutes: 5 } }

  test('G5: until its deadline all-being-booked with when to look again, then the next diner has it', async () => {
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

  test('G5: 50 diners at once for a run-out hold: one has it', async () => {
    const scene = await setUpSeating(holding)
    const [first = '', ...others] = await createDinerIds(51)
    await bookAs(first, scene)
    await runOutHolds()
    const outcomes = await Promise.all(others.map((diner) => bookAs(diner, scene)))
    expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'all-being-booked': 49 })
    expect(await findContradictions()).toEqual([])
  })

  test('G5: confirming a hold and taking it over when it ran out: one of the two', async () => {
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
      // Pressed twice, as people do, while others try for the same slot.
      const [once, twice, ...outcomes] = await Promise.all([
        cancel(booked, first),
        cancel(booked, first),
        ...others.map((diner) => bookAs(diner, scene)),
      ])
      expect(countOutcomes([once, twice])).toEqual({ booked: 1, 'cannot-move': 1 })
      expect(countOutcomes(outcomes).booked ?? 0).toBeLessThanOrEqual(1)
      expect(await findContradictions()).toEqual([])
    }
  })

  test('G6, control: a cancellation that looks first and frees then gives away somebody else’s slot', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [first = '', second = ''] = await createDinerIds(2)
    const booked = await bookAs(first, scene)
    if (!booked.ok) throw new Error(booked.reason)
    const slotId = at(scene.slotIds, 0)
    await cancelUnprotected({
      reservationId: booked.value.reservation.id,
      slotId,
      whileThinking: async () => {
        await cancel(booked, first)
        expect(await bookAs(second, scene)).toMatchObject({ ok: true })
      },
    })
    expect(await findContradictions()).toEqual([
      'an active reservation whose slot reads as free (1)',
    ])
  })
})

describe('G7: contention is never reported as sold out', () => {
  test('G7: 40 diners at once for 40 tables all sit', async () => {
    const scene = await setUpSeating({
      tables: Array.from({ length: 40 }, () => ({ maxParty: 2 })),
    })
    const diners = await createDinerIds(40)
    const outcomes = await Promise.all(diners.map((diner) => bookAs(diner, scene)))
    expect(countOutcomes(outcomes)).toEqual({ booked: 40 })
    expect(await findContradictions()).toEqual([])
  })

  test('G7, control: taking no row for "sold out" turns people away from a free table', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => bookSkippingLocked({ scene })),
    )
    expect(countOutcomes(outcomes)['sold-out']).toBeGreaterThan(0)
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(0)
  })

  test('G7: sold-out carries when it was true', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [first = '', second = ''] = await createDinerIds(2)
    await bookAs(first, scene)
    const refused = await bookAs(second, scene)
    expect(refused).toMatchObject({
      reason: 'sold-out',
      details: { asOf: expect.stringMatching(/Z$/) },
    })
  })

  test('G7: a larger class of table is not touched while a smaller one that fits is only being tried for', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }, { maxParty: 6 }] })
    const [diner = ''] = await createDinerIds(1)
    const { default: pg } = await import('pg')
    const other = new pg.Client({ connectionString: database.databaseUrl })
    await other.connect()
    await other.query('BEGIN')
    await other.query('SELECT 1 FROM slots WHERE id = $1 FOR UPDATE', [scene.slotIds[0]])
    expect(await bookAs(diner, scene)).toMatchObject({ reason: 'busy' })
    await other.query('ROLLBACK')
    await other.end()
    expect(await bookAs(diner, scene)).toMatchObject({
      ok: true,
      value: { reservation: { slotId: scene.slotIds[0] } },
    })
  })
})
