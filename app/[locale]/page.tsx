import type { Metadata } from 'next'
import { LandingLists } from '@/components/availability/landing-lists'
import { TonightProvider } from '@/components/availability/tonight-provider'
import { RestaurantSearch } from '@/components/restaurant/restaurant-search'
import { LandingFilters } from '@/components/restaurant/search-filters'
import { BowlMark } from '@/components/ui/bowl-mark'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-frame'
import { loadLanding } from '@/domain/availability/loaders'
import { listFacets } from '@/domain/restaurant/search.queries'
import { USUAL_PARTY } from '@/domain/restaurant/types'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { describePublicPage } from '@/lib/i18n/page-metadata'

/**
 * Cached and the same for every visitor: made on the first request, then at most once a minute. No
 * language is built ahead, so `next build` needs no database. In the layout this would also apply
 * to personal pages, which cannot be cached.
 */
export function generateStaticParams() {
  return []
}
export const revalidate = 60

type Props = PageProps<'/[locale]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  const { brand, description } = (await loadMessages(locale)).shell
  return describePublicPage({ path: '/', locale, brand, description })
}

export default async function LandingPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { booking: words } = await loadMessages(locale)
  const [{ tonight, ...lists }, facets] = await Promise.all([loadLanding(), listFacets()])
  const search = { partySize: USUAL_PARTY, isFreeOnly: false }
  return (
    <PageFrame className="gap-8">
      <div className="flex items-center justify-between gap-8">
        <div className="flex min-w-0 grow flex-col gap-4">
          <h1 className="text-28 leading-tight font-bold md:text-44">{words.home.title}</h1>
          <p className="text-17 text-quiet md:text-20">{words.home.lead}</p>
          <RestaurantSearch search={search} locale={locale} words={words} />
        </div>
        <BowlMark className="size-44 shrink-0 max-md:hidden" />
      </div>
      {tonight.restaurants.length === 0 ? (
        <EmptyState title={words.home.empty}>
          <p className="text-quiet">{words.home.emptyText}</p>
        </EmptyState>
      ) : (
        <TonightProvider first={tonight}>
          <LandingFilters facets={facets} search={search} locale={locale} words={words} />
          <LandingLists {...lists} locale={locale} words={words} />
        </TonightProvider>
      )}
    </PageFrame>
  )
}
