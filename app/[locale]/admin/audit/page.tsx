import type { Metadata } from 'next'
import { AuditLogRows } from '@/components/admin/audit-log-rows'
import { ChoiceFilter, SearchForm, WordFilter } from '@/components/admin/search-form'
import { MissingPage } from '@/components/identity/missing-page'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { NothingFound, Pager } from '@/components/ui/paged-list'
import { loadAuditLog } from '@/domain/admin/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/audit'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.audit.title }
}

export default async function AuditLogPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { list, audit: words } = (await loadMessages(locale)).admin
  const found = await loadAuditLog(await searchParams)
  if (!found) return <MissingPage locale={locale} />
  const { items, nextCursor, query } = found
  const place = { path: '/admin/audit', locale }
  const choice = (name: 'subject' | 'act') => ({ name, label: words[name], every: list.every })
  return (
    <PageFrame>
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      <SearchForm {...place} label={list.search}>
        <WordFilter name="person" label={words.person} value={query.person} />
        <WordFilter name="restaurant" label={words.restaurant} value={query.restaurant} />
        <ChoiceFilter {...choice('subject')} value={query.subject} options={words.subjects} />
        <ChoiceFilter {...choice('act')} value={query.act} options={words.acts} />
        <WordFilter name="from" label={words.from} value={query.from} type="date" />
        <WordFilter name="until" label={words.until} value={query.until} type="date" />
      </SearchForm>
      {items.length > 0 ? (
        <AuditLogRows lines={items} locale={locale} words={words} />
      ) : (
        <NothingFound {...place} words={list} />
      )}
      <Pager {...place} query={query} nextCursor={nextCursor} words={list} />
    </PageFrame>
  )
}
