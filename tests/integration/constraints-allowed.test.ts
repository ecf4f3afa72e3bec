import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createScene,
  DATE,
  ENDS_AT,
  fillIds,
  insertOccupancy,
  insertReservation,
  insertSlot,
  insertTable,
  reservationOf,
  type Scene,
  STARTS_AT,
} from '../support/constraint-scene'
import { useDatabase } from '../support/database'
import { bookGuest } from '../support/guest-refusals'

const database = useDatabase()
let scene: Scene

describe('allowed, because it harms nobody', () => {
  beforeAll(async () => {
    await database.truncateAll()
    scene = await createScene(database)
  })

  const released = 'UPDATE reservation_slots SET released_at = now() WHERE slot_id = {slot}'
  const allowed: Record<string, string[]> = {
    'G1: a slot that touches the ones before and after it': [
      insertSlot({ from: ENDS_AT, to: '2026-12-04T12:00:00Z' }),
    ],
    'G1: the same stretch of time at another table': [
      insertSlot({ table: '{empty}', from: STARTS_AT, to: ENDS_AT }),
    ],
    'G1: an overlap with a slot that was deleted': [
      'UPDATE slots SET deleted_at = now() WHERE id = {late}',
      insertSlot({ from: '2026-12-04T12:30:00Z', to: '2026-12-04T13:30:00Z' }),
    ],
    'G1: a slot that was given back being taken again': [
      released,
      `WITH second AS (${insertReservation({})} RETURNING id)
       INSERT INTO reservation_slots SELECT id, {slot} FROM second`,
    ],
    'G2: a booking on another date, or at another restaurant': [
      insertReservation({ diner: '{diner}', date: '2026-12-05' }),
      insertReservation({ diner: '{diner}', restaurant: '{other}' }),
    ],
    'G2: a new booking once the first is over': [
      'UPDATE reservations SET status = $$NO_SHOW$$ WHERE id = {reservation}',
      insertReservation({ diner: '{diner}', status: 'LEFT' }),
      insertReservation({ diner: '{diner}', date: DATE }),
    ],
    'G2: a booking of who already sits at lunch': [
      `UPDATE reservations SET status = 'SEATED' WHERE diner_id = {diner} AND status = 'CONFIRMED' AND service_date = '${DATE}'`,
      insertReservation({ diner: '{diner}', date: DATE }),
    ],
    'a second reservation of a guest, on which staff insist, or of another date or once the first is over':
      [
        bookGuest({}),
        bookGuest({ columns: ', is_extra', values: ', true' }),
        bookGuest({ date: '2026-12-05' }),
        `UPDATE reservations SET status = 'LEFT' WHERE guest_id = {guest}`,
        bookGuest({}),
      ],
    'the same phone or address at another restaurant': [
      `INSERT INTO guests (restaurant_id, name, phone) VALUES ({other}, '김단골', '+821012345678')`,
      `INSERT INTO guests (restaurant_id, name, email) VALUES ({other}, '김단골', 'a@bobjool.test')`,
      `INSERT INTO guests (restaurant_id, name, email) VALUES ({restaurant}, '김단골', 'a@bobjool.test')`,
    ],
    'G21: a table that the party before has left': [
      insertOccupancy({ columns: ', ended_at', values: ', now()' }),
      insertOccupancy({}),
    ],
    'G2: any number of walk-ins, who are nobody’s account': [
      reservationOf('SEATED', ', walk_in', ', true'),
      reservationOf('SEATED', ', walk_in', ', true'),
    ],
    'the number of a table that is no longer there': [
      'UPDATE restaurant_tables SET deleted_at = now() WHERE id = {empty}',
      insertTable('number', '2'),
    ],
    'the edges of every range': [
      'UPDATE restaurants SET day_cut_minutes = 0, horizon_days = 0, confirm_within_minutes = 1, seating_minutes = 15',
      'UPDATE restaurants SET day_cut_minutes = 720, horizon_days = 365, confirm_within_minutes = 1440, seating_minutes = 720',
      `UPDATE accounts SET name = repeat('밥', 100)`,
      'UPDATE reservations SET party_size = 100',
      insertSlot({
        table: '{empty}',
        from: '2026-12-04T11:00:00Z',
        to: '2026-12-04T23:00:00Z',
      }),
    ],
  }
  it.each(Object.entries(allowed))('%s', async (_, statements) => {
    for (const statement of statements) await database.query(fillIds({ scene, sql: statement }))
  })
})

describe('deleting cascades', () => {
  it('a deleted diner’s keys go too, and the restaurant keeps its bookings', async () => {
    await database.truncateAll()
    scene = await createScene(database)
    await database.query('DELETE FROM accounts WHERE id = $1', [scene.diner])
    expect(await database.query('SELECT diner_id, status FROM reservations')).toEqual([
      { diner_id: null, status: 'CONFIRMED' },
    ])
    expect(await database.query('SELECT actor_id, act FROM audit_events')).toEqual([
      { actor_id: null, act: 'BOOK' },
    ])
    expect(
      await database.query('SELECT FROM idempotency_keys WHERE account_id IS NOT NULL'),
    ).toEqual([])
    expect(await database.query('SELECT taken FROM slots WHERE id = $1', [scene.slot])).toEqual([
      { taken: true },
    ])
  })
})

describe('refused also when two transactions can’t see each other', () => {
  const sessions: pg.Client[] = []
  beforeAll(async () => {
    await database.truncateAll()
    scene = await createScene(database)
    for (let session = 0; session < 2; session += 1) {
      const client = new pg.Client({ connectionString: database.directUrl })
      await client.connect()
      sessions.push(client)
    }
  })
  afterAll(async () => {
    for (const session of sessions) await session.end()
  })

  /** The second transaction waits for the first, and is refused when that one commits. */
  async function race(first: string, second: string): Promise<unknown> {
    const [one, two] = sessions
    if (!one || !two) throw new Error('expected two sessions')
    await one.query('BEGIN')
    await two.query('BEGIN')
    await one.query(fillIds({ scene, sql: first }))
    const late = two.query(fillIds({ scene, sql: second })).then(
      () => null,
      (error: unknown) => error,
    )
    await one.query('COMMIT')
    const outcome = await late
    await two.query(outcome === null ? 'COMMIT' : 'ROLLBACK')
    return outcome
  }

  it('G1: two slots that overlap on one table', async () => {
    const outcome = await race(
      insertSlot({ table: '{empty}', from: '2026-12-04T09:00:00Z', to: '2026-12-04T10:30:00Z' }),
      insertSlot({ table: '{empty}', from: '2026-12-04T10:00:00Z', to: '2026-12-04T11:30:00Z' }),
    )
    expect(outcome).toMatchObject({ code: '23P01', constraint: 'slots_no_overlap' })
  })

  it('G1: two reservations on one slot', async () => {
    const take = `WITH party AS (${insertReservation({})} RETURNING id)
                  INSERT INTO reservation_slots SELECT id, {late} FROM party`
    const outcome = await race(take, take)
    expect(outcome).toMatchObject({ constraint: 'reservation_slots_one_active_per_slot' })
  })

  it('G21: two parties at one table', async () => {
    const outcome = await race(insertOccupancy({}), insertOccupancy({}))
    expect(outcome).toMatchObject({ constraint: 'occupancies_one_party_per_table' })
  })

  it('G2: two reservations of one diner on one date', async () => {
    const book = insertReservation({ diner: '{owner}' })
    const outcome = await race(book, book)
    expect(outcome).toMatchObject({ constraint: 'reservations_one_active_per_diner' })
  })
})
