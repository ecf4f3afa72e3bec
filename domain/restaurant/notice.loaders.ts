import { listNotices } from '@/domain/notification/history.queries'
import { noticeQuery } from '@/domain/notification/history.schema'
import { loadNoticeRecord } from '@/domain/notification/record.loaders'
import { hideAddresses, isAddressed, maskAddress } from '@/domain/notification/rules'
import { readDaySheetWish } from './notice.queries'
import { readSlackState } from './slack.queries'

/**
 * One page of what a restaurant's people were told, with masked addresses, whether the owner who
 * looks wants the sheet of the day, and whether there is a Slack. Whoever asks has been let in already.
 */
export async function loadHouseNotices({
  restaurant,
  accountId,
  given,
}: {
  restaurant: { id: string; timeZone: string }
  accountId: string
  given: unknown
}) {
  const query = { ...noticeQuery.parse(given), person: null }
  const [page, wantsSheet, slack, record] = await Promise.all([
    listNotices({
      ...{ accountId: null, restaurantId: restaurant.id, timeZone: restaurant.timeZone },
      query,
    }),
    readDaySheetWish({ accountId, restaurantId: restaurant.id }),
    readSlackState(restaurant.id),
    loadNoticeRecord({ noticeId: query.shown, restaurantId: restaurant.id }),
  ])
  const items = page.items.map((line) => ({
    ...line,
    recipient: isAddressed(line) ? maskAddress(line.recipient) : '',
    // A mail server repeats the address that it refuses.
    lastError: line.lastError && hideAddresses(line.lastError),
  }))
  return { items, nextCursor: page.nextCursor, query, wantsSheet, slack, record }
}
