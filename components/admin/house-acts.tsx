import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { House } from '@/domain/restaurant/directory.schema'
import { hideRestaurant, restoreRestaurant } from '@/domain/restaurant/visibility.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { ActButton } from './act-button'
import { pickActWords } from './act-words'
import { nameHouse } from './house-rows'

type Told = { house: House; locale: Locale; words: Messages['admin'] }

/** Where one looks at it, as its staff and as its guests. */
export function HouseLinks({ house, locale, words }: Told) {
  const links: [string, string][] = [
    [`/owner?restaurant=${house.slug}`, words.houses.board],
    [`/owner/${house.slug}`, words.houses.settings],
    [`/admin/reservations?restaurant=${house.slug}`, words.houses.reservations],
  ]
  if (house.state === 'PUBLISHED') links.push([`/restaurants/${house.slug}`, words.houses.page])
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

/** Hides it, or shows it again; asks first, with what follows. */
export function HouseVisibility({ house, upcoming, locale, words }: Told & { upcoming: number }) {
  const say = words.houses
  const name = nameHouse({ house, locale })
  const told = {
    ...{ locale, working: say.working, words: pickActWords(words) },
    input: { restaurantId: house.id },
  }
  if (house.state === 'PUBLISHED')
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
  if (house.state !== 'HIDDEN') return null
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
