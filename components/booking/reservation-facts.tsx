import type { ReactNode } from 'react'
import { MapLinks } from '@/components/restaurant/map-links'
import { linkToPhone } from '@/components/restaurant/restaurant-words'
import { fillIn } from '@/components/ui/words'
import type { ReservationView } from '@/domain/booking/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameStretch } from '@/lib/i18n/moment'

const link =
  '-my-2 inline-flex min-h-12 items-center font-medium text-ink underline decoration-quiet underline-offset-4 hover:decoration-ink'

/** Everything the diner needs at the door, with times in the restaurant's zone. */
export function ReservationFacts({
  reservation,
  locale,
  words,
}: {
  reservation: ReservationView
  locale: Locale
  words: Messages['booking']['reservation']
}) {
  const { restaurant, serviceDate, startsAt, endsAt, partySize, tableNumbers, note, allergies } =
    reservation
  const { timeZone } = restaurant
  return (
    <dl className="flex flex-col rounded-card border border-line bg-raised px-5 py-2">
      <Fact name={words.when}>
        <time dateTime={startsAt} className="font-semibold tabular-nums">
          {nameStretch({ at: startsAt, endsAt, serviceDate, timeZone, locale })}
        </time>
      </Fact>
      <Fact name={words.party}>
        <span className="tabular-nums">{fillIn(words.people, { count: partySize })}</span>
      </Fact>
      {tableNumbers.length > 0 && (
        <Fact name={words.table}>
          <span className="tabular-nums">
            {fillIn(words.tables, { count: tableNumbers.length, numbers: tableNumbers.join(', ') })}
          </span>
        </Fact>
      )}
      {allergies && <Fact name={words.allergies}>{allergies}</Fact>}
      {note && (
        <Fact name={words.note}>
          <span className="whitespace-pre-line">{note}</span>
        </Fact>
      )}
      <Fact name={words.address}>
        <span lang="ko">{restaurant.address}</span>{' '}
        <MapLinks restaurant={restaurant} words={words} />
      </Fact>
      <Fact name={words.phone}>
        <a href={linkToPhone(restaurant.phone)} className={`${link} tabular-nums`}>
          {restaurant.phone}
        </a>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 border-line py-1 not-last:border-b">
      <dt className="flex min-h-12 w-20 shrink-0 items-center text-15 text-quiet">{name}</dt>
      <dd className="flex min-h-12 min-w-0 flex-wrap items-center gap-x-3 py-2">{children}</dd>
    </div>
  )
}
