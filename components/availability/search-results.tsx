import { linkToSearch, type Search } from '@/components/restaurant/search-address'
import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { Tonight } from '@/domain/availability/tonight.schema'
import type { RestaurantPage } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { RestaurantList } from './restaurant-list'
import { TonightAsOf } from './tonight-as-of'
import { TonightProvider } from './tonight-provider'

type Told = { search: Search; locale: Locale; words: Messages['booking'] }

export function SearchResults({
  found,
  isFirstPage,
  ...told
}: Told & {
  found: RestaurantPage & { tonight: Tonight }
  isFirstPage: boolean
}) {
  const { items, nextCursor, tonight } = found
  const { search, locale, words } = told
  if (items.length === 0) return <NothingFound {...told} />
  return (
    <TonightProvider first={tonight} isFresh>
      <TonightAsOf locale={locale} words={words.tonight} />
      <RestaurantList restaurants={items} heading="h2" locale={locale} words={words} />
      <nav aria-label={words.search.pages} className="flex flex-wrap gap-2">
        {!isFirstPage && (
          <PageLink
            href={linkToSearch(search)}
            locale={locale}
            className={styleButton({ tone: 'quiet' })}
          >
            {words.search.first}
          </PageLink>
        )}
        {nextCursor && (
          <PageLink
            href={linkToSearch(search, nextCursor)}
            locale={locale}
            className={styleButton({ tone: 'outline' })}
          >
            {words.search.next}
          </PageLink>
        )}
      </nav>
    </TonightProvider>
  )
}

/** Offers to remove each filter with one tap, the most likely culprit first. */
function NothingFound({ search, locale, words: { search: words } }: Told) {
  const { keyword, category, region, partySize, isFreeOnly } = search
  const everything = { partySize, isFreeOnly: false }
  const isNarrowed = keyword !== undefined && (category !== undefined || region !== undefined)
  return (
    <EmptyState title={isFreeOnly ? fillIn(words.noneFree, { count: partySize }) : words.none}>
      <p className="text-quiet">{isFreeOnly ? words.noneFreeText : words.noneText}</p>
      <div className="flex flex-wrap justify-center gap-2">
        {isFreeOnly && (
          <PageLink
            href={linkToSearch({ ...search, isFreeOnly: false })}
            locale={locale}
            className={styleButton()}
          >
            {words.withoutFree}
          </PageLink>
        )}
        {!isFreeOnly && isNarrowed && (
          <PageLink
            href={linkToSearch({ ...everything, keyword })}
            locale={locale}
            className={styleButton()}
          >
            {words.withoutFilters}
          </PageLink>
        )}
        <PageLink
          href={linkToSearch(everything)}
          locale={locale}
          className={styleButton({ tone: 'outline' })}
        >
          {words.showAll}
        </PageLink>
      </div>
    </EmptyState>
  )
}
