import { z } from 'zod'
import { type Result, refuse, succeed } from '@/lib/problems/result'

/** Visible ASCII, so that the key looks the same in every log and header. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,200}$/)

/** `Idempotency-Key` where it is required. Refuses `invalid`. */
export function requireIdempotencyKey(headers: Headers): Result<string, 'invalid'> {
  const key = idempotencyKey.safeParse(headers.get('idempotency-key'))
  return key.success
    ? succeed(key.data)
    : refuse('invalid', { fields: [{ field: 'Idempotency-Key', code: 'required' }] })
}

/**
 * `Idempotency-Key` where it is optional. Null: the client won't retry the request. Refuses
 * `invalid`.
 */
export function readIdempotencyKey(headers: Headers): Result<string | null, 'invalid'> {
  const given = headers.get('idempotency-key')
  if (given === null) return succeed(null)
  const key = idempotencyKey.safeParse(given)
  return key.success
    ? succeed(key.data)
    : refuse('invalid', { fields: [{ field: 'Idempotency-Key', code: 'invalid_format' }] })
}

const attempt = z.coerce.number().int().min(1).max(1_000).catch(1)

/** `Idempotency-Attempt`, the number of times a page has already sent this request. */
export function readAttempt(headers: Headers): number {
  return attempt.parse(headers.get('idempotency-attempt') ?? 1)
}
