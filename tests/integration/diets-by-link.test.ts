import { beforeEach, describe, expect, test } from 'vitest'
import { keepDiet, keepDietByLink } from '@/domain/booking/diet.commands'
import { findOwnReservation } from '@/domain/booking/queries'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { actorOf } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { findInDump } from '../support/dump'
import { dietOf, setUpBook } from '../support/guest-book-scene'
import { newCaller, newMailbox } from '../support/guest-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUpCaller() {
  const book = await setUpBook()
  const email = newMailbox()
  const made = await book.booked({ guest: newCaller({ email }), allergies: '땅콩버터' })
  const token = signMailboxLink({ kind: 'cancel', id: made.id, mailbox: email })
  const answer = (keeps: boolean) => keepDietByLink({ token, keeps, address: null })
  return { ...book, made, answer }
}

describe('lasting allergies are asked of the guest by their link', () => {
  test('who agrees is remembered, with how and when', async () => {
    const { made, answer, read } = await setUpCaller()
    expect(await read(made.guestId)).toMatchObject({ allergies: null, consent: null })
    expect(await answer(true)).toEqual({ ok: true, value: { id: made.id, isDietKept: true } })
    expect(await read(made.guestId)).toMatchObject({
      allergies: '땅콩버터',
      consent: { way: 'LINK' },
    })
    expect(
      await database.query(
        `SELECT actor_id, actor_role, details ->> 'way' AS way FROM audit_events WHERE act = 'GIVE_CONSENT'`,
      ),
    ).toEqual([{ actor_id: null, actor_role: 'DINER', way: 'LINK' }])
  })

  test('who takes it back is forgotten, with what staff had noted, and also where they were merged', async () => {
    const { made, answer, change, merge, booked } = await setUpCaller()
    await answer(true)
    const other = await booked({ guest: newCaller() })
    await change(other.guestId, dietOf('메밀국수', '고수나물'))
    await merge(made.guestId, other.guestId)
    expect(await answer(false)).toMatchObject({ value: { isDietKept: false } })
    expect(await database.query('SELECT 1 FROM guest_diets')).toEqual([])
    expect(await findInDump(database, ['메밀국수', '고수나물'])).toEqual([])
  })

  test('there is nothing to agree to without allergies', async () => {
    const book = await setUpBook()
    const email = newMailbox()
    const made = await book.booked({ guest: newCaller({ email }) })
    const token = signMailboxLink({ kind: 'cancel', id: made.id, mailbox: email })
    expect(await keepDietByLink({ token, keeps: true, address: null })).toMatchObject({
      reason: 'nothing-to-keep',
    })
  })

  test('a diner agrees on their own reservation; staff, and other diners, can’t for them', async () => {
    const { scene, dinerId, otherId, ownerId, staffId } = await setUpBook()
    const made = await bookAs(dinerId, scene)
    if (!made.ok) throw new Error(made.reason)
    const reservationId = made.value.reservation.id
    await pool.query(`UPDATE reservations SET allergies = '땅콩' WHERE id = $1`, [reservationId])
    const asked = { reservationId, keeps: true, scope: 'diner' } as const
    for (const by of [otherId, ownerId, staffId])
      expect(await keepDiet({ ...asked, actor: actorOf(by) })).toEqual({
        ok: false,
        reason: 'not-found',
      })
    expect(await database.query('SELECT 1 FROM guests')).toEqual([])
    expect(await findOwnReservation({ dinerId, reservationId })).toMatchObject({
      isDietKept: false,
    })
    expect(await keepDiet({ ...asked, actor: actorOf(dinerId) })).toMatchObject({ ok: true })
    expect(await findOwnReservation({ dinerId, reservationId })).toMatchObject({ isDietKept: true })
    expect(await database.query('SELECT account_id FROM guests')).toEqual([{ account_id: dinerId }])
  })

  test('a link of a former mailbox answers nothing', async () => {
    const { made, answer } = await setUpCaller()
    await pool.query('UPDATE guests SET email = $1 WHERE id = $2', [newMailbox(), made.guestId])
    expect(await answer(true)).toMatchObject({ reason: 'cancel-link-moved' })
    expect(await database.query('SELECT 1 FROM guest_diets')).toEqual([])
  })

  test('what they agreed to outlives the reservation’s own thirty days', async () => {
    const { made, answer, read } = await setUpCaller()
    await answer(true)
    await pool.query('UPDATE reservations SET allergies = NULL')
    expect(await read(made.guestId)).toMatchObject({ allergies: '땅콩버터' })
  })
})
