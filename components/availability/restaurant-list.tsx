import { RestaurantMarks } from '@/components/restaurant/restaurant-marks'
import {
  describeRestaurant,
  nameRestaurant,
  placeRestaurant,
} from '@/components/restaurant/restaurant-words'
import { PageLink } from '@/components/ui/page-link'
import type { Restaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { TonightLine } from './tonight-line'

type Told = {
  locale: Locale
  words: Messages['booking']
  /** One level below the heading above the list. */
  heading: 'h2' | 'h3'
}

/** Needs a TonightProvider, which knows the free tables. */
export function RestaurantList({
  restaurants,
  ...told
}: Told & {
  restaurants: Restaurant[]
}) {
  return (
    <ul className="grid gap-3 md:grid-cols-2 lg:grid-cols-3 lg:gap-4">
      {restaurants.map((restaurant) => (
        <li key={restaurant.id}>
          <RestaurantCard restaurant={restaurant} {...told} />
        </li>
      ))}
    </ul>
  )
}

/** The whole card can be tapped; only its name is the link. */
function RestaurantCard({
  restaurant,
  locale,
  words,
  heading: Heading,
}: Told & { restaurant: Restaurant }) {
  const name = nameRestaurant({ restaurant, locale })
  const description = describeRestaurant({ restaurant, locale })
  return (
    <article className="relative flex h-full flex-col gap-2 rounded-card border border-line bg-raised p-5 transition-colors hover:border-ink has-focus-visible:border-ink">
      <div className="flex grow items-start gap-4">
        <div className="flex min-w-0 grow flex-col gap-2">
          <div className="flex items-start justify-between gap-3">
            <Heading className="text-20 leading-tight font-bold" lang={name.lang}>
              <PageLink
                href={`/restaurants/${restaurant.slug}`}
                locale={locale}
                className="text-ink no-underline after:absolute after:inset-0 after:rounded-card"
              >
                {name.text}
              </PageLink>
            </Heading>
            {/* Everything else unusual about the restaurant is in the last line. */}
            {restaurant.sameDayOnly && (
              <RestaurantMarks restaurant={restaurant} words={words.marks} />
            )}
          </div>
          <p className="text-15 text-quiet">{placeRestaurant({ restaurant, words })}</p>
          <p className="line-clamp-2 text-15" lang={description.lang}>
            {description.text}
          </p>
        </div>
        <Thumbnail picture={restaurant.picture} />
      </div>
      <TonightLine
        restaurantId={restaurant.id}
        slug={restaurant.slug}
        locale={locale}
        words={words.tonight}
      />
    </article>
  )
}

/**
 * Decorative, because the card already says it all; a picture that fails to load leaves its space.
 */
function Thumbnail({ picture }: Pick<Restaurant, 'picture'>) {
  if (!picture) return null
  return (
    // biome-ignore lint/performance/noImgElement: we neither resize nor cache other sites' pictures
    <img
      src={picture.url}
      alt=""
      width={96}
      height={96}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      className="size-24 shrink-0 rounded-small bg-line object-cover"
    />
  )
}
