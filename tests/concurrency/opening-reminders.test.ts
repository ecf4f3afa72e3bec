import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { askToBeTold, queueReminders, tellReminders } from '@/domain/opening/reminder.commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createDiners } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { makeMeetingPoint } from '@/tests/support/meeting-point'
import { createOpening } from '@/tests/support/opening-scene'
import { letPass, listTold } from '@/tests/support/reminder-scene'
import { tellWithoutClaim } from '@/tests/support/unprotected-reminders'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

/** An opening in nine minutes, of which that many diners asked to be told. */
async function setUpDue(count: number) {
  const { openingId } = await createOpening({ opensInMinutes: 80 })
  const diners = await createDiners(pool, { count })
  for (const { id: accountId } of diners)
    expect(await askToBeTold({ openingId, accountId })).toMatchObject({ ok: true })
  await letPass({ database, openingId, seconds: 71 * 60 })
  return { openingId, diners }
}

const countNotices = async (kind: string) => {
  const rows = await database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM notices WHERE kind = $1',
    [kind],
  )
  return rows[0]?.count ?? 0
}

describe('two sweeps at once', () => {
  it('G17: tell each diner once', async () => {
    await setUpDue(30)
    const told = await Promise.all(Array.from({ length: 6 }, () => queueReminders()))
    expect(told.reduce((sum, { queued }) => sum + queued, 0)).toBe(30)
    expect(await countNotices('OPENING_SOON')).toBe(30)
  })

  it('G17: one that is under way leaves the other nothing to tell, now or once it is done', async () => {
    await setUpDue(5)
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT queue_opening_reminders(p_limit => 50)')
      const other = queueReminders()
      await Promise.race([other, setTimeout(500)])
      await client.query('COMMIT')
      expect(await other).toMatchObject({ queued: 0 })
    } finally {
      client.release()
    }
    expect(await countNotices('OPENING_SOON')).toBe(5)
  })

  it('G17, control: without a claim they tell each diner twice', async () => {
    await setUpDue(3)
    const meet = makeMeetingPoint(2)
    await Promise.all([tellWithoutClaim(pool, meet), tellWithoutClaim(pool, meet)])
    expect(await countNotices('OPENING_SOON')).toBe(6)
  })
})

describe('an opening that is cancelled while diners are being told', () => {
  it('G17: is not told as coming by what is still queued, and its cancellation is told once', async () => {
    const { openingId } = await setUpDue(5)
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(
        `UPDATE openings SET cancelled_at = date_trunc('milliseconds', clock_timestamp()), cancelled_for = '가스 점검' WHERE id = $1`,
        [openingId],
      )
      // The sweep does not see what is not committed.
      expect(await queueReminders()).toMatchObject({ queued: 5 })
      await client.query('COMMIT')
    } finally {
      client.release()
    }
    await Promise.all([tellReminders(), tellReminders(), tellReminders()])
    await drainOutbox()
    const told = await listTold()
    expect(told.filter((each) => each === 'OPENING_SOON MAIL DROPPED cancelled')).toHaveLength(5)
    expect(told.filter((each) => each === 'OPENING_CANCELLED MAIL SENT')).toHaveLength(5)
    expect(told).toHaveLength(10)
  })
})

describe('a diner who is being deleted while those who asked are told', () => {
  it('G23: holds up nobody, and is told nothing', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { diners } = await setUpDue(6)
      const [gone] = diners
      const [erased] = await Promise.all([
        pool.query<{ done: boolean }>('SELECT erase_account($1) AS done', [gone?.id]),
        queueReminders(),
        queueReminders(),
      ])
      await queueReminders()
      expect(erased.rows[0]?.done).toBe(true)
      const rows = await database.query(
        'SELECT 1 FROM opening_reminders WHERE account_id = $1 UNION ALL SELECT 1 FROM notices WHERE account_id = $1',
        [gone?.id],
      )
      expect(rows).toEqual([])
    }
    expect(await countNotices('OPENING_SOON')).toBeGreaterThanOrEqual(8 * 5)
  })
})
