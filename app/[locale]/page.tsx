import type { Metadata } from 'next'
import { RestaurantList } from '@/components/restaurant/restaurant-list'
import { CategoryLinks, RestaurantSearch } from '@/components/restaurant/restaurant-search'
import { BowlMark } from '@/components/ui/bowl-mark'
import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { loadRestaurants } from '@/domain/restaurant/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { nameAlternates, readPageLocale } from '@/lib/i18n/page-locale'

/**
 * The same for everybody: made when it is first asked for and at most once a minute after that.
 * No language is built ahead, so `next build` needs no database. (Said here and not in the layout,
 * where it would hold for the pages of one visitor too, and they can't be kept.)
 */
export function generateStaticParams() {
  return []
}
export const revalidate = 60

type Props = PageProps<'/[locale]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { alternates: nameAlternates({ path: '/', locale: await readPageLocale(params) }) }
}

export default async function LandingPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { booking: words } = await loadMessages(locale)
  const { items, nextCursor } = await loadRestaurants({ limit: 30 })
  const categories = [...new Set(items.map((restaurant) => restaurant.category))]
  return (
    <PageFrame className="gap-8">
      <div className="flex items-center justify-between gap-8">
        <div className="flex grow flex-col gap-4">
          <h1 className="text-28 leading-tight font-bold md:text-44">{words.home.title}</h1>
          <p className="text-17 text-quiet md:text-20">{words.home.lead}</p>
          <RestaurantSearch locale={locale} words={words.home} />
        </div>
        <BowlMark className="size-44 shrink-0 max-md:hidden" />
      </div>
      {items.length === 0 ? (
        <EmptyState title={words.home.empty}>
          <p className="text-quiet">{words.home.emptyText}</p>
        </EmptyState>
      ) : (
        <section aria-labelledby="restaurants" className="flex flex-col gap-4">
          <h2 id="restaurants" className="text-20 font-bold">
            {words.home.list}
          </h2>
          <CategoryLinks
            categories={categories}
            locale={locale}
            label={words.home.categories}
            words={words.categories}
          />
          <RestaurantList restaurants={items} heading="h3" locale={locale} words={words} />
          {nextCursor && (
            <PageLink
              href={`/restaurants?cursor=${nextCursor}`}
              locale={locale}
              className={styleButton({ tone: 'outline' })}
            >
              {words.home.more}
            </PageLink>
          )}
        </section>
      )}
    </PageFrame>
  )
}
