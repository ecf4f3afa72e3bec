import { beforeEach, describe, expect, test, vi } from 'vitest'
import { findPartiesOnOtherDates, readDay } from '@/domain/floor/queries'
import { changeGuest } from '@/domain/guest/entry.commands'
import { listGuests } from '@/domain/guest/queries'
import { readWaiting } from '@/domain/line/waiting.queries'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { actorOf, move, walkIn } from '../support/booking-restaurant'
import { bookAs, entryAt } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { findInDump } from '../support/dump'
import { dietOf, setUpBook, writeDown, writeDownDiner } from '../support/guest-book-scene'
import { newCaller, newMailbox } from '../support/guest-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const countBook = async () =>
  (await database.query<{ count: number }>('SELECT count(*)::int AS count FROM guests'))[0]?.count

describe('tags of a guest', () => {
  test('VIP, 단골 and own ones have a colour, which is the same for every guest of the restaurant', async () => {
    const { booked, change, read } = await setUpBook()
    const first = (await booked({ guest: newCaller() })).guestId
    const second = (await booked({ guest: newCaller() })).guestId
    await change(first, { tags: [{ name: 'VIP', color: 'ACCENT' }, { name: '창가 좋아함' }] })
    await change(second, { tags: [{ name: 'VIP', color: 'GREEN' }] })
    expect((await read(first)).tags).toEqual([
      { name: 'VIP', color: 'GREEN' },
      { name: '창가 좋아함', color: 'GREY' },
    ])
    await change(second, { tags: [{ name: 'VIP' }] })
    expect((await read(second)).tags).toEqual([{ name: 'VIP', color: 'GREEN' }])
  })

  test('are replaced as a whole; one that nobody bears any more is offered no longer', async () => {
    const { booked, change, read } = await setUpBook()
    const { guestId } = await booked()
    await change(guestId, { tags: [{ name: '단골' }, { name: '시끄러움' }] })
    await change(guestId, { tags: [{ name: '단골' }] })
    expect(await read(guestId)).toMatchObject({
      tags: [{ name: '단골' }],
      knownTags: [{ name: '단골' }],
    })
    await change(guestId, { tags: [] })
    expect(await read(guestId)).toMatchObject({ tags: [], knownTags: [] })
  })

  test('of another restaurant are seen nowhere', async () => {
    const here = await setUpBook()
    const there = await setUpBook()
    const { guestId } = await here.booked()
    const other = (await there.booked()).guestId
    await there.change(other, { tags: [{ name: 'VIP', color: 'ACCENT' }] })
    expect(await here.read(guestId)).toMatchObject({ tags: [], knownTags: [] })
  })
})

describe('lasting allergies and dislikes', () => {
  test('are kept with how and when the guest agreed, and not without', async () => {
    const { booked, change, read } = await setUpBook()
    const { guestId } = await booked()
    const diet = { allergies: '땅콩', dislikes: '고수' }
    expect(await change(guestId, { diet })).toMatchObject({ reason: 'consent-needed' })
    expect(await database.query('SELECT 1 FROM guest_diets')).toEqual([])
    const at = new Date(Date.now() - 3_600_000).toISOString()
    await change(guestId, { diet: { ...diet, consent: { way: 'PHONE', at } } })
    expect(await read(guestId)).toMatchObject({ ...diet, consent: { way: 'PHONE', at } })
  })

  test('are corrected under the consent that stands', async () => {
    const { booked, change, read } = await setUpBook()
    const { guestId } = await booked()
    await change(guestId, dietOf('땅콩'))
    const { consent } = await read(guestId)
    await change(guestId, { diet: { allergies: '땅콩, 호두', dislikes: null } })
    expect(await read(guestId)).toMatchObject({ allergies: '땅콩, 호두', consent })
  })

  test('go at once when the guest takes the consent back; the log keeps that, and none of the words', async () => {
    const { booked, change, read } = await setUpBook()
    const { guestId } = await booked()
    await change(guestId, dietOf('땅콩버터', '고수나물'))
    await change(guestId, { diet: null })
    expect(await read(guestId)).toMatchObject({ allergies: null, dislikes: null, consent: null })
    expect(await findInDump(database, ['땅콩버터', '고수나물'])).toEqual([])
    expect(
      await database.query(
        `SELECT act, details ->> 'way' AS way FROM audit_events WHERE act LIKE '%CONSENT' ORDER BY audit_events.at`,
      ),
    ).toEqual([
      { act: 'GIVE_CONSENT', way: 'IN_PERSON' },
      { act: 'END_CONSENT', way: null },
    ])
  })

  test('a consent that is yet to be given is none', async () => {
    const { booked, change } = await setUpBook()
    const { guestId } = await booked()
    const at = new Date(Date.now() + 3_600_000).toISOString()
    const diet = { allergies: '땅콩', dislikes: null, consent: { way: 'PHONE' as const, at } }
    expect(await change(guestId, { diet })).toMatchObject({
      reason: 'invalid',
      details: { fields: [{ field: 'diet.consent.at' }] },
    })
  })
})

describe('what is known is shown where the party is', () => {
  const marks = { tags: [{ name: 'VIP', color: 'ACCENT' }], allergies: '땅콩', dislikes: '고수' }
  const given = { tags: [{ name: 'VIP', color: 'ACCENT' as const }], ...dietOf('땅콩', '고수') }

  test('on the day, of a caller and of a diner, and of nobody else', async () => {
    const book = await setUpBook()
    const { restaurantId, staffId, booked, change, otherId, scene } = book
    const { guestId } = await booked()
    const { entryId } = await writeDownDiner(book)
    await bookAs(otherId, scene)
    await change(guestId, given)
    await change(entryId, given)
    const day = await readDay({ restaurantId, accountId: staffId })
    if (!day.ok) throw new Error(day.reason)
    expect(day.value.parties.map(({ entry }) => entry)).toEqual([
      { id: guestId, ...marks },
      { id: entryId, ...marks },
      null,
    ])
  })

  test('in the list of guests and in both searches', async () => {
    const { restaurantId, staffId, booked, change, serviceDate } = await setUpBook()
    const { guestId } = await booked({ allergies: '호두' })
    await change(guestId, given)
    const listed = await listGuests({ restaurantId, accountId: staffId, limit: 5 })
    expect(listed).toMatchObject({ value: { items: [{ id: guestId, marks }] } })
    const found = await listGuests({ restaurantId, accountId: staffId, search: '6789', limit: 5 })
    expect(found).toMatchObject({ value: { items: [{ id: guestId, marks }] } })
    const date = new Date(Date.parse(serviceDate) + 86_400_000).toISOString().slice(0, 10)
    expect(
      await findPartiesOnOtherDates({ restaurantId, accountId: staffId, date, search: '단골' }),
    ).toMatchObject({ value: [{ allergies: '호두', entry: { id: guestId, ...marks } }] })
  })

  test('on the ticket of who waits with the number that the book knows; the ticket makes no entry', async () => {
    const door = await setUpDoor()
    const { restaurantId, ownerId } = door
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO guests (restaurant_id, name, phone) VALUES ($1, '김단골', '+821034567890') RETURNING id`,
      [restaurantId],
    )
    const guestId = String(rows[0]?.id)
    const changing = { restaurantId, guestId, version: null, actor: actorOf(ownerId) }
    await changeGuest({ ...changing, change: given })
    await takeAtDoor(door, { phone: '010-3456-7890' })
    await takeAtDoor(door, { phone: '010-3456-7891' })
    const line = await readWaiting({ restaurantId, accountId: ownerId })
    if (!line.ok) throw new Error(line.reason)
    expect(line.value.tickets.map(({ entry }) => entry)).toEqual([{ id: guestId, ...marks }, null])
    expect(await countBook()).toBe(1)
  })
})

describe('what the rows tell of a guest', () => {
  test('visits, no-shows without granted disputes, own cancellations, the last visit and its table', async () => {
    const { booked, read, ownerId } = await setUpBook()
    const { guestId, id, tableNumbers } = await booked()
    await move(id, 'SEAT', ownerId)
    await move(id, 'LEAVE', ownerId)
    const guest = { id: guestId }
    const missed = await booked({ guest, override: true })
    await pool.query(`UPDATE reservations SET status = 'NO_SHOW' WHERE id = $1`, [missed.id])
    const disputed = await booked({ guest, override: true })
    await pool.query(
      `UPDATE reservations SET status = 'NO_SHOW', disputed_at = now(), dispute_decided_at = now(),
              dispute_granted = true WHERE id = $1`,
      [disputed.id],
    )
    const own = await booked({ guest, override: true })
    await pool.query(
      `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER' WHERE id = $1`,
      [own.id],
    )
    const theirs = await booked({ guest, override: true })
    await move(theirs.id, 'CANCEL', ownerId)
    expect(await read(guestId)).toMatchObject({
      visits: 1,
      noShows: 1,
      cancellations: 1,
      lastVisit: { tableNumbers },
    })
  })

  test('of a diner count what they booked themselves, with the same person’s phone bookings', async () => {
    const book = await setUpBook()
    const { entryId, reservationId } = await writeDownDiner(book)
    await move(reservationId, 'SEAT', book.ownerId)
    const called = await book.booked({ guest: { id: entryId } })
    await move(called.id, 'SEAT', book.ownerId)
    expect(await book.read(entryId)).toMatchObject({ visits: 2 })
  })

  test('count nothing of another restaurant', async () => {
    const here = await setUpBook()
    const there = await setUpBook()
    const email = newMailbox()
    const { id: accountId } = await createAccount(pool, { email })
    const mine = await here.booked({ guest: newCaller({ email }) })
    const theirs = await there.booked({ guest: newCaller({ email }) })
    await move(theirs.id, 'SEAT', there.ownerId)
    const elsewhere = await bookAs(accountId, there.scene)
    expect(elsewhere).toMatchObject({ ok: true })
    const again = { guest: { id: theirs.guestId }, override: true }
    const end = async (status: string, { id }: { id: string }) =>
      pool.query(
        `UPDATE reservations SET status = $2::reservation_status, cancelled_by = CASE $2 WHEN 'CANCELLED' THEN 'DINER' END
          WHERE id = $1`,
        [id, status],
      )
    await end('NO_SHOW', await there.booked(again))
    await end('CANCELLED', await there.booked(again))
    const counted = { visits: 1, noShows: 1, cancellations: 1 }
    expect(await there.read(theirs.guestId)).toMatchObject(counted)
    const none = { visits: 0, noShows: 0, cancellations: 0, lastVisit: null }
    expect(await here.read(mine.guestId)).toMatchObject(none)
  })

  test('are read in one statement, and a diner’s booking writes nothing for them', async () => {
    const book = await setUpBook()
    const { guestId } = await book.booked()
    const query = vi.spyOn(pool, 'query')
    await book.read(guestId)
    expect(query).toHaveBeenCalledOnce()
    query.mockRestore()
    await bookAs(book.dinerId, book.scene)
    expect(await countBook()).toBe(1)
  })
})

describe('a diner is written down', () => {
  test('once, with their name alone: number and address stay with the account', async () => {
    const book = await setUpBook()
    const { entryId, reservationId } = await writeDownDiner(book)
    expect(await writeDown(book, reservationId)).toMatchObject({ value: { id: entryId } })
    expect(await database.query('SELECT phone, email, account_id FROM guests')).toEqual([
      { phone: null, email: null, account_id: book.dinerId },
    ])
    expect(await database.query(`SELECT act FROM audit_events WHERE subject = 'GUEST'`)).toEqual([
      { act: 'WRITE_DOWN' },
    ])
  })

  test('by two staff at once is one entry', async () => {
    const book = await setUpBook()
    const made = await bookAs(book.dinerId, book.scene)
    if (!made.ok) throw new Error(made.reason)
    const { id } = made.value.reservation
    const outcomes = await Promise.all(
      [book.staffId, book.ownerId, book.staffId].map((by) => writeDown(book, id, by)),
    )
    expect(new Set(outcomes.map((each) => (each.ok ? each.value.id : each.reason))).size).toBe(1)
    expect(await countBook()).toBe(1)
  })

  test('never a walk-in, another restaurant’s party, or by a stranger', async () => {
    const book = await setUpBook()
    const there = await setUpBook()
    const slotId = entryAt(book.scene.slotIds, 0)
    const seated = await walkIn(book.scene, [slotId], book.ownerId)
    if (!seated.ok) throw new Error(seated.reason)
    expect(await writeDown(book, seated.value.id)).toMatchObject({ reason: 'no-person' })
    const { reservationId } = await writeDownDiner(there)
    expect(await writeDown(book, reservationId)).toMatchObject({ reason: 'not-found' })
    expect(await writeDown(there, reservationId, book.staffId)).toMatchObject({
      reason: 'not-found',
    })
  })
})

describe('an entry that somebody else has changed', () => {
  test('is not overwritten by who saw the one before', async () => {
    const { booked, change, read } = await setUpBook()
    const { guestId } = await booked()
    const { version } = await read(guestId)
    expect(await change(guestId, { note: '조용한 자리' }, { version })).toMatchObject({ ok: true })
    expect(await change(guestId, { note: '창가 자리' }, { version })).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
      details: { version: version + 1 },
    })
    expect((await read(guestId)).note).toBe('조용한 자리')
  })

  test('G19: is not found by strangers, other restaurants’ staff and diners', async () => {
    const { booked, change, ask, otherId, dinerId } = await setUpBook()
    const there = await setUpBook()
    const { guestId } = await booked()
    for (const by of [otherId, dinerId, there.staffId]) {
      expect(await ask(guestId, by)).toEqual({ ok: false, reason: 'not-found' })
      expect(await change(guestId, { note: '몰래' }, { by })).toEqual({
        ok: false,
        reason: 'not-found',
      })
    }
    expect(await there.ask(guestId)).toEqual({ ok: false, reason: 'not-found' })
    expect(await there.change(guestId, { note: '몰래' })).toEqual({
      ok: false,
      reason: 'not-found',
    })
  })
})
