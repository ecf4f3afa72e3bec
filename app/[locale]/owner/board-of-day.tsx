import { DateSteps } from '@/components/floor/date-steps'
import { DayBoard } from '@/components/floor/day-board'
import { type Heading, RestaurantHeading } from '@/components/floor/day-header'
import type { Panel } from '@/components/floor/state/use-panel'
import { WordsProvider } from '@/components/floor/words/words-provider'
import { MissingPage } from '@/components/identity/missing-page'
import { ProofGate } from '@/components/identity/proof-gate'
import { boardShape, loadDay } from '@/domain/floor/loaders'
import { loadWaiting } from '@/domain/line/loaders'
import { loadSharedTablet } from '@/domain/restaurant/author.loaders'
import type { ServiceDate } from '@/domain/schedule/types'
import { env } from '@/lib/env'
import { loadMessages } from '@/lib/i18n/messages'

/** A `date` of null means today, and the board moves to the next day at the day cut. */
export async function BoardOfDay({
  heading,
  date,
  accountId,
  firstPanel,
}: {
  heading: Heading
  date: ServiceDate | null
  accountId: string
  firstPanel: Panel
}) {
  const { restaurant, restaurants, hasMore, locale, words } = heading
  const { access, waiting } = await loadMessages(locale)
  const [day, initialWaiting, tablet] = await Promise.all([
    loadDay({ restaurantId: restaurant.id, date }),
    loadWaiting(restaurant.id),
    loadSharedTablet(restaurant.id),
  ])
  if (!day) return <MissingPage locale={locale} />
  const { serviceDate, today, timeZone, dayCutMinutes } = day
  const identity = {
    accountId,
    slug: restaurant.slug,
    canSettle: restaurant.role !== 'STAFF',
    origin: new URL(env.APP_URL).origin,
    locale,
  }
  return (
    <main
      id="content"
      tabIndex={-1}
      data-board
      className="flex min-h-0 w-full grow flex-col overflow-y-auto outline-none print:overflow-visible"
    >
      <WordsProvider
        words={{ owner: words, waiting, locale, timeZone, dayCutMinutes, serviceDate }}
      >
        <ProofGate locale={locale} words={access}>
          <DayBoard
            initialDay={day}
            initialWaiting={initialWaiting}
            isFollowingToday={date === null}
            identity={identity}
            tablet={tablet}
            head={{ identity, tablet, restaurant, restaurants, hasMore, shape: boardShape }}
            firstPanel={firstPanel}
            heading={<RestaurantHeading {...heading} isOnBoard />}
            dates={
              <DateSteps
                slug={restaurant.slug}
                date={serviceDate}
                today={today}
                now={day.asOf}
                timeZone={timeZone}
                locale={locale}
                words={words.date}
              />
            }
          />
        </ProofGate>
      </WordsProvider>
    </main>
  )
}
