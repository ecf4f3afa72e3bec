import { listNotices } from '@/domain/notification/history/queries'
import { noticeQuery } from '@/domain/notification/history/schema'
import { maskAddress } from '@/domain/notification/rules'
import { readDaySheetWish } from './queries'

/**
 * One page of what a restaurant's people were told, with masked addresses, and whether the owner who
 * looks wants the sheet of the day. Whoever asks has been let in already.
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
  const [page, wantsSheet] = await Promise.all([
    listNotices({
      ...{ accountId: null, restaurantId: restaurant.id, timeZone: restaurant.timeZone },
      query,
    }),
    readDaySheetWish({ accountId, restaurantId: restaurant.id }),
  ])
  const items = page.items.map((line) => ({ ...line, recipient: maskAddress(line.recipient) }))
  return { items, nextCursor: page.nextCursor, query, wantsSheet }
}
