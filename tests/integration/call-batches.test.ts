import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { inRequest } from '@/lib/request-context'
import { findContradictions } from '../support/booking-books'
import { bookAs, countOutcomes, createDinerIds, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { setUpLine, takeAs } from '../support/line-scene'

const AT_ONCE = 64

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** How many transactions wrote a table's rows. */
async function countCommits(table: 'tickets' | 'reservations'): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(DISTINCT xmin::text)::int AS count FROM ${table}`,
  )
  return Number(row?.count)
}

const asRequest = <T>(id: string, work: () => T) =>
  inRequest({ id, operation: 'test', address: null, accountId: null }, work)

const tablesOf = (count: number) => Array.from({ length: count }, () => ({ maxParty: 4 }))

describe('tickets that come at once', () => {
  test('64 take a few commits; numbers follow their order, and the audit log names each request', async () => {
    const scene = await setUpLine()
    const ids = await createDinerIds(AT_ONCE)
    const taken = await Promise.all(
      ids.map((id) => asRequest(`request-${id}`, () => takeAs(id, scene))),
    )
    expect(await countCommits('tickets')).toBeLessThanOrEqual(8)
    const numbers = taken.map((answer) => (answer.ok ? answer.value.ticket.number : 0))
    expect(numbers).toEqual(Array.from({ length: AT_ONCE }, (_, index) => index + 1))
    const named = await database.query<{ request: string; account: string }>(
      `SELECT e.request_id AS request, e.actor_id AS account FROM audit_events e WHERE e.act = 'TAKE'`,
    )
    expect(named).toHaveLength(AT_ONCE)
    expect(named.every(({ request, account }) => request === `request-${account}`)).toBe(true)
  })

  test('64 of one account are one ticket', async () => {
    const scene = await setUpLine()
    const [id = ''] = await createDinerIds(1)
    const key = randomUUID()
    const taken = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) =>
        takeAs(id, scene, { key: index % 2 ? key : randomUUID() }),
      ),
    )
    const tickets = new Set(taken.map((answer) => (answer.ok ? answer.value.ticket.id : '')))
    expect(tickets.size).toBe(1)
    expect(taken.filter((answer) => answer.ok && answer.value.isNew)).toHaveLength(1)
    expect(await database.query('SELECT FROM tickets')).toHaveLength(1)
  })

  test('each hears its own reason, and beside a poisoned one 62 get their ticket', async () => {
    const scene = await setUpLine({ longest: AT_ONCE - 2 })
    const ids = await createDinerIds(AT_ONCE)
    const [unconfirmed = ''] = ids
    await database.query('UPDATE accounts SET email_confirmed_at = NULL WHERE id = $1', [
      unconfirmed,
    ])
    const asked = ids.map((id) => takeAs(id, scene))
    const poisoned = takeAs(`${randomUUID()}\u0000`, scene)
    const ended = await Promise.allSettled([...asked, poisoned])
    expect(ended.at(-1)?.status).toBe('rejected')
    const answers = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(answers[0]).toMatchObject({ reason: 'address-unconfirmed' })
    expect(countOutcomes(answers)).toEqual({
      booked: AT_ONCE - 2,
      'address-unconfirmed': 1,
      'line-full': 1,
    })
  })
})

describe('bookings that come at once', () => {
  test('64 take a few commits, and who came first is served first, at the best fit', async () => {
    const scene = await setUpSeating({ tables: [...tablesOf(40), { minParty: 1, maxParty: 2 }] })
    const ids = await createDinerIds(AT_ONCE)
    const answers = await Promise.all(ids.map((id) => bookAs(id, scene)))
    expect(await countCommits('reservations')).toBeLessThanOrEqual(8)
    expect(answers.map(({ ok }) => ok)).toEqual(ids.map((_, index) => index < 41))
    expect(countOutcomes(answers)).toEqual({ booked: 41, 'sold-out': AT_ONCE - 41 })
    const [first] = answers
    expect(first?.ok && first.value.reservation.slotId).toBe(scene.slotIds.at(-1))
    expect(await findContradictions()).toEqual([])
  })

  test('64 of one diner are one reservation, and its key gets its answer each time', async () => {
    const scene = await setUpSeating({ tables: tablesOf(AT_ONCE) })
    const [id = ''] = await createDinerIds(1)
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) =>
        bookAs(id, scene, { key: index % 2 ? randomUUID() : key }),
      ),
    )
    expect(countOutcomes(answers)).toEqual({
      booked: AT_ONCE / 2,
      'already-booked': AT_ONCE / 2,
    })
    expect(await database.query('SELECT FROM reservations')).toHaveLength(1)
  })

  test('each hears its own reason, and beside a poisoned one all others are booked', async () => {
    const scene = await setUpSeating({ tables: tablesOf(AT_ONCE) })
    const ids = await createDinerIds(AT_ONCE)
    const ended = await Promise.allSettled([
      ...ids.slice(0, 60).map((id) => bookAs(id, scene)),
      bookAs(ids[60] ?? '', scene, { partySize: 9 }),
      bookAs(ids[61] ?? '', scene, { note: 'a\u0000b' }),
      bookAs(ids[62] ?? '', scene, { slotId: randomUUID() }),
    ])
    expect(ended[61]?.status).toBe('rejected')
    const answers = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(countOutcomes(answers)).toEqual({
      booked: 60,
      'party-size': 1,
      'no-such-time': 1,
    })
    expect(await findContradictions()).toEqual([])
  })

  test('dates and restaurants don’t wait for each other', async () => {
    const [one, other] = [
      await setUpSeating({ tables: tablesOf(1) }),
      await setUpSeating({ tables: tablesOf(1) }),
    ]
    const [first = '', second = ''] = await createDinerIds(2)
    const holder = await database.pool.connect()
    try {
      await holder.query('BEGIN')
      await holder.query('SELECT FROM accounts WHERE id = $1 FOR UPDATE', [first])
      const waiting = bookAs(first, one)
      expect(await bookAs(second, other)).toMatchObject({ ok: true })
      await holder.query('ROLLBACK')
      expect(await waiting).toMatchObject({ ok: true })
    } finally {
      holder.release()
    }
  })
})
