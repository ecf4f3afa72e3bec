import { beforeEach, describe, expect, test } from 'vitest'
import { decideDispute, disputeNoShow } from '@/domain/booking/dispute.commands'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { createAccount, readToday } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { actorOf, beginReservation, move, setUpRestaurant } from '../support/booking-restaurant'
import { bookAs, countOutcomes } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { bookableFrom, miss } from '../support/no-show-scene'
import { decideUnprotected } from '../support/unprotected-dispute'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 12

async function setUp(limit = 1) {
  const { scene, ownerId, dinerId } = await setUpRestaurant(undefined, {
    noShowLimit: limit,
    noShowMonths: 6,
  })
  const { restaurantId } = scene
  const today = await readToday(pool, restaurantId)
  const id = await miss({
    dinerId,
    restaurantId,
    serviceDate: addDays({ date: today, days: -1 }),
  })
  const dispute = () =>
    disputeNoShow({ reservationId: id, text: '갔어요.', actor: actorOf(dinerId) })
  const decide = (grant: boolean, as = ownerId) =>
    decideDispute({ reservationId: id, grant, actor: actorOf(as) })
  return { scene, restaurantId, ownerId, dinerId, id, dispute, decide }
}

const outcomeOf = (answer: { ok: true } | { ok: false; reason: string }) =>
  answer.ok ? 'done' : answer.reason

describe('no-shows under two requests at once', () => {
  test('two bookings at once of a diner at the limit: neither gets a table', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { scene, dinerId } = await setUp()
      const answers = await Promise.all([bookAs(dinerId, scene), bookAs(dinerId, scene)])
      const { booked = 0, 'no-shows': refused = 0 } = countOutcomes(answers)
      expect(booked).toBe(0)
      expect(refused).toBeGreaterThan(0)
      expect(await database.query('SELECT 1 FROM slots WHERE taken')).toEqual([])
    }
  })

  test('a no-show marked while the diner books: booked before it, or refused after it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { scene, dinerId, ownerId, restaurantId } = await setUp(2)
      const first = await bookAs(dinerId, scene)
      if (!first.ok) throw new Error(first.reason)
      await beginReservation(first.value.reservation.id)
      const [marked, booked] = await Promise.all([
        move(first.value.reservation.id, 'NO_SHOW', ownerId),
        bookAs(dinerId, scene),
      ])
      expect(outcomeOf(marked)).toBe('done')
      expect(['done', 'no-shows', 'already-booked', 'in-progress']).toContain(outcomeOf(booked))
      expect(await bookableFrom({ dinerId, restaurantId })).not.toBeNull()
      expect(await bookAs(dinerId, scene)).toMatchObject({ reason: 'no-shows' })
      expect(await findContradictions()).toEqual([])
    }
  })

  test('a dispute sent twice at once is one', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { dispute } = await setUp()
      const answers = await Promise.all([dispute(), dispute()])
      expect(answers.map(outcomeOf).toSorted()).toEqual(['already-disputed', 'done'])
      expect(
        await database.query(`SELECT 1 FROM notices WHERE kind = 'NO_SHOW_DISPUTED'`),
      ).toHaveLength(1)
    }
  })

  test('a dispute decided twice at once is decided once, and told once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { dispute, decide } = await setUp()
      await dispute()
      const admin = await createAccount(pool, { role: 'ADMIN' })
      const answers = await Promise.all([decide(true), decide(false, admin.id)])
      expect(answers.map(outcomeOf).toSorted()).toEqual(['dispute-decided', 'done'])
      const [stored] = await database.query<{ granted: boolean }>(
        'SELECT dispute_granted AS granted FROM reservations',
      )
      const done = answers.find((answer) => answer.ok)
      expect(stored).toEqual({ granted: done?.ok && done.value.granted })
      expect(
        await database.query(`SELECT 1 FROM notices WHERE kind LIKE 'RESERVATION_DISPUTE%'`),
      ).toHaveLength(1)
    }
  })

  test('control: two who look before they write both decide', async () => {
    const { dispute, id } = await setUp()
    await dispute()
    let looking = 0
    let go = () => {}
    const bothLooked = new Promise<void>((resolve) => {
      go = resolve
    })
    const whileThinking = () => {
      looking += 1
      if (looking === 2) go()
      return bothLooked
    }
    const decide = (grant: boolean) =>
      decideUnprotected({ reservationId: id, grant, whileThinking })
    expect(await Promise.all([decide(true), decide(false)])).toEqual([true, true])
  })
})
