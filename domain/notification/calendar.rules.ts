import { escape as escapeValue } from 'ical-generator'
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

const entryStatus: Record<ReservationStatus, 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'> = {
  HELD: 'TENTATIVE',
  CONFIRMED: 'CONFIRMED',
  SEATED: 'CONFIRMED',
  LEFT: 'CONFIRMED',
  EXPIRED: 'CANCELLED',
  CANCELLED: 'CANCELLED',
  NO_SHOW: 'CONFIRMED',
}

/** Early enough to set out; our own reminder comes at the same time. */
const REMINDER = '-PT2H'

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

/** Octets of a line before it goes on in the next, which begins with a space (RFC 5545, 3.1). */
const LINE_OCTETS = 74

function countOctets(sign: string): number {
  const code = sign.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x1_00_00 ? 3 : 4
}

function fold(line: string): string {
  // Three octets a unit at most.
  if (line.length * 3 <= LINE_OCTETS) return line
  let folded = ''
  let octets = 0
  for (const sign of line) {
    const more = countOctets(sign)
    octets += more
    if (octets > LINE_OCTETS) {
      folded += '\r\n '
      octets = more
    }
    folded += sign
  }
  return folded
}

/** '20261122T100000Z' */
const writeInstant = (at: Date) => at.toISOString().replaceAll(/[-:]|\.\d+/g, '')

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
  const method = status === 'CANCELLED' ? 'CANCEL' : 'PUBLISH'
  const { restaurant, startsAt, endsAt } = reservation
  const name = tidyLine((locale === 'en' && restaurant.nameEn) || restaurant.name)
  const url = linkToPage({ appUrl, locale, path: `/reservations/${reservation.id}` })
  const say = words[locale]
  const write = (text: string) => escapeValue(text, false)
  const summary = write(say.summary(name, reservation.partySize))
  const description = `${say.phone}: ${tidyLine(restaurant.phone)}\n${say.link}: ${url}`
  const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:${REMINDER}`]
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0'],
    `PRODID:-//Bobjool//Reservations//${locale.toUpperCase()}`,
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:reservation-${reservation.id}@bobjool`,
    `SEQUENCE:${reservation.sequence}`,
    `DTSTAMP:${writeInstant(stampedAt)}`,
    `DTSTART:${writeInstant(new Date(startsAt))}`,
    `DTEND:${writeInstant(new Date(endsAt))}`,
    `SUMMARY:${summary}`,
    `LOCATION:${write(`${name}, ${tidyLine(restaurant.address)}`)}`,
    `DESCRIPTION:${write(description)}`,
    // RFC 5546 requires an organizer; no one is invited, so nothing is ever sent to it.
    `ORGANIZER;CN="${escapeValue(organizer.name || 'Bobjool', true)}":mailto:${write(organizer.address)}`,
    ...(isExpected(reservation.status) ? [...alarm, `DESCRIPTION:${summary}`, 'END:VALARM'] : []),
    `URL;VALUE=URI:${write(url)}`,
    `STATUS:${status}`,
    ...['END:VEVENT', 'END:VCALENDAR'],
  ]
  // By hand: the library counts the octets of each letter by encoding it, which took half of an email.
  return { method, content: lines.map(fold).join('\r\n') }
}
