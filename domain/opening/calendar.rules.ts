import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Mailbox } from '@/lib/mail/mail-address'
import { tidyLine } from '@/lib/text/typed'
import type { Opening } from './schema'

const words = {
  ko: {
    summary: (name: string) => `${name} 예약 오픈`,
    open: '그 전에 대기실에 들어오면 돼요. 언제 들어왔는지는 순서와 상관없어요.',
    arrival: '대기실에는 들어온 순서대로 차례가 와요.',
  },
  en: {
    summary: (name: string) => `Bookings open: ${name}`,
    open: 'Enter the lobby any time before; when you come makes no difference.',
    arrival: 'Turns come in the order people enter the lobby.',
  },
} as const

const MOST_AHEAD_SECONDS = 10 * 60

/**
 * An announced opening as a calendar file, the same for everybody: from the instant it opens until
 * its gate ends, in UTC, with an alarm ten minutes before, or as the lobby opens if that is later. A
 * cancelled one removes the entry of an earlier file (RFC 5546).
 */
export function writeOpeningCalendar({
  opening: { id, state, lobbyOpensAt, opensAt, gateUntil, orderBy, announcement },
  restaurant,
  locale,
  appUrl,
  organizer,
}: {
  opening: Pick<
    Opening,
    'id' | 'state' | 'lobbyOpensAt' | 'opensAt' | 'gateUntil' | 'orderBy' | 'announcement'
  >
  restaurant: { name: string; nameEn: string | null }
  locale: Locale
  appUrl: string
  organizer: Mailbox
}): { method: 'PUBLISH' | 'CANCEL'; content: string } {
  const isCancelled = state === 'CANCELLED'
  const method = isCancelled ? 'CANCEL' : 'PUBLISH'
  const said = words[locale]
  const name = tidyLine((locale === 'en' && restaurant.nameEn) || restaurant.name)
  const summary = said.summary(name)
  const url = `${appUrl.replace(/\/+$/, '')}${localisePath({ path: `/openings/${id}`, locale })}`
  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: 'Bobjool', product: 'Openings', language: locale.toUpperCase() },
  })
  const event = calendar.createEvent({
    id: `opening-${id}@bobjool`,
    sequence: isCancelled ? 1 : 0,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    // The same bytes for everybody, whenever they ask.
    stamp: new Date(announcement.announcedAt),
    start: new Date(opensAt),
    end: new Date(gateUntil),
    summary,
    description: `${orderBy === 'DRAW' ? said.open : said.arrival}\n${url}`,
    url,
    organizer: { name: organizer.name || 'Bobjool', email: organizer.address },
  })
  const lobbySeconds = (Date.parse(opensAt) - Date.parse(lobbyOpensAt)) / 1000
  if (!isCancelled)
    event.createAlarm({
      type: ICalAlarmType.display,
      trigger: Math.min(MOST_AHEAD_SECONDS, Math.round(lobbySeconds)),
      description: summary,
    })
  return { method, content: calendar.toString() }
}
