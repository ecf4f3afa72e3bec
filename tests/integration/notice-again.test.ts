import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox, sendNoticeAgain } from '@/domain/notification/commands'
import { sendRestaurantNotice } from '@/domain/restaurant/settings.commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createStaff } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { queueCancelled, queueConfirmed } from '@/tests/support/notices'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
})

describe('sending a dead notice again', () => {
  async function makeDead() {
    const notice = await queueConfirmed(pool)
    inbox.misbehave({ kind: 'refuse', at: 'recipient', code: 550, times: 1 })
    await drainOutbox()
    const admin = await createAccount(pool, { role: 'ADMIN' })
    const actor = { accountId: admin.id, address: null }
    return { ...notice, actor, ask: { noticeId: notice.id, actor } }
  }

  it('queues it for another day, sends the same mail, and records who asked', async () => {
    const { id, recipient, actor, ask } = await makeDead()
    await database.query(`UPDATE notices SET give_up_at = now() - interval '1 day'`)
    expect(await sendNoticeAgain(ask)).toEqual({ ok: true, value: { noticeId: id } })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(recipient)[0]?.messageId).toBe(`<notice-${id}@bobjool.test>`)
    expect(
      await database.query(
        `SELECT actor_id, subject, act, from_status, to_status FROM audit_events WHERE subject_id = $1`,
        [id],
      ),
    ).toEqual([
      {
        actor_id: actor.accountId,
        subject: 'NOTICE',
        act: 'SEND_AGAIN',
        from_status: 'DEAD',
        to_status: 'QUEUED',
      },
    ])
  })

  it('is refused while it is queued, and once it is sent', async () => {
    const { ask } = await makeDead()
    expect(await sendNoticeAgain(ask)).toMatchObject({ ok: true })
    expect(await sendNoticeAgain(ask)).toMatchObject({
      ok: false,
      reason: 'cannot-move',
      details: { state: 'QUEUED' },
    })
    await drainOutbox()
    expect(await sendNoticeAgain(ask)).toMatchObject({ details: { state: 'SENT' } })
  })

  it('two requests at once queue it once', async () => {
    const { id, ask } = await makeDead()
    const answers = await Promise.all([sendNoticeAgain(ask), sendNoticeAgain(ask)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(
      await database.query(`SELECT id FROM audit_events WHERE subject_id = $1`, [id]),
    ).toHaveLength(1)
  })

  it('G17: is refused when its cancellation was already sent', async () => {
    const { reservationId, ask } = await makeDead()
    await queueCancelled(pool, reservationId)
    await drainOutbox()
    expect(await sendNoticeAgain(ask)).toMatchObject({
      ok: false,
      reason: 'cannot-move',
      details: { state: 'DEAD', isOvertaken: true },
    })
  })

  it('G19: another restaurant’s notice is not found; an admin may send any again', async () => {
    const { ask } = await makeDead()
    const { restaurantId } = await queueConfirmed(pool)
    const owner = await createAccount(pool, { role: 'OWNER' })
    await createStaff(pool, { restaurantId, accountId: owner.id })
    const actor = { accountId: owner.id, address: null }
    const foreign = { noticeId: ask.noticeId, restaurantId, actor }
    expect(await sendRestaurantNotice(foreign)).toMatchObject({ reason: 'not-found' })
    expect(await sendNoticeAgain({ ...ask, actor })).toMatchObject({ reason: 'not-found' })
    expect(await sendNoticeAgain(ask)).toMatchObject({ ok: true })
  })
})
