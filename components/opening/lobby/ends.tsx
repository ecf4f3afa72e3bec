'use client'

import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Opening } from '@/domain/opening/schema'
import { formatDate, formatSeconds } from '@/lib/i18n/moment'
import { nameTimes } from './times'
import type { OpeningRestaurant, Told } from './words'

type End = Told & { opening: Opening; restaurant: OpeningRestaurant }

const main = styleButton({ isWide: true })
const other = styleButton({ tone: 'outline', isWide: true })

/** Every visitor sees this at the same moment, with what to do now. */
export function SoldOutEnd({ opening, restaurant, locale, words: { soldOut: words } }: End) {
  const day = formatDate({ date: opening.serviceDate, locale })
  const time = formatSeconds({ at: opening.asOf, timeZone: restaurant.timeZone })
  const restaurantPath = `/restaurants/${restaurant.slug}`
  return (
    <StatusMessage
      tone="refusal"
      title={
        <>
          <span className="sr-only">{fillIn(words.spoken, { day })}</span>
          <span aria-hidden="true">{fillIn(words.title, { day, time })}</span>
        </>
      }
      actions={
        <>
          {!restaurant.sameDayOnly && (
            <PageLink href={restaurantPath} locale={locale} className={main}>
              {words.otherDates}
            </PageLink>
          )}
          <PageLink
            href="/restaurants?free=today&party=2"
            locale={locale}
            className={restaurant.sameDayOnly ? main : other}
          >
            {words.otherRestaurants}
          </PageLink>
          <PageLink href={restaurantPath} locale={locale} className={other}>
            {words.toBoard}
          </PageLink>
        </>
      }
    >
      <p className="text-15">{words.text}</p>
      <p className="text-15 text-quiet">{words.watch}</p>
    </StatusMessage>
  )
}

export function OverEnd({ restaurant, locale, words: { over: words } }: Omit<End, 'opening'>) {
  return (
    <StatusMessage
      tone="quiet"
      title={words.title}
      actions={
        <PageLink href={`/restaurants/${restaurant.slug}`} locale={locale} className={main}>
          {words.toBoard}
        </PageLink>
      }
    >
      <p className="text-15">{words.text}</p>
    </StatusMessage>
  )
}

export function CancelledEnd({ opening, restaurant, locale, words: { cancelled: words } }: End) {
  return (
    <StatusMessage
      tone="refusal"
      title={words.title}
      actions={
        <PageLink href={`/restaurants/${restaurant.slug}`} locale={locale} className={main}>
          {words.toRestaurant}
        </PageLink>
      }
    >
      {opening.cancelledFor && (
        <p>
          {words.reason} <span lang="ko">{opening.cancelledFor}</span>
        </p>
      )}
      <p className="text-15">{words.text}</p>
    </StatusMessage>
  )
}

/** Instead of the lobby: a diner with a reservation of that date can't book again. */
export function AlreadyBooked({
  reservationId,
  isBefore,
  opening,
  restaurant,
  locale,
  words: { already: words },
}: End & {
  reservationId: string
  /** The lobby can still be entered once the reservation is cancelled, without a loss. */
  isBefore: boolean
}) {
  const times = nameTimes({ opening, timeZone: restaurant.timeZone, locale })
  return (
    <StatusMessage
      tone="confirmed"
      title={fillIn(words.title, times)}
      actions={
        <PageLink href={`/reservations/${reservationId}`} locale={locale} className={main}>
          {words.see}
        </PageLink>
      }
    >
      <p className="text-15">{words.text}</p>
      <p className="text-15 text-quiet">{isBefore ? fillIn(words.before, times) : words.after}</p>
    </StatusMessage>
  )
}

/** The account has booked, on whichever device; the outcome is with its reservations. */
export function BookedEnd({
  reservationId,
  opening,
  locale,
  words: { booked: words },
}: Omit<End, 'restaurant'> & { reservationId: string }) {
  const day = formatDate({ date: opening.serviceDate, locale })
  return (
    <StatusMessage
      tone="confirmed"
      title={words.title}
      actions={
        <PageLink href={`/reservations/${reservationId}`} locale={locale} className={main}>
          {words.see}
        </PageLink>
      }
    >
      <p className="text-15">{fillIn(words.text, { day })}</p>
      <p className="text-15 text-quiet">{words.again}</p>
    </StatusMessage>
  )
}
