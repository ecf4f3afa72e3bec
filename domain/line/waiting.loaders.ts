import { readPageVisitor } from '@/domain/identity/loaders'
import { readWaiting } from './waiting.queries'
import type { Waiting } from './waiting.types'

/** Null: the restaurant has no line, or whoever looks is not of its staff. */
export async function loadWaiting(restaurantId: string): Promise<Waiting | null> {
  const visitor = await readPageVisitor()
  if (!visitor) return null
  const waiting = await readWaiting({ restaurantId, accountId: visitor.accountId })
  return waiting.ok ? waiting.value : null
}
