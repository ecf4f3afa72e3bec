import type { ReactNode } from 'react'
import { linkToSearch } from '@/components/restaurant/search-address'
import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import type { Restaurant } from '@/domain/restaurant/types'
import { USUAL_PARTY } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { RestaurantList } from './restaurant-list'
import { FreeTitle, NoneFree, TonightAsOf } from './tonight-as-of'

type Told = { locale: Locale; words: Messages['booking'] }

/**
 * Restaurants with bookings about to open, restaurants with free tables, and others. Needs a
 * TonightProvider.
 */
export function LandingLists({
  opening,
  free,
  others,
  ...told
}: Told & { opening: Restaurant[]; free: Restaurant[]; others: Restaurant[] }) {
  const { locale, words } = told
  const party = { partySize: USUAL_PARTY, isFreeOnly: false }
  return (
    <>
      {opening.length > 0 && (
        <Section id="opening" title={words.home.opening} lead={words.home.openingText}>
          <RestaurantList restaurants={opening} heading="h3" {...told} />
        </Section>
      )}
      <Section
        id="free"
        title={<FreeTitle locale={locale} words={words.home} />}
        lead={
          free.length > 0 ? (
            <TonightAsOf locale={locale} words={words.tonight} />
          ) : (
            <NoneFree locale={locale} words={words} />
          )
        }
      >
        <RestaurantList restaurants={free} heading="h3" {...told} />
      </Section>
      {others.length > 0 && (
        <Section id="others" title={words.home.others}>
          <RestaurantList restaurants={others} heading="h3" {...told} />
        </Section>
      )}
      <PageLink
        href={linkToSearch(party)}
        locale={locale}
        className={styleButton({ tone: 'outline' })}
      >
        {words.home.all}
      </PageLink>
    </>
  )
}

function Section({
  id,
  title,
  lead,
  children,
}: {
  id: string
  title: ReactNode
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      {/* On a phone the lead has its own line, because a live reading makes it shorter. */}
      <div className="flex flex-col gap-x-4 gap-y-1 md:flex-row md:items-baseline md:justify-between">
        <h2 id={id} className="text-20 font-bold">
          {title}
        </h2>
        {lead && <div className="text-15 text-quiet">{lead}</div>}
      </div>
      {children}
    </section>
  )
}
