import type { Metadata } from 'next'
import { SearchResults } from '@/components/availability/search-results'
import { RestaurantSearch } from '@/components/restaurant/restaurant-search'
import { nameSearch } from '@/components/restaurant/restaurant-words'
import { FREE_TODAY } from '@/components/restaurant/search-address'
import { SearchFilters } from '@/components/restaurant/search-filters'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadListedTonight, readPartySize } from '@/domain/availability/loaders'
import { readListQuery } from '@/domain/restaurant/loaders'
import { listFacets } from '@/domain/restaurant/search.queries'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { describePublicPage } from '@/lib/i18n/page-metadata'

type Props = PageProps<'/[locale]/restaurants'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  const { booking, shell } = await loadMessages(locale)
  return describePublicPage({
    path: '/restaurants',
    picturePath: '/',
    locale,
    brand: shell.brand,
    title: booking.search.title,
    description: shell.description,
  })
}

/**
 * No cache keeps it, and its `Cache-Control` says so: of what people type hardly two searches are the
 * same, and the tables free tonight that it shows are a second old at most. The API's search is
 * kept for a second, for a page that many programs ask for.
 */
export default async function RestaurantSearchPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { booking: words } = await loadMessages(locale)
  const given = await searchParams
  const query = readListQuery(given)
  const partySize = readPartySize(given.party)
  const search = { ...query, partySize, isFreeOnly: given.free === FREE_TODAY }
  const translations = locale === 'en' ? { ...words.categories, ...words.regions } : {}
  const [facets, found] = await Promise.all([
    listFacets(),
    loadListedTonight({ ...search, query, translations }),
  ])
  return (
    <PageFrame>
      <RestaurantSearch search={search} isInstant locale={locale} words={words} />
      <SearchFilters facets={facets} search={search} locale={locale} words={words} />
      <PageTitle>{nameSearch({ search, words })}</PageTitle>
      {/* Without a Suspense boundary, because streamed content needs a script to appear in its
         place. */}
      <SearchResults
        found={found}
        isFirstPage={query.cursor === undefined}
        search={search}
        locale={locale}
        words={words}
      />
    </PageFrame>
  )
}
