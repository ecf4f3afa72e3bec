'use client'

import { useTranslations } from 'next-intl'
import { countMinutesSince } from '@/domain/line/waiting.rules'
import type { WaitingTicket } from '@/domain/line/waiting.types'
import { useWords } from './use-words'

/** The words of the line in the language of the page, with times in the restaurant's zone. */
export function useWaitingWords() {
  const t = useTranslations('waiting')
  const { formatTime } = useWords()

  const nameTicket = ({ name }: WaitingTicket) => (name ? t('name', { name }) : t('guest'))

  /** Its status, and since or until when where that matters. */
  const describeStatus = ({ ticket, nowMs }: { ticket: WaitingTicket; nowMs: number }): string => {
    const { status, calledAt, lapsesAt } = ticket
    const parts = [t(`status.${status}`)]
    if (status === 'CALLED' && calledAt)
      parts.push(t('called', { minutes: countMinutesSince({ at: calledAt, nowMs }) }))
    if (status === 'LAST_CALLED' && lapsesAt) parts.push(t('until', { time: formatTime(lapsesAt) }))
    if (status === 'LAPSED' && lapsesAt) parts.push(t('lapsedAt', { time: formatTime(lapsesAt) }))
    return parts.join(' · ')
  }
  return { t, formatTime, nameTicket, describeStatus }
}
