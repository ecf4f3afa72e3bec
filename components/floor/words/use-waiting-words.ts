'use client'

import { fillIn } from '@/components/ui/words'
import { countMinutesSince } from '@/domain/line/waiting.rules'
import type { WaitingTicket } from '@/domain/line/waiting.types'
import { useWords } from './use-words'
import { useBoardWords } from './words-provider'

/** The line in words: in the page's language, with times in the restaurant's zone. */
export function useWaitingWords() {
  const { waiting: words } = useBoardWords()
  const { formatTime, nameTime, nameMinutes } = useWords()

  const nameTicket = ({ name }: WaitingTicket) =>
    name ? fillIn(words.name, { name }) : words.guest

  /** The ticket's status, with its start or end where that matters. */
  const describeStatus = ({ ticket, nowMs }: { ticket: WaitingTicket; nowMs: number }): string => {
    const { status, calledAt, lapsesAt } = ticket
    const parts = [words.status[status]]
    if (status === 'CALLED' && calledAt)
      parts.push(fillIn(words.called, { minutes: countMinutesSince({ at: calledAt, nowMs }) }))
    if (status === 'LAST_CALLED' && lapsesAt)
      parts.push(fillIn(words.until, { time: formatTime(lapsesAt) }))
    if (status === 'LAPSED' && lapsesAt)
      parts.push(fillIn(words.lapsedAt, { time: formatTime(lapsesAt) }))
    return parts.join(' · ')
  }
  return { words, formatTime, nameTime, nameMinutes, nameTicket, describeStatus }
}
