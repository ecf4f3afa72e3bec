import { timingSafeEqual } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { env } from '@/lib/env'

export type SignedDelivery = { id: string; sentAtSeconds: number }

function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret)
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/**
 * Reads a delivery signed with one of our hook secrets as standardwebhooks.com specifies. Resend
 * and others sign this way; for the rest a relay in front does. Null: the signature is missing or
 * wrong. The library only signs here: its `verify` would judge the timestamp by this server's
 * clock, and ours is judged by the database's.
 */
export function readSignedDelivery({
  headers,
  body,
}: {
  headers: Headers
  body: string
}): SignedDelivery | null {
  const read = (name: string) => headers.get(`webhook-${name}`) ?? headers.get(`svix-${name}`) ?? ''
  const id = read('id')
  const timestamp = read('timestamp')
  if (!/^[\w.-]{1,200}$/.test(id) || !/^\d{10}$/.test(timestamp)) return null
  const sentAtSeconds = Number(timestamp)
  const sentAt = new Date(sentAtSeconds * 1000)
  const given = read('signature').split(' ')
  const isOurs = (env.MAIL_HOOK_SECRET ?? []).some((secret) => {
    const signature = new Webhook(keyOf(secret), { format: 'raw' }).sign(id, sentAt, body)
    return given.some((each) => isSame(each, signature))
  })
  return isOurs ? { id, sentAtSeconds } : null
}
