import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { listOwnReservations } from '@/domain/booking/queries'
import { readDay } from '@/domain/floor/queries'
import { listGuests } from '@/domain/guest/queries'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { move } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import { dietOf, setUpBook } from '../support/guest-book-scene'
import { newCaller, newMailbox } from '../support/guest-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** Two rows of one person: a mobile and the number at work. */
async function setUpTwo() {
  const book = await setUpBook()
  const mobile = await book.booked({ guest: { name: '김단골', phone: '010-2345-6789' } })
  const work = await book.booked({ guest: { name: '김부장', phone: '02-345-6780' } })
  const rows = () =>
    database.query('SELECT id, name, phone, email, merged_into, note FROM guests ORDER BY id')
  return { ...book, mobile, work, rows }
}

describe('two guests who are one person', () => {
  test('are one entry: found by either name and number, counted together, with the tags of both', async () => {
    const { mobile, work, merge, read, change, restaurantId, staffId, ownerId } = await setUpTwo()
    await change(mobile.guestId, { tags: [{ name: 'VIP' }], note: '창가', ...dietOf('땅콩') })
    await change(work.guestId, { tags: [{ name: '단골' }], note: '법인 카드', ...dietOf('메밀') })
    await move(mobile.id, 'SEAT', ownerId)
    await move(work.id, 'SEAT', ownerId)
    expect(await merge(work.guestId, mobile.guestId)).toEqual({
      ok: true,
      value: { id: mobile.guestId, mergedId: work.guestId },
    })
    for (const search of [undefined, '단골', '부장', 'ㄱㅂㅈ', '6789', '6780']) {
      const found = await listGuests({ restaurantId, accountId: staffId, search, limit: 5 })
      expect(found, search).toMatchObject({ value: { items: [{ id: mobile.guestId }] } })
      expect(found.ok && found.value.items.length, search).toBe(1)
    }
    expect(await read(mobile.guestId)).toMatchObject({
      name: '김단골',
      visits: 2,
      tags: [{ name: 'VIP' }, { name: '단골' }],
      note: '창가\n법인 카드',
      allergies: '땅콩, 메밀',
      merged: [{ id: work.guestId, name: '김부장' }],
    })
    expect(await read(work.guestId)).toEqual(await read(mobile.guestId))
    const day = await readDay({ restaurantId, accountId: staffId })
    expect(day.ok && day.value.parties.map(({ entry }) => entry?.id)).toEqual([
      mobile.guestId,
      mobile.guestId,
    ])
  })

  test('undo gives both back as they were: tags, note, diet, counts and reservations', async () => {
    const { mobile, work, merge, split, read, rows, change, ownerId } = await setUpTwo()
    await change(work.guestId, { tags: [{ name: '단골' }], note: '법인 카드', ...dietOf('메밀') })
    await move(mobile.id, 'SEAT', ownerId)
    await move(work.id, 'SEAT', ownerId)
    await move(work.id, 'NO_SHOW', ownerId)
    const listReservations = () =>
      database.query('SELECT id, guest_id, status FROM reservations ORDER BY id')
    const readBoth = async () => [await read(mobile.guestId), await read(work.guestId)] as const
    const before = { rows: await rows(), both: await readBoth(), booked: await listReservations() }
    await merge(work.guestId, mobile.guestId)
    expect(await listReservations()).toEqual(before.booked)
    expect(await split(work.guestId)).toMatchObject({ ok: true })
    expect(await rows()).toEqual(before.rows)
    expect(await listReservations()).toEqual(before.booked)
    const after = before.both.map((entry) => ({ ...entry, version: entry.version + 2 }))
    expect(await readBoth()).toEqual(after)
    expect(await split(work.guestId)).toMatchObject({ reason: 'not-merged' })
  })

  test('who was merged comes along, and comes back with the undo', async () => {
    const { mobile, work, merge, split, booked, read } = await setUpTwo()
    const third = await booked({ guest: newCaller({ name: '김대리' }) })
    await merge(third.guestId, work.guestId)
    await merge(work.guestId, mobile.guestId)
    expect((await read(mobile.guestId)).merged.map(({ id }) => id)).toEqual([
      work.guestId,
      third.guestId,
    ])
    await split(work.guestId)
    expect((await read(mobile.guestId)).merged).toEqual([])
    expect((await read(work.guestId)).merged.map(({ id }) => id)).toEqual([third.guestId])
  })

  test('a change of the entry is of both: nothing that one had comes up again', async () => {
    const { mobile, work, merge, read, change } = await setUpTwo()
    await change(work.guestId, { tags: [{ name: '단골' }], note: '법인 카드', ...dietOf('메밀') })
    await merge(work.guestId, mobile.guestId)
    await change(mobile.guestId, { tags: [{ name: 'VIP' }], note: null, diet: null })
    expect(await read(mobile.guestId)).toMatchObject({
      tags: [{ name: 'VIP' }],
      note: null,
      allergies: null,
      consent: null,
    })
    expect(await change(work.guestId, { note: '다시' })).toMatchObject({
      reason: 'already-merged',
      details: { guestId: mobile.guestId },
    })
  })

  test('a call from either number books for that person: one reservation a date', async () => {
    const { mobile, work, merge, call, booked, ownerId } = await setUpTwo()
    await move(mobile.id, 'CANCEL', ownerId)
    await merge(work.guestId, mobile.guestId)
    const guest = { name: '김단골', phone: '010-2345-6789' }
    expect(await call({ guest })).toMatchObject({ reason: 'already-booked' })
    await move(work.id, 'CANCEL', ownerId)
    expect(await booked({ guest: { name: '김부장', phone: '02-345-6780' } })).toMatchObject({
      guestId: work.guestId,
    })
    expect(await call({ guest })).toMatchObject({ reason: 'already-booked' })
  })

  test('a slip of staff shows no account another person’s reservations', async () => {
    const { mobile, booked, merge } = await setUpTwo()
    const email = newMailbox()
    const account = await createAccount(pool, { email })
    const stranger = await booked({ guest: newCaller({ email }) })
    await merge(mobile.guestId, stranger.guestId)
    const own = await listOwnReservations({ dinerId: account.id, limit: 20 })
    expect(own.items.map(({ id }) => id)).toEqual([stranger.id])
  })
})

describe('bad merges change nothing', () => {
  test('with oneself, in a circle, twice, into one that is merged', async () => {
    const { mobile, work, merge, booked, rows } = await setUpTwo()
    expect(await merge(work.guestId, work.guestId)).toMatchObject({ reason: 'same-guest' })
    const third = await booked({ guest: newCaller() })
    await merge(work.guestId, mobile.guestId)
    const before = await rows()
    expect(await merge(mobile.guestId, work.guestId)).toMatchObject({
      reason: 'already-merged',
      details: { guestId: mobile.guestId },
    })
    expect(await merge(work.guestId, third.guestId)).toMatchObject({
      reason: 'already-merged',
      details: { guestId: mobile.guestId },
    })
    expect(await merge(third.guestId, work.guestId)).toMatchObject({
      reason: 'already-merged',
      details: { guestId: mobile.guestId },
    })
    // The same again is done already.
    expect(await merge(work.guestId, mobile.guestId)).toMatchObject({ ok: true })
    expect(await rows()).toEqual(before)
  })

  test('across restaurants, with nobody, or by a stranger', async () => {
    const { mobile, work, merge, split, rows, otherId } = await setUpTwo()
    const there = await setUpTwo()
    const before = await rows()
    for (const [from, into] of [
      [work.guestId, there.mobile.guestId],
      [there.mobile.guestId, work.guestId],
      [there.mobile.guestId, there.work.guestId],
      [work.guestId, randomUUID()],
      [randomUUID(), work.guestId],
    ] as const)
      expect(await merge(from, into)).toEqual({ ok: false, reason: 'not-found' })
    for (const by of [otherId, there.staffId])
      expect(await merge(work.guestId, mobile.guestId, by)).toEqual({
        ok: false,
        reason: 'not-found',
      })
    expect(await split(there.work.guestId)).toEqual({ ok: false, reason: 'not-found' })
    expect(await rows()).toEqual(before)
  })

  test('with a guest who is erased: nobody is found, and nobody is left pointing to them', async () => {
    const { mobile, booked, merge, split, read } = await setUpTwo()
    const email = newMailbox()
    const { id: accountId } = await createAccount(pool, { email })
    const { guestId: goneId } = await booked({ guest: newCaller({ email }) })
    await merge(mobile.guestId, goneId)
    const proof = { password: 'bobjool-demo' }
    expect(await deleteAccount({ accountId, email, proof })).toMatchObject({ ok: true })
    expect(await split(mobile.guestId)).toEqual({ ok: false, reason: 'not-merged' })
    expect(await merge(mobile.guestId, goneId)).toEqual({ ok: false, reason: 'not-found' })
    expect(await merge(goneId, mobile.guestId)).toEqual({ ok: false, reason: 'not-found' })
    expect(await split(goneId)).toEqual({ ok: false, reason: 'not-found' })
    expect(await read(mobile.guestId)).toMatchObject({ id: mobile.guestId, merged: [] })
  })
})
