import { linkToPage } from '@/domain/notification/rules'
import {
  cancelledPayload,
  heldPayload,
  type ReservationPayload,
  reservationPayload,
} from '@/domain/notification/schema'
import type { Locale } from '@/lib/locale'
import { defineMail, type MailKind } from './mail-kind'
import { describeMoment } from './moment'
import { nameOf } from './reservation-facts'
import { type Mark, ReservationMail } from './reservation-mail'
import { type Place, type Said, words } from './words'

function describePlace(reservation: ReservationPayload, locale: Locale): Place {
  const { timeZone } = reservation.restaurant
  const { shortDate, time } = describeMoment({ at: reservation.startsAt, timeZone, locale })
  const { dinerName } = reservation
  return { name: nameOf({ reservation, locale }), date: shortDate, time, dinerName }
}

/** A deadline on the restaurant's wall. */
function describeDeadline(
  reservation: ReservationPayload & { holdExpiresAt: string },
  locale: Locale,
): string {
  const { timeZone } = reservation.restaurant
  const { shortDate, time } = describeMoment({ at: reservation.holdExpiresAt, timeZone, locale })
  return locale === 'ko' ? `${shortDate} ${time}` : `${time} on ${shortDate}`
}

const pageOf = ({ reservationId }: ReservationPayload) => `/reservations/${reservationId}`
const houseOf = ({ restaurant }: ReservationPayload) => `/restaurants/${restaurant.slug}`

/** The frame that all of them share; what differs is what is said, and where one goes from there. */
function write({
  reservation,
  said,
  mark,
  locale,
  appUrl,
  paths,
  isOff = false,
}: {
  reservation: ReservationPayload
  said: Said
  mark: Mark
  locale: Locale
  appUrl: string
  paths: { main: string; side?: string }
  isOff?: boolean
}) {
  const link = (path: string) => linkToPage({ appUrl, locale, path })
  const { main, side } = paths
  const hrefs = { main: link(main), ...(side && { side: link(side) }) }
  return {
    subject: said.subject,
    body: (
      <ReservationMail {...{ reservation, said, mark, hrefs, isOff }} frame={{ locale, appUrl }} />
    ),
  }
}

const reminder = (word: 'tomorrow' | 'soon'): MailKind =>
  defineMail(reservationPayload, (reservation, { locale, appUrl }) =>
    write({
      ...{ reservation, mark: 'soon', locale, appUrl, paths: { main: pageOf(reservation) } },
      said: words[locale][word](describePlace(reservation, locale)),
    }),
  )

/** The mails a diner gets about a reservation. */
export const reservationMails = {
  RESERVATION_HELD: defineMail(heldPayload, (reservation, { locale, appUrl }) => ({
    ...write({
      ...{ reservation, mark: 'waiting', locale, appUrl, paths: { main: pageOf(reservation) } },
      said: words[locale].held({
        ...describePlace(reservation, locale),
        deadline: describeDeadline(reservation, locale),
      }),
    }),
    calendar: { ...reservation, id: reservation.reservationId, status: 'HELD' },
  })),
  RESERVATION_CONFIRMED: defineMail(reservationPayload, (reservation, { locale, appUrl }) => ({
    ...write({
      ...{ reservation, mark: 'confirmed', locale, appUrl, paths: { main: pageOf(reservation) } },
      said: words[locale].confirmed(describePlace(reservation, locale)),
    }),
    calendar: { ...reservation, id: reservation.reservationId, status: 'CONFIRMED' },
  })),
  RESERVATION_CANCELLED: defineMail(cancelledPayload, (reservation, { locale, appUrl }) => {
    const { cancelledBy: by, reason } = reservation
    return {
      ...write({
        ...{ reservation, mark: 'cancelled', locale, appUrl, isOff: true },
        said: words[locale].cancelled({ ...describePlace(reservation, locale), by, reason }),
        paths: { main: houseOf(reservation), side: pageOf(reservation) },
      }),
      calendar: { ...reservation, id: reservation.reservationId, status: 'CANCELLED' },
    }
  }),
  RESERVATION_EXPIRED: defineMail(heldPayload, (reservation, { locale, appUrl }) => ({
    ...write({
      ...{ reservation, mark: 'cancelled', locale, appUrl, isOff: true },
      said: words[locale].expired({
        ...describePlace(reservation, locale),
        deadline: describeDeadline(reservation, locale),
      }),
      paths: { main: houseOf(reservation) },
    }),
    calendar: { ...reservation, id: reservation.reservationId, status: 'EXPIRED' },
  })),
  RESERVATION_TOMORROW: reminder('tomorrow'),
  RESERVATION_SOON: reminder('soon'),
  RESERVATION_NO_SHOW: defineMail(reservationPayload, (reservation, { locale, appUrl }) =>
    write({
      ...{ reservation, mark: 'cancelled', locale, appUrl, isOff: true },
      said: words[locale].noShow(describePlace(reservation, locale)),
      paths: { main: pageOf(reservation) },
    }),
  ),
} satisfies Record<string, MailKind>
