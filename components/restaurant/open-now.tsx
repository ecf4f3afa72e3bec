'use client'

import { serverClock } from '@/components/ui/client/server-clock'
import { useReadAnew } from '@/components/ui/client/use-server-now'
import { useToldTime } from '@/components/ui/client/use-told-time'
import { fillIn } from '@/components/ui/words'
import type { Closure, Hours } from '@/domain/restaurant/types'
import { readOpenNow } from '@/domain/restaurant/week.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatTime, formatWeekday, nameDayBriefly, readLocalDate } from '@/lib/i18n/moment'
import { type HoursWords, nameStretches, nameWallTime } from './hours-words'

export type OpenNowWords = HoursWords &
  Pick<
    Messages['booking']['restaurant'],
    'openUntil' | 'break' | 'before' | 'over' | 'off' | 'todayHours' | 'nightHours'
  >

const LOOK_AGAIN_MS = 20_000

const readNow = () => serverClock.readMs()

/**
 * Whether the restaurant is open now, in its own time zone and by the server's clock. The page is
 * cached for every visitor, so the browser works this out; its space is reserved until then.
 */
export function OpenNow({
  hours,
  closures,
  timeZone,
  locale,
  words,
}: {
  hours: Hours[]
  closures: Closure[]
  timeZone: string
  locale: Locale
  words: OpenNowWords
}) {
  useToldTime()
  const nowMs = useReadAnew({ read: readNow, everyMs: LOOK_AGAIN_MS })
  return (
    <div className="flex min-h-13 flex-wrap content-start items-baseline gap-x-3 md:min-h-7">
      {nowMs !== null && (
        <Now
          hours={hours}
          closures={closures}
          timeZone={timeZone}
          locale={locale}
          words={words}
          nowMs={nowMs}
        />
      )}
    </div>
  )
}

function Now({
  hours,
  closures,
  timeZone,
  locale,
  words,
  nowMs,
}: Parameters<typeof OpenNow>[0] & { nowMs: number }) {
  const date = readLocalDate({ at: nowMs, timeZone })
  const [hour = 0, minute = 0] = formatTime({ at: nowMs, timeZone }).split(':').map(Number)
  const now = readOpenNow({ hours, closures, date, minutes: hour * 60 + minute })
  const isToday = now.date === date
  const day = { date: now.date, now: nowMs, timeZone, locale }
  return (
    <>
      <p className={now.state === 'open' ? 'font-semibold text-confirmed' : 'font-semibold'}>
        {tellState(now, words)}
      </p>
      {now.stretches.length > 0 && (
        <p className="text-15 text-quiet tabular-nums">
          {fillIn(isToday ? words.todayHours : words.nightHours, {
            weekday: isToday ? formatWeekday(day) : nameDayBriefly(day),
            hours: nameStretches({ stretches: now.stretches, words }),
          })}
        </p>
      )}
    </>
  )
}

function tellState(now: ReturnType<typeof readOpenNow>, words: OpenNowWords): string {
  if (now.state === 'over' || now.state === 'off') return words[now.state]
  if (now.state === 'open')
    return fillIn(words.openUntil, { time: nameWallTime({ minutes: now.untilMinutes, words }) })
  return fillIn(words[now.state], { time: nameWallTime({ minutes: now.fromMinutes, words }) })
}
