import { fillIn } from '@/components/ui/words'
import type { Opening } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate, formatTime, nameMoment, tellMoment } from '@/lib/i18n/moment'

const DAY_MS = 86_400_000

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
  const opening = { at: opensAt, timeZone, locale }
  // The page's heading names the service date, so only other dates are named again.
  const beside = serviceDate
  return {
    /** 'Fri, Dec 4' */
    day: formatDate({ date: serviceDate, locale }),
    /** '10:00' */
    time: formatTime(opening),
    /** 'Fri, Dec 4, 10:00', by itself. */
    when: nameMoment(opening),
    /** 'Fri, Dec 4 at 10:00', in a sentence. */
    opens: tellMoment(opening),
    /** 'at 10:00', beside the service date. */
    opensBriefly: tellMoment({ ...opening, beside }),
    /** 'at 09:00' */
    lobby: tellMoment({ ...opening, at: lobbyOpensAt, beside }),
    /** '09:00' */
    lobbyFrom: nameMoment({ ...opening, at: lobbyOpensAt, beside }),
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
