import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { makeMeetingPoint } from '@/tests/support/meeting-point'
import { countNotices, queueBooking, queueBookings } from '@/tests/support/notices'
import { fanOutWithoutClaim } from '@/tests/support/unprotected-outbox'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
})

describe('two workers at one booking’s notice', () => {
  it('G17: make its mail and its reminders once', async () => {
    const booked = await queueBookings(pool, 30)
    const drains = await Promise.all([drainOutbox(), drainOutbox(), drainOutbox()])
    expect(drains.reduce((sum, { sent }) => sum + sent, 0)).toBe(30)
    expect(await countNotices(database)).toEqual({
      'CONFIRMED MAIL': 30,
      'SOON MAIL': 30,
      'TOMORROW MAIL': 30,
    })
    const recipients = inbox.listMails().map((mail) => mail.recipients.join())
    expect(recipients.sort()).toEqual(booked.map(({ recipient }) => recipient).sort())
  })

  it('G17 control: without a claim, two workers make its reminders twice', async () => {
    await queueBooking(pool)
    const meet = makeMeetingPoint(2)
    await Promise.all([fanOutWithoutClaim(pool, meet), fanOutWithoutClaim(pool, meet)])
    expect(await countNotices(database)).toEqual({
      'CONFIRMED MAIL': 1,
      'SOON MAIL': 2,
      'TOMORROW MAIL': 2,
    })
  })
})

describe('an account that is deleted while its booking’s notice is taken', () => {
  /** A visit that is over, whose notice nobody has taken. */
  async function bookLongAgo() {
    const booked = await queueBooking(pool)
    await database.query(
      `UPDATE reservations SET starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour',
                               service_date = service_date - 3, status = 'LEFT' WHERE id = $1`,
      [booked.reservationId],
    )
    return booked
  }

  it('G23: waits for no lock of the worker for long, and leaves no word of its person', async () => {
    for (let round = 0; round < 10; round += 1) {
      await database.truncateAll()
      const { accountId, recipient } = await bookLongAgo()
      const erase = database.query<{ gone: boolean }>('SELECT erase_account($1) AS gone', [
        accountId,
      ])
      const [[erased]] = await Promise.all([erase, drainOutbox()])
      expect(erased, `round ${round}`).toEqual({ gone: true })
      await database.query(`UPDATE notices SET due_at = now() WHERE state = 'QUEUED'`)
      await drainOutbox()
      const kept = await database.query(
        `SELECT kind FROM notices WHERE payload <> '{}' OR recipient = $1 OR state = 'QUEUED'`,
        [recipient],
      )
      expect(kept, `round ${round}`).toEqual([])
    }
  })
})
