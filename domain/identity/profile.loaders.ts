import { readPageVisitor } from './loaders'
import { findAccountOverview } from './profile.queries'
import type { AccountOverview } from './profile.types'

/** The account of whoever looks at the page. Null: nobody signed in. */
export async function loadOwnAccount(): Promise<AccountOverview | null> {
  const visitor = await readPageVisitor()
  return visitor && findAccountOverview(visitor.accountId)
}
