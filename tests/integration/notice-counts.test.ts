import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drainOutbox, nudgeOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { actAs, fillLine, setUpLine } from '@/tests/support/line-scene'
import {
  countNotices,
  queueBookings,
  queueConfirmed,
  queueMany,
  readNotice,
} from '@/tests/support/notices'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
afterEach(() => vi.restoreAllMocks())
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

/** Counts the statements that really go to Postgres through the application's pool. */
async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const watched = vi.spyOn(pool, 'query')
  await work()
  const count = watched.mock.calls.length
  watched.mockRestore()
  return count
}

/**
 * A slow drain records more often, so that few notices are sent twice if it dies: every two seconds
 * allow one more statement. An idle machine needs none.
 */
async function expectStatements(expected: number, most = expected): Promise<void> {
  const startedAtMs = performance.now()
  const count = await countStatements(() => drainOutbox())
  const early = Math.floor((performance.now() - startedAtMs) / 2_000)
  expect(count).toBeGreaterThanOrEqual(expected)
  expect(count).toBeLessThanOrEqual(most + early)
}

describe('what a drain costs', () => {
  it.each([
    [1, 3],
    [5, 3],
    // While the last of a full batch are being sent, it already looks for the next batch.
    [20, 4],
  ])('G17: claims, records and looks once more for %i notices', async (count, statements) => {
    await queueMany(pool, count)
    await expectStatements(statements)
    expect(inbox.listMails()).toHaveLength(count)
  })

  it.each([
    [1, 3],
    [20, 4],
  ])(
    'G16: as many for %i bookings, of each of which it makes the reminders',
    async (count, statements) => {
      await queueBookings(pool, count)
      await expectStatements(statements)
      expect(inbox.listMails()).toHaveLength(count)
      expect(await countNotices(database)).toMatchObject({ 'SOON MAIL': count })
    },
  )

  it('G17: costs two statements a batch', async () => {
    await queueMany(pool, 45)
    // Batches of 20, 20 and 5; or of 20 and 25, since they grow while the mail server is quick.
    await expectStatements(2 * 2 + 1, 3 * 2 + 1)
    expect(inbox.listMails()).toHaveLength(45)
  })

  it('skips notices that staff may still undo, even a whole batch of them', async () => {
    const line = await setUpLine()
    const tickets = await fillLine(line, 22)
    for (const { id } of tickets.slice(0, 20)) await actAs(line.ownerId, 'CALL', id)
    expect(await drainOutbox()).toMatchObject({ sent: 2, dropped: 0 })
  })

  it('costs one statement when nothing is due', async () => {
    expect(await countStatements(() => drainOutbox())).toBe(1)
  })

  it('takes no more than its limit', async () => {
    await queueMany(pool, 4)
    expect(await drainOutbox({ limit: 3 })).toMatchObject({ sent: 3 })
    expect(await drainOutbox({ limit: 3 })).toMatchObject({ sent: 1 })
  })

  it('uses no more connections than the pool has', async () => {
    closeMail()
    const before = inbox.countConnections()
    await queueMany(pool, 20)
    await drainOutbox()
    expect(inbox.countConnections() - before).toBeLessThanOrEqual(5)
  })
})

describe('nudging', () => {
  it('many nudges at once share one drain', async () => {
    await nudgeOutbox()
    const { recipient } = await queueConfirmed(pool)
    const statements = await countStatements(() =>
      Promise.all(Array.from({ length: 50 }, () => nudgeOutbox())),
    )
    expect(inbox.listMails(recipient)).toHaveLength(1)
    // Claim, record, look once more, and ask when the next is due; and look for what a crowd is told.
    expect(statements).toBe(5)
  })

  it('a nudge during a drain causes another one, which sees what was committed meanwhile', async () => {
    const first = await queueConfirmed(pool)
    const draining = nudgeOutbox()
    await inbox.waitForMail(first)
    const second = await queueConfirmed(pool)
    await Promise.all([draining, nudgeOutbox()])
    expect(inbox.listMails(second.recipient)).toHaveLength(1)
  })

  it('wakes up when an act can no longer be undone', async () => {
    const { id, recipient } = await queueConfirmed(pool)
    await database.query(`UPDATE notices SET due_at = now() + interval '4 seconds'`)
    await nudgeOutbox()
    expect(await readNotice(pool, id)).toMatchObject({ state: 'QUEUED', attempts: 0 })
    await inbox.waitForMail({ recipient })
  })

  it('never throws, and goes on when Postgres is back', async () => {
    const { recipient } = await queueConfirmed(pool)
    await database.query('ALTER TABLE notices RENAME TO notices_away')
    await expect(nudgeOutbox()).resolves.toBeUndefined()
    await database.query('ALTER TABLE notices_away RENAME TO notices')
    await nudgeOutbox()
    expect(inbox.listMails(recipient)).toHaveLength(1)
  })
})
