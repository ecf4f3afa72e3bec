import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { findAnsweredBooking } from '@/domain/booking/commands'
import { findContradictions } from '../support/booking-books'
import {
  bookAs,
  cancelAs,
  countOutcomes,
  createDinerIds,
  requestFor,
  setUpSeating,
} from '../support/booking-scene'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('G4: a retried request gets the successful one’s answer', () => {
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
    // One after another: at once, they would collide again.
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

  test('G4, control: without its key a retry is a new request', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }, { maxParty: 2 }] })
    const [diner = ''] = await createDinerIds(1)
    expect(await bookAs(diner, scene)).toMatchObject({ ok: true })
    expect(await bookAs(diner, scene)).toMatchObject({ reason: 'already-booked' })
  })

  test('G4: the answer stands after the time is sold out and the restaurant stops bookings', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [diner = ''] = await createDinerIds(1)
    const key = randomUUID()
    const booked = await bookAs(diner, scene, { key })
    await database.query('UPDATE restaurants SET bookings_on = false')
    const again = await bookAs(diner, scene, { key })
    expect(again).toMatchObject({ ok: true, value: { replayed: true } })
    expect(again.ok && again.value.reservation).toEqual(booked.ok && booked.value.reservation)
  })

  test('G4: the same key with another body is refused, even when it is looked up first', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const [dinerId = ''] = await createDinerIds(1)
    const key = randomUUID()
    await bookAs(dinerId, scene, { key })
    expect(await bookAs(dinerId, scene, { key, partySize: 3 })).toMatchObject({
      reason: 'key-reused',
    })
    const request = requestFor(scene, { partySize: 3 })
    const session = { accountId: dinerId, epoch: 0, sessionId: null }
    expect(await findAnsweredBooking({ session, key, request })).toMatchObject({
      reason: 'key-reused',
    })
  })

  test('G4: a refusal is not stored: the same key books once there is room', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [first = '', second = ''] = await createDinerIds(2)
    const taken = await bookAs(first, scene)
    const key = randomUUID()
    expect(await bookAs(second, scene, { key })).toMatchObject({ reason: 'sold-out' })
    await cancelAs(first, taken)
    expect(await bookAs(second, scene, { key })).toMatchObject({ ok: true })
  })

  test('G4: a key that another kind of request uses at that moment books nothing', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const [diner = ''] = await createDinerIds(1)
    const key = randomUUID()
    const other = await database.pool.connect()
    try {
      await other.query('BEGIN')
      await other.query(
        `INSERT INTO idempotency_keys (account_id, key, request_hash, response) VALUES ($1, $2, 'another', '{}')`,
        [diner, key],
      )
      const booking = bookAs(diner, scene, { key })
      await expect
        .poll(() => database.query('SELECT FROM pg_locks WHERE NOT granted'), { interval: 5 })
        .not.toEqual([])
      await other.query('COMMIT')
      expect(await booking).toMatchObject({ ok: false, reason: 'key-reused' })
    } finally {
      other.release()
    }
    expect(await database.query('SELECT 1 FROM reservations')).toEqual([])
    expect(await findContradictions()).toEqual([])
  })

  test('G4: an equal key of another diner is another key', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }, { maxParty: 2 }] })
    const [first = '', second = ''] = await createDinerIds(2)
    const key = randomUUID()
    const answers = [await bookAs(first, scene, { key }), await bookAs(second, scene, { key })]
    expect(countOutcomes(answers)).toEqual({ booked: 2 })
  })
})
