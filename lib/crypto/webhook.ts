import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'

export type SignedDelivery = { id: string; sentAtSeconds: number }

function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret)
}

/**
 * Whether a delivery was signed with one of our hook secrets, as standardwebhooks.com has it (Resend
 * and others sign this way; a relay in front of the rest does): `v1,` and the base64 HMAC-SHA256 of
 * id, timestamp and the body as it came. Null: it was not. Whether it is fresh and new is for the
 * database to say.
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
  const given = read('signature')
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice('v1,'.length), 'base64'))
  const isOurs = (env.MAIL_HOOK_SECRET ?? []).some((secret) => {
    const seal = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest()
    return given.some((each) => each.length === seal.length && timingSafeEqual(each, seal))
  })
  return isOurs ? { id, sentAtSeconds: Number(timestamp) } : null
}
