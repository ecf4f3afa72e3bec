import { readFileSync } from 'node:fs'
import { simpleParser } from 'mailparser'
import { createTransport } from 'nodemailer'
import type { Pool } from 'pg'
import { drainOutbox } from '@/domain/notification/commands'
import { env } from '@/lib/env'
import { closeMail, MAIL_CONNECTIONS } from '@/lib/mail/mail'

const KIND = 'RESERVATION_CONFIRMED'
const RESTAURANTS = 50
const PAYLOAD = {
  reservationId: '0b0e7c1e-6c1c-4b53-9d6c-0a5c3f6f2f10',
  serviceDate: '2026-12-04',
  startsAt: '2026-12-04T10:00:00.000Z',
  endsAt: '2026-12-04T11:30:00.000Z',
  partySize: 2,
  note: '창가 자리면 좋겠어요.',
  sequence: 0,
  dinerName: '김하늘',
  restaurant: {
    slug: 'friday',
    name: '금요식당',
    nameEn: 'Friday Table',
    phone: '02-462-1234',
    address: '서울 성동구 성수이로7길 12',
    timeZone: 'Asia/Seoul',
  },
}

/** That many confirmations over fifty restaurants, each about a reservation of its own. */
export async function fillOutbox({ pool, count }: { pool: Pool; count: number }): Promise<void> {
  await pool.query('TRUNCATE notices, audit_events')
  await pool.query(
    `WITH event AS (
       INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
       VALUES ('SERVICE', 'RESERVATION', gen_random_uuid(), 'TELL', 'CONFIRMED') RETURNING id),
     restaurants AS (SELECT array_agg(gen_random_uuid()) AS ids FROM generate_series(1, ${RESTAURANTS}))
     INSERT INTO notices (event_id, kind, restaurant_id, subject_id, recipient, locale, payload)
     SELECT event.id, $2, restaurants.ids[1 + n % ${RESTAURANTS}], gen_random_uuid(), n || '@bobjool.test', 'ko', $3
       FROM event, restaurants, generate_series(1, $1::int) AS n`,
    [count, KIND, JSON.stringify(PAYLOAD)],
  )
  await pool.query('ANALYZE notices')
}

/** Ours, from the outbox to the last notice recorded as sent; notices per second. */
export async function measureOutbox({ pool, count }: { pool: Pool; count: number }) {
  await fillOutbox({ pool, count })
  const startedAtMs = performance.now()
  const { sent } = await drainOutbox({ limit: count, deadlineMs: 600_000 })
  const seconds = (performance.now() - startedAtMs) / 1000
  closeMail()
  if (sent !== count) throw new Error(`expected ${count} notices to be sent, ${sent} were`)
  return count / seconds
}

/** The mail server's copy of the first notice, for the side that writes it in advance. */
export async function readMail(file: string) {
  const { subject, html, text, attachments } = await simpleParser(readFileSync(file))
  return {
    subject: subject ?? '',
    html: html || '',
    text: text ?? '',
    attachments: attachments.map(({ filename = '', content, contentType }) => ({
      filename,
      content,
      contentType,
    })),
  }
}

/**
 * nodemailer with the same pool and as many mails of the same size, written beforehand; mails per
 * second.
 */
export async function measureMailer({
  mail,
  count,
}: {
  mail: Awaited<ReturnType<typeof readMail>>
  count: number
}) {
  const transport = createTransport({
    pool: true,
    url: env.SMTP_URL,
    maxConnections: MAIL_CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
  })
  let left = count
  const sendInTurn = async () => {
    while (left > 0) {
      left -= 1
      await transport.sendMail({
        ...mail,
        from: env.MAIL_FROM,
        to: `${left}@bobjool.test`,
      })
    }
  }
  const startedAtMs = performance.now()
  await Promise.all(Array.from({ length: MAIL_CONNECTIONS }, sendInTurn))
  const seconds = (performance.now() - startedAtMs) / 1000
  transport.close()
  return count / seconds
}
