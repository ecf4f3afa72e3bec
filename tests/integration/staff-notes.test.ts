import { beforeEach, describe, expect, test } from 'vitest'
import { writeStaffNote } from '@/domain/booking/note.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { pool } from '@/lib/db/database'
import { createAccount, createStaff } from '@/prisma/factories'
import { actorOf, book, move, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUpGuest() {
  const restaurant = await setUpRestaurant()
  const { id } = await book(restaurant.dinerId, restaurant.scene)
  const write = (
    text: string | null,
    shown: string | null = null,
    accountId = restaurant.ownerId,
  ) => writeStaffNote({ reservationId: id, shown, text, actor: actorOf(accountId) })
  return { ...restaurant, id, write }
}

const notes = async () =>
  (await database.query<{ staff_note: string | null }>('SELECT staff_note FROM reservations')).map(
    (row) => row.staff_note,
  )

describe('a staff note about a party', () => {
  test('is written, changed and erased, each recorded with its author and without its text', async () => {
    const { write, ownerId } = await setUpGuest()
    expect(await write('창가')).toEqual({ ok: true, value: null })
    expect(await write('창가, 생일', '창가')).toMatchObject({ ok: true })
    expect(await notes()).toEqual(['창가, 생일'])
    expect(await write(null, '창가, 생일')).toMatchObject({ ok: true })
    expect(await notes()).toEqual([null])
    const events = await database.query(
      `SELECT actor_id, from_status, to_status, details FROM audit_events WHERE act = 'NOTE'`,
    )
    expect(events).toEqual(
      Array.from({ length: 3 }, () => ({
        actor_id: ownerId,
        from_status: 'CONFIRMED',
        to_status: 'CONFIRMED',
        details: null,
      })),
    )
  })

  test('of two saved at once one is kept and shown to the other author; nothing is overwritten unseen', async () => {
    const { write } = await setUpGuest()
    const answers = await Promise.all([write('창가'), write('휠체어')])
    const [kept] = await notes()
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.find((answer) => !answer.ok)).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
      details: { present: kept },
    })
    // Having seen the first note, the second author keeps both.
    expect(await write(`${kept}\n둘 다`, kept ?? null)).toMatchObject({ ok: true })
  })

  test('saved again after a lost answer stays the same, without a second event', async () => {
    const { write } = await setUpGuest()
    await write('창가')
    expect(await write('창가')).toEqual({ ok: true, value: null })
    expect(await database.query(`SELECT 1 FROM audit_events WHERE act = 'NOTE'`)).toHaveLength(1)
  })

  test('neither prevents an undo nor can be undone itself', async () => {
    const { id, write, ownerId } = await setUpGuest()
    const seated = await move(id, 'SEAT', ownerId)
    await write('창가')
    if (!seated.ok) throw new Error(seated.reason)
    const [event] = await database.query<{ id: string }>(
      `SELECT id FROM audit_events WHERE act = 'NOTE'`,
    )
    const actor = actorOf(ownerId)
    expect(await undoAct({ actId: String(event?.id), actor })).toMatchObject({
      reason: 'not-found',
    })
    expect(await undoAct({ actId: seated.value.actId, actor })).toMatchObject({ ok: true })
  })

  test('G19: is open to floor staff and admins; diners, strangers and unapproved owners find nothing', async () => {
    const { scene, write, dinerId, otherId } = await setUpGuest()
    const floor = await createAccount(pool)
    await createStaff(pool, {
      restaurantId: scene.restaurantId,
      accountId: floor.id,
      role: 'STAFF',
    })
    const admin = await createAccount(pool, { role: 'ADMIN' })
    const stranger = await createAccount(pool, { role: 'OWNER' })
    const unapproved = await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null })
    await createStaff(pool, { restaurantId: scene.restaurantId, accountId: unapproved.id })
    for (const accountId of [dinerId, otherId, stranger.id, unapproved.id])
      expect(await write('몰래', null, accountId)).toEqual({ ok: false, reason: 'not-found' })
    expect(await notes()).toEqual([null])
    expect(await write('직원', null, floor.id)).toMatchObject({ ok: true })
    expect(await write('관리자', '직원', admin.id)).toMatchObject({ ok: true })
  })
})
