import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { askToConfirmAgain } from '@/domain/identity/account.commands'
import { confirmAddress } from '@/domain/identity/link-visit.commands'
import { findAccountOverview } from '@/domain/identity/queries'
import { drainOutbox } from '@/domain/notification/commands'
import { loadNoticeRecord } from '@/domain/notification/loaders'
import { sendSample } from '@/domain/notification/sample.commands'
import { mailKinds } from '@/domain/notification/types'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { queueConfirmed } from '@/tests/support/notices'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
})

describe('a notice’s recorded text', () => {
  it('is what was sent, without the links that grant access', async () => {
    const { id: noticeId, recipient, restaurantId, reservationId } = await queueConfirmed(pool)
    await drainOutbox()
    const record = await loadNoticeRecord({ noticeId, restaurantId })
    const [mail] = inbox.listMails(recipient)
    const token = signMailboxLink({ kind: 'cancel', id: reservationId, mailbox: recipient })
    expect(mail?.text).toContain(token)
    expect(record?.subject).toBe(mail?.subject)
    const squeezed = (text = '') => text.replaceAll(/\s+/g, ' ').trim()
    expect(squeezed(record?.text ?? '')).toBe(squeezed(mail?.text.replaceAll(token, '…')))
  })

  it('is closed to other restaurants, and open to admins', async () => {
    const { id: noticeId } = await queueConfirmed(pool)
    const other = await queueConfirmed(pool)
    const { restaurantId } = other
    expect(await loadNoticeRecord({ noticeId, restaurantId })).toBeNull()
    expect(await loadNoticeRecord({ noticeId, restaurantId: null })).toMatchObject({ id: noticeId })
  })

  it('is deleted with its reader’s account', async () => {
    const { id: noticeId } = await queueConfirmed(pool)
    await database.query(`UPDATE notices SET payload = '{}'`)
    expect(await loadNoticeRecord({ noticeId, restaurantId: null })).toMatchObject({ text: null })
  })
})

describe('a sample', () => {
  it('of every kind arrives at the admin who asks, and is in the history', async () => {
    const admin = await createAccount(pool, { role: 'ADMIN' })
    const actor = { accountId: admin.id, address: null }
    for (const kind of mailKinds)
      expect(await sendSample({ kind, language: 'en', actor })).toMatchObject({ ok: true })
    expect(await drainOutbox()).toMatchObject({ sent: mailKinds.length - 1, dead: 0 })
    expect(await drainOutbox({ isCrowd: true })).toMatchObject({ sent: 1, dead: 0 })
    expect(inbox.listMails(admin.email)).toHaveLength(mailKinds.length)
  })

  it('is sent to nobody else', async () => {
    const { id: accountId } = await createAccount(pool, { role: 'OWNER' })
    const asked = { kind: 'TICKET_CALLED' as const, language: 'ko' as const }
    expect(await sendSample({ ...asked, actor: { accountId, address: null } })).toMatchObject({
      reason: 'not-found',
    })
    expect(await database.query('SELECT FROM notices')).toEqual([])
  })
})

describe('an address that refuses mail', () => {
  it('is marked in its account, until a link mailed to it is used', async () => {
    const { id: accountId, email } = await createAccount(pool)
    const isMarked = async () => (await findAccountOverview(accountId))?.isMailRefused
    expect(await isMarked()).toBe(false)
    await database.query(
      `INSERT INTO mail_refusals (address, kind, reason, refused_at) VALUES ($1, 'BOUNCE', 'x', now() - interval '1 minute')`,
      [email],
    )
    expect(await isMarked()).toBe(true)

    expect(await askToConfirmAgain({ accountId, address: null })).toMatchObject({ ok: true })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    const token = /\/links\/([\w-]+)/.exec(inbox.listMails(email)[0]?.text ?? '')?.[1] ?? ''
    const pressed = await confirmAddress({ token, signUpId: null, address: null })
    expect(pressed).toMatchObject({ ok: true })
    expect(await isMarked()).toBe(false)
  })

  it('which accepts mail needs no new confirmation', async () => {
    const { id: accountId } = await createAccount(pool)
    await askToConfirmAgain({ accountId, address: null })
    expect(await database.query('SELECT FROM notices')).toEqual([])
  })
})
