import type { Metadata } from 'next'
import { ReservationRows } from '@/components/admin/reservation-rows'
import { ChoiceFilter, SearchForm, WordFilter } from '@/components/admin/search-form'
import { MissingPage } from '@/components/identity/missing-page'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { NothingFound, Pager } from '@/components/ui/paged-list'
import { loadReservations } from '@/domain/booking/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/reservations'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.reservations.title }
}

export default async function ReservationsPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { list, reservations: words } = (await loadMessages(locale)).admin
  const found = await loadReservations(await searchParams)
  if (!found) return <MissingPage locale={locale} />
  const { items, nextCursor, query } = found
  const place = { path: '/admin/reservations', locale }
  return (
    <PageFrame>
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      <SearchForm {...place} label={list.search}>
        <WordFilter name="person" label={words.person} value={query.person} />
        <WordFilter name="restaurant" label={words.restaurant} value={query.restaurant} />
        <WordFilter name="date" label={words.date} value={query.date} type="date" />
        <ChoiceFilter
          name="status"
          label={words.status}
          value={query.status}
          every={list.every}
          options={words.statuses}
        />
      </SearchForm>
      {items.length > 0 ? (
        <ReservationRows reservations={items} locale={locale} words={words} />
      ) : (
        <NothingFound {...place} words={list} />
      )}
      <Pager {...place} query={query} nextCursor={nextCursor} words={list} />
    </PageFrame>
  )
}
