'use client'

import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { RestaurantTonight } from '@/domain/availability/tonight.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import {
  nameMoment,
  nameServiceDay,
  nameTimeOn,
  readLocalDate,
  readServiceDay,
  tellMoment,
} from '@/lib/i18n/moment'
import { useTonight } from './tonight-provider'

type Words = Messages['booking']['tonight']
type Told = { locale: Locale; words: Words }
/** By the database's clock. Undefined: the page's own reading, which may be a night old. */
type Now = { now: number | undefined }

const timeLink =
  'flex min-h-12 items-center rounded-small border-2 border-ink px-3 font-semibold text-ink tabular-nums no-underline hover:border-accent hover:bg-accent hover:text-on-accent'

/**
 * Tonight on a card: the next free times, each one tap from booking, or why there are none and when
 * there is one; and an opening that is coming.
 */
export function TonightLine({
  restaurantId,
  slug,
  ...told
}: Told & { restaurantId: string; slug: string }) {
  const { tonight, nowMs: now } = useTonight()
  const known = tonight.restaurants.find((it) => it.restaurantId === restaurantId)
  return (
    <div className="mt-auto flex min-h-13 flex-col items-start justify-end gap-2">
      {known?.state === 'FREE' && (
        <FreeTimes
          known={known}
          slug={slug}
          partySize={tonight.partySize}
          asOf={tonight.asOf}
          now={now}
          {...told}
        />
      )}
      {known && known.state !== 'FREE' && (
        <Why known={known} partySize={tonight.partySize} now={now} {...told} />
      )}
      {known?.nextFreeAt && (
        <NextFree
          known={known}
          slug={slug}
          partySize={tonight.partySize}
          now={now}
          at={known.nextFreeAt}
          {...told}
        />
      )}
      {known?.opening && <Coming known={known} opening={known.opening} now={now} {...told} />}
    </div>
  )
}

function FreeTimes({
  known,
  slug,
  partySize,
  asOf,
  now,
  locale,
  words,
}: Told & Now & { known: RestaurantTonight; slug: string; partySize: number; asOf: string }) {
  const { freeTimes, moreTimes, serviceDate, timeZone } = known
  const day = nameServiceDay({ date: serviceDate, now, timeZone, locale })
  const date = readLocalDate({ at: asOf, timeZone })
  return (
    <ul
      aria-label={fillIn(words.free, { day })}
      className="relative flex flex-wrap items-center gap-2"
    >
      {freeTimes.map((startsAt) => {
        const time = nameTimeOn({ at: startsAt, date, timeZone, locale })
        const query = new URLSearchParams({ party: String(partySize), time: startsAt })
        return (
          <li key={startsAt}>
            <PageLink
              href={`/restaurants/${slug}?${query}`}
              locale={locale}
              aria-label={fillIn(words.book, { time })}
              className={timeLink}
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
  now,
  locale,
  words,
}: Told & Now & { known: RestaurantTonight; partySize: number }) {
  const { state, opensAt, serviceDate, timeZone } = known
  if (state === 'FREE' || (state === 'OPENS_LATER' && known.opening)) return null
  const beside = now === undefined ? undefined : readLocalDate({ at: now, timeZone })
  // The day whose service it is: after midnight the night before, and not what follows by day.
  const day = nameServiceDay({ date: serviceDate, now, timeZone, locale })
  const at = opensAt ? tellMoment({ at: opensAt, now, beside, timeZone, locale }) : ''
  return (
    <p
      className={
        state === 'OPENS_LATER'
          ? 'font-semibold text-accent tabular-nums'
          : 'text-15 text-quiet tabular-nums'
      }
    >
      {fillIn(words[state], { at, day, count: partySize })}
    </p>
  )
}

/** One tap from booking it, on its own date. */
function NextFree({
  known: { timeZone, nextFreeDate },
  slug,
  partySize,
  now,
  at,
  locale,
  words,
}: Told & Now & { known: RestaurantTonight; slug: string; partySize: number; at: string }) {
  const serviceDate = nextFreeDate ?? ''
  const time = nameMoment({ at, timeZone, serviceDate, now, locale })
  const query = new URLSearchParams({ party: String(partySize), date: serviceDate, time: at })
  return (
    <p className="relative flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-15 text-quiet">{words.nextFree}</span>
      <PageLink
        href={`/restaurants/${slug}?${query}`}
        locale={locale}
        aria-label={fillIn(words.book, { time })}
        className={timeLink}
      >
        {time}
      </PageLink>
    </p>
  )
}

/** An announced opening, of today or another date, and the way to its lobby. */
function Coming({
  known: { timeZone },
  opening,
  now,
  locale,
  words,
}: Told &
  Now & {
    known: RestaurantTonight
    opening: NonNullable<RestaurantTonight['opening']>
  }) {
  const { date } = readServiceDay({ date: opening.serviceDate, now, timeZone, locale })
  const today = now === undefined ? undefined : readLocalDate({ at: now, timeZone })
  const isToday = opening.serviceDate === today
  // The sentence names today already.
  const beside = isToday ? today : undefined
  const opens = tellMoment({ at: opening.opensAt, timeZone, now, beside, locale })
  return (
    <p className="relative">
      <PageLink
        href={`/openings/${opening.openingId}`}
        locale={locale}
        className="flex min-h-12 items-center font-semibold text-accent tabular-nums underline-offset-4"
      >
        {isToday ? fillIn(words.opensToday, { opens }) : fillIn(words.opensFor, { date, opens })}
      </PageLink>
    </p>
  )
}
