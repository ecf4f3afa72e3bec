import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { claimNotices, recordOutcomes } from '@/domain/notification/outbox.commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { makeMeetingPoint } from '@/tests/support/meeting-point'
import {
  makeAllDue,
  queueCancelled,
  queueConfirmed,
  queueMany,
  readNotice,
  runOutLeases,
} from '@/tests/support/notices'
import { drainWithoutClaim } from '@/tests/support/unprotected-outbox'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
})

/** A worker that claims notices and is never heard of again. */
async function claimAndVanish(limit = 20) {
  const leaseToken = randomUUID()
  const { notices } = await claimNotices({ limit, leaseToken, leaseMs: 60_000 })
  return { leaseToken, notices }
}

const listRecipients = () => inbox.listMails().map((mail) => mail.recipients.join())

describe('two workers at once', () => {
  it('G17: send each notice once', async () => {
    const queued = await queueMany(pool, 40)
    const drains = await Promise.all([drainOutbox(), drainOutbox(), drainOutbox()])
    expect(drains.reduce((sum, { sent }) => sum + sent, 0)).toBe(40)
    expect(listRecipients().sort()).toEqual(queued.map(({ recipient }) => recipient).sort())
  })

  it('G17 control: without a claim, two workers send the same notice twice', async () => {
    const { recipient } = await queueConfirmed(pool)
    const meet = makeMeetingPoint(2)
    await Promise.all([drainWithoutClaim(pool, meet), drainWithoutClaim(pool, meet)])
    expect(listRecipients()).toEqual([recipient, recipient])
  })

  it('G17: claim different notices, even when they claim at the same instant', async () => {
    await queueMany(pool, 30)
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimAndVanish(10)))
    const ids = claims.flatMap(({ notices }) => notices.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('a worker that dies', () => {
  it('G17: before sending, is replaced by another once its lease is over', async () => {
    const { id, recipient } = await queueConfirmed(pool)
    await claimAndVanish()
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    expect(inbox.listMails()).toEqual([])
    await runOutLeases(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(listRecipients()).toEqual([recipient])
    expect(await readNotice(pool, id)).toMatchObject({ state: 'SENT', attempts: 2 })
  })

  it('G17: between the server’s acceptance and the record, leaves a mail with the same Message-ID', async () => {
    const { id, recipient } = await queueConfirmed(pool)
    inbox.misbehave({ kind: 'close-after-data', isStored: true, times: 1 })
    expect(await drainOutbox()).toMatchObject({ retry: 1 })
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    const mails = inbox.listMails(recipient)
    expect(mails).toHaveLength(2)
    expect(new Set(mails.map((mail) => mail.messageId))).toEqual(
      new Set([`<notice-${id}@bobjool.test>`]),
    )
    expect(mails[0]?.html).toBe(mails[1]?.html)
  })

  it('G17: but comes back late, changes nothing that another has finished', async () => {
    const { id } = await queueConfirmed(pool)
    const { leaseToken } = await claimAndVanish()
    await runOutLeases(database)
    await drainOutbox()
    await recordOutcomes({ leaseToken, outcomes: [{ id, outcome: 'dead', error: 'late' }] })
    expect(await readNotice(pool, id)).toMatchObject({ state: 'SENT', lastError: null })
  })

  it('G17: but comes back late, does not end its successor’s lease', async () => {
    const { id } = await queueConfirmed(pool)
    const { leaseToken } = await claimAndVanish()
    await runOutLeases(database)
    await claimAndVanish()
    await recordOutcomes({
      leaseToken,
      outcomes: [{ id, outcome: 'retry', error: 'late', backOffMs: 0 }],
    })
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'QUEUED',
      isLeased: true,
      attempts: 2,
    })
  })

  it('G17: again and again over one notice, leaves it dead after a day, with a visible reason', async () => {
    const { id } = await queueConfirmed(pool)
    const other = await queueConfirmed(pool)
    await claimAndVanish()
    await database.query(`UPDATE notices SET give_up_at = now() - interval '1 ms' WHERE id = $1`, [
      id,
    ])
    await runOutLeases(database)
    expect(await drainOutbox()).toMatchObject({ dead: 1, sent: 1 })
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'DEAD',
      lastError: 'gave-up: no attempt came to an end',
    })
    expect(listRecipients()).toEqual([other.recipient])
  })
})

describe('recording', () => {
  it('G17: a notice’s outcome twice changes nothing', async () => {
    const { id } = await queueConfirmed(pool)
    const { leaseToken } = await claimAndVanish()
    const outcomes = [{ id, outcome: 'retry', error: '421', backOffMs: 60_000 } as const]
    await recordOutcomes({ leaseToken, outcomes })
    const once = await readNotice(pool, id)
    await recordOutcomes({ leaseToken, outcomes: [{ id, outcome: 'sent' }] })
    expect(await readNotice(pool, id)).toMatchObject({ ...once, dueInMs: expect.any(Number) })
  })

  it('an attempt that was not made is not counted', async () => {
    const { id } = await queueConfirmed(pool)
    const { leaseToken } = await claimAndVanish()
    await recordOutcomes({ leaseToken, outcomes: [{ id, outcome: 'untried', backOffMs: 0 }] })
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'QUEUED',
      attempts: 0,
      isLeased: false,
    })
  })
})

describe('the order of notices about one reservation', () => {
  it('G17: a cancellation waits while its confirmation is being sent, and goes alone when that is overtaken', async () => {
    const { id, recipient, reservationId } = await queueConfirmed(pool)
    const { leaseToken, notices } = await claimAndVanish()
    await queueCancelled(pool, reservationId)
    expect(notices.map((notice) => notice.id)).toEqual([id])
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    await recordOutcomes({
      leaseToken,
      outcomes: [{ id, outcome: 'retry', error: '421', backOffMs: 3_600_000 }],
    })
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1, dropped: 1 })
    expect(inbox.listMails(recipient).map((mail) => mail.subject.split(' · ')[0])).toEqual([
      '식당이 예약을 취소했어요',
    ])
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'DROPPED',
      droppedBecause: 'cancelled',
    })
  })

  it('G17: a cancellation goes out when its confirmation is dead', async () => {
    const { id, recipient, reservationId } = await queueConfirmed(pool)
    const cancelled = await queueCancelled(pool, reservationId)
    await database.query(`UPDATE notices SET state = 'DEAD' WHERE id = $1`, [id])
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(recipient)).toHaveLength(1)
    expect((await readNotice(pool, cancelled)).state).toBe('SENT')
  })

  it('G17: is that of the acts, even if the later act’s transaction began earlier', async () => {
    const { id, reservationId } = await queueConfirmed(pool)
    const cancelled = await queueCancelled(pool, reservationId)
    await database.query(
      `UPDATE notices SET queued_at = queued_at - interval '1 second', due_at = due_at - interval '1 second'
        WHERE id = $1`,
      [cancelled],
    )
    // Confirmed again: otherwise the first notice is overtaken, and there is no order to keep.
    await database.query(`UPDATE reservations SET status = 'CONFIRMED', cancelled_by = NULL`)
    const { notices } = await claimAndVanish()
    expect(notices.map((notice) => notice.id)).toEqual([id])
  })

  it('another reservation’s notices don’t wait', async () => {
    await queueConfirmed(pool)
    await claimAndVanish()
    const other = await queueConfirmed(pool)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(listRecipients()).toEqual([other.recipient])
  })
})
