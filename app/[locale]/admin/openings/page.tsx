import type { Metadata } from 'next'
import { OpeningRows } from '@/components/admin/opening-rows'
import { ChoiceFilter, SearchForm, WordFilter } from '@/components/admin/search-form'
import { MissingPage } from '@/components/identity/missing-page'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { NothingFound, Pager } from '@/components/ui/paged-list'
import { loadAnyOpenings } from '@/domain/opening/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/openings'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.openings.title }
}

export default async function OpeningsPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { admin, planning } = await loadMessages(locale)
  const { list, openings: words } = admin
  const found = await loadAnyOpenings(await searchParams)
  if (!found) return <MissingPage locale={locale} />
  const { items, nextCursor, query } = found
  const place = { path: '/admin/openings', locale }
  const { coming, past } = words.shows
  return (
    <PageFrame>
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      <SearchForm {...place} label={list.search}>
        <WordFilter name="restaurant" label={words.restaurant} value={query.restaurant} />
        <ChoiceFilter
          name="show"
          label={words.show}
          value={query.show}
          every={coming}
          options={{ past }}
        />
      </SearchForm>
      {items.length > 0 ? (
        <OpeningRows openings={items} locale={locale} words={words} states={planning.states} />
      ) : (
        <NothingFound {...place} words={list} />
      )}
      <Pager {...place} query={query} nextCursor={nextCursor} words={list} />
    </PageFrame>
  )
}
