import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whether a request carries the cron job's bearer secret; compared in constant time. */
export function isCron(headers: Headers): boolean {
  if (!env.CRON_SECRET) return false
  return timingSafeEqual(
    digest(headers.get('authorization') ?? ''),
    digest(`Bearer ${env.CRON_SECRET}`),
  )
}
