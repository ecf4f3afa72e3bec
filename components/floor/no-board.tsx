import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { OwnerApplication } from '@/domain/identity/types'
import type { SharedTablet } from '@/domain/restaurant/pin.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { type Heading, nameRestaurant, RestaurantHeading } from './day-header'
import { StartLine } from './line/start-line'
import { DropKept } from './offline/drop-kept'

type Words = Messages['owner']

/** For an account that is not staff anywhere: what that means and what to do. */
export function NoRestaurant({
  words,
  locale,
  application,
}: {
  words: Words
  locale: Locale
  application: OwnerApplication
}) {
  const told = words.nobody[application.state]
  const isApproved = application.state === 'APPROVED'
  return (
    <PageFrame>
      <DropKept />
      <h1 className="text-28 leading-tight font-bold">{words.title}</h1>
      <EmptyState title={told.title}>
        <p className="max-w-task text-quiet">{told.text}</p>
        {application.state === 'REFUSED' && (
          <p className="max-w-task rounded-small border border-line bg-raised p-4 text-left whitespace-pre-line">
            {fillIn(words.nobody.reason, { reason: application.reason })}
          </p>
        )}
        <div className="flex flex-wrap justify-center gap-2">
          {isApproved && (
            <PageLink href="/owner/restaurants/new" locale={locale} className={styleButton()}>
              {words.nobody.open}
            </PageLink>
          )}
          {(application.state === 'REFUSED' || application.state === 'DINER') && (
            <PageLink href="/account" locale={locale} className={styleButton({ tone: 'outline' })}>
              {words.nobody.account}
            </PageLink>
          )}
          <PageLink href="/" locale={locale} className={styleButton({ tone: 'outline' })}>
            {words.nobody.home}
          </PageLink>
        </div>
      </EmptyState>
    </PageFrame>
  )
}

/** For a restaurant with neither tables nor a line: tells its owner how to start either. */
export function NothingYet({
  lineWords,
  tablet,
  ...heading
}: Heading & { lineWords: Messages['waiting']['setting']; tablet: SharedTablet | null }) {
  const { restaurant, locale, words } = heading
  const canSetUp = restaurant.role !== 'STAFF'
  return (
    <PageFrame>
      <div>
        <RestaurantHeading {...heading} />
      </div>
      <EmptyState
        title={fillIn(canSetUp ? words.lineOnly.begunTitle : words.lineOnly.title, {
          restaurant: nameRestaurant({ restaurant, locale }),
        })}
      >
        <p className="text-quiet">{canSetUp ? words.lineOnly.begun : words.lineOnly.text}</p>
        {canSetUp && (
          <StartLine
            restaurantId={restaurant.id}
            tablet={tablet}
            locale={locale}
            words={{ start: lineWords.start, failed: lineWords.failed }}
            authorWords={words.author}
          />
        )}
        {canSetUp && (
          <PageLink
            href={`/owner/${restaurant.slug}`}
            locale={locale}
            className={styleButton({ tone: 'outline' })}
          >
            {words.lineOnly.setUp}
          </PageLink>
        )}
      </EmptyState>
    </PageFrame>
  )
}
