import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'
import type { RestaurantListQuery, RestaurantPage } from '@/domain/restaurant/types'
import type { Messages } from '@/lib/i18n/messages'
import type { Locale } from '@/lib/locale'
import { RestaurantList } from './restaurant-list'

export async function SearchResults({
  finding,
  query,
  locale,
  words,
}: {
  finding: Promise<RestaurantPage>
  query: RestaurantListQuery
  locale: Locale
  words: Messages['booking']
}) {
  const { items, nextCursor } = await finding
  if (items.length === 0)
    return (
      <EmptyState title={words.search.none}>
        <p className="text-quiet">{words.search.noneText}</p>
        <PageLink href="/restaurants" locale={locale} className={styleButton()}>
          {words.search.showAll}
        </PageLink>
      </EmptyState>
    )
  return (
    <>
      <RestaurantList restaurants={items} heading="h2" locale={locale} words={words} />
      {nextCursor && (
        <PageLink
          href={linkToNext({ query, nextCursor })}
          locale={locale}
          className={styleButton({ tone: 'outline' })}
        >
          {words.search.next}
        </PageLink>
      )}
    </>
  )
}

function linkToNext({ query, nextCursor }: { query: RestaurantListQuery; nextCursor: string }) {
  const { keyword, category, region } = query
  const asked = Object.entries({ keyword, category, region, cursor: nextCursor })
  const known = asked.filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `/restaurants?${new URLSearchParams(known)}`
}

export function SearchResultsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="grid gap-3 md:grid-cols-2 lg:grid-cols-3">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((name) => (
        <Skeleton key={name} className="h-36 w-full" />
      ))}
    </div>
  )
}
