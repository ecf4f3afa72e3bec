import { readAsAdmin } from '@/domain/identity/admin.loaders'
import { readOutboxFigures } from '@/domain/notification/history.queries'
import { listOwnerRequests } from '@/domain/restaurant/owner-approval.queries'
import { readTodayFigures } from './overview.queries'
import type { Overview } from './overview.types'

/** What an admin should know first. Null: no admin looks. */
export function loadOverview(): Promise<Overview | null> {
  return readAsAdmin(async () => {
    const [{ asOf, ...today }, outbox, { items: owners }] = await Promise.all([
      readTodayFigures(),
      readOutboxFigures(),
      listOwnerRequests({ state: 'WAITING', cursor: null, limit: 5 }),
    ])
    return { asOf, today, outbox, owners }
  })
}
