'use client'

import { createContext, type ReactNode, use } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** The messages of board and line, with what times are named by. */
type BoardWords = Pick<Messages, 'owner' | 'waiting'> & {
  locale: Locale
  timeZone: string
  /** Until when a time typed belongs to the night before, in minutes after midnight. */
  dayCutMinutes: number
  /** The board's; times after midnight are marked beside it. */
  serviceDate: string
}

const WordsContext = createContext<BoardWords | null>(null)

export function WordsProvider({ words, children }: { words: BoardWords; children: ReactNode }) {
  return <WordsContext value={words}>{children}</WordsContext>
}

export function useBoardWords(): BoardWords {
  const words = use(WordsContext)
  if (words === null) throw new Error('This is a part of the board, and stands outside of it.')
  return words
}
