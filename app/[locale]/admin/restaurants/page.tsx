import type { Metadata } from 'next'
import { RestaurantRows } from '@/components/admin/restaurant-rows'
import { ChoiceFilter, SearchForm, WordFilter } from '@/components/admin/search-form'
import { MissingPage } from '@/components/identity/missing-page'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { NothingFound, Pager } from '@/components/ui/paged-list'
import { loadRestaurants } from '@/domain/restaurant/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/restaurants'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.restaurants.title }
}

export default async function RestaurantsPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { list, restaurants: words } = (await loadMessages(locale)).admin
  const found = await loadRestaurants(await searchParams)
  if (!found) return <MissingPage locale={locale} />
  const { items, nextCursor, query } = found
  const place = { path: '/admin/restaurants', locale }
  return (
    <PageFrame>
      <PageTitle>{words.title}</PageTitle>
      <SearchForm {...place} label={list.search}>
        <WordFilter name="keyword" label={words.keyword} value={query.keyword} />
        <ChoiceFilter
          name="state"
          label={words.state}
          value={query.state}
          every={list.every}
          options={words.states}
        />
      </SearchForm>
      {items.length > 0 ? (
        <RestaurantRows restaurants={items} locale={locale} words={words} />
      ) : (
        <NothingFound {...place} words={list} />
      )}
      <Pager {...place} query={query} nextCursor={nextCursor} words={list} />
    </PageFrame>
  )
}
