import { nameRestaurant } from '@/components/restaurant/restaurant-words'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { ReservationView } from '@/domain/booking/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate, nameInstant, nameMoment } from '@/lib/i18n/moment'
import { StatusMark } from './status-mark'

type Told = { locale: Locale; words: Messages['booking'] }

export function ReservationList({
  reservations,
  isPast = false,
  ...told
}: Told & { reservations: ReservationView[]; isPast?: boolean }) {
  return (
    <ul className="flex flex-col gap-3">
      {reservations.map((reservation) => (
        <li key={reservation.id}>
          <ReservationCard reservation={reservation} isPast={isPast} {...told} />
        </li>
      ))}
    </ul>
  )
}

function ReservationCard({
  reservation,
  isPast,
  locale,
  words,
}: Told & { reservation: ReservationView; isPast: boolean }) {
  const { restaurant, serviceDate, startsAt, partySize, status, noShow } = reservation
  const { timeZone } = restaurant
  const name = nameRestaurant({ restaurant, locale })
  // The list of past ones reaches back over years.
  const nameWhen = isPast ? nameInstant : nameMoment
  return (
    <article className="relative flex flex-col gap-1 rounded-card border border-line bg-raised p-4 transition-colors hover:border-ink">
      <div className="flex items-start justify-between gap-3">
        <h3 className="font-bold" lang={name.lang}>
          <PageLink
            href={`/reservations/${reservation.id}`}
            locale={locale}
            className="text-ink no-underline after:absolute after:inset-0 after:rounded-card"
          >
            {name.text}
          </PageLink>
        </h3>
        <StatusMark status={status} words={words.status} />
      </div>
      <p className={isPast ? 'text-quiet tabular-nums' : 'text-20 font-semibold tabular-nums'}>
        <time dateTime={startsAt}>{nameWhen({ at: startsAt, serviceDate, timeZone, locale })}</time>
        {' · '}
        {fillIn(words.reservation.people, { count: partySize })}
      </p>
      {noShow?.canDispute && (
        <p className="font-medium text-accent">
          {fillIn(words.noShow.open, {
            date: formatDate({ date: noShow.disputableUntil, locale }),
          })}
        </p>
      )}
    </article>
  )
}
