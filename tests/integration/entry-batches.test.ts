import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { beforeEach, describe, expect, test } from 'vitest'
import { enterUnbooked } from '@/domain/booking/entry.commands'
import { pool } from '@/lib/db/database'
import { databaseErrorCode } from '@/lib/db/database-error'
import { createDiners, createReservation, createSlot } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { createOpening } from '../support/opening-scene'

const AT_ONCE = 64

const database = useDatabase()
beforeEach(() => database.truncateAll())

const createIds = async (count: number) => (await createDiners(pool, { count })).map(({ id }) => id)

const listEntries = (openingId: string) =>
  database.query<{ accountId: string; number: number | null }>(
    `SELECT account_id AS "accountId", number FROM opening_entries WHERE opening_id = $1 ORDER BY number, account_id`,
    [openingId],
  )

/** How many transactions wrote the entries. */
async function countCommits(): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    'SELECT count(DISTINCT xmin::text)::int AS count FROM opening_entries',
  )
  return Number(row?.count)
}

const enterAs = (openingId: string) => (accountId: string) =>
  enterUnbooked({ openingId, accountId, epoch: 0, sessionId: null })

describe('entries of one process at once', () => {
  test('64 take a few commits, and each has its own entry and receipt', async () => {
    const { openingId } = await createOpening()
    const ids = await createIds(AT_ONCE)
    const entered = await Promise.all(ids.map(enterAs(openingId)))
    expect(await countCommits()).toBeLessThanOrEqual(8)
    expect(entered.every(({ ok }) => ok)).toBe(true)
    const receipts = entered.map((answer) => (answer.ok ? answer.value.receipt : ''))
    expect(new Set(receipts).size).toBe(AT_ONCE)
    expect((await listEntries(openingId)).map(({ accountId }) => accountId).toSorted()).toEqual(
      ids.toSorted(),
    )
    // Asked again, each gets the same one.
    const again = await Promise.all(ids.toReversed().map(enterAs(openingId)))
    expect(again.map((answer) => (answer.ok ? answer.value.receipt : '')).toReversed()).toEqual(
      receipts,
    )
  })

  test('64 of one account are one entry', async () => {
    const { openingId } = await createOpening()
    const [accountId = ''] = await createIds(1)
    const entered = await Promise.all(
      Array.from({ length: AT_ONCE }, () => enterAs(openingId)(accountId)),
    )
    const receipts = new Set(entered.map((answer) => (answer.ok ? answer.value.receipt : '')))
    expect(receipts.size).toBe(1)
    expect(await listEntries(openingId)).toHaveLength(1)
  })

  test('each hears its own reason; beside a poisoned one 63 enter', async () => {
    const { openingId, restaurantId } = await createOpening()
    const ids = await createIds(AT_ONCE)
    const [booked = '', unconfirmed = '', signedOut = ''] = ids
    const slot = await createSlot(pool, { restaurantId })
    const { id: reservationId } = await createReservation(pool, {
      slotId: slot.id,
      dinerId: booked,
    })
    await database.query('UPDATE accounts SET email_confirmed_at = NULL WHERE id = $1', [
      unconfirmed,
    ])
    const enter = enterAs(openingId)
    const answers = await Promise.allSettled([
      ...ids.map((accountId) =>
        accountId === signedOut
          ? enterUnbooked({ openingId, accountId, epoch: 7, sessionId: null })
          : enter(accountId),
      ),
      enter(`${randomUUID()}\u0000`),
    ])
    expect(answers[0]).toMatchObject({
      value: { reason: 'already-booked', details: { reservationId } },
    })
    expect(answers[1]).toMatchObject({ value: { reason: 'address-unconfirmed' } })
    expect(answers[2]).toMatchObject({ value: { reason: 'signed-out' } })
    expect(answers.at(-1)).toMatchObject({ status: 'rejected' })
    const others = answers.slice(3, -1)
    expect(others.every((answer) => answer.status === 'fulfilled' && answer.value.ok)).toBe(true)
    expect(await listEntries(openingId)).toHaveLength(AT_ONCE - 3)
  })

  test('of an order of arrival each number is given once, in the order in which they came', async () => {
    const { openingId } = await createOpening({ orderBy: 'ARRIVAL' })
    const ids = await createIds(AT_ONCE)
    await Promise.all(ids.map(enterAs(openingId)))
    const [late = ''] = await createIds(1)
    await enterAs(openingId)(late)
    const entries = await listEntries(openingId)
    expect(entries.map(({ number }) => number)).toEqual(
      Array.from({ length: AT_ONCE + 1 }, (_, index) => index + 1),
    )
    // By the order of asking, not by account id.
    expect(entries.map(({ accountId }) => accountId)).toEqual([...ids, late])
  })

  test('what another client holds back makes its own entrant wait, and none of the others', async () => {
    const { openingId } = await createOpening({ entryBy: 'ACCOUNT' })
    const ids = await createIds(16)
    const heldBack = ids[5]
    const holder = await database.pool.connect()
    try {
      await holder.query('BEGIN')
      await holder.query(
        `INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby) VALUES ($1, $2, repeat('a', 32), true)`,
        [openingId, heldBack],
      )
      const entering = Promise.all(ids.map(enterAs(openingId)))
      await expect
        .poll(async () => (await listEntries(openingId)).length, { interval: 5 })
        .toBe(ids.length - 1)
      await holder.query('ROLLBACK')
      expect((await entering).every(({ ok }) => ok)).toBe(true)
      expect(await listEntries(openingId)).toHaveLength(ids.length)
    } finally {
      holder.release()
    }
  })
})

describe('two processes with the same diners in opposite orders', () => {
  const RUNS = 10

  const nameEach = (ids: string[]) =>
    ids.map((account) => ({ account, epoch: 0, entry: account.replaceAll('-', ''), named: '{}' }))

  /** Two transactions at once; how many of them ended in a deadlock. */
  async function countDeadlocks(
    enter: (ids: string[]) => (client: pg.PoolClient) => Promise<void>,
  ): Promise<number> {
    const ids = await createIds(AT_ONCE)
    const clients = await Promise.all([database.pool.connect(), database.pool.connect()])
    try {
      const ended = await Promise.allSettled(
        clients.map((client, index) => enter(index === 0 ? ids : ids.toReversed())(client)),
      )
      const lost = ended.filter(({ status }) => status === 'rejected')
      for (const { reason } of ended.filter((one) => one.status === 'rejected'))
        expect(databaseErrorCode(reason)).toBe('40P01')
      return lost.length
    } finally {
      for (const client of clients) client.release()
    }
  }

  test('wait for each other', async () => {
    for (let run = 0; run < RUNS; run += 1) {
      const { openingId } = await createOpening({ entryBy: 'ACCOUNT' })
      const together = (ids: string[]) => async (client: pg.PoolClient) => {
        await client.query('SELECT enter_opening_together($1, $2)', [
          openingId,
          JSON.stringify(nameEach(ids)),
        ])
      }
      expect(await countDeadlocks(together)).toBe(0)
      expect(await listEntries(openingId)).toHaveLength(AT_ONCE)
    }
  })

  test('control: entered in the order of their arrival they deadlock', async () => {
    const { openingId } = await createOpening({ entryBy: 'ACCOUNT' })
    const oneByOne = (ids: string[]) => async (client: pg.PoolClient) => {
      await client.query('BEGIN')
      try {
        for (const { account, epoch, entry } of nameEach(ids))
          await client.query(
            'SELECT enter_opening_unbooked(p_opening => $1, p_account => $2, p_session_epoch => $3, p_entry => $4)',
            [openingId, account, epoch, entry],
          )
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      }
    }
    expect(await countDeadlocks(oneByOne)).toBe(1)
  })
})
