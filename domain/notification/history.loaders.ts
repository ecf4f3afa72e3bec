import { readAsAdmin } from '@/domain/identity/admin.loaders'
import { ADMIN_TIME_ZONE } from '@/domain/identity/admin.rules'
import { findPersonByWord } from '@/domain/identity/people.queries'
import { listNotices } from './history.queries'
import { noticeQuery } from './history.schema'
import { loadNoticeRecord } from './record.loaders'

/** One page of everybody's notices as an address asks for it. Null: no admin looks. */
export function loadEveryNotice(given: unknown) {
  return readAsAdmin(async () => {
    const query = noticeQuery.parse(given)
    const person = query.person ? await findPersonByWord(query.person) : null
    if (query.person && !person) return { items: [], nextCursor: null, query, record: null }
    const of = { accountId: person?.id ?? null, restaurantId: null }
    const [page, record] = await Promise.all([
      listNotices({ ...of, timeZone: ADMIN_TIME_ZONE, query }),
      loadNoticeRecord({ noticeId: query.shown, restaurantId: null }),
    ])
    return { ...page, query, record }
  })
}
