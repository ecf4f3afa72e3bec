import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { moveReservation } from '@/domain/booking/move.commands'
import type { ReservationAct } from '@/domain/booking/types'
import { undoAct } from '@/domain/booking/undo.commands'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import type { Result } from '@/lib/problems/result'
import { findContradictions } from '../support/booking-books'
import { actorOf, book, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const countActs = async () => (await database.query('SELECT 1 FROM audit_events')).length

/** The board's request after its answer was lost; it retries `in-progress` too. */
async function askUntilAnswered<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
  const answer = await ask()
  return !answer.ok && answer.reason === 'in-progress' ? askUntilAnswered(ask) : answer
}

async function setUpGuest() {
  const restaurant = await setUpRestaurant()
  const { id } = await book(restaurant.dinerId, restaurant.scene)
  const move = (act: ReservationAct, key: string | null, accountId = restaurant.ownerId) =>
    moveReservation({
      reservationId: id,
      act,
      actor: actorOf(accountId),
      scope: 'staff',
      key,
    })
  return { ...restaurant, id, move }
}

describe('G4: a repeated act of the staff', () => {
  test('G4: gets the first answer and moves no party twice, whatever happened since', async () => {
    const { move } = await setUpGuest()
    const key = randomUUID()
    const first = await move('SEAT', key)
    const before = await countActs()
    expect(await move('SEAT', key)).toEqual(first)
    await move('LEAVE', randomUUID())
    expect(await move('SEAT', key)).toEqual(first)
    expect(await countActs()).toBe(before + 1)
    expect(await database.query('SELECT status FROM reservations')).toEqual([{ status: 'LEFT' }])
  })

  test('G4: is judged anew and refused without a key, or with another', async () => {
    const { move } = await setUpGuest()
    await move('SEAT', randomUUID())
    for (const key of [null, randomUUID()])
      expect(await move('SEAT', key)).toMatchObject({
        reason: 'cannot-move',
        details: { present: 'SEATED' },
      })
  })

  test('G4: is refused when its key was for another act, and a refusal keeps no key', async () => {
    const { move } = await setUpGuest()
    const key = randomUUID()
    expect(await move('LEAVE', key)).toMatchObject({ reason: 'cannot-move' })
    expect(await move('SEAT', key)).toMatchObject({ ok: true })
    expect(await move('LEAVE', key)).toMatchObject({ reason: 'key-reused' })
  })

  test('G4, G19: one account’s key means nothing for another', async () => {
    const { move, dinerId, otherId } = await setUpGuest()
    const key = randomUUID()
    await move('SEAT', key)
    for (const accountId of [dinerId, otherId])
      expect(await move('SEAT', key, accountId)).toMatchObject({ reason: 'not-found' })
  })

  test('G4: twenty at once with one key are one act with the same answer for all', async () => {
    const { move } = await setUpGuest()
    const before = await countActs()
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => askUntilAnswered(() => move('SEAT', key))),
    )
    expect(answers[0]).toMatchObject({ ok: true })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await countActs()).toBe(before + 1)
  })

  test('G4: control: without keys the twenty are one act and nineteen refusals', async () => {
    const { move } = await setUpGuest()
    const answers = await Promise.all(Array.from({ length: 20 }, () => move('SEAT', null)))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  })

  test('G1, G4: a repeated walk-in is seated once, with or without a note', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const key = randomUUID()
    const seat = (slotIds: string[], note?: string) =>
      seatWalkIn({
        restaurantId: scene.restaurantId,
        request: { partySize: 3, slotIds, note },
        actor: actorOf(ownerId),
        key,
      })
    const first = await seat(scene.slotIds, '파란 코트')
    expect(first).toMatchObject({ ok: true })
    expect(await seat(scene.slotIds.toReversed())).toEqual(first)
    expect(await seat(scene.slotIds.slice(1))).toMatchObject({ reason: 'key-reused' })
    expect(await database.query('SELECT note, staff_note FROM reservations')).toEqual([
      { note: null, staff_note: '파란 코트' },
    ])
    expect(await findContradictions()).toEqual([])
  })

  test('G4: a repeated undo takes effect once, even after ten seconds', async () => {
    const { move, ownerId } = await setUpGuest()
    const seated = await move('SEAT', null)
    if (!seated.ok) throw new Error(seated.reason)
    const key = randomUUID()
    const undo = (given: string | null) =>
      undoAct({ actId: seated.value.actId, actor: actorOf(ownerId), key: given })
    const first = await undo(key)
    expect(first).toMatchObject({ ok: true, value: { status: 'CONFIRMED' } })
    await database.query(`UPDATE audit_events SET at = at - interval '11 seconds'`)
    expect(await undo(key)).toEqual(first)
    expect(await undo(null)).toMatchObject({ reason: 'too-late' })
  })

  test('the answer says until when the act can be undone, by the database’s clock', async () => {
    const { move } = await setUpGuest()
    const seated = await move('SEAT', randomUUID())
    if (!seated.ok) throw new Error(seated.reason)
    const [row] = await database.query<{ isTen: boolean }>(
      `SELECT at + interval '10 seconds' = $1 AS "isTen" FROM audit_events WHERE id = $2`,
      [seated.value.undoUntil, seated.value.actId],
    )
    expect(row?.isTen).toBe(true)
  })
})
