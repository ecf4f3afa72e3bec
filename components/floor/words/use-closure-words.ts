'use client'

import { fillIn } from '@/components/ui/words'
import { isOfDay } from '@/domain/floor/closing-time.rules'
import { dateAfter } from '@/domain/floor/off-plan.rules'
import type { DayClosure } from '@/domain/floor/schema'
import { readLocalDate } from '@/lib/i18n/moment'
import { useWords } from './use-words'
import { useBoardWords } from './words-provider'

/** '테라스 닫음 · 18:00–22:00 · 비'; of another date than the board's '… · 12월 4일(금) 18:00–22:00'. */
export function useClosureWords() {
  const { words, nameTime, nameMoment } = useWords()
  const day = useBoardWords()
  const nameTimes = ({ from, to }: Pick<DayClosure, 'from' | 'to'>) => {
    const { timeZone, serviceDate } = day
    const isOnBoard = isOfDay({ at: from, day })
    const date = isOnBoard ? serviceDate : readLocalDate({ at: from, timeZone })
    const isNear = readLocalDate({ at: to, timeZone }) <= dateAfter(date)
    return {
      from: isOnBoard ? nameTime(from) : nameMoment({ at: from }),
      to: isNear ? nameTime(to, date) : nameMoment({ at: to }),
    }
  }
  return ({ area, tableNumbers, from, to, reason }: DayClosure): string => {
    const what =
      area?.name ?? fillIn(words.closing.tablesNamed, { tables: tableNumbers.join(', ') })
    const named = fillIn(words.closing.named, { what, ...nameTimes({ from, to }) })
    return reason === null ? named : fillIn(words.closing.because, { named, reason })
  }
}
