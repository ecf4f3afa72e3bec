'use client'

import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { fillIn } from '@/components/ui/words'
import type { Place } from './use-place'

/** What the button books, because date, time and table are scrolled away by then; or what is missing. */
export function useConfirmWords() {
  const { words, nameTime, nameMoment } = useWords()
  const { serviceDate } = useBoardView()
  const { phone } = words
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
    const isOfBoard = date === serviceDate
    return fillIn(phone.confirmAt, {
      when: isOfBoard ? nameTime(startsAt) : nameMoment({ at: startsAt, serviceDate: date }),
      n: chosen.length,
      tables: chosen.join(', '),
      count,
    })
  }
}
