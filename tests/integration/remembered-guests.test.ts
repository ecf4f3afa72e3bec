import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { endConsent, forgetContact } from '@/domain/line/forget.commands'
import { findTicket } from '@/domain/line/queries'
import { ticketRequest } from '@/domain/line/schema'
import { takeTicket } from '@/domain/line/take.commands'
import { readWaiting } from '@/domain/line/waiting.queries'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { setUpBook } from '../support/guest-book-scene'
import { newCaller, newMailbox } from '../support/guest-scene'
import { askerOf, findLineContradictions, joinLine, seatAs, takeAs } from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const phone = '010-5551-2345'
const name = '김하늘'
const byLink = askerOf(null)
const end = (ticketId: string) => endConsent({ ticketId, asker: byLink })
const look = (ticketId: string) => findTicket({ ticketId, accountId: null })
const listGuests = () =>
  database.query(
    `SELECT restaurant_id AS "restaurantId", name, phone, email, locale, consent_way AS way,
            consented_at IS NOT NULL AS "isDated" FROM guests ORDER BY created_at, id`,
  )
const listConsents = () =>
  database.query(
    `SELECT act, actor_role AS role, address, details ->> 'way' AS way FROM audit_events
      WHERE subject = 'GUEST' AND act LIKE '%CONSENT' ORDER BY at`,
  )

/** A restaurant with a guest book and a line, and a tablet at its door. */
async function setUpBoth() {
  const book = await setUpBook()
  const door = await setUpDoor({ restaurantId: book.restaurantId })
  return { book, door }
}

describe('a guest at the door who agrees to be remembered', () => {
  test('is a guest of the restaurant, with the phone normalised and the consent recorded', async () => {
    const door = await setUpDoor()
    const { restaurantId } = door
    const { id } = await takeAtDoor(door, { phone }, name)
    expect(await listGuests()).toEqual([
      {
        ...{ restaurantId, name, phone: '+821055512345', email: null, locale: 'ko' },
        ...{ way: 'KIOSK', isDated: true },
      },
    ])
    expect(await listConsents()).toEqual([
      { act: 'GIVE_CONSENT', role: 'DINER', address: null, way: 'KIOSK' },
    ])
    expect(await look(id)).toMatchObject({ isRemembered: true })
    const waiting = await readWaiting({ restaurantId, accountId: door.ownerId })
    const [guest] = await database.query<{ id: string }>('SELECT id FROM guests')
    expect(waiting).toMatchObject({
      value: { tickets: [{ id, name, entry: { id: guest?.id } }] },
    })
    expect(await findLineContradictions()).toEqual([])
  })

  test('by address alone as well, and one whose words staff took tells so', async () => {
    const door = await setUpDoor()
    const email = newMailbox()
    const contact = { name, phone: undefined, email }
    const taken = await takeAs(door.ownerId, door, { channel: 'KIOSK', contact, remember: true })
    expect(taken).toMatchObject({ ok: true })
    expect(await listGuests()).toMatchObject([{ phone: null, email, way: 'IN_PERSON' }])
    const { id } = await takeAtDoor(door)
    expect(await look(id)).toMatchObject({ isRemembered: false })
  })

  test('is none without agreeing, nor where the ticket is refused', async () => {
    const door = await setUpDoor({ longest: 1 })
    await takeAtDoor(door, { phone })
    await expect(takeAtDoor(door, { phone }, name)).rejects.toThrow('already-in-line')
    await expect(takeAtDoor(door, { phone: '010-5551-9999' }, name)).rejects.toThrow('line-full')
    expect(await listGuests()).toEqual([])
    expect(await listConsents()).toEqual([])
  })

  test('agrees once with one key, however often it is asked', async () => {
    const door = await setUpDoor()
    const asked = {
      restaurantId: door.restaurantId,
      taker: { by: 'kiosk', token: door.token } as const,
      key: randomUUID(),
      request: {
        ...({ partySize: 2, dining: 'IN_STORE', channel: 'KIOSK' } as const),
        ...{ contact: { name, phone, email: undefined }, remember: true },
      },
      address: null,
      locale: 'en' as const,
    }
    expect(await takeTicket(asked)).toMatchObject({ ok: true, value: { isNew: true } })
    expect(await takeTicket(asked)).toMatchObject({ ok: true, value: { isNew: false } })
    expect(await listGuests()).toMatchObject([{ locale: 'en' }])
    expect(await listConsents()).toHaveLength(1)
    const request = { ...asked.request, remember: false }
    expect(await takeTicket({ ...asked, request })).toMatchObject({ reason: 'key-reused' })
  })

  test('is another guest to another restaurant', async () => {
    const [first, second] = [await setUpDoor(), await setUpDoor()]
    await takeAtDoor(first, { phone }, name)
    await takeAtDoor(second, { phone }, name)
    expect(await listGuests()).toMatchObject([
      { restaurantId: first.restaurantId },
      { restaurantId: second.restaurantId },
    ])
  })

  test('is who has called before, of whom nothing is changed: nobody proved the number', async () => {
    const { book, door } = await setUpBoth()
    const { guestId } = await book.booked({ guest: { name: '김단골', phone } })
    const { id } = await takeAtDoor(door, { phone, email: newMailbox() }, '남의이름')
    expect(await listGuests()).toMatchObject([{ name: '김단골', email: null, way: null }])
    expect(await database.query('SELECT guest_id AS id FROM tickets WHERE id = $1', [id])).toEqual([
      { id: guestId },
    ])
    expect(await listConsents()).toMatchObject([{ act: 'GIVE_CONSENT' }])
  })

  test('is found by the next phone booking, and their visits are counted', async () => {
    const { book, door } = await setUpBoth()
    const { id } = await takeAtDoor(door, { phone }, name)
    await seatAs(door.ownerId, id, [String(book.scene.slotIds[0])])
    const { guestId } = await book.booked({ guest: { name, phone } })
    expect(await listGuests()).toHaveLength(1)
    expect(await book.read(guestId)).toMatchObject({
      visits: 1,
      lastVisit: { tableNumbers: [1] },
    })
  })
})

describe('a remembered guest who takes it back by the link of their ticket', () => {
  test('is deleted with what staff noted; the place and the contact stay', async () => {
    const { book, door } = await setUpBoth()
    const { id } = await takeAtDoor(door, { phone }, name)
    const [guest] = await database.query<{ id: string }>('SELECT id FROM guests')
    await book.change(String(guest?.id), { note: '창가', tags: [{ name: 'VIP' }] })
    expect(await end(id)).toEqual({ ok: true, value: { id, isRemembered: false } })
    expect(await end(id), 'twice').toEqual({ ok: true, value: { id, isRemembered: false } })
    expect(await listGuests()).toEqual([])
    expect(await database.query('SELECT 1 FROM guest_tag_marks')).toEqual([])
    expect(await listConsents()).toMatchObject([{ act: 'GIVE_CONSENT' }, { act: 'END_CONSENT' }])
    expect(await look(id)).toMatchObject({ place: 1, hasContact: true, isRemembered: false })
    expect(await findLineContradictions()).toEqual([])
  })

  test.each(['before', 'after'])('stays where staff booked for them %s', async (when) => {
    const { book, door } = await setUpBoth()
    const call = () => book.booked({ guest: newCaller({ name, phone }) })
    if (when === 'before') await call()
    const { id } = await takeAtDoor(door, { phone }, name)
    if (when === 'after') await call()
    expect(await end(id)).toMatchObject({ ok: true })
    expect(await listGuests()).toMatchObject([{ name, way: null, isDated: false }])
    expect(await look(id)).toMatchObject({ isRemembered: false })
  })

  test('takes back the consent of each of their tickets', async () => {
    const door = await setUpDoor()
    const first = await takeAtDoor(door, { phone }, name)
    await seatAs(door.ownerId, first.id)
    await database.query(
      `UPDATE tickets SET taken_at = taken_at - interval '1 hour', ended_at = ended_at - interval '1 hour'`,
    )
    const second = await takeAtDoor(door, { phone }, name)
    expect(await listGuests()).toHaveLength(1)
    await end(first.id)
    expect(await listGuests()).toEqual([])
    expect(await look(second.id)).toMatchObject({ isRemembered: false })
  })

  test('also with the contact, and nobody does it with an account', async () => {
    const door = await setUpDoor()
    const { id } = await takeAtDoor(door, { phone }, name)
    expect(await endConsent({ ticketId: id, asker: askerOf(door.ownerId) })).toMatchObject({
      reason: 'not-found',
    })
    const own = await joinLine(door)
    expect(await end(own.id)).toMatchObject({ reason: 'not-found' })
    expect(await listGuests()).toHaveLength(1)
    expect(await forgetContact({ ticketId: id, asker: byLink })).toMatchObject({ ok: true })
    expect(await listGuests()).toEqual([])
  })

  test('leaves who was merged into them as an entry of its own', async () => {
    const { book, door } = await setUpBoth()
    const other = await book.booked({ guest: newCaller({ name: '박다른' }) })
    const { id } = await takeAtDoor(door, { phone }, name)
    const [guest] = await database.query<{ id: string }>('SELECT id FROM guests WHERE name = $1', [
      name,
    ])
    await book.merge(other.guestId, String(guest?.id))
    await end(id)
    expect(await book.read(other.guestId)).toMatchObject({ id: other.guestId, merged: [] })
  })
})

describe('what a ticket may ask of remembering', () => {
  const atDoor = { partySize: 2, dining: 'IN_STORE', channel: 'KIOSK' }
  const contact = { phone, name }
  const readFields = (given: object) =>
    ticketRequest.safeParse(given).error?.issues.map(({ path }) => path.join('.')) ?? []
  test.each<[string, object, string[]]>([
    ['yes', { contact, remember: true }, []],
    ['no', { contact: { phone }, remember: false }, []],
    ['words', { contact, remember: 'yes' }, ['remember']],
    ['null', { contact, remember: null }, ['remember']],
    ['no contact', { remember: true }, ['remember', 'contact.name']],
    ['an empty contact', { contact: { name, phone: ' ' }, remember: true }, ['remember']],
    ['no name', { contact: { phone }, remember: true }, ['contact.name']],
    ['an empty name', { contact: { phone, name: ' ' }, remember: true }, ['contact.name']],
    ['a name alone', { contact }, ['contact.name']],
    ['of an account', { channel: 'ONLINE', remember: true }, ['remember', 'contact.name']],
  ])('%s', (_, given, fields) => {
    expect(readFields({ ...atDoor, ...given })).toEqual(fields)
  })
})
