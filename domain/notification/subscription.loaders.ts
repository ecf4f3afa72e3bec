import { readPageVisitor } from '@/domain/identity/loaders'
import { readPushState } from './subscription.queries'
import type { PushState } from './subscription.types'

/** Of whoever looks at the page. Null: nobody signed in. */
export async function loadOwnPushState(): Promise<PushState | null> {
  const visitor = await readPageVisitor()
  return visitor && readPushState(visitor.accountId)
}
