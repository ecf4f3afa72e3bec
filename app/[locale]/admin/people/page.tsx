import type { Metadata } from 'next'
import { PersonRows } from '@/components/admin/person-rows'
import { ChoiceFilter, SearchForm, WordFilter } from '@/components/admin/search-form'
import { MissingPage } from '@/components/identity/missing-page'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { NothingFound, Pager } from '@/components/ui/paged-list'
import { loadPeople } from '@/domain/identity/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/people'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.people.title }
}

export default async function PeoplePage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { admin: words } = await loadMessages(locale)
  const found = await loadPeople(await searchParams)
  if (!found) return <MissingPage locale={locale} />
  const { items, nextCursor, query } = found
  const { list, people } = words
  const place = { path: '/admin/people', locale }
  return (
    <PageFrame>
      <PageTitle>{people.title}</PageTitle>
      <SearchForm {...place} label={list.search}>
        <WordFilter name="keyword" label={people.keyword} value={query.keyword} />
        <ChoiceFilter
          name="role"
          label={people.role}
          value={query.role}
          every={list.every}
          options={people.roles}
        />
      </SearchForm>
      {items.length > 0 ? (
        <PersonRows people={items} locale={locale} words={words} />
      ) : (
        <NothingFound {...place} words={list} />
      )}
      <Pager {...place} query={query} nextCursor={nextCursor} words={list} />
    </PageFrame>
  )
}
