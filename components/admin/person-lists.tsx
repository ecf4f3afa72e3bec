import { NoticeRows } from '@/components/notification/notice-rows'
import { Part } from '@/components/ui/facts'
import { Pager } from '@/components/ui/paged-list'
import type { ReservationLine } from '@/domain/booking/search.schema'
import type { NoticeLine } from '@/domain/notification/history.schema'
import type { RestaurantLine } from '@/domain/restaurant/directory.schema'
import type { Page } from '@/lib/db/cursor'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { Nothing } from './audit-log-part'
import { ReservationRows } from './reservation-rows'
import { RestaurantRows } from './restaurant-rows'

type Told = {
  path: string
  /** The cursors of the two lists. */
  query: { reservations: string | null; notices: string | null }
  locale: Locale
  words: Messages['admin']
}

/** A person's workplaces, reservations and notices. */
export function PersonLists({
  restaurants,
  booked,
  told,
  ...place
}: Told & {
  restaurants: RestaurantLine[]
  booked: Page<ReservationLine>
  told: Page<NoticeLine>
}) {
  const { locale, words } = place
  const { people: say, list } = words
  return (
    <>
      <Part id="restaurants" title={say.restaurants}>
        {restaurants.length > 0 ? (
          <RestaurantRows restaurants={restaurants} locale={locale} words={words.restaurants} />
        ) : (
          <Nothing text={say.noRestaurants} />
        )}
      </Part>
      <Part id="reservations" title={say.reservations}>
        {booked.items.length > 0 ? (
          <ReservationRows reservations={booked.items} locale={locale} words={words.reservations} />
        ) : (
          <Nothing text={say.noReservations} />
        )}
        <Pager {...place} field="reservations" nextCursor={booked.nextCursor} words={list} />
      </Part>
      <Part id="notices" title={say.notices}>
        {told.items.length > 0 ? (
          <NoticeRows notices={told.items} locale={locale} words={words.notices} />
        ) : (
          <Nothing text={say.noNotices} />
        )}
        <Pager {...place} field="notices" nextCursor={told.nextCursor} words={list} />
      </Part>
    </>
  )
}
