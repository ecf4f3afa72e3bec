import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { moveReservation } from '@/domain/booking/move.commands'
import { pool } from '@/lib/db/database'
import { createReservation, createSlot } from '@/prisma/factories'
import {
  bookAs,
  cancelAs,
  createDinerIds,
  runOutHolds,
  setUpSeating,
} from '../support/booking-scene'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const MOST = 10
const TABLE = [{ maxParty: 4 }]
/** Longer than the ninety minutes of a seating. */
const APART = 100

/** Restaurants whose seatings follow one another without overlapping. */
function setUpSeatings(count: number) {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      setUpSeating({ tables: TABLE, inMinutes: 120 + index * APART }),
    ),
  )
}

async function fillUp(dinerId: string) {
  const scenes = await setUpSeatings(MOST)
  const booked: Awaited<ReturnType<typeof bookAs>>[] = []
  for (const scene of scenes) booked.push(await bookAs(dinerId, scene))
  for (const answer of booked) expect(answer).toMatchObject({ ok: true })
  return booked
}

const late = (inMinutes = 120 + MOST * APART) => setUpSeating({ tables: TABLE, inMinutes })

describe('a diner has at most ten reservations to come', () => {
  test('the eleventh is refused with how many are allowed, and takes no table', async () => {
    const [diner = ''] = await createDinerIds(1)
    await fillUp(diner)
    expect(await bookAs(diner, await late())).toEqual({
      ok: false,
      reason: 'too-many-reservations',
      details: { most: MOST },
    })
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(MOST)
  })

  test('one that is cancelled makes room', async () => {
    const [diner = ''] = await createDinerIds(1)
    const [first] = await fillUp(diner)
    if (first) await cancelAs(diner, first)
    expect(await bookAs(diner, await late())).toMatchObject({ ok: true })
  })

  test.each(['SEATED', 'LEFT', 'NO_SHOW', 'CANCELLED', 'EXPIRED'])(
    'one that is %s counts for nothing',
    async (status) => {
      const [diner = ''] = await createDinerIds(1)
      await fillUp(diner)
      await database.query(
        `UPDATE reservations SET status = $1::reservation_status, hold_expires_at = CASE WHEN $1 = 'EXPIRED' THEN now() END,
                cancelled_by = CASE WHEN $1 = 'CANCELLED' THEN 'DINER' END
          WHERE id = (SELECT id FROM reservations ORDER BY starts_at LIMIT 1)`,
        [status],
      )
      expect(await bookAs(diner, await late())).toMatchObject({ ok: true })
    },
  )

  test('one that has begun is not to come any more', async () => {
    const [diner = ''] = await createDinerIds(1)
    await fillUp(diner)
    await database.query(
      `UPDATE reservations SET starts_at = now() - interval '5 minutes'
        WHERE id = (SELECT id FROM reservations ORDER BY starts_at LIMIT 1)`,
    )
    expect(await bookAs(diner, await late())).toMatchObject({ ok: true })
  })

  test('G5: a hold that ran out counts for nothing, whether or not the sweep has seen it', async () => {
    const [diner = ''] = await createDinerIds(1)
    const held = await setUpSeating({
      tables: TABLE,
      inMinutes: 100 + MOST * APART,
      restaurant: { confirmWithinMinutes: 5 },
    })
    for (const scene of await setUpSeatings(MOST - 1)) await bookAs(diner, scene)
    expect(await bookAs(diner, held)).toMatchObject({ ok: true })
    const next = await late(110 + MOST * APART)
    const farther = await late(120 + (MOST + 2) * APART)
    expect(await bookAs(diner, next)).toMatchObject({ reason: 'overlapping-reservation' })
    expect(await bookAs(diner, farther)).toMatchObject({ reason: 'too-many-reservations' })
    await runOutHolds()
    expect(await bookAs(diner, next)).toMatchObject({ ok: true })
    expect(await bookAs(diner, farther)).toMatchObject({ reason: 'too-many-reservations' })
  })

  test('walk-ins and guests of the telephone are nobody’s hoarding', async () => {
    const [diner = ''] = await createDinerIds(1)
    const scene = await late(120)
    const seated = await createSlot(pool, { startsAt: scene.startsAt })
    await createReservation(pool, { slotId: seated.id, walkIn: true, dinerId: null })
    const written = await createSlot(pool, { startsAt: scene.startsAt })
    await createReservation(pool, { slotId: written.id, dinerId: null })
    expect(await bookAs(diner, scene)).toMatchObject({ ok: true })
  })

  test('another diner’s reservations count for nothing', async () => {
    const [diner = '', other = ''] = await createDinerIds(2)
    await fillUp(diner)
    expect(await bookAs(other, await late())).toMatchObject({ ok: true })
  })

  test('G4: a retry gets its stored answer, also with ten reservations', async () => {
    const [diner = ''] = await createDinerIds(1)
    const scenes = await setUpSeatings(MOST)
    const key = randomUUID()
    const [first] = scenes
    if (!first) throw new Error('no restaurant')
    await bookAs(diner, first, { key })
    for (const scene of scenes.slice(1)) await bookAs(diner, scene)
    expect(await bookAs(diner, first, { key })).toMatchObject({ value: { replayed: true } })
  })
})

describe('no two reservations of a diner overlap', () => {
  test.each([
    ['the same time', 0],
    ['one that begins during it', 89],
    ['one that ends during it', -89],
  ])('%s elsewhere is refused with the other one and its time', async (_, minutes) => {
    const [diner = ''] = await createDinerIds(1)
    const own = await late(200)
    const booked = await bookAs(diner, own)
    const other = await late(200 + minutes)
    const [slot] = await database.query<{ endsAt: Date; zone: string }>(
      `SELECT s.ends_at AS "endsAt", r.time_zone AS zone FROM slots s JOIN restaurants r ON r.id = s.restaurant_id
        WHERE s.id = $1`,
      [own.slotIds[0]],
    )
    expect(await bookAs(diner, other)).toEqual({
      ok: false,
      reason: 'overlapping-reservation',
      details: {
        reservationId: booked.ok && booked.value.reservation.id,
        startsAt: own.startsAt.toISOString(),
        endsAt: slot?.endsAt.toISOString(),
        timeZone: slot?.zone,
      },
    })
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(1)
  })

  test.each([
    ['begins as it ends', 90],
    ['ends as it begins', -90],
  ])('one that %s is no overlap', async (_, minutes) => {
    const [diner = ''] = await createDinerIds(1)
    const own = await late(200)
    await bookAs(diner, own)
    const next = await setUpSeating({ tables: TABLE })
    const startsAt = new Date(own.startsAt.getTime() + minutes * 60_000)
    await database.query(
      `UPDATE slots SET starts_at = $1::timestamptz, ends_at = $1::timestamptz + interval '90 minutes' WHERE id = $2`,
      [startsAt, next.slotIds[0]],
    )
    expect(await bookAs(diner, { ...next, startsAt })).toMatchObject({ ok: true })
  })

  test('how long a seating lasts is what its schedule says', async () => {
    const [diner = ''] = await createDinerIds(1)
    const own = await late(200)
    await database.query(`UPDATE slots SET ends_at = starts_at + interval '4 hours'`)
    await bookAs(diner, own)
    expect(await bookAs(diner, await late(200 + 3 * 60))).toMatchObject({
      reason: 'overlapping-reservation',
    })
  })

  test('the same restaurant’s date says already-booked, as before', async () => {
    const [diner = ''] = await createDinerIds(1)
    const scene = await setUpSeating({ tables: [...TABLE, ...TABLE] })
    await bookAs(diner, scene)
    expect(await bookAs(diner, scene)).toMatchObject({ reason: 'already-booked' })
  })

  test('a change counts too, and the reservation itself does not stand in its own way', async () => {
    const [diner = ''] = await createDinerIds(1)
    const own = await late(200)
    const booked = await bookAs(diner, own)
    await bookAs(diner, await late(400))
    const judge = async (inMinutes: number, most: number) => {
      const startsAt = new Date(own.startsAt.getTime() + inMinutes * 60_000)
      const endsAt = new Date(startsAt.getTime() + 90 * 60_000)
      const [row] = await database.query<{ told: { reason: string } | null }>(
        'SELECT judge_hoarding($1, $2, $3, $4, $5, $6, $7) AS told',
        [
          ...[diner, own.restaurantId, own.serviceDate, startsAt, endsAt, most],
          booked.ok ? booked.value.reservation.id : null,
        ],
      )
      return row?.told?.reason ?? null
    }
    expect(await judge(30, 2)).toBeNull()
    expect(await judge(180, 2)).toBe('overlapping-reservation')
    expect(await judge(30, 1)).toBe('too-many-reservations')
  })

  test('a hold is confirmed under the lock of its diner', async () => {
    const [diner = ''] = await createDinerIds(1)
    const scene = await setUpSeating({ tables: TABLE, restaurant: { confirmWithinMinutes: 5 } })
    const held = await bookAs(diner, scene)
    const confirm = () =>
      moveReservation({
        reservationId: held.ok ? held.value.reservation.id : '',
        act: 'CONFIRM',
        actor: { accountId: diner, address: null },
        scope: 'diner',
      })
    const client = await database.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT try_lock_diner($1)', [diner])
      expect(await confirm()).toMatchObject({ reason: 'in-progress' })
      await client.query('ROLLBACK')
    } finally {
      client.release()
    }
    expect(await confirm()).toMatchObject({ ok: true })
  })
})
