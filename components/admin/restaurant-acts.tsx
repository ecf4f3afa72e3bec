import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { Restaurant } from '@/domain/restaurant/directory.schema'
import { hideRestaurant, restoreRestaurant } from '@/domain/restaurant/visibility.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { ActButton } from './act-button'
import { pickActWords } from './act-words'
import { nameRestaurant } from './restaurant-rows'

type Told = { restaurant: Restaurant; locale: Locale; words: Messages['admin'] }

/** Links to the restaurant as its staff and as its guests see it. */
export function RestaurantLinks({ restaurant, locale, words }: Told) {
  const links: [string, string][] = [
    [`/owner?restaurant=${restaurant.slug}`, words.restaurants.board],
    [`/owner/${restaurant.slug}`, words.restaurants.settings],
    [`/admin/reservations?restaurant=${restaurant.slug}`, words.restaurants.reservations],
  ]
  if (restaurant.state === 'PUBLISHED')
    links.push([`/restaurants/${restaurant.slug}`, words.restaurants.page])
  return (
    <div className="flex flex-wrap gap-2">
      {links.map(([href, label]) => (
        <PageLink
          key={href}
          href={href}
          locale={locale}
          className={styleButton({ tone: 'outline' })}
        >
          {label}
        </PageLink>
      ))}
    </div>
  )
}

/** Hides the restaurant or shows it again, after explaining the consequences. */
export function RestaurantVisibility({
  restaurant,
  upcoming,
  locale,
  words,
}: Told & { upcoming: number }) {
  const say = words.restaurants
  const name = nameRestaurant({ restaurant, locale })
  const told = {
    locale,
    working: say.working,
    words: pickActWords(words),
    input: { restaurantId: restaurant.id },
  }
  if (restaurant.state === 'PUBLISHED')
    return (
      <ActButton
        act={hideRestaurant}
        label={say.hide}
        done={fillIn(say.hidden, { name })}
        tone="danger"
        asking={{
          title: fillIn(say.hideTitle, { name }),
          text: <p>{fillIn(say.hideText, { count: upcoming })}</p>,
          yes: say.hideYes,
          needsReason: true,
        }}
        {...told}
      />
    )
  if (restaurant.state !== 'HIDDEN') return null
  return (
    <ActButton
      act={restoreRestaurant}
      label={say.restore}
      done={fillIn(say.restored, { name })}
      asking={{
        title: fillIn(say.restoreTitle, { name }),
        text: <p>{say.restoreText}</p>,
        yes: say.restoreYes,
        needsReason: true,
      }}
      {...told}
    />
  )
}
