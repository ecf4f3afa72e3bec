import { beforeEach, describe, expect, test } from 'vitest'
import { undoAct } from '@/domain/booking/undo.commands'
import { actorOf, move } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import { newMailbox, setUpPhone } from '../support/guest-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('a phone with one wrong digit that is another guest’s', () => {
  const phone = '010-2345-6789'
  const readGuests = () =>
    database.query('SELECT id, name, phone, email, locale FROM guests ORDER BY id')

  test('moves nobody’s address: refused with who it is, also when staff insist', async () => {
    const { booked, call } = await setUpPhone()
    await booked({ guest: { name: '김단골', phone, email: newMailbox() } })
    const before = await readGuests()
    for (const override of [false, true])
      expect(
        await call({ guest: { name: '이손님', phone, email: newMailbox() }, override }),
      ).toEqual({ ok: false, reason: 'guest-differs', details: { name: '김단골' } })
    expect(await readGuests()).toEqual(before)
    expect(await database.query('SELECT 1 FROM reservations')).toHaveLength(1)
  })

  test('gives no account another person’s reservations', async () => {
    const { booked, call, dinerId } = await setUpPhone()
    const [diner] = await database.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = $1',
      [dinerId],
    )
    const email = String(diner?.email)
    await booked({ guest: { name: '김단골', phone } })
    expect(await call({ guest: { name: '이손님', phone, email } })).toMatchObject({
      reason: 'guest-differs',
    })
    expect(await database.query('SELECT guests_of_account($1)', [dinerId])).toEqual([])
  })

  test('mails nobody of whom only the phone is the same', async () => {
    const { booked, call } = await setUpPhone()
    await booked({ guest: { name: '김단골', phone, email: newMailbox() } })
    expect(await call({ guest: { name: '이손님', phone }, notify: true })).toMatchObject({
      reason: 'guest-differs',
    })
    expect(await database.query('SELECT 1 FROM notices')).toEqual([])
  })

  test('staff pick the guest: what is known stays, and stays after an undo', async () => {
    const { booked, staffId, ownerId } = await setUpPhone()
    const first = await booked({ guest: { name: '김단골', phone, email: newMailbox() } })
    await move(first.id, 'CANCEL', ownerId)
    const before = await readGuests()
    const made = await booked({ guest: { id: first.guestId }, notify: true })
    expect(made).toMatchObject({ guestId: first.guestId, guestName: '김단골' })
    await undoAct({ actId: made.actId, actor: actorOf(staffId) })
    expect(await readGuests()).toEqual(before)
    const again = await booked({ guest: { name: '단골', phone } })
    await undoAct({ actId: again.actId, actor: actorOf(staffId) })
    expect(await readGuests()).toEqual(before)
  })
})

test('an address that was missing is added to the guest of that name', async () => {
  const { booked, ownerId } = await setUpPhone()
  const first = await booked()
  await move(first.id, 'CANCEL', ownerId)
  const email = newMailbox()
  await booked({ guest: { name: '김 단골', phone: '010-2345-6789', email } })
  expect(await database.query('SELECT name, email FROM guests')).toEqual([
    { name: '김단골', email },
  ])
})
