import type { Metadata } from 'next'
import { BoardPanel } from '@/components/booking/board-panel'
import { MissingPage } from '@/components/identity/missing-page'
import { LinePanel } from '@/components/line/join/line-panel'
import { RestaurantFacts } from '@/components/restaurant/restaurant-facts'
import { RestaurantHeading } from '@/components/restaurant/restaurant-heading'
import { RestaurantPictures } from '@/components/restaurant/restaurant-pictures'
import { nameRestaurant, placeRestaurant } from '@/components/restaurant/restaurant-words'
import { StructuredData } from '@/components/restaurant/structured-data'
import { PageFrame } from '@/components/ui/page-frame'
import { StatusMessage } from '@/components/ui/status-message'
import { loadBoard } from '@/domain/availability/loaders'
import { loadLine } from '@/domain/line/loaders'
import { loadRestaurant } from '@/domain/restaurant/loaders'
import type { RestaurantDetail } from '@/domain/restaurant/types'
import { env } from '@/lib/env'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { describeMissingPage, describePublicPage } from '@/lib/i18n/page-metadata'

/**
 * Cached and the same for every visitor: facts that seldom change, and the board as it was when the
 * page was made. The page's script reads the present state from the shared snapshot.
 */
export const revalidate = 60

/**
 * Empty, because the build has no database; each page is made on its first request, then cached.
 */
export function generateStaticParams() {
  return []
}

type Props = PageProps<'/[locale]/restaurants/[slug]'>

async function readRestaurant(params: Props['params']) {
  const locale = await readPageLocale(params)
  const restaurant = await loadRestaurant((await params).slug)
  if (!restaurant) return null
  return { locale, restaurant, words: await loadMessages(locale) }
}

function describeBookable({ id, phone, minParty, maxParty, ...rules }: RestaurantDetail) {
  const { sameDayOnly, horizonDays } = rules
  return {
    id,
    phone,
    sameDayOnly,
    horizonDays,
    minParty: minParty ?? 1,
    maxParty: maxParty ?? 1,
  }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const read = await readRestaurant(params)
  if (!read) return describeMissingPage(await readPageLocale(params))
  const {
    locale,
    restaurant,
    words: { booking, shell },
  } = read
  const { text } = nameRestaurant({ restaurant, locale })
  return describePublicPage({
    path: `/restaurants/${restaurant.slug}`,
    locale,
    brand: shell.brand,
    title: text,
    description: `${text}, ${placeRestaurant({ restaurant, words: booking })}`,
  })
}

export default async function RestaurantPage({ params }: Props) {
  const read = await readRestaurant(params)
  if (!read) return <MissingPage locale={await readPageLocale(params)} />
  const { locale, restaurant, words: all } = read
  const { booking: words, line: lineWords } = all
  const [board, line] = await Promise.all([
    restaurant.hasTables ? loadBoard(restaurant.id) : null,
    loadLine(restaurant.id),
  ])
  return (
    <PageFrame className="lg:grid lg:grid-cols-[1fr_480px] lg:grid-rows-[auto_1fr] lg:items-start lg:gap-x-12">
      <RestaurantHeading
        restaurant={restaurant}
        locale={locale}
        words={words}
        shareWords={all.shell.share}
      />
      <div className="flex flex-col gap-8 divide-y divide-line rounded-card *:not-last:pb-8 lg:row-span-2 lg:border lg:border-line lg:bg-raised lg:p-6">
        {board && (
          <BoardPanel
            restaurant={describeBookable(restaurant)}
            initial={board}
            locale={locale}
            words={{ board: words.board, sheet: words.sheet }}
          />
        )}
        {line && (
          <LinePanel
            restaurant={{ id: restaurant.id, phone: restaurant.phone }}
            initial={line}
            locale={locale}
            words={{ join: lineWords.join, wait: lineWords.wait }}
          />
        )}
        {!board && !line && (
          <StatusMessage tone="quiet" title={words.restaurant.lineOnly}>
            <p>{words.restaurant.lineOnlyText}</p>
          </StatusMessage>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-8">
        <RestaurantPictures pictures={restaurant.pictures} label={words.restaurant.pictures} />
        <RestaurantFacts restaurant={restaurant} locale={locale} words={words.restaurant} />
      </div>
      <StructuredData
        restaurant={restaurant}
        url={new URL(`/restaurants/${restaurant.slug}`, env.APP_URL).href}
      />
    </PageFrame>
  )
}
