'use client'

import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { RestaurantTonight } from '@/domain/availability/tonight.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatTime, readLocalDate } from '@/lib/i18n/moment'
import { useTonight } from './tonight-provider'

type Words = Messages['booking']['tonight']
type Told = { locale: Locale; words: Words }

/** Tonight on a card: the next free times, each one tap from booking, or why there are none. */
export function TonightLine({
  restaurantId,
  slug,
  ...told
}: Told & { restaurantId: string; slug: string }) {
  const { tonight } = useTonight()
  const known = tonight.restaurants.find((it) => it.restaurantId === restaurantId)
  return (
    <div className="mt-auto flex min-h-13 items-end">
      {known?.state === 'FREE' && (
        <FreeTimes known={known} slug={slug} partySize={tonight.partySize} {...told} />
      )}
      {known && known.state !== 'FREE' && (
        <Why known={known} partySize={tonight.partySize} {...told} />
      )}
    </div>
  )
}

/** A time after midnight belongs to today's service but needs its own date. */
function nameTime({ at, known, words }: { at: string; known: RestaurantTonight; words: Words }) {
  const { timeZone, serviceDate } = known
  const time = formatTime({ at, timeZone })
  const isNextDay = readLocalDate({ at, timeZone }) > serviceDate
  return isNextDay ? fillIn(words.nextDay, { time }) : time
}

function FreeTimes({
  known,
  slug,
  partySize,
  locale,
  words,
}: Told & { known: RestaurantTonight; slug: string; partySize: number }) {
  const { freeTimes, moreTimes } = known
  return (
    <ul aria-label={words.free} className="relative flex flex-wrap items-center gap-2">
      {freeTimes.map((startsAt) => {
        const time = nameTime({ at: startsAt, known, words })
        const query = new URLSearchParams({ party: String(partySize), time: startsAt })
        return (
          <li key={startsAt}>
            <PageLink
              href={`/restaurants/${slug}?${query}`}
              locale={locale}
              aria-label={fillIn(words.book, { time })}
              className="flex min-h-12 items-center rounded-small border-2 border-ink px-3 font-semibold text-ink tabular-nums no-underline hover:border-accent hover:bg-accent hover:text-on-accent"
            >
              {time}
            </PageLink>
          </li>
        )
      })}
      {moreTimes > 0 && (
        <li className="text-15 text-quiet tabular-nums">
          <span aria-hidden="true">{fillIn(words.more, { count: moreTimes })}</span>
          <span className="sr-only">{fillIn(words.moreSpoken, { count: moreTimes })}</span>
        </li>
      )}
    </ul>
  )
}

function Why({
  known,
  partySize,
  words,
}: {
  known: RestaurantTonight
  partySize: number
  words: Words
}) {
  const { state, opensAt } = known
  if (state === 'FREE') return null
  const time = opensAt ? nameTime({ at: opensAt, known, words }) : ''
  return (
    <p
      className={
        state === 'OPENS_LATER'
          ? 'font-semibold text-accent tabular-nums'
          : 'text-15 text-quiet tabular-nums'
      }
    >
      {fillIn(words[state], { time, count: partySize })}
    </p>
  )
}
