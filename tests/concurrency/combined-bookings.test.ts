import { beforeEach, describe, expect, test } from 'vitest'
import { findContradictions } from '../support/booking-books'
import { bookAs, countOutcomes, createDinerIds, entryAt } from '../support/booking-scene'
import { setUpCombined } from '../support/combined-scene'
import { useDatabase } from '../support/database'
import { newCaller } from '../support/guest-scene'
import {
  bookUnprotected,
  countUnprotectedSlots,
  setUpUnprotected,
} from '../support/unprotected-booking'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 10
const caller = (partySize: number) => ({ guest: newCaller(), partySize })

/** Parties that have another number of tables than their combination. */
const listHalves = () =>
  database.query(
    `SELECT v.id FROM reservations v JOIN reservation_slots c ON c.reservation_id = v.id
      WHERE v.party_size > 4 GROUP BY v.id
     HAVING count(*) <> CASE WHEN v.party_size > 8 THEN 3 ELSE 2 END`,
  )

describe('G1: parties that need several tables ask at once', () => {
  test('G1, control: table by table, without locks, two parties get one table', async () => {
    await setUpUnprotected()
    const { scene, staffId, ownerId } = await setUpCombined()
    const slotIds = [1, 2, 3].map((index) => entryAt(scene.slotIds, index))
    const combine = async (dinerId: string) => {
      for (const slotId of slotIds) await bookUnprotected({ dinerId, scene, slotId })
    }
    const people = Array.from({ length: 9 }, () => [staffId, ownerId]).flat()
    await Promise.all(people.map(combine))
    expect(await countUnprotectedSlots()).toBeGreaterThan(3)
  })

  test('G1: two callers for nine share tables in every combination: one gets all, the other none', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { call, ownerId } = await setUpCombined()
      const outcomes = await Promise.all([call(caller(9)), call({ ...caller(9), by: ownerId })])
      const { booked, ...refused } = countOutcomes(outcomes)
      expect(booked).toBe(1)
      for (const reason of Object.keys(refused)) expect(['slot-taken', 'busy']).toContain(reason)
    }
    expect(await listHalves()).toEqual([])
    expect(await findContradictions()).toEqual([])
  })

  test('G1: callers for seven, eight and nine, named tables and diners at once: nobody gets a half', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { call, scene } = await setUpCombined()
      const [first = '', second = ''] = await createDinerIds(2)
      const outcomes = await Promise.all([
        call(caller(9)),
        call(caller(7)),
        call(caller(8)),
        call({ ...caller(6), tableNumbers: [5, 4] }),
        bookAs(first, scene, { partySize: 4 }),
        bookAs(second, scene, { partySize: 3 }),
      ])
      expect(countOutcomes(outcomes).booked).toBeGreaterThan(0)
      for (const outcome of outcomes)
        if (!outcome.ok) expect(['slot-taken', 'sold-out', 'busy']).toContain(outcome.reason)
    }
    expect(await listHalves()).toEqual([])
    expect(await findContradictions()).toEqual([])
  })
})
