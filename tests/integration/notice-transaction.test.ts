import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createSlot } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { tellOutsideTransaction } from '@/tests/support/unprotected-outbox'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

/** A booking inside a transaction that the test commits or rolls back. */
async function bookIn(client: PoolClient) {
  const diner = await createAccount(pool)
  const slot = await createSlot(pool)
  const { rows } = await client.query<{ answer: { reservation?: { id: string } } }>(
    `SELECT place_reservation($1, $2, 'hash', $3, $4, $5, 2, NULL, NULL, NULL) AS answer`,
    [diner.id, randomUUID(), slot.restaurantId, slot.serviceDate, slot.startsAt],
  )
  const id = rows[0]?.answer.reservation?.id
  if (!id) throw new Error(`Expected a reservation, got ${JSON.stringify(rows)}`)
  return { id, recipient: diner.email }
}

async function inTransaction<Answer>(
  end: 'COMMIT' | 'ROLLBACK',
  work: (client: PoolClient) => Promise<Answer>,
): Promise<Answer> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const answer = await work(client)
    await client.query(end)
    return answer
  } finally {
    client.release()
  }
}

const countNotices = async () => (await database.query('SELECT id FROM notices')).length

describe('G16: a notice and the booking it reports', () => {
  it('G16: are committed together, and the mail arrives', async () => {
    const { recipient } = await inTransaction('COMMIT', bookIn)
    expect(await countNotices()).toBe(1)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect((await inbox.waitForMail({ recipient })).subject).toContain('예약이 확정됐어요')
  })

  it('G16: are rolled back together, and no mail is ever sent', async () => {
    await inTransaction('ROLLBACK', bookIn)
    expect(await countNotices()).toBe(0)
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    expect(inbox.listMails()).toEqual([])
  })

  it('G16: are not seen by a worker before the commit', async () => {
    const { recipient } = await inTransaction('COMMIT', async (client) => {
      const booked = await bookIn(client)
      expect(await drainOutbox()).toMatchObject({ sent: 0 })
      expect(inbox.listMails()).toEqual([])
      return booked
    })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(recipient)).toHaveLength(1)
  })

  it('G16 control: a notice written outside the transaction survives a booking that never was', async () => {
    await inTransaction('ROLLBACK', async (client) => {
      const { id, recipient } = await bookIn(client)
      await tellOutsideTransaction(pool, { eventId: randomUUID(), subjectId: id, recipient })
    })
    expect(await database.query('SELECT id FROM reservations')).toEqual([])
    expect(await countNotices()).toBe(1)
  })
})
