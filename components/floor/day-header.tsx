import clsx from 'clsx'
import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import type { StaffRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { RestaurantSelect } from './restaurant-select'

export type Heading = {
  restaurant: StaffRestaurant
  restaurants: StaffRestaurant[]
  /** There are more restaurants than the list holds. */
  hasMore: boolean
  locale: Locale
  words: Messages['owner']
}

export function nameRestaurant({
  restaurant,
  locale,
}: {
  restaurant: Pick<StaffRestaurant, 'name' | 'nameEn'>
  locale: Locale
}): string {
  return (locale === 'en' && restaurant.nameEn) || restaurant.name
}

/**
 * Names the board's restaurant; staff of several restaurants switch here. The settings are under
 * the board's "more" button, where they take no height from the evening.
 */
export function RestaurantHeading({
  restaurant,
  restaurants,
  hasMore,
  locale,
  words,
  isOnBoard = false,
}: Heading & { isOnBoard?: boolean }) {
  const name = nameRestaurant({ restaurant, locale })
  const isListed = restaurants.some(({ id }) => id === restaurant.id)
  const options = isListed ? restaurants : [restaurant, ...restaurants]
  const isOnlyOne = options.length === 1
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3">
      <h1
        className={clsx(
          'text-28 leading-tight font-bold',
          // Room for what hangs below the line, which is cut with the rest of a long name.
          isOnBoard && isOnlyOne && 'lg:-mb-1 lg:w-full lg:truncate lg:pb-1 lg:text-20',
          !isOnlyOne && 'not-print:sr-only',
        )}
      >
        {name}
        <span className="sr-only"> {words.title}</span>
      </h1>
      {!isOnlyOne && (
        <RestaurantSelect
          label={words.restaurant}
          value={restaurant.slug}
          options={options.map((option) => ({
            slug: option.slug,
            name: nameRestaurant({ restaurant: option, locale }),
          }))}
          more={hasMore && restaurant.role === 'ADMIN' ? words.otherRestaurants : null}
          locale={locale}
        />
      )}
      {restaurant.role !== 'STAFF' && !isOnBoard && (
        <PageLink
          href={`/owner/${restaurant.slug}`}
          locale={locale}
          className={styleButton({ tone: 'quiet' })}
        >
          {words.settings}
        </PageLink>
      )}
    </div>
  )
}
