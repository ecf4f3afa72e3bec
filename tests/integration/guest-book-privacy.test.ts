import { beforeEach, describe, expect, test } from 'vitest'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { keepDietByLink } from '@/domain/booking/diet.commands'
import { readAccountExport } from '@/domain/privacy/account-export.queries'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { findInDump } from '../support/dump'
import { dietOf, setUpBook, writeDownDiner } from '../support/guest-book-scene'
import { newCaller, newMailbox } from '../support/guest-scene'
import { letDaysPass, sweepOverdue } from '../support/passing-days'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const countBook = async () =>
  (await database.query<{ count: number }>('SELECT count(*)::int AS count FROM guests'))[0]?.count

describe('G23: what the guest book knows goes', () => {
  const words = ['조용한구석', '땅콩버터', '고수나물']
  const given = { note: '조용한구석', ...dietOf('땅콩버터', '고수나물') }

  test('with the account whose diner staff wrote down', async () => {
    const book = await setUpBook()
    const { entryId } = await writeDownDiner(book)
    await book.change(entryId, { ...given, tags: [{ name: 'VIP' }] })
    const [account] = await database.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = $1',
      [book.dinerId],
    )
    const proof = { password: 'bobjool-demo' }
    expect(
      await deleteAccount({ accountId: book.dinerId, email: String(account?.email), proof }),
    ).toMatchObject({ ok: true })
    expect(await findInDump(database, words)).toEqual([])
    expect(await database.query('SELECT 1 FROM guest_tag_marks')).toEqual([])
    expect(await countBook()).toBe(0)
  })

  test('also where it was noted on the entry that theirs is merged into', async () => {
    const { booked, merge, change } = await setUpBook()
    const email = newMailbox()
    const account = await createAccount(pool, { email })
    const theirs = await booked({ guest: newCaller({ email }) })
    const kept = await booked({ guest: newCaller() })
    await merge(theirs.guestId, kept.guestId)
    await change(kept.guestId, given)
    await deleteAccount({ accountId: account.id, email, proof: { password: 'bobjool-demo' } })
    expect(await findInDump(database, [email, ...words])).toEqual([])
    expect(await database.query('SELECT id FROM guests')).toEqual([{ id: kept.guestId }])
  })

  test('and who was merged into theirs stays, as an entry of their own', async () => {
    const { booked, merge, read } = await setUpBook()
    const email = newMailbox()
    const account = await createAccount(pool, { email })
    const theirs = await booked({ guest: newCaller({ email }) })
    const other = await booked({ guest: newCaller() })
    await merge(other.guestId, theirs.guestId)
    await deleteAccount({ accountId: account.id, email, proof: { password: 'bobjool-demo' } })
    expect(await read(other.guestId)).toMatchObject({ id: other.guestId, merged: [] })
  })

  test('three years after the last reservation, of all who are merged; not while one still comes', async () => {
    const book = await setUpBook()
    const { booked, merge, change, restaurantId } = book
    const entry = (await booked({ guest: newCaller() })).guestId
    const other = (await booked({ guest: newCaller() })).guestId
    await merge(other, entry)
    await change(entry, given)
    await letDaysPass(database, 3 * 365 - 2)
    await sweepOverdue()
    expect(await countBook()).toBe(2)
    await letDaysPass(database, 6)
    await sweepOverdue()
    expect(await findInDump(database, words)).toEqual([])
    expect(
      await database.query('SELECT 1 FROM guests WHERE restaurant_id = $1', [restaurantId]),
    ).toEqual([])
  })

  test('a regular who books as a diner is not forgotten while they come', async () => {
    const book = await setUpBook()
    const { entryId } = await writeDownDiner(book)
    await pool.query(`UPDATE guests SET created_at = now() - interval '4 years'`)
    await sweepOverdue()
    expect(await book.read(entryId)).toMatchObject({ id: entryId })
  })

  test('until then the person’s own copy has diet and consent, and not the restaurant’s note and tags', async () => {
    const book = await setUpBook()
    const { entryId } = await writeDownDiner(book)
    await book.change(entryId, { ...given, tags: [{ name: '까다로움' }] })
    const copy = await readAccountExport(book.dinerId)
    expect(copy).toMatchObject({
      guestEntries: [{ allergies: '땅콩버터', dislikes: '고수나물', consentWay: 'IN_PERSON' }],
    })
    expect(JSON.stringify(copy)).not.toContain('조용한구석')
    expect(JSON.stringify(copy)).not.toContain('까다로움')
  })

  test('where an answer by the mailed link came from goes with the guest; that they agreed stays', async () => {
    const { booked } = await setUpBook()
    const email = newMailbox()
    const { id, guestId } = await booked({ guest: newCaller({ email }), allergies: '땅콩' })
    const token = signMailboxLink({ kind: 'cancel', id, mailbox: email })
    expect(await keepDietByLink({ token, keeps: true, address: '203.0.113.77' })).toMatchObject({
      ok: true,
    })
    expect(await findInDump(database, ['203.0.113.77'])).not.toEqual([])
    const account = await createAccount(pool, { email })
    await deleteAccount({ accountId: account.id, email, proof: { password: 'bobjool-demo' } })
    expect(await findInDump(database, ['203.0.113.77'])).toEqual([])
    expect(
      await database.query('SELECT act, address FROM audit_events WHERE subject_id = $1', [
        guestId,
      ]),
    ).toEqual([{ act: 'GIVE_CONSENT', address: null }])
  })
})
