import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { findContradictions } from '../support/booking-books'
import { actorOf } from '../support/booking-restaurant'
import { bookAs, countOutcomes, entryAt } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { newCaller, newMailbox, noLater, setUpPhone } from '../support/guest-scene'
import {
  bookUnprotected,
  countUnprotectedSlots,
  setUpUnprotected,
} from '../support/unprotected-booking'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 10
const ONE_TABLE: Parameters<typeof setUpPhone> = [[{ maxParty: 4 }]]

describe('G1: staff on the phone and diners want the same table', () => {
  test('G1, control: reading first and writing later gives the slot away more than once', async () => {
    await setUpUnprotected()
    const { scene, staffId, ownerId, dinerId } = await setUpPhone(...ONE_TABLE)
    const slotId = entryAt(scene.slotIds, 0)
    const people = Array.from({ length: 6 }, () => [staffId, ownerId, dinerId]).flat()
    await Promise.all(people.map((id) => bookUnprotected({ dinerId: id, scene, slotId })))
    expect(await countUnprotectedSlots()).toBeGreaterThan(1)
  })

  test.each([
    ['the best fit', undefined],
    ['a named table', [1]],
  ])('G1: two staff and one diner book one slot at once, %s: one wins', async (_, tableNumbers) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { scene, call, ownerId, dinerId } = await setUpPhone(...ONE_TABLE)
      const outcomes = await Promise.all([
        call({ guest: newCaller(), ...(tableNumbers && { tableNumbers }) }),
        call({ guest: newCaller(), ...(tableNumbers && { tableNumbers }), by: ownerId }),
        bookAs(dinerId, scene),
      ])
      const { booked, ...refused } = countOutcomes(outcomes)
      expect(booked).toBe(1)
      for (const reason of Object.keys(refused))
        expect(['slot-taken', 'sold-out']).toContain(reason)
    }
    expect(await findContradictions()).toEqual([])
  })

  test('G1: ten callers for ten tables all get one, whatever order they are tried in', async () => {
    const tables = Array.from({ length: 10 }, () => ({ maxParty: 4 }))
    const { call } = await setUpPhone(tables)
    const outcomes = await Promise.all(tables.map(() => call({ guest: newCaller() })))
    expect(countOutcomes(outcomes)).toEqual({ booked: 10 })
    expect(await findContradictions()).toEqual([])
  })

  test('tables named in opposite orders, and the best fit beside them, deadlock nowhere', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { call } = await setUpPhone([{ maxParty: 4 }, { maxParty: 4 }, { maxParty: 4 }])
      const outcomes = await Promise.all([
        call({ guest: newCaller(), tableNumbers: [1, 2, 3], partySize: 9 }),
        call({ guest: newCaller(), tableNumbers: [3, 2, 1], partySize: 9 }),
        call({ guest: newCaller(), tableNumbers: [2, 1] }),
        call({ guest: newCaller() }),
      ])
      for (const reason of Object.keys(countOutcomes(outcomes)))
        expect(['booked', 'slot-taken']).toContain(reason)
    }
    expect(await findContradictions()).toEqual([])
  })
})

describe('one guest, written down by several at once', () => {
  test('by phone or by address: one guest, and one reservation on the date', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { call, restaurantId, ownerId } = await setUpPhone()
      const guest = round % 2 ? newCaller() : { name: '메일손님', email: newMailbox() }
      const outcomes = await Promise.all([
        call({ guest }),
        call({ guest, by: ownerId }),
        call({ guest }),
      ])
      expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'already-booked': 2 })
      expect(
        await database.query('SELECT 1 FROM guests WHERE restaurant_id = $1', [restaurantId]),
      ).toHaveLength(1)
    }
    expect(await findContradictions()).toEqual([])
  })

  test('G4: one key asked five times at once books once', async () => {
    const { restaurantId, serviceDate, startsAt, staffId } = await setUpPhone()
    const request = {
      serviceDate,
      startsAt: startsAt.toISOString(),
      partySize: 2,
      guest: newCaller(),
      source: 'PHONE' as const,
      notify: true,
    }
    const key = randomUUID()
    const ask = () =>
      bookForGuest({ restaurantId, request, actor: actorOf(staffId), key, later: noLater })
    const outcomes = await Promise.all([ask(), ask(), ask(), ask(), ask()])
    for (const reason of Object.keys(countOutcomes(outcomes)))
      expect(['booked', 'in-progress']).toContain(reason)
    const again = await ask()
    const first = outcomes.find(({ ok }) => ok)
    expect(again).toEqual(first)
    expect(await database.query('SELECT 1 FROM reservations')).toHaveLength(1)
    expect(await findContradictions()).toEqual([])
  })
})
