'use client'

import { headersOf } from '@/components/floor/queue/use-author'
import { type Answer, ask, type Question } from '@/components/ui/client/ask'
import { useBoardControls, useBoardLive } from './board-context'

/** Nobody said who acts, and nothing was asked. */
export const NOT_MADE = { kind: 'not-made' } as const

export type StaffAnswer<T> = Answer<T> | typeof NOT_MADE

/**
 * Asks under the name of the person who acts, on a shared tablet by their PIN. One whose word no longer
 * counts is asked again, once.
 */
export function useStaffAsk() {
  const { identity, authorise } = useBoardControls()
  const { forget } = useBoardLive().author
  const { locale } = identity
  return async <T>(question: Omit<Question<T>, 'locale'>): Promise<StaffAnswer<T>> => {
    for (let tries = 1; ; tries++) {
      const by = await authorise()
      if (!by) return NOT_MADE
      const headers = { ...question.headers, ...headersOf(by) }
      const answer = await ask<T>({ ...question, locale, headers })
      const reason = answer.kind === 'problem' ? answer.problem.reason : null
      const isAboutAuthor = reason === 'author-needed' || reason === 'author-ended'
      if (isAboutAuthor) forget()
      if (!isAboutAuthor || tries > 1) return answer
    }
  }
}
