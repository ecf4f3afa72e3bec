import { fillIn } from '@/components/ui/words'
import type { Opening } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate, formatTime, readLocalDate } from '@/lib/i18n/moment'

const DAY_MS = 86_400_000

/** '12월 4일 (금) 10:00' in the restaurant's zone. */
export function nameInstant({
  at,
  timeZone,
  locale,
}: {
  at: string
  timeZone: string
  locale: Locale
}): string {
  return `${formatDate({ date: readLocalDate({ at, timeZone }), locale })} ${formatTime({ at, timeZone })}`
}

/** The instants of an opening in words, for every part of its page. */
export function nameTimes({
  opening: { lobbyOpensAt, opensAt, serviceDate },
  timeZone,
  locale,
}: {
  opening: Pick<Opening, 'lobbyOpensAt' | 'opensAt' | 'serviceDate'>
  timeZone: string
  locale: Locale
}) {
  const [lobbyDate, openingDate] = [lobbyOpensAt, opensAt].map((at) =>
    readLocalDate({ at, timeZone }),
  )
  const opens = nameInstant({ at: opensAt, timeZone, locale })
  const time = formatTime({ at: opensAt, timeZone })
  return {
    /** 'Fri, Dec 4' */
    day: formatDate({ date: serviceDate, locale }),
    opens,
    time,
    /** Shown beside the day, so it has a date only when that is another one. */
    opensBriefly: openingDate === serviceDate ? time : opens,
    /** With its date where that differs from the opening's. */
    lobby:
      lobbyDate === openingDate
        ? formatTime({ at: lobbyOpensAt, timeZone })
        : nameInstant({ at: lobbyOpensAt, timeZone, locale }),
  }
}

/** '3분 20초', or whole minutes where seconds would only make it restless. */
export function nameLength({
  lengthMs,
  words,
}: {
  lengthMs: number
  words: Pick<Messages['opening']['turn'], 'minutes' | 'minutesAndSeconds' | 'seconds'>
}): string {
  const total = Math.max(0, Math.ceil(lengthMs / 1000))
  const [minutes, seconds] = [Math.floor(total / 60), total % 60]
  if (total < 60) return fillIn(words.seconds, { seconds: total })
  if (minutes >= 10) return fillIn(words.minutes, { minutes: Math.ceil(total / 60) })
  return seconds === 0
    ? fillIn(words.minutes, { minutes })
    : fillIn(words.minutesAndSeconds, { minutes, seconds })
}

/** Whether an instant is near enough for a countdown. */
export const isNear = ({ at, nowMs }: { at: string; nowMs: number }) =>
  Date.parse(at) - nowMs < DAY_MS
