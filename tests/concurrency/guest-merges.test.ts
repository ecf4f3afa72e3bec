import { beforeEach, describe, expect, test } from 'vitest'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { countOutcomes, entryAt } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { setUpBook } from '../support/guest-book-scene'
import { newCaller, newMailbox } from '../support/guest-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 10

async function setUpCallers(count: number) {
  const book = await setUpBook()
  const callers = Array.from({ length: count }, () => newCaller())
  const ids: string[] = []
  for (const guest of callers) ids.push((await book.booked({ guest })).guestId)
  const [one = '', two = '', three = ''] = ids
  return { ...book, callers, one, two, three }
}

/** Every reservation at the guest's restaurant; there are tables enough for those that follow. */
const cancelAll = (guestId: string) =>
  pool.query(
    `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER'
      WHERE restaurant_id IN (SELECT restaurant_id FROM guests WHERE id = $1)`,
    [guestId],
  )

/** Guests that point to one who points on, and circles. */
const listChains = () =>
  database.query(
    'SELECT g.id FROM guests g JOIN guests into_guest ON into_guest.id = g.merged_into WHERE into_guest.merged_into IS NOT NULL',
  )

describe('guests are merged at once', () => {
  test('control: reading first and writing later makes a circle where no key refuses it', async () => {
    await database.query('CREATE TABLE unprotected_guests (id int PRIMARY KEY, merged_into int)')
    await database.query('INSERT INTO unprotected_guests VALUES (1), (2)')
    try {
      const clients = [await database.pool.connect(), await database.pool.connect()] as const
      const mergeUnprotected = async (
        client: (typeof clients)[number],
        from: number,
        to: number,
      ) => {
        await client.query('BEGIN')
        const { rows } = await client.query(
          'SELECT 1 FROM unprotected_guests WHERE id = $1 AND merged_into IS NULL',
          [to],
        )
        return { isFree: rows.length === 1, from, to, client }
      }
      const judged = await Promise.all([
        mergeUnprotected(clients[0], 1, 2),
        mergeUnprotected(clients[1], 2, 1),
      ])
      for (const { isFree, from, to, client } of judged) {
        if (isFree)
          await client.query('UPDATE unprotected_guests SET merged_into = $2 WHERE id = $1', [
            from,
            to,
          ])
        await client.query('COMMIT')
        client.release()
      }
      const circle = await database.query(
        'SELECT 1 FROM unprotected_guests WHERE merged_into IS NOT NULL',
      )
      expect(circle).toHaveLength(2)
    } finally {
      await database.query('DROP TABLE unprotected_guests')
    }
  })

  test('each into the other: one is, the other is refused', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { merge, one, two, ownerId } = await setUpCallers(2)
      const outcomes = await Promise.all([merge(one, two), merge(two, one, ownerId)])
      expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'already-merged': 1 })
    }
    expect(await listChains()).toEqual([])
  })

  test('in a ring, and with splits between them: no chain, whatever comes first', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { merge, split, one, two, three } = await setUpCallers(3)
      const outcomes = await Promise.all([
        merge(one, two),
        merge(two, three),
        merge(three, one),
        split(one),
        split(two),
      ])
      for (const reason of Object.keys(countOutcomes(outcomes)))
        expect(['booked', 'already-merged', 'not-merged', 'busy']).toContain(reason)
    }
    expect(await listChains()).toEqual([])
  })

  test('two staff do the same: both are told that it is done', async () => {
    const { merge, one, two, ownerId } = await setUpCallers(2)
    expect(await Promise.all([merge(one, two), merge(one, two, ownerId)])).toEqual([
      { ok: true, value: { id: two, mergedId: one } },
      { ok: true, value: { id: two, mergedId: one } },
    ])
    expect(
      await database.query(`SELECT 1 FROM audit_events WHERE act = 'MERGE_GUEST'`),
    ).toHaveLength(1)
  })
})

describe('a merge and a booking at once', () => {
  test('the booking is the person’s, whichever was first, and nobody waits for ever', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { merge, call, one, two, callers, read } = await setUpCallers(2)
      await cancelAll(one)
      const [merged, first] = await Promise.all([
        merge(one, two),
        call({ guest: entryAt(callers, 0) }),
      ])
      expect(merged).toMatchObject({ ok: true })
      expect(first).toMatchObject({ ok: true, value: { guestId: one } })
      expect((await read(two)).merged.map(({ id }) => id)).toEqual([one])
      expect(await call({ guest: entryAt(callers, 1) })).toMatchObject({ reason: 'already-booked' })
    }
  })

  test('calls from both numbers of a merged person: one is booked', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { merge, call, one, two, callers, ownerId } = await setUpCallers(2)
      await merge(one, two)
      await cancelAll(one)
      const outcomes = await Promise.all([
        call({ guest: entryAt(callers, 0) }),
        call({ guest: entryAt(callers, 1), by: ownerId }),
      ])
      expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'already-booked': 1 })
    }
  })
})

describe('a merge and the erasure of its guest at once', () => {
  test.each(['into the erased guest', 'of the erased guest'])(
    'whichever was first, they are gone and the other stays an entry: %s',
    async (way) => {
      for (let round = 0; round < ROUNDS; round++) {
        const { merge, booked, one, read } = await setUpCallers(1)
        const email = newMailbox()
        const { id: accountId } = await createAccount(pool, { email })
        const { guestId: goneId } = await booked({ guest: newCaller({ email }) })
        const erase = deleteAccount({ accountId, email, proof: { password: 'bobjool-demo' } })
        const [merged, erased] = await Promise.all([
          way.startsWith('into') ? merge(one, goneId) : merge(goneId, one),
          erase,
        ])
        if (!merged.ok) expect(merged.reason).toBe('not-found')
        expect(erased).toMatchObject({ ok: true })
        expect(await read(one)).toMatchObject({ id: one, merged: [] })
        expect(await database.query('SELECT 1 FROM guests WHERE id = $1', [goneId])).toEqual([])
      }
    },
  )
})

describe('an entry is changed by two staff at once', () => {
  test('one is saved, the other sees that it was changed', async () => {
    const { change, one, read, ownerId } = await setUpCallers(2)
    const { version } = await read(one)
    const outcomes = await Promise.all([
      change(one, { note: '창가' }, { version }),
      change(one, { note: '구석' }, { version, by: ownerId }),
    ])
    expect(countOutcomes(outcomes)).toEqual({ booked: 1, 'changed-meanwhile': 1 })
  })

  test('tags in opposite orders on two guests deadlock nowhere', async () => {
    const { change, one, two, ownerId } = await setUpCallers(2)
    const tags = ['VIP', '단골', '기자'].map((name) => ({ name }))
    for (let round = 0; round < ROUNDS; round++)
      expect(
        await Promise.all([
          change(one, { tags }),
          change(two, { tags: tags.toReversed() }, { by: ownerId }),
        ]),
      ).toMatchObject([{ ok: true }, { ok: true }])
  })
})
