import { readPageVisitor } from './loaders'
import { readOwnerStanding } from './owner-application-state.queries'
import type { OwnerStanding } from './owner-application-state.types'

/** Of whoever looks at a page. Null: nobody is signed in. */
export async function loadOwnerStanding(): Promise<OwnerStanding | null> {
  const visitor = await readPageVisitor()
  return visitor && readOwnerStanding(visitor.accountId)
}
