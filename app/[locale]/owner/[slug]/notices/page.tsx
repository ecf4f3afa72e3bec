import type { Metadata } from 'next'
import { ChoiceFilter, SearchForm, WordFilter } from '@/components/admin/search-form'
import { MissingPage } from '@/components/identity/missing-page'
import { ProofGate } from '@/components/identity/proof-gate'
import { NoticeText } from '@/components/notification/notice-record'
import { DaySheetSwitch } from '@/components/restaurant/notices/day-sheet-switch'
import { NoticeHistory } from '@/components/restaurant/notices/notice-history'
import { SlackForm } from '@/components/restaurant/notices/slack-form'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { linkTo, NothingFound, Pager } from '@/components/ui/paged-list'
import { loadRestaurantNotices } from '@/domain/restaurant/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = PageProps<'/[locale]/owner/[slug]/notices'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { notice } = await loadMessages(await readPageLocale(params))
  return { title: notice.history.title, robots: { index: false } }
}

export default async function RestaurantNoticesPage({ params, searchParams }: Props) {
  const { locale, restaurant, visitor } = await readSettingsPage({ params, page: '/notices' })
  if (!restaurant) return <MissingPage locale={locale} />
  const { access, admin, notice } = await loadMessages(locale)
  const { history: words } = notice
  const { list, notices: names } = admin
  const { id: restaurantId, slug } = restaurant
  const { accountId } = visitor
  const given = await searchParams
  const told = await loadRestaurantNotices({ restaurant, accountId, given })
  const { items, nextCursor, query, wantsSheet, slack, record } = told
  const place = { path: `/owner/${slug}/notices`, locale }
  const toText = (shown: string) => `${linkTo(place.path, { ...query, shown })}#shown`
  const choice = (name: 'kind' | 'state') => ({ name, label: words[name], every: list.every })
  const isAsked = Boolean(query.kind || query.state || query.day || query.cursor)
  return (
    <PageFrame>
      <PageTitle lead={words.ownerLead}>{words.title}</PageTitle>
      {wantsSheet !== null && (
        <DaySheetSwitch
          wants={wantsSheet}
          restaurantId={restaurantId}
          locale={locale}
          words={words}
        />
      )}
      <ProofGate locale={locale} words={access}>
        <SlackForm words={notice.slack} slack={slack} restaurantId={restaurantId} locale={locale} />
      </ProofGate>
      <SearchForm {...place} label={list.search}>
        <ChoiceFilter {...choice('kind')} value={query.kind} options={names.kinds} />
        <ChoiceFilter {...choice('state')} value={query.state} options={names.states} />
        <WordFilter name="day" label={words.day} value={query.day} type="date" />
      </SearchForm>
      {record && <NoticeText record={record} words={words} />}
      {items.length > 0 && (
        <NoticeHistory
          notices={items}
          restaurantId={restaurantId}
          timeZone={restaurant.timeZone}
          locale={locale}
          words={words}
          names={names}
          toText={toText}
        />
      )}
      {items.length === 0 && isAsked && <NothingFound {...place} words={list} />}
      {items.length === 0 && !isAsked && (
        <EmptyState title={words.none}>
          <p className="text-quiet">{words.noneText}</p>
        </EmptyState>
      )}
      <Pager {...place} query={query} nextCursor={nextCursor} words={list} />
    </PageFrame>
  )
}
