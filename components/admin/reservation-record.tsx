import { Facts } from '@/components/ui/facts'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import { cancelReservation } from '@/domain/booking/actions'
import { listActs } from '@/domain/booking/rules'
import type { ReservationRecord } from '@/domain/booking/search.schema'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameInstant, nameStretch } from '@/lib/i18n/moment'
import { ActButton } from './act-button'
import { pickActWords } from './act-words'
import { nameParty } from './reservation-rows'

type Told = { reservation: ReservationRecord; locale: Locale; words: Messages['admin'] }

const link = 'inline-flex min-h-12 items-center text-ink'

export function ReservationFacts({ reservation, locale, words }: Told) {
  const say = words.reservations
  const { startsAt, endsAt, serviceDate, timeZone, dinerId, dinerEmail, dinerPhone } = reservation
  const seating = nameStretch({ at: startsAt, endsAt, serviceDate, timeZone, locale })
  const party = nameParty({ reservation, words: say })
  const { cancelledBy, holdExpiresAt } = reservation
  return (
    <Facts
      facts={[
        [
          say.restaurantOf,
          <PageLink
            key="restaurant"
            href={`/admin/restaurants/${reservation.restaurantId}`}
            locale={locale}
            className={link}
          >
            <bdi>{reservation.restaurantName}</bdi>
          </PageLink>,
        ],
        [
          say.diner,
          dinerId ? (
            <PageLink
              key="diner"
              href={`/admin/people/${dinerId}`}
              locale={locale}
              className={link}
            >
              <bdi>{[party, dinerEmail, dinerPhone].filter(Boolean).join(' · ')}</bdi>
            </PageLink>
          ) : (
            party
          ),
        ],
        [say.seating, `${seating} (${timeZone})`],
        [
          say.tables,
          `${fillIn(say.tableNumbers, { numbers: reservation.tableNumbers.join(', ') })} · ${fillIn(say.size, { count: reservation.partySize })}`,
        ],
        [
          say.created,
          nameInstant({ at: reservation.createdAt, timeZone: ADMIN_TIME_ZONE, locale }),
        ],
        [
          say.holdUntil,
          holdExpiresAt && nameInstant({ at: holdExpiresAt, timeZone: ADMIN_TIME_ZONE, locale }),
        ],
        [say.cancelledBy, cancelledBy && say.cancelledByWhom[cancelledBy]],
        [say.note, reservation.note],
        [
          say.id,
          <span className="text-15" key="id">
            {reservation.id}
          </span>,
        ],
      ]}
    />
  )
}

/** Shown only while the table of moves allows a cancellation. */
export function AdminCancel({ reservation, locale, words }: Told) {
  const say = words.reservations
  if (!listActs({ status: reservation.status, by: 'ADMIN' }).includes('CANCEL')) return null
  return (
    <div className="flex">
      <ActButton
        act={cancelReservation}
        input={{ reservationId: reservation.id }}
        label={say.cancel}
        working={say.working}
        done={say.cancelled}
        tone="danger"
        asking={{
          title: say.cancelTitle,
          text: <p>{say.cancelText}</p>,
          yes: say.cancelYes,
          needsReason: true,
        }}
        locale={locale}
        words={pickActWords(words)}
      />
    </div>
  )
}
