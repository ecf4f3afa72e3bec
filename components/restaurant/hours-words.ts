import { fillIn } from '@/components/ui/words'
import type { Hours } from '@/domain/restaurant/types'
import { readWallTime } from '@/domain/restaurant/week.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatWeekday } from '@/lib/i18n/moment'

export type HoursWords = Pick<
  Messages['booking']['restaurant'],
  'nextDay' | 'stretch' | 'days' | 'dayOff'
>

/** '11:30', '다음 날 01:00' */
export function nameWallTime({
  minutes,
  words,
}: {
  minutes: number
  words: Pick<HoursWords, 'nextDay'>
}): string {
  const { time, isNextDay } = readWallTime(minutes)
  return isNextDay ? fillIn(words.nextDay, { time }) : time
}

/** '11:30–15:00, 17:00–22:00': the gap between stretches is the break. */
export function nameStretches({
  stretches,
  words,
}: {
  stretches: readonly Hours[]
  words: HoursWords
}): string {
  return stretches
    .map(({ fromMinutes, toMinutes }) =>
      fillIn(words.stretch, {
        from: nameWallTime({ minutes: fromMinutes, words }),
        to: nameWallTime({ minutes: toMinutes, words }),
      }),
    )
    .join(', ')
}

/** '화–목', 'Tue–Thu', or one day. */
export function nameWeekdays({
  weekdays,
  locale,
  words,
}: {
  weekdays: readonly number[]
  locale: Locale
  words: Pick<HoursWords, 'days'>
}): string {
  // The first of January 2024 was a Monday.
  const name = (day = 1) => formatWeekday({ date: `2024-01-0${day}`, locale })
  const [from, to] = [name(weekdays[0]), name(weekdays.at(-1))]
  return weekdays.length > 1 ? fillIn(words.days, { from, to }) : from
}
