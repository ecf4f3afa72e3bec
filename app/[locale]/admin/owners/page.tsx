import type { Metadata } from 'next'
import { NewsFrame } from '@/components/admin/news'
import { OwnerList } from '@/components/admin/owner-list'
import { StateTabs } from '@/components/admin/state-tabs'
import { MissingPage } from '@/components/identity/missing-page'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { Pager } from '@/components/ui/paged-list'
import { loadOwners } from '@/domain/restaurant/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/owners'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.owners.title }
}

export default async function OwnersPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { admin: words } = await loadMessages(locale)
  const found = await loadOwners(await searchParams)
  if (!found) return <MissingPage locale={locale} />
  const { items, nextCursor, query, asOf } = found
  const told = { locale, words }
  return (
    <PageFrame>
      <NewsFrame>
        <PageTitle lead={words.owners.lead}>{words.owners.title}</PageTitle>
        <StateTabs state={query.state} locale={locale} words={words.owners} />
        {items.length > 0 ? (
          <OwnerList owners={items} asOf={asOf} {...told} />
        ) : (
          <EmptyState title={words.owners.none[query.state]}>
            <p className="text-quiet">{words.owners.noneText}</p>
          </EmptyState>
        )}
        <Pager
          path="/admin/owners"
          query={query}
          nextCursor={nextCursor}
          locale={locale}
          words={words.list}
        />
      </NewsFrame>
    </PageFrame>
  )
}
