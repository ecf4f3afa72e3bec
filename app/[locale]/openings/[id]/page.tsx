import type { Metadata } from 'next'
import { OpeningPanel } from '@/components/booking/opening-panel'
import { MissingPage } from '@/components/identity/missing-page'
import { OpeningFacts } from '@/components/opening/lobby/opening-facts'
import { OpeningHeading } from '@/components/opening/lobby/opening-heading'
import { nameTimes } from '@/components/opening/lobby/times'
import { nameRestaurant } from '@/components/restaurant/restaurant-words'
import { PageFrame } from '@/components/ui/page-frame'
import { fillIn } from '@/components/ui/words'
import { readOfferedPushKey } from '@/domain/notification/subscription.queries'
import { loadOpening } from '@/domain/opening/loaders'
import { loadRestaurant } from '@/domain/restaurant/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { describeMissingPage, describePublicPage } from '@/lib/i18n/page-metadata'

/**
 * Cached and the same for every visitor: it holds what was announced, which does not change. The
 * page's script reads the present state from the shared snapshot, and nothing waits for a session.
 */
export const revalidate = 60

/**
 * Empty, because the build has no database; each page is made on its first request, then cached.
 */
export function generateStaticParams() {
  return []
}

type Props = PageProps<'/[locale]/openings/[id]'>

async function readOpeningPage(params: Props['params']) {
  const locale = await readPageLocale(params)
  const opening = await loadOpening((await params).id)
  const restaurant = opening && (await loadRestaurant(opening.restaurantId))
  if (!opening || !restaurant) return null
  const times = nameTimes({ opening, timeZone: restaurant.timeZone, locale })
  const name = nameRestaurant({ restaurant, locale })
  return { locale, opening, restaurant, name, times, messages: await loadMessages(locale) }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const read = await readOpeningPage(params)
  if (!read) return describeMissingPage(await readPageLocale(params))
  const { locale, opening, name, times, messages } = read
  const { page } = messages.opening
  const { description, descriptionArrival } = page
  const told = { name: name.text, date: times.day, opens: times.opens }
  return describePublicPage({
    path: `/openings/${opening.id}`,
    locale,
    brand: messages.shell.brand,
    title: fillIn(page.title, told),
    description: fillIn(opening.orderBy === 'DRAW' ? description : descriptionArrival, told),
  })
}

export default async function OpeningPage({ params }: Props) {
  const read = await readOpeningPage(params)
  if (!read) return <MissingPage locale={await readPageLocale(params)} />
  const { locale, opening, restaurant: found, name, times, messages } = read
  const { steps, fair, know, ...words } = messages.opening
  const { id, slug, phone, timeZone, minParty, maxParty, sameDayOnly } = found
  const restaurant = { id, slug, phone, timeZone, sameDayOnly }
  return (
    <PageFrame className="lg:grid lg:grid-cols-[1fr_480px] lg:grid-rows-[auto_1fr] lg:items-start lg:gap-x-12">
      <OpeningHeading
        slug={slug}
        name={name}
        times={times}
        locale={locale}
        words={words.page}
        shareWords={messages.shell.share}
      />
      <div className="lg:sticky lg:top-6 lg:row-span-2">
        <OpeningPanel
          initial={opening}
          pushKey={readOfferedPushKey()}
          restaurant={{ ...restaurant, minParty: minParty ?? 1, maxParty: maxParty ?? 1 }}
          locale={locale}
          words={{ ...words, inApp: messages.shell.inApp }}
          boardWords={{ board: messages.booking.board, sheet: messages.booking.sheet }}
        />
        <noscript>
          <p className="mt-3 text-15 text-quiet">{fillIn(words.page.noScript, { phone })}</p>
        </noscript>
      </div>
      <OpeningFacts
        opening={opening}
        timeZone={timeZone}
        times={times}
        locale={locale}
        words={{ steps, fair, know }}
      />
    </PageFrame>
  )
}
