import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { POST } from '@/app/api/hooks/mail/route'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { queueConfirmed, readNotice } from '@/tests/support/notices'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

interface Delivery {
  id?: string
  ageSeconds?: number
  secret?: string
  body?: string
  /** Sent in place of the body after it was signed. */
  tampered?: string
  prefix?: 'webhook' | 'svix'
}

function deliver(given: Delivery & { headers?: Record<string, string> }): Promise<Response> {
  const { id = randomUUID(), ageSeconds = 0, secret = process.env.MAIL_HOOK_SECRET ?? '' } = given
  const { body = '{}', prefix = 'webhook' } = given
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds)
  const seal = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = given.headers ?? {
    [`${prefix}-id`]: id,
    [`${prefix}-timestamp`]: timestamp,
    [`${prefix}-signature`]: `v1,${seal}`,
  }
  const request = new Request('http://localhost:3000/api/hooks/mail', {
    method: 'POST',
    headers,
    body: given.tampered ?? body,
  })
  return POST(request, { params: Promise.resolve({}) })
}

const bounceOf = (address: string, noticeId?: string) =>
  JSON.stringify([
    {
      event: 'bounce',
      type: 'bounce',
      email: address,
      reason: '550 no such user',
      ...(noticeId && { 'smtp-id': `<notice-${noticeId}@bobjool.test>` }),
    },
  ])
const countRefusals = async () => (await database.query('SELECT FROM mail_refusals')).length

describe('a provider’s report', () => {
  it('marks the bounced notice, and its address gets no more mail, which staff can see', async () => {
    const { id, recipient, reservationId } = await queueConfirmed(pool)
    await drainOutbox()
    expect((await deliver({ body: bounceOf(recipient.toUpperCase(), id) })).status).toBe(200)
    expect(await database.query('SELECT bounced_at FROM notices WHERE id = $1', [id])).toEqual([
      { bounced_at: expect.any(Date) },
    ])
    const event = await database.query<{ id: string }>('SELECT id FROM audit_events LIMIT 1')
    const queue = async (kind: string) => {
      await database.query('SELECT queue_reservation_notice($1, $2, $3, now())', [
        reservationId,
        event[0]?.id,
        kind,
      ])
      const [row] = await database.query<{ id: string }>(
        'SELECT id FROM notices ORDER BY ordinal DESC LIMIT 1',
      )
      return row?.id ?? ''
    }
    const later = await queue('RESERVATION_SOON')
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    expect(await readNotice(pool, later)).toMatchObject({
      state: 'DEAD',
      lastError: 'the address refuses mail',
      droppedBecause: null,
    })

    const [account] = await database.query<{ id: string }>(
      'SELECT id FROM accounts WHERE email = $1',
      [recipient],
    )
    await database.query(
      `INSERT INTO account_links (account_id, purpose, email, created_at, expires_at, used_at)
       VALUES ($1, 'CONFIRM_ADDRESS', $2, now() - interval '1 hour', now() + interval '1 hour', now() + interval '1 second')`,
      [account?.id, recipient],
    )
    await queue('RESERVATION_TOMORROW')
    await database.query(
      `UPDATE reservations SET service_date = service_date + 2, starts_at = starts_at + interval '2 days', ends_at = ends_at + interval '2 days'`,
    )
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
  })

  it('still lets through mail just asked for, so that the address can be confirmed again', async () => {
    const { id, recipient } = await queueConfirmed(pool)
    await deliver({ body: bounceOf(recipient) })
    await database.query(
      `UPDATE notices SET kind = 'CONFIRM_ADDRESS', payload = $2 WHERE id = $1`,
      [
        id,
        {
          accountName: 'a',
          email: recipient,
          linkId: randomUUID(),
          expiresAt: '2026-12-24T00:00:00.000Z',
        },
      ],
    )
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
  })

  it('is accepted as Resend signs it', async () => {
    expect((await deliver({ prefix: 'svix', body: bounceOf('a@b.test') })).status).toBe(200)
    expect(await countRefusals()).toBe(1)
  })

  it('counts once when it comes twice, even both at once', async () => {
    const id = randomUUID()
    const body = bounceOf('a@b.test')
    await Promise.all([deliver({ id, body }), deliver({ id, body })])
    await database.query('DELETE FROM mail_refusals')
    expect((await deliver({ id, body })).status).toBe(200)
    expect(await countRefusals()).toBe(0)
  })
})

describe('what is not a report', () => {
  it.each<[string, Delivery & { headers?: Record<string, string> }]>([
    ['without a signature', { headers: {} }],
    ['signed by somebody else', { secret: 'another-secret-of-somebody' }],
    ['changed on its way', { tampered: bounceOf('victim@b.test') }],
    ['kept for an hour', { ageSeconds: 3600, body: bounceOf('a@b.test') }],
    ['from the future', { ageSeconds: -3600, body: bounceOf('a@b.test') }],
    ['with an id that is none', { id: 'a'.repeat(201) }],
  ])('G19: %s finds no such address, and changes nothing', async (_, given) => {
    expect((await deliver({ body: bounceOf('a@b.test'), ...given })).status).toBe(404)
    expect(await countRefusals()).toBe(0)
  })

  it('of ten megabytes is not read to its end', async () => {
    expect((await deliver({ body: ' '.repeat(10_000_000) })).status).toBe(413)
  })

  it.each(['{', '[]', '{"type":"email.sent"}', '{"__proto__":{}}'])(
    'signed, but %s: nothing is recorded',
    async (body) => {
      expect((await deliver({ body })).status).toBeLessThan(500)
      expect(await countRefusals()).toBe(0)
    },
  )
})
