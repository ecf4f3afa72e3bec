import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { cancelByLink } from '@/domain/booking/cancel-link.commands'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { sayLate, sayLateByLink } from '@/domain/booking/lateness.commands'
import { moveReservation } from '@/domain/booking/move.commands'
import {
  findLinkedReservation,
  findOwnReservation,
  listOwnReservations,
  previewDeletion,
} from '@/domain/booking/queries'
import { listGuests } from '@/domain/guest/queries'
import { drainOutbox } from '@/domain/notification/commands'
import { readAccountExport } from '@/domain/privacy/account-export.queries'
import { readGuests } from '@/domain/privacy/guest-export.queries'
import type { GuestLine } from '@/domain/privacy/schema'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { actorOf, move } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { findInDump, spellPhone } from '../support/dump'
import { newCaller, newMailbox, setUpPhone } from '../support/guest-scene'
import { useInbox } from '../support/inbox'
import { seatAs } from '../support/line-scene'
import { makeAllDue } from '../support/notices'
import { letDaysPass, sweepOverdue } from '../support/passing-days'

const database = useDatabase()
const inbox = useInbox()
afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

const tokenFor = (kind: 'cancel' | 'reservation', id: string, mailbox: string) =>
  signMailboxLink({ kind, id, mailbox })

/** A caller with an address, who is told. */
async function setUpTold() {
  const phone = await setUpPhone()
  const email = newMailbox()
  const made = await phone.booked({
    guest: { name: '메일손님', phone: '010-3456-7890', email },
    note: '창가 자리',
    allergies: '메밀',
    notify: true,
  })
  const send = async () => {
    await database.query(`UPDATE audit_events SET at = at - interval '11 seconds'`)
    await makeAllDue(database)
    await drainOutbox()
    return inbox.listMails(email)
  }
  return { ...phone, email, made, send }
}

describe('a guest is told, where there is a way', () => {
  test('by a mail whose link shows the reservation, and another that cancels it', async () => {
    const { email, made, send } = await setUpTold()
    const [mail] = await send()
    expect(mail?.text).toContain(`/reservations/${tokenFor('reservation', made.id, email)}`)
    expect(mail?.text).toContain(`/cancel/${tokenFor('cancel', made.id, email)}`)
  })

  test('without name and words, which nobody has confirmed are theirs; an account’s address has', async () => {
    const { email, send, call, made, ownerId } = await setUpTold()
    const [mail] = await send()
    for (const words of ['메일손님', '창가 자리', '메밀']) expect(mail?.text).not.toContain(words)
    await createAccount(pool, { email })
    await move(made.id, 'CANCEL', ownerId)
    inbox.clear()
    await call({ guest: { id: made.guestId }, notify: true, note: '창가 자리' })
    const mails = await send()
    expect(mails.map(({ text }) => text).join('\n')).toContain('메일손님')
  })

  test('not when staff say no, and not without an address; a cancellation follows the same wish', async () => {
    const { booked, ownerId } = await setUpPhone([
      { maxParty: 4 },
      { maxParty: 4 },
      { maxParty: 4 },
    ])
    const quiet = await booked({ guest: newCaller({ email: newMailbox() }) })
    await booked({ guest: newCaller(), notify: true })
    await move(quiet.id, 'CANCEL', ownerId)
    expect(await database.query('SELECT kind FROM notices')).toEqual([])
    const told = await booked({ guest: newCaller({ email: newMailbox() }), notify: true })
    await move(told.id, 'CANCEL', ownerId)
    expect(
      await database.query(`SELECT DISTINCT kind FROM notices WHERE kind LIKE '%ED' ORDER BY kind`),
    ).toEqual([{ kind: 'RESERVATION_CANCELLED' }, { kind: 'RESERVATION_CONFIRMED' }])
  })

  test('at the address and in the language of now', async () => {
    const { made, restaurantId, send } = await setUpTold()
    const after = newMailbox()
    await pool.query(`UPDATE guests SET email = $1, locale = 'en' WHERE id = $2`, [
      after,
      made.guestId,
    ])
    expect(await send()).toEqual([])
    const mails = inbox.listMails(after)
    expect(mails[0]?.subject).toContain('booked')
    expect(restaurantId).toBeTruthy()
  })
})

describe('the link of a phone booking', () => {
  test('sees, says late and cancels, as the guest, without an account', async () => {
    const { made, email } = await setUpTold()
    const seen = await findLinkedReservation({
      kind: 'reservation',
      token: tokenFor('reservation', made.id, email),
    })
    expect(seen).toMatchObject({ dinerId: null, state: 'OPEN', reservation: { id: made.id } })
    const token = tokenFor('cancel', made.id, email)
    expect(await sayLateByLink({ token, minutes: 15, address: null })).toMatchObject({
      value: { lateMinutes: 15 },
    })
    expect(await cancelByLink({ token, address: null })).toMatchObject({
      value: { status: 'CANCELLED' },
    })
    expect(await database.query('SELECT cancelled_by FROM reservations')).toEqual([
      { cancelled_by: 'DINER' },
    ])
    expect(
      await database.query(
        `SELECT actor_id, actor_role FROM audit_events WHERE act IN ('CANCEL', 'SAY_LATE')`,
      ),
    ).toEqual([
      { actor_id: null, actor_role: 'DINER' },
      { actor_id: null, actor_role: 'DINER' },
    ])
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(0)
    expect(await findContradictions()).toEqual([])
  })

  test('the one that shows can’t cancel, and neither works in a former mailbox', async () => {
    const { made, email } = await setUpTold()
    const shows = tokenFor('reservation', made.id, email)
    expect(await cancelByLink({ token: shows, address: null })).toMatchObject({
      reason: 'link-unknown',
    })
    await pool.query('UPDATE guests SET email = $1', [newMailbox()])
    expect(await findLinkedReservation({ kind: 'reservation', token: shows })).toMatchObject({
      state: 'MOVED',
      mailbox: null,
    })
    const token = tokenFor('cancel', made.id, email)
    expect(await cancelByLink({ token, address: null })).toMatchObject({
      reason: 'cancel-link-moved',
    })
    expect(await sayLateByLink({ token, minutes: 5, address: null })).toMatchObject({
      reason: 'cancel-link-moved',
    })
  })
})

describe('a guest who is forgotten', () => {
  test('leaves no address of what they did by the link, in the log or in a notice', async () => {
    const { made, email } = await setUpTold()
    const token = tokenFor('cancel', made.id, email)
    const address = '203.0.113.7'
    expect(await sayLateByLink({ token, minutes: 15, address })).toMatchObject({ ok: true })
    expect(await cancelByLink({ token, address })).toMatchObject({ ok: true })
    const said = () =>
      database.query(
        `SELECT act, address FROM audit_events WHERE subject_id = $1 AND actor_role = 'DINER' ORDER BY act`,
        [made.id],
      )
    expect(await said()).toEqual([
      { act: 'CANCEL', address },
      { act: 'SAY_LATE', address },
    ])
    await database.query('UPDATE reservations SET guest_id = NULL WHERE id = $1', [made.id])
    expect(await said()).toEqual([
      { act: 'CANCEL', address: null },
      { act: 'SAY_LATE', address: null },
    ])
    const { rows } = await pool.query(
      `SELECT n.id FROM notices n WHERE n.payload::text LIKE '%' || $1 || '%'`,
      [address],
    )
    expect(rows).toEqual([])
  })
})

describe('G19: who later has an account finds it among their reservations', () => {
  test('with the confirmed address, and acts on it as a diner; never with an unconfirmed one', async () => {
    const { made, email } = await setUpTold()
    const account = await createAccount(pool, { email, emailConfirmedAt: null })
    const dinerId = account.id
    const list = async () => (await listOwnReservations({ dinerId, limit: 20 })).items
    const cancel = () =>
      moveReservation({
        reservationId: made.id,
        act: 'CANCEL',
        actor: actorOf(dinerId),
        scope: 'diner',
      })
    const late = () =>
      sayLate({ reservationId: made.id, minutes: 5, actor: actorOf(dinerId), scope: 'either' })
    expect(await list()).toEqual([])
    expect(await findOwnReservation({ dinerId, reservationId: made.id })).toBeNull()
    expect(await cancel()).toEqual({ ok: false, reason: 'not-found' })
    expect(await late()).toEqual({ ok: false, reason: 'not-found' })
    await pool.query('UPDATE accounts SET email_confirmed_at = now() WHERE id = $1', [dinerId])
    expect(await list()).toMatchObject([{ id: made.id, note: '창가 자리' }])
    expect(await findOwnReservation({ dinerId, reservationId: made.id })).not.toBeNull()
    expect(await late()).toMatchObject({ ok: true })
    expect(await cancel()).toMatchObject({ ok: true })
    // A changed address lets go of it.
    await pool.query('UPDATE accounts SET email = $1 WHERE id = $2', [newMailbox(), dinerId])
    expect(await list()).toEqual([])
  })
})

describe('the guests of a restaurant', () => {
  test('a ticket’s contact makes no guest, not even once its party sits', async () => {
    const door = await setUpDoor()
    const { id } = await takeAtDoor(door, { email: newMailbox(), phone: '010-3456-7890' })
    expect(await seatAs(door.ownerId, id)).toMatchObject({ ok: true })
    expect(
      await listGuests({ restaurantId: door.restaurantId, accountId: door.ownerId, limit: 20 }),
    ).toMatchObject({ value: { items: [] } })
    expect(await database.query('SELECT 1 FROM guests')).toEqual([])
  })

  test('are found by name, first consonants and the end of the phone, a page at a time', async () => {
    const { restaurantId, staffId, otherId, booked } = await setUpPhone(
      Array.from({ length: 5 }, () => ({ maxParty: 4 })),
    )
    const guests = [
      { name: '김단골', phone: '010-2345-6789' },
      { name: '이단골', phone: '010-2345-1111' },
      { name: '박손님' },
    ]
    for (const guest of guests) await booked({ guest })
    await (await setUpPhone()).booked({ guest: { name: '김단골' } })
    const find = async (search?: string, accountId = staffId) => {
      const found = await listGuests({ restaurantId, accountId, search, limit: 20 })
      return found.ok ? found.value.items.map(({ name }) => name) : found.reason
    }
    expect(await find()).toEqual(['박손님', '이단골', '김단골'])
    expect(await find('단골')).toEqual(['이단골', '김단골'])
    expect(await find('ㄱㄷ')).toEqual(['김단골'])
    expect(await find('6789')).toEqual(['김단골'])
    expect(await find('010-2345-1111')).toEqual(['이단골'])
    expect(await find('12')).toEqual([])
    expect(await find(undefined, otherId)).toBe('not-found')
    const first = await listGuests({ restaurantId, accountId: staffId, limit: 2 })
    if (!first.ok) throw new Error(first.reason)
    expect(first.value.items).toHaveLength(2)
    const rest = await listGuests({
      restaurantId,
      accountId: staffId,
      cursor: String(first.value.nextCursor),
      limit: 2,
    })
    expect(rest).toMatchObject({ value: { items: [{ name: '김단골' }], nextCursor: null } })
  })
})

describe('G23: what is known of a guest goes', () => {
  const PHONE = '+821034567890'

  test('with the account that has confirmed their address; the restaurant keeps the party', async () => {
    const { email, made, send } = await setUpTold()
    await send()
    const account = await createAccount(pool, { email })
    expect(await previewDeletion(account.id)).toMatchObject({ coming: 1 })
    expect(
      await deleteAccount({ accountId: account.id, email, proof: { password: 'bobjool-demo' } }),
    ).toMatchObject({ ok: true, value: { cancelled: 1 } })
    expect(await database.query('SELECT guest_id, status::text FROM reservations')).toEqual([
      { guest_id: null, status: 'CANCELLED' },
    ])
    expect(
      await findInDump(database, [email, '메일손님', '창가 자리', '메밀', ...spellPhone(PHONE)]),
    ).toEqual([])
    expect(
      await database.query(
        `SELECT details -> 'reservations' -> 0 ->> 'id' AS id FROM audit_events WHERE act = 'ASK_ERASURE'`,
      ),
    ).toEqual([{ id: made.id }])
  })

  test('but not with an account that only typed the address', async () => {
    const { email } = await setUpTold()
    const account = await createAccount(pool, { email, emailConfirmedAt: null })
    expect(
      await deleteAccount({ accountId: account.id, email, proof: { password: 'bobjool-demo' } }),
    ).toMatchObject({ value: { cancelled: 0 } })
    expect(await database.query('SELECT name FROM guests')).toEqual([{ name: '메일손님' }])
  })

  test('three years after the last reservation', async () => {
    const { email, send } = await setUpTold()
    await send()
    await letDaysPass(database, 3 * 365 - 2)
    await sweepOverdue()
    expect(await database.query('SELECT name FROM guests')).toEqual([{ name: '메일손님' }])
    await letDaysPass(database, 6)
    await sweepOverdue()
    expect(
      await findInDump(database, [email, '메일손님', '창가 자리', '메밀', ...spellPhone(PHONE)]),
    ).toEqual([])
    expect(await database.query('SELECT party_size FROM reservations')).toEqual([{ party_size: 2 }])
  })

  test('an account whose person still books by phone does not fall asleep', async () => {
    const { email } = await setUpTold()
    await createAccount(pool, { email })
    await pool.query(
      `UPDATE accounts SET seen_at = now() - interval '2 years' WHERE role = 'DINER'`,
    )
    const asleep = () =>
      database.query(
        'SELECT a.email FROM sleeping_accounts s JOIN accounts a ON a.id = s.id WHERE a.email = $1',
        [email],
      )
    expect(await asleep()).toEqual([])
    await pool.query(
      `UPDATE reservations SET starts_at = starts_at - interval '2 years', ends_at = ends_at - interval '2 years', created_at = created_at - interval '2 years'`,
    )
    expect(await asleep()).toEqual([{ email }])
  })

  test('until then the restaurant’s copy has it, and so has the person’s own, once confirmed', async () => {
    const { email, restaurantId } = await setUpTold()
    const lines: GuestLine[] = []
    for await (const line of readGuests(restaurantId)) lines.push(line)
    expect(lines).toMatchObject([{ kind: 'RESERVATION', name: '메일손님', phone: PHONE, email }])
    const account = await createAccount(pool, { email, emailConfirmedAt: null })
    expect(await readAccountExport(account.id)).toMatchObject({
      guestEntries: [],
      reservations: [],
    })
    await pool.query('UPDATE accounts SET email_confirmed_at = now()')
    expect(await readAccountExport(account.id)).toMatchObject({
      guestEntries: [{ name: '메일손님', phone: PHONE, email }],
      reservations: [{ note: '창가 자리' }],
    })
  })
})
