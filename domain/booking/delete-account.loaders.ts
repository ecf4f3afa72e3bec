import { readPageVisitor } from '@/domain/identity/loaders'
import { previewLeaving } from './delete-account.queries'
import type { LeavingPreview } from './delete-account.types'

/** For whoever looks at the page. Null: nobody signed in. */
export async function loadLeavingPreview(): Promise<LeavingPreview | null> {
  const visitor = await readPageVisitor()
  return visitor && previewLeaving(visitor.accountId)
}
