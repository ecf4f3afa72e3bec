import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { beginReservation, move, setUpRestaurant } from '../support/booking-restaurant'
import { bookAs, runOutHolds } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { missYesterday, setUpStaffHolds } from '../support/staff-hold-scene'
import { confirmUnprotected } from '../support/unprotected-confirm'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 12

const outcomeOf = (answer: { ok: true } | { ok: false; reason: string }) =>
  answer.ok ? 'done' : answer.reason
const readStatuses = async () =>
  (
    await database.query<{ status: string }>(
      `SELECT status FROM reservations WHERE status <> 'NO_SHOW'`,
    )
  ).map(({ status }) => status)

describe('holds for staff under two requests at once', () => {
  test('two bookings at once of a diner at the limit: one hold, and none confirmed', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { scene, dinerId } = await setUpStaffHolds()
      const answers = await Promise.all([bookAs(dinerId, scene), bookAs(dinerId, scene)])
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      expect(await readStatuses()).toEqual(['HELD'])
      expect(await findContradictions()).toEqual([])
    }
  })

  test('a no-show marked while the diner books: confirmed before it, or a hold after it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { scene, dinerId, ownerId } = await setUpRestaurant(undefined, {
        noShowLimit: 2,
        noShowMonths: 6,
        holdsAfterNoShows: true,
      })
      await missYesterday({ dinerId, restaurantId: scene.restaurantId })
      const first = await bookAs(dinerId, scene)
      if (!first.ok) throw new Error(first.reason)
      await beginReservation(first.value.reservation.id)
      const [marked, booked] = await Promise.all([
        move(first.value.reservation.id, 'NO_SHOW', ownerId),
        bookAs(dinerId, scene),
      ])
      expect(outcomeOf(marked)).toBe('done')
      if (booked.ok) {
        const { status, awaitsStaff } = booked.value.reservation
        // The first one stood in its way until the no-show was written.
        expect({ status, awaitsStaff }).toEqual({ status: 'HELD', awaitsStaff: true })
      } else expect(['already-booked', 'in-progress']).toContain(booked.reason)
      expect(await findContradictions()).toEqual([])
    }
  })

  test('confirmed by two of the staff at once: by one of them, and told once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { book, ownerId } = await setUpStaffHolds()
      const { id } = await book()
      const admin = await createAccount(pool, { role: 'ADMIN' })
      const answers = await Promise.all([
        move(id, 'CONFIRM', ownerId),
        move(id, 'CONFIRM', admin.id),
      ])
      const outcomes = answers.map(outcomeOf).toSorted()
      expect([
        ['cannot-move', 'done'],
        ['done', 'in-progress'],
      ]).toContainEqual(outcomes)
      expect(
        await database.query(`SELECT 1 FROM notices WHERE kind = 'RESERVATION_CONFIRMED'`),
      ).toHaveLength(1)
      expect(await findContradictions()).toEqual([])
    }
  })

  test('confirmed while its diner gives it back: it ends cancelled, its table free', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { book, ownerId, dinerId } = await setUpStaffHolds()
      const { id } = await book()
      const [confirmed, cancelled] = await Promise.all([
        move(id, 'CONFIRM', ownerId),
        move(id, 'CANCEL', dinerId, 'diner'),
      ])
      expect(outcomeOf(cancelled)).toBe('done')
      expect(['done', 'cannot-move']).toContain(outcomeOf(confirmed))
      expect(await readStatuses()).toEqual(['CANCELLED'])
      expect(await database.query('SELECT 1 FROM slots WHERE taken')).toEqual([])
      expect(await findContradictions()).toEqual([])
    }
  })

  test('control: staff who look before they write confirm what its diner has given back', async () => {
    const { book, dinerId } = await setUpStaffHolds()
    const { id } = await book()
    await confirmUnprotected({
      reservationId: id,
      whileThinking: () => move(id, 'CANCEL', dinerId, 'diner'),
    })
    expect(await readStatuses()).toEqual(['CONFIRMED'])
    expect(await findContradictions()).not.toEqual([])
  })

  test('G5: confirmed as it runs out while another diner takes its table: one of the two has it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await database.truncateAll()
      const { scene, book, ownerId, otherId } = await setUpStaffHolds({
        tables: [{ maxParty: 2 }],
      })
      const { id } = await book()
      await runOutHolds()
      const [confirmed, taken] = await Promise.all([
        move(id, 'CONFIRM', ownerId),
        bookAs(otherId, scene),
      ])
      expect(outcomeOf(confirmed)).not.toBe('done')
      expect(taken).toMatchObject({ ok: true })
      expect(await findContradictions()).toEqual([])
    }
  })
})
