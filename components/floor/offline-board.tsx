'use client'

import { useEffect, useState } from 'react'
import { listKept, readSeal } from '@/components/identity/kept/kept-store'
import { styleButton } from '@/components/ui/button'
import { readDeviceMs } from '@/components/ui/client/device-clock'
import { serverClock } from '@/components/ui/client/server-clock'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { chooseKept, estimateNowMs, slugOfKept } from '@/domain/floor/kept-board.rules'
import type { ServiceDate } from '@/domain/schedule/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate } from '@/lib/i18n/moment'
import { DateSteps } from './date-steps'
import { DayBoard } from './day-board'
import { RestaurantHeading } from './day-header'
import { DaySkeleton } from './day-skeleton'
import type { KeptBoard } from './offline/kept-board'
import { WordsProvider } from './words/words-provider'

type Words = Pick<Messages, 'owner' | 'waiting'>
type Shown = { keptAtMs: number } & KeptBoard
type Found = { slug: string; board: Shown | null; today: ServiceDate; dates: ServiceDate[] }

/** What this browser keeps of the restaurant and date in the address. Null: nothing of that restaurant. */
async function findKept(shape: string): Promise<Found | null> {
  const seal = await readSeal()
  if (!seal) return null
  const nowMs = readDeviceMs()
  const asked = new URLSearchParams(window.location.search)
  const records = await listKept({ seal, nowMs })
  const slug = asked.get('restaurant') ?? slugOfKept(records[0]?.id ?? '')
  const boards = records
    .filter(({ id }) => slugOfKept(id) === slug)
    .map(({ text, keptAtMs }): Shown => ({ keptAtMs, ...JSON.parse(text) }))
    .filter((board) => board.shape === shape)
  const chosen = chooseKept({ boards, date: asked.get('date'), nowMs })
  return chosen && { slug, ...chosen }
}

/** The clock goes on from the board's own time until the service is heard again. */
function ClockOnItsOwn({ board: { day, keptAtMs } }: { board: Shown }) {
  const { asOf } = day
  useEffect(() => {
    serverClock.assume(estimateNowMs({ asOf, keptAtMs, nowMs: readDeviceMs() }))
  }, [asOf, keptAtMs])
  return null
}

function Kept({ board, today, words }: { board: Shown; today: ServiceDate; words: Words }) {
  const { identity, tablet, restaurant, restaurants, hasMore, shape, waiting } = board
  const { locale, slug } = identity
  const day = { ...board.day, today }
  const { serviceDate, timeZone, dayCutMinutes } = day
  return (
    <main
      id="content"
      tabIndex={-1}
      data-board
      className="flex min-h-0 w-full grow flex-col overflow-y-auto outline-none print:overflow-visible"
    >
      <WordsProvider words={{ ...words, locale, timeZone, dayCutMinutes, serviceDate }}>
        <DayBoard
          isKept
          initialDay={day}
          initialWaiting={waiting}
          isFollowingToday={false}
          identity={identity}
          tablet={tablet}
          firstPanel={null}
          head={{ identity, tablet, restaurant, restaurants, hasMore, shape }}
          heading={
            <RestaurantHeading
              {...{ restaurant, restaurants, hasMore, locale }}
              words={words.owner}
              isOnBoard
            />
          }
          dates={
            <DateSteps
              {...{ slug, today, timeZone, locale }}
              date={serviceDate}
              now={day.asOf}
              words={words.owner.date}
            />
          }
        />
        <ClockOnItsOwn board={board} />
      </WordsProvider>
    </main>
  )
}

/** Another date than those that are kept, with the way to them; or nothing is kept at all. */
function NotKept({ found, words, locale }: { found: Found | null; words: Words; locale: Locale }) {
  const { title, offline } = words.owner
  return (
    <PageFrame>
      <PageTitle>{title}</PageTitle>
      <EmptyState title={found ? offline.otherDate : offline.nothing}>
        <p className="text-quiet">{found ? offline.otherDateText : offline.nothingText}</p>
        <div className="flex flex-wrap justify-center gap-2">
          {found ? (
            found.dates.map((date) => (
              <PageLink
                key={date}
                href={`/owner?restaurant=${found.slug}&date=${date}`}
                locale={locale}
                className={styleButton({ tone: 'outline', size: 'large' })}
              >
                {formatDate({ date, locale })}
              </PageLink>
            ))
          ) : (
            <PageLink
              href="/owner"
              locale={locale}
              className={styleButton({ tone: 'outline', size: 'large' })}
            >
              {offline.again}
            </PageLink>
          )}
        </div>
      </EmptyState>
    </PageFrame>
  )
}

/** The board without a network: what this browser keeps of today and tomorrow, and every act on it. */
export function OfflineBoard({
  words,
  locale,
  shape,
}: {
  words: Words
  locale: Locale
  shape: string
}) {
  const [found, setFound] = useState<Found | null>()
  useEffect(() => {
    findKept(shape).then(setFound, () => setFound(null))
  }, [shape])
  if (found === undefined) return <DaySkeleton label={words.owner.loading} />
  if (!found?.board) return <NotKept found={found} words={words} locale={locale} />
  return <Kept board={found.board} today={found.today} words={words} />
}
