import { linkToPage } from '@/domain/notification/rules'
import {
  type ChangedPayload,
  cancelledPayload,
  changedPayload,
  heldPayload,
  type ReservationPayload,
  reservationPayload,
} from '@/domain/notification/schema'
import { sayReason } from '@/domain/notification/usual-reason.rules'
import type { Locale } from '@/lib/i18n/locale'
import { nameMoment, nameStretch, readLocalDate, tellMoment } from '@/lib/i18n/moment'
import type { ReservationStatus } from '@/prisma/generated/enums'
import { defineMail, type MailKind, type Setting } from './mail-kind'
import { nameOf } from './reservation-facts'
import { type Mark, planReservationMail } from './reservation-mail'
import { type Place, type Said, words } from './words'

function describePlace(reservation: ReservationPayload, locale: Locale): Place {
  const { dinerName, startsAt: at, serviceDate, restaurant } = reservation
  const { timeZone } = restaurant
  const starts = { at, serviceDate, timeZone, locale }
  return {
    name: nameOf({ reservation, locale }),
    when: nameMoment(starts),
    told: tellMoment(starts),
    isPastMidnight: readLocalDate(starts) !== serviceDate,
    dinerName,
  }
}

/** From when to when the party has its table. */
function describeStretch(
  { startsAt: at, endsAt, serviceDate, restaurant: { timeZone } }: ReservationPayload,
  locale: Locale,
): string {
  return nameStretch({ at, endsAt, serviceDate, timeZone, locale })
}

/** What a change was from and to: the time, and for how many where that has changed too. */
function describeChange(reservation: ChangedPayload, locale: Locale) {
  const { partySize: after, before: old } = reservation
  const { partySize: before = after, ...time } = old
  const isOtherSize = before !== after
  const sayOf = (of: ReservationPayload, count: number) =>
    describeStretch(of, locale) + (isOtherSize ? `, ${countGuests(count, locale)}` : '')
  return {
    isOtherSize,
    before: sayOf({ ...reservation, ...time }, before),
    after: sayOf(reservation, after),
  }
}

const countGuests = (count: number, locale: Locale) => `${count}${words[locale].guests(count)}`

/** A deadline by the restaurant's wall clock. */
function describeDeadline(
  reservation: ReservationPayload & { holdExpiresAt: string },
  locale: Locale,
): string {
  const { timeZone } = reservation.restaurant
  return nameMoment({ at: reservation.holdExpiresAt, timeZone, locale })
}

/** A guest has no account to sign in with, so the sealed link opens the page. */
const pageOf = ({ reservationId: id, isGuest }: ReservationPayload, { sealLink }: Setting) =>
  `/reservations/${isGuest ? sealLink({ kind: 'reservation', id }) : id}`
const restaurantOf = ({ restaurant }: ReservationPayload) => `/restaurants/${restaurant.slug}`

const cancelPathOf = ({ reservationId }: ReservationPayload, { sealLink }: Setting) =>
  `/cancel/${sealLink({ kind: 'cancel', id: reservationId })}`

/** The frame that all of them share; the text and the links differ. */
function write({
  reservation,
  said,
  mark,
  setting,
  main = pageOf(reservation, setting),
  side,
  isOff = false,
  change,
}: {
  reservation: ReservationPayload
  said: Said
  mark: Mark
  setting: Setting
  main?: string
  side?: string
  isOff?: boolean
  /** Short, from what to what. */
  change?: { before: string; after: string }
}) {
  const { locale, appUrl } = setting
  const link = (path: string) => linkToPage({ appUrl, locale, path })
  const hrefs = { main: link(main), ...(side && { side: link(side) }) }
  const { name, when } = describePlace(reservation, locale)
  const guests = countGuests(reservation.partySize, locale)
  return {
    subject: said.subject,
    brief: {
      title: said.title,
      text: [name, ...(change ? [`${change.before} → ${change.after}`] : [when, guests])].join(
        ' · ',
      ),
      url: hrefs.main,
    },
    body: planReservationMail({ reservation, said, mark, hrefs, isOff, frame: { locale, appUrl } }),
  }
}

const calendarOf = (reservation: ReservationPayload, status: ReservationStatus) => ({
  calendar: { ...reservation, id: reservation.reservationId, status },
})

const reminder = (word: 'tomorrow' | 'soon'): MailKind =>
  defineMail(reservationPayload, (reservation, setting) =>
    write({
      reservation,
      setting,
      mark: 'soon',
      said: words[setting.locale][word](describePlace(reservation, setting.locale)),
      side: cancelPathOf(reservation, setting),
    }),
  )

const decision = (word: 'disputeGranted' | 'disputeDeclined', mark: Mark): MailKind =>
  defineMail(reservationPayload, (reservation, setting) =>
    write({
      reservation,
      setting,
      mark,
      isOff: true,
      said: words[setting.locale][word](describePlace(reservation, setting.locale)),
    }),
  )

/** The mails a diner gets about a reservation. */
export const reservationMails = {
  RESERVATION_HELD: defineMail(heldPayload, (reservation, setting) => ({
    ...write({
      reservation,
      setting,
      mark: 'waiting',
      said: words[setting.locale][reservation.awaitsStaff ? 'heldForStaff' : 'held']({
        ...describePlace(reservation, setting.locale),
        deadline: describeDeadline(reservation, setting.locale),
      }),
      side: cancelPathOf(reservation, setting),
    }),
    ...calendarOf(reservation, 'HELD'),
  })),
  RESERVATION_CONFIRMED: defineMail(reservationPayload, (reservation, setting) => ({
    ...write({
      reservation,
      setting,
      mark: 'confirmed',
      said: words[setting.locale].confirmed(describePlace(reservation, setting.locale)),
      side: cancelPathOf(reservation, setting),
    }),
    ...calendarOf(reservation, 'CONFIRMED'),
  })),
  RESERVATION_CHANGED: defineMail(changedPayload, (reservation, setting) => {
    const change = describeChange(reservation, setting.locale)
    const place = describePlace(reservation, setting.locale)
    return {
      ...write({
        reservation,
        setting,
        mark: 'confirmed',
        said: words[setting.locale].changed({ ...place, by: reservation.changedBy, ...change }),
        side: cancelPathOf(reservation, setting),
        change,
      }),
      ...calendarOf(reservation, reservation.status),
    }
  }),
  RESERVATION_CANCELLED: defineMail(cancelledPayload, (reservation, setting) => ({
    ...write({
      reservation,
      setting,
      mark: 'cancelled',
      isOff: true,
      said: words[setting.locale].cancelled({
        ...describePlace(reservation, setting.locale),
        by: reservation.cancelledBy,
        reason: sayReason({ ...reservation, locale: setting.locale }),
      }),
      main: restaurantOf(reservation),
      side: pageOf(reservation, setting),
    }),
    ...calendarOf(reservation, 'CANCELLED'),
  })),
  RESERVATION_EXPIRED: defineMail(heldPayload, (reservation, setting) => ({
    ...write({
      reservation,
      setting,
      mark: 'cancelled',
      isOff: true,
      said: words[setting.locale][reservation.awaitsStaff ? 'unanswered' : 'expired']({
        ...describePlace(reservation, setting.locale),
        deadline: describeDeadline(reservation, setting.locale),
      }),
      main: restaurantOf(reservation),
    }),
    ...calendarOf(reservation, 'EXPIRED'),
  })),
  RESERVATION_TOMORROW: reminder('tomorrow'),
  RESERVATION_SOON: reminder('soon'),
  RESERVATION_NO_SHOW: defineMail(reservationPayload, (reservation, setting) =>
    write({
      reservation,
      setting,
      mark: 'cancelled',
      isOff: true,
      said: words[setting.locale].noShow({
        ...describePlace(reservation, setting.locale),
        canDispute: !reservation.isGuest,
      }),
    }),
  ),
  RESERVATION_DISPUTE_GRANTED: decision('disputeGranted', 'confirmed'),
  RESERVATION_DISPUTE_DECLINED: decision('disputeDeclined', 'cancelled'),
} satisfies Record<string, MailKind>
