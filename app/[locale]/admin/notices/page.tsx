import type { Metadata } from 'next'
import { ChoiceFilter, SearchForm, WordFilter } from '@/components/admin/search-form'
import { MissingPage } from '@/components/identity/missing-page'
import { NoticeText } from '@/components/notification/notice-record'
import { SampleForm } from '@/components/notification/sample-form'
import { NoticeHistory } from '@/components/restaurant/notices/notice-history'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { linkTo, NothingFound, Pager } from '@/components/ui/paged-list'
import { loadEveryNotice } from '@/domain/notification/loaders'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/notices'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).notice.history.title }
}

export default async function NoticesPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { admin, notice } = await loadMessages(locale)
  const { history: words } = notice
  const { list, notices: names } = admin
  const found = await loadEveryNotice(await searchParams)
  if (!found) return <MissingPage locale={locale} />
  const { items, nextCursor, query, record } = found
  const place = { path: '/admin/notices', locale }
  const toText = (shown: string) => `${linkTo(place.path, { ...query, shown })}#shown`
  const choice = (name: 'kind' | 'state') => ({ name, label: words[name], every: list.every })
  return (
    <PageFrame>
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      <SampleForm locale={locale} words={notice.sample} kinds={names.kinds} />
      <SearchForm {...place} label={list.search}>
        <WordFilter name="person" label={words.person} value={query.person} />
        <ChoiceFilter {...choice('kind')} value={query.kind} options={names.kinds} />
        <ChoiceFilter {...choice('state')} value={query.state} options={names.states} />
        <WordFilter name="day" label={words.day} value={query.day} type="date" />
      </SearchForm>
      {record && <NoticeText record={record} words={words} />}
      {items.length > 0 ? (
        <NoticeHistory
          notices={items}
          restaurantId={null}
          timeZone={ADMIN_TIME_ZONE}
          locale={locale}
          words={words}
          names={names}
          toText={toText}
        />
      ) : (
        <NothingFound {...place} words={list} />
      )}
      <Pager {...place} query={query} nextCursor={nextCursor} words={list} />
    </PageFrame>
  )
}
