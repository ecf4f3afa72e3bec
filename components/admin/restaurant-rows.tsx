import { Mark, type MarkTone } from '@/components/ui/facts'
import { RowLink, Rows } from '@/components/ui/paged-list'
import type { RestaurantLine, RestaurantState } from '@/domain/restaurant/directory.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['admin']['restaurants']

const tones: Record<RestaurantState, MarkTone> = {
  PUBLISHED: 'confirmed',
  DRAFT: 'waiting',
  HIDDEN: 'refusal',
  DELETED: 'quiet',
}

export function RestaurantMarks({
  restaurant,
  words,
}: {
  restaurant: RestaurantLine
  words: Words
}) {
  return (
    <>
      {!restaurant.bookingsOn && <Mark tone="quiet">{words.bookingsOff}</Mark>}
      <Mark tone={tones[restaurant.state]}>{words.states[restaurant.state]}</Mark>
    </>
  )
}

export function nameRestaurant({
  restaurant,
  locale,
}: {
  restaurant: { name: string; nameEn: string | null }
  locale: Locale
}): string {
  return (locale === 'en' && restaurant.nameEn) || restaurant.name
}

export function RestaurantRows({
  restaurants,
  locale,
  words,
}: {
  restaurants: RestaurantLine[]
  locale: Locale
  words: Words
}) {
  return (
    <Rows>
      {restaurants.map((restaurant) => (
        <RowLink
          key={restaurant.id}
          href={`/admin/restaurants/${restaurant.id}`}
          locale={locale}
          title={<bdi>{nameRestaurant({ restaurant, locale })}</bdi>}
          aside={<RestaurantMarks restaurant={restaurant} words={words} />}
        >
          {[restaurant.slug, restaurant.region, restaurant.owners.join(', ') || words.noOwner].join(
            ' · ',
          )}
        </RowLink>
      ))}
    </Rows>
  )
}
