import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { Messages } from '@/lib/i18n/messages'
import type { Locale } from '@/lib/locale'
import { type Heading, nameRestaurant, RestaurantHeading } from './day-header'

type Words = Messages['owner']

/** For somebody who is nobody's staff, or whom no admin has approved yet. */
export function NoRestaurant({ words, locale }: { words: Words; locale: Locale }) {
  return (
    <PageFrame>
      <h1 className="text-28 leading-tight font-bold">{words.title}</h1>
      <EmptyState title={words.nobody.title}>
        <p className="max-w-task text-quiet">{words.nobody.text}</p>
        <PageLink href="/" locale={locale} className={styleButton({ tone: 'outline' })}>
          {words.nobody.home}
        </PageLink>
      </EmptyState>
    </PageFrame>
  )
}

/** For a restaurant that has a waiting line and no tables to book. */
export function LineOnly(heading: Heading) {
  const { restaurant, locale, words } = heading
  return (
    <PageFrame width="full">
      <div>
        <RestaurantHeading {...heading} />
      </div>
      <EmptyState
        title={fillIn(words.lineOnly.title, { restaurant: nameRestaurant({ restaurant, locale }) })}
      >
        <p className="text-quiet">{words.lineOnly.text}</p>
      </EmptyState>
    </PageFrame>
  )
}
