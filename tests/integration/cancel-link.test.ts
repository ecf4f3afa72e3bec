import { beforeEach, describe, expect, test } from 'vitest'
import { cancelByLink } from '@/domain/booking/cancel-link.commands'
import { findLinkedReservation } from '@/domain/booking/queries'
import { signLink } from '@/lib/crypto/link-token'
import { findContradictions } from '../support/booking-books'
import { beginReservation, book, move, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const linkTo = (id: string) => signLink({ kind: 'cancel', id })
const cancel = (token: string) => cancelByLink({ token, address: null })

describe('a mailed link that gives a table back', () => {
  test('frees the table in the diner’s name and mails the diner', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    expect(await cancel(linkTo(id))).toMatchObject({ ok: true, value: { status: 'CANCELLED' } })
    expect(await findContradictions()).toEqual([])
    expect(
      await database.query(
        `SELECT actor_id, actor_role FROM audit_events WHERE act = 'CANCEL' AND subject_id = $1`,
        [id],
      ),
    ).toEqual([{ actor_id: dinerId, actor_role: 'DINER' }])
    expect(
      await database.query(
        `SELECT payload ->> 'cancelledBy' AS by FROM notices WHERE kind = 'RESERVATION_CANCELLED'`,
      ),
    ).toEqual([{ by: 'DINER' }])
  })

  test('changes nothing when only opened: mail scanners follow every link', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    expect(await findLinkedReservation(id)).toMatchObject({ state: 'OPEN', dinerId })
    expect(await database.query('SELECT status FROM reservations')).toEqual([
      { status: 'CONFIRMED' },
    ])
  })

  test('is refused the second time, with the reservation’s status', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const answers = await Promise.all([cancel(linkTo(id)), cancel(linkTo(id))])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      reason: 'cannot-move',
      details: { present: 'CANCELLED' },
    })
    expect(await findLinkedReservation(id)).toMatchObject({ state: 'CANCELLED' })
  })

  test('stops working when the time has come, and when the party is seated', async () => {
    const { scene, dinerId, otherId, ownerId } = await setUpRestaurant()
    const begun = await book(dinerId, scene)
    const seated = await book(otherId, scene)
    await move(seated.id, 'SEAT', ownerId)
    await beginReservation(begun.id)
    for (const { id } of [begun, seated])
      expect(await cancel(linkTo(id))).toMatchObject({ reason: 'cancel-link-over' })
  })

  test('G19: is unknown if we did not seal it, or for another purpose', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const forged = `${linkTo(id).slice(0, -1)}${linkTo(id).endsWith('A') ? 'B' : 'A'}`
    const tokens = [id, forged, `${linkTo(id)}A`, '', signLink({ kind: 'invitation', id })]
    for (const token of [...tokens, linkTo('00000000-0000-4000-8000-000000000000')])
      expect(await cancel(token)).toMatchObject({ reason: 'link-unknown' })
    expect(await database.query('SELECT status FROM reservations')).toEqual([
      { status: 'CONFIRMED' },
    ])
  })
})
