import { z } from 'zod'
import { readPageVisitor } from '@/domain/identity/loaders'
import { findCheckIn } from './check-in.queries'
import type { CheckIn } from './check-in.types'

const reservationId = z.uuid()

/** Where a code that a phone's own camera has read leads to. NOT_FOUND: for whoever looks, nowhere. */
export async function loadCheckIn(
  id: string,
): Promise<
  { state: 'SIGNED_OUT' } | { state: 'NOT_FOUND' } | { state: 'FOUND'; checkIn: CheckIn }
> {
  const visitor = await readPageVisitor()
  if (!visitor) return { state: 'SIGNED_OUT' }
  const asked = reservationId.safeParse(id)
  if (!asked.success) return { state: 'NOT_FOUND' }
  const found = await findCheckIn({ reservationId: asked.data, accountId: visitor.accountId })
  return found.ok ? { state: 'FOUND', checkIn: found.value } : { state: 'NOT_FOUND' }
}
