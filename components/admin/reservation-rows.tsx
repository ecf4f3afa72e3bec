import { Mark, type MarkTone } from '@/components/ui/facts'
import { RowLink, Rows } from '@/components/ui/paged-list'
import { fillIn } from '@/components/ui/words'
import type { ReservationLine } from '@/domain/booking/search.schema'
import type { ReservationStatus } from '@/domain/booking/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'

type Words = Messages['admin']['reservations']

const tones: Record<ReservationStatus, MarkTone> = {
  HELD: 'waiting',
  CONFIRMED: 'confirmed',
  SEATED: 'confirmed',
  LEFT: 'quiet',
  EXPIRED: 'quiet',
  CANCELLED: 'refusal',
  NO_SHOW: 'refusal',
}

export function StatusWord({ status, words }: { status: ReservationStatus; words: Words }) {
  return <Mark tone={tones[status]}>{words.statuses[status]}</Mark>
}

/** The party's name, as far as it is known. */
export function nameParty({
  reservation,
  words,
}: {
  reservation: Pick<ReservationLine, 'dinerName' | 'walkIn'>
  words: Words
}): string {
  return reservation.dinerName ?? (reservation.walkIn ? words.walkIn : words.nameless)
}

export function ReservationRows({
  reservations,
  locale,
  words,
}: {
  reservations: ReservationLine[]
  locale: Locale
  words: Words
}) {
  return (
    <Rows>
      {reservations.map((reservation) => {
        const { id, serviceDate, startsAt, timeZone, partySize, restaurantName } = reservation
        return (
          <RowLink
            key={id}
            href={`/admin/reservations/${id}`}
            locale={locale}
            title={
              <span className="tabular-nums">
                {nameInstant({ at: startsAt, serviceDate, timeZone, locale })}
              </span>
            }
            aside={<StatusWord status={reservation.status} words={words} />}
          >
            {[
              restaurantName,
              nameParty({ reservation, words }),
              fillIn(words.size, { count: partySize }),
            ].join(' · ')}
          </RowLink>
        )
      })}
    </Rows>
  )
}
