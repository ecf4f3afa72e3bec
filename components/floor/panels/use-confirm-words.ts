'use client'

import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { fillIn } from '@/components/ui/words'
import type { Place } from './use-place'

/** A weekday alone names no date beyond the coming week. */
const NEAR_DAYS = 6

/** What the button books, because date, time and table are scrolled away by then; or what is missing. */
export function useConfirmWords() {
  const { words, nameTime, formatDate, nameDayBriefly } = useWords()
  const { today, serviceDate, nowMs } = useBoardView()
  const { phone } = words
  const nameDay = (date: string) =>
    Date.parse(date) - Date.parse(today) > NEAR_DAYS * 86_400_000
      ? formatDate(date)
      : nameDayBriefly(date, nowMs)
  return ({
    place: { date, dayState, startsAt, minutes, freeTime, chosen },
    partySize: count,
    isNameless,
  }: {
    place: Place
    partySize: number
    isNameless: boolean
  }): string => {
    const isRead = dayState === 'READY'
    if (isRead && freeTime && (startsAt === null || minutes === null)) return phone.timeFirst
    if (isRead && chosen.length === 0) return phone.noTable
    if (isNameless) return phone.nameFirst
    if (startsAt === null) return fillIn(phone.confirm, { count })
    const time = nameTime(startsAt, date)
    return fillIn(phone.confirmAt, {
      when: date === serviceDate ? time : `${nameDay(date)} ${time}`,
      n: chosen.length,
      tables: chosen.join(', '),
      count,
    })
  }
}
