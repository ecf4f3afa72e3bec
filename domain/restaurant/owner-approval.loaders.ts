import { readAsAdmin } from '@/domain/identity/admin.loaders'
import { readDatabaseClock } from '@/lib/db/clock'
import { listAbandonedBy, listOwnerRequests } from './owner-approval.queries'
import { ownerListQuery } from './owner-approval.schema'

/** One page of owners as an address asks for it. Null: no admin looks. */
export function loadOwners(given: unknown) {
  return readAsAdmin(async () => {
    const query = ownerListQuery.parse(given)
    const [page, now] = await Promise.all([listOwnerRequests(query), readDatabaseClock()])
    const approved = page.items.filter(({ state }) => state === 'APPROVED').map(({ id }) => id)
    const abandoned = approved.length > 0 ? await listAbandonedBy(approved) : []
    const hides = new Map(abandoned.map(({ accountId, restaurants }) => [accountId, restaurants]))
    const items = page.items.map((owner) => ({ ...owner, alone: hides.get(owner.id) ?? [] }))
    return { ...page, items, query, asOf: now.toISOString() }
  })
}
