import type { Metadata } from 'next'
import { Suspense } from 'react'
import { RestaurantSearch } from '@/components/restaurant/restaurant-search'
import { translateWord } from '@/components/restaurant/restaurant-words'
import { SearchResults, SearchResultsSkeleton } from '@/components/restaurant/search-results'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { fillIn } from '@/components/ui/words'
import { loadRestaurants, readListQuery } from '@/domain/restaurant/loaders'
import type { RestaurantListQuery } from '@/domain/restaurant/types'
import { loadMessages, type Messages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/restaurants'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  return { title: (await loadMessages(locale)).booking.search.title }
}

function nameSearch({ query, words }: { query: RestaurantListQuery; words: Messages['booking'] }) {
  if (query.keyword) return fillIn(words.search.resultsFor, { keyword: query.keyword })
  const { category, region } = query
  const named = [
    category && translateWord({ word: category, words: words.categories }),
    region && translateWord({ word: region, words: words.regions }),
  ].filter(Boolean)
  return named.length > 0
    ? fillIn(words.search.results, { what: named.join(' · ') })
    : words.search.all
}

export default async function RestaurantSearchPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { booking: words } = await loadMessages(locale)
  const query = readListQuery(await searchParams)
  return (
    <PageFrame>
      <RestaurantSearch keyword={query.keyword} locale={locale} words={words.home} />
      <PageTitle>{nameSearch({ query, words })}</PageTitle>
      <Suspense
        key={JSON.stringify(query)}
        fallback={<SearchResultsSkeleton label={words.search.loading} />}
      >
        <SearchResults
          finding={loadRestaurants(query)}
          query={query}
          locale={locale}
          words={words}
        />
      </Suspense>
    </PageFrame>
  )
}
