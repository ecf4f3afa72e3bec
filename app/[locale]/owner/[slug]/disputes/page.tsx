import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { DisputeList } from '@/components/booking/disputes/dispute-list'
import { MissingPage } from '@/components/identity/missing-page'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { Pager } from '@/components/ui/paged-list'
import { loadDisputes } from '@/domain/booking/loaders'
import { readPageWorker } from '@/domain/identity/loaders'
import { linkToProof, linkToSignIn } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/owner/[slug]/disputes'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { owner } = await loadMessages(await readPageLocale(params))
  return { title: owner.disputes.title, robots: { index: false } }
}

/** The disputed no-shows of a restaurant, for all its staff. */
export default async function DisputesPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { slug } = await params
  const path = `/owner/${encodeURIComponent(slug)}/disputes`
  const visitor = await readPageWorker()
  if (!visitor) redirect(linkToSignIn({ returnPath: localisePath({ path, locale }), locale }))
  if (visitor.awaitsProof) redirect(linkToProof({ path, locale }))
  const { cursor } = await searchParams
  const found = await loadDisputes({ slug, cursor })
  if (!found) return <MissingPage locale={locale} />
  const { admin, owner } = await loadMessages(locale)
  const { disputes: words } = owner
  const { items, nextCursor, restaurant } = found
  return (
    <PageFrame>
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      {items.length > 0 ? (
        <DisputeList
          disputes={items}
          timeZone={restaurant.timeZone}
          locale={locale}
          words={words}
        />
      ) : (
        <EmptyState title={words.none}>
          <p className="text-quiet">{words.noneText}</p>
        </EmptyState>
      )}
      <Pager
        path={path}
        query={{ cursor: typeof cursor === 'string' ? cursor : null }}
        nextCursor={nextCursor}
        locale={locale}
        words={admin.list}
      />
    </PageFrame>
  )
}
