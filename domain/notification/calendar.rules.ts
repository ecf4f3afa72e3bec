import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Locale } from '@/lib/i18n/locale'
import type { Mailbox } from '@/lib/mail/mail-address'
import { tidyLine } from '@/lib/text/typed'
import type { ReservationStatus } from '@/prisma/generated/enums'
import { linkToPage } from './rules'

/** The parts of a reservation that a calendar entry shows. Instants are ISO 8601, UTC. */
export type CalendarReservation = {
  id: string
  status: ReservationStatus
  startsAt: string
  endsAt: string
  partySize: number
  sequence: number
  restaurant: { name: string; nameEn: string | null; address: string; phone: string }
}

export type CalendarFile = { method: 'PUBLISH' | 'CANCEL'; content: string }

const entryStatus: Record<ReservationStatus, ICalEventStatus> = {
  HELD: ICalEventStatus.TENTATIVE,
  CONFIRMED: ICalEventStatus.CONFIRMED,
  SEATED: ICalEventStatus.CONFIRMED,
  LEFT: ICalEventStatus.CONFIRMED,
  EXPIRED: ICalEventStatus.CANCELLED,
  CANCELLED: ICalEventStatus.CANCELLED,
  NO_SHOW: ICalEventStatus.CONFIRMED,
}

/** Early enough to set out; our own reminder comes at the same time. */
const REMINDER_SECONDS = 2 * 60 * 60

/** Whether the diner is still to come; a reminder of anything else would mislead. */
const isExpected = (status: ReservationStatus) => status === 'HELD' || status === 'CONFIRMED'

const words = {
  ko: {
    summary: (name: string, partySize: number) => `${name} 예약 (${partySize}명)`,
    phone: '전화',
    link: '예약 보기·취소',
  },
  en: {
    summary: (name: string, partySize: number) => `${name}, party of ${partySize}`,
    phone: 'Phone',
    link: 'See or cancel',
  },
} as const

/**
 * The reservation as a calendar file, mailed and downloaded. PUBLISH, not REQUEST: the diner has
 * already agreed, so no calendar should ask for an answer. The UID never changes and SEQUENCE only
 * grows, so a later file replaces or removes the entry from an earlier one (RFC 5546). Instants are
 * in UTC, so the file needs no time zone table that could be wrong.
 */
export function writeReservationCalendar({
  reservation,
  locale,
  appUrl,
  organizer,
  stampedAt,
}: {
  reservation: CalendarReservation
  locale: Locale
  appUrl: string
  organizer: Mailbox
  stampedAt: Date
}): CalendarFile {
  const status = entryStatus[reservation.status]
  const method = status === ICalEventStatus.CANCELLED ? 'CANCEL' : 'PUBLISH'
  const { restaurant } = reservation
  const name = tidyLine((locale === 'en' && restaurant.nameEn) || restaurant.name)
  const url = linkToPage({ appUrl, locale, path: `/reservations/${reservation.id}` })
  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: 'Bobjool', product: 'Reservations', language: locale.toUpperCase() },
  })
  const summary = words[locale].summary(name, reservation.partySize)
  const event = calendar.createEvent({
    id: `reservation-${reservation.id}@bobjool`,
    sequence: reservation.sequence,
    status,
    stamp: stampedAt,
    start: new Date(reservation.startsAt),
    end: new Date(reservation.endsAt),
    summary,
    location: `${name}, ${tidyLine(restaurant.address)}`,
    description: [
      `${words[locale].phone}: ${tidyLine(restaurant.phone)}`,
      `${words[locale].link}: ${url}`,
    ].join('\n'),
    url,
    // RFC 5546 requires an organizer; no one is invited, so nothing is ever sent to it.
    organizer: { name: organizer.name || 'Bobjool', email: organizer.address },
  })
  if (isExpected(reservation.status))
    event.createAlarm({
      type: ICalAlarmType.display,
      trigger: REMINDER_SECONDS,
      description: summary,
    })
  return { method, content: calendar.toString() }
}
