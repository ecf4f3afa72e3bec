'use client'

import { useTranslations } from 'next-intl'
import { useWords } from '@/components/floor/words/use-words'
import type { PendingAct } from './act-sender'
import type { Subject } from './use-bars'

/** The words for what was tapped and has no answer yet. */
export function useQueueWords() {
  const { t, formatTime, nameParty, sizeParty } = useWords()
  const line = useTranslations('waiting')

  /** `김민수 님 입장`, `17번 입장` */
  const describeWork = (subject: Subject): string => {
    const { work, isUndo, party, tableNumber = 0, ticketNumber } = subject
    const table = t('grid.table', { number: tableNumber })
    const values = { name: nameParty(party), size: sizeParty(party), table }
    const what =
      ticketNumber === undefined
        ? t(`bars.what.${work}`, values)
        : line(`what.${work}`, { number: ticketNumber })
    return isUndo ? t('bars.whatUndo', { what }) : what
  }

  /** The act alone, where it is plain whom it is about. */
  const nameAct = ({ work }: PendingAct): string => {
    if (work.kind === 'MOVE') return t(`acts.${work.act}`)
    return work.kind === 'TICKET' ? line(`acts.${work.act}`) : t('bars.undo')
  }

  /** How far it has come, and when it was tapped. */
  const describeWaiting = (act: PendingAct): string => {
    const rest = act.wasSent ? 'UNKNOWN' : 'UNSENT'
    const state = act.isSending ? 'SENDING' : rest
    return t(`queue.${state}`, { time: formatTime(act.tappedAt) })
  }
  return { t, nameAct, describeWork, describeWaiting }
}
