import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { HouseRows } from '@/components/admin/house-rows'
import { ChoiceFilter, SearchForm, WordFilter } from '@/components/admin/search-form'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { NothingFound, Pager } from '@/components/ui/paged-list'
import { loadHouses } from '@/domain/restaurant/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/restaurants'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.houses.title }
}

export default async function HousesPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { list, houses: words } = (await loadMessages(locale)).admin
  const found = await loadHouses(await searchParams)
  if (!found) notFound()
  const { items, nextCursor, query } = found
  const place = { path: '/admin/restaurants', locale }
  return (
    <PageFrame>
      <PageTitle>{words.title}</PageTitle>
      <SearchForm {...place} label={list.search}>
        <WordFilter name="keyword" label={words.keyword} value={query.keyword} />
        <ChoiceFilter
          {...{ name: 'state', label: words.state, value: query.state, every: list.every }}
          options={words.states}
        />
      </SearchForm>
      {items.length > 0 ? (
        <HouseRows houses={items} locale={locale} words={words} />
      ) : (
        <NothingFound {...place} words={list} />
      )}
      <Pager {...place} query={query} nextCursor={nextCursor} words={list} />
    </PageFrame>
  )
}
