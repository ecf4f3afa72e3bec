'use client'

import { fillIn } from '@/components/ui/words'
import type { DayClosure } from '@/domain/floor/schema'
import { useWords } from './use-words'

/** '테라스 닫음 · 18:00–22:00 · 비' */
export function useClosureWords() {
  const { words, nameTime } = useWords()
  return ({ area, tableNumbers, from, to, reason }: DayClosure): string => {
    const what =
      area?.name ?? fillIn(words.closing.tablesNamed, { tables: tableNumbers.join(', ') })
    const named = fillIn(words.closing.named, { what, from: nameTime(from), to: nameTime(to) })
    return reason === null ? named : fillIn(words.closing.because, { named, reason })
  }
}
