import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { runOnce } from '@/domain/identity/idempotency.commands'
import { runTransaction } from '@/lib/db/transaction'
import { findContradictions } from '../support/booking-books'
import {
  type BookingScene,
  bookAs,
  countOutcomes,
  createDinerIds,
  requestFor,
  setUpSeating,
} from '../support/booking-scene'
import { useDatabase } from '../support/database'
import {
  bookFewUnprotected,
  countUnprotectedSlots,
  setUpUnprotected,
} from '../support/unprotected-booking'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const MOST = 10

function setUpRestaurants({ count, apartMinutes }: { count: number; apartMinutes: number }) {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      setUpSeating({ tables: [{ maxParty: 4 }], inMinutes: 60 + index * apartMinutes }),
    ),
  )
}

/** As the page does: told that a request is in progress, it asks again with the same key. */
async function bookUntilAnswered(dinerId: string, scene: BookingScene) {
  const key = randomUUID()
  for (;;) {
    const answer = await bookAs(dinerId, scene, { key })
    if (answer.ok || answer.reason !== 'in-progress') return answer
  }
}

async function readOwn(dinerId: string) {
  const [own] = await database.query<{ count: number; overlaps: number }>(
    `SELECT (SELECT count(*)::int FROM reservations WHERE diner_id = $1) AS count,
            (SELECT count(*)::int FROM reservations a JOIN reservations b
                ON a.diner_id = b.diner_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
              WHERE a.diner_id = $1) AS overlaps`,
    [dinerId],
  )
  return own
}

describe('two requests of one diner at once', () => {
  test('control: without a lock twenty at once make more than ten reservations', async () => {
    await setUpUnprotected()
    const scenes = await setUpRestaurants({ count: 20, apartMinutes: 0 })
    const [dinerId = ''] = await createDinerIds(1)
    await Promise.all(
      scenes.map((scene) =>
        bookFewUnprotected({ dinerId, scene, slotId: scene.slotIds[0] ?? '', most: MOST }),
      ),
    )
    expect(await countUnprotectedSlots()).toBeGreaterThan(MOST)
  })

  test('twenty that do not overlap at once make at most ten, and ten in the end', async () => {
    const scenes = await setUpRestaurants({ count: 20, apartMinutes: 100 })
    const [dinerId = ''] = await createDinerIds(1)
    const first = await Promise.all(scenes.map((scene) => bookAs(dinerId, scene)))
    for (const answer of first)
      expect([true, 'in-progress', 'too-many-reservations']).toContain(answer.ok || answer.reason)
    expect((await readOwn(dinerId))?.count).toBeLessThanOrEqual(MOST)
    const again = await Promise.all(scenes.map((scene) => bookUntilAnswered(dinerId, scene)))
    const booked = [...first, ...again].filter(({ ok }) => ok)
    expect(booked).toHaveLength(MOST)
    expect(await readOwn(dinerId)).toEqual({ count: MOST, overlaps: 0 })
    expect(await findContradictions()).toEqual([])
  })

  test('control: without a lock two at once of one evening are both booked', async () => {
    await setUpUnprotected()
    const scenes = await setUpRestaurants({ count: 2, apartMinutes: 0 })
    const [dinerId = ''] = await createDinerIds(1)
    await Promise.all(
      scenes.map((scene) =>
        bookFewUnprotected({ dinerId, scene, slotId: scene.slotIds[0] ?? '', most: 1 }),
      ),
    )
    expect(await countUnprotectedSlots()).toBe(2)
  })

  test('two at once of one evening: one is booked, the other is refused with its reason', async () => {
    for (let round = 0; round < 15; round++) {
      const scenes = await setUpRestaurants({ count: 2, apartMinutes: 45 })
      const [dinerId = ''] = await createDinerIds(1)
      const answers = await Promise.all(scenes.map((scene) => bookUntilAnswered(dinerId, scene)))
      expect(countOutcomes(answers)).toEqual({ booked: 1, 'overlapping-reservation': 1 })
      expect(await readOwn(dinerId)).toEqual({ count: 1, overlaps: 0 })
    }
  })

  test('the second of one diner is answered at once while the first is still running', async () => {
    const [scene, other] = await setUpRestaurants({ count: 2, apartMinutes: 100 })
    const [dinerId = '', stranger = ''] = await createDinerIds(2)
    if (!scene || !other) throw new Error('no restaurants')
    const client = await database.pool.connect()
    try {
      await client.query('BEGIN')
      const { restaurantId, serviceDate, startsAt } = requestFor(scene)
      const values = [dinerId, restaurantId, serviceDate, startsAt]
      await client.query(
        `SELECT place_reservation($1, 'k', 'h', $2, $3, $4, 2, NULL, NULL, NULL)`,
        values,
      )
      // No statement of theirs is left waiting: the refusal comes while the first holds its lock.
      expect(await bookAs(dinerId, other)).toMatchObject({ reason: 'in-progress' })
      expect(
        await database.query(
          `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE d.datname = current_database() AND NOT l.granted`,
        ),
      ).toEqual([])
      expect(await bookAs(stranger, other)).toMatchObject({ ok: true })
      await client.query('COMMIT')
    } finally {
      client.release()
    }
  })
})

describe('G4: one key for a booking and for another act at once', () => {
  const act = (accountId: string, key: string, meanwhile = async () => {}) =>
    runTransaction((tx, stop) =>
      runOnce<object>(tx, {
        asker: { accountId },
        key,
        request: { act: 'another' },
        stop,
        answer: async () => {
          await meanwhile()
          return {}
        },
      }),
    )

  test('the act that comes second to its key is refused, and writes nothing', async () => {
    const [scene] = await setUpRestaurants({ count: 1, apartMinutes: 0 })
    const [dinerId = ''] = await createDinerIds(1)
    if (!scene) throw new Error('no restaurant')
    const key = randomUUID()
    const book = async () => {
      expect(await bookAs(dinerId, scene, { key })).toMatchObject({ ok: true })
    }
    expect(await act(dinerId, key, book)).toMatchObject({ ok: false, reason: 'key-reused' })
    expect(await database.query('SELECT 1 FROM idempotency_keys')).toHaveLength(1)
  })

  test('the booking that comes second to its key is refused, and takes no table', async () => {
    const [scene] = await setUpRestaurants({ count: 1, apartMinutes: 0 })
    const [dinerId = ''] = await createDinerIds(1)
    if (!scene) throw new Error('no restaurant')
    const key = randomUUID()
    const client = await database.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(
        `INSERT INTO idempotency_keys (account_id, key, request_hash, response) VALUES ($1, $2, 'another', '{}')`,
        [dinerId, key],
      )
      const booking = bookAs(dinerId, scene, { key })
      const countWaiting = async () =>
        (await database.query('SELECT 1 FROM pg_locks WHERE NOT granted')).length
      await expect.poll(countWaiting, { interval: 10 }).toBeGreaterThan(0)
      await client.query('COMMIT')
      expect(await booking).toMatchObject({ reason: 'key-reused' })
    } finally {
      client.release()
    }
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toEqual([])
  })
})
