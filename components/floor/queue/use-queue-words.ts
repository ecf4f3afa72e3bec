'use client'

import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { useWords } from '@/components/floor/words/use-words'
import { fillIn } from '@/components/ui/words'
import { isTicketWork } from '@/domain/floor/queue.rules'
import type { PendingAct } from './act-sender'
import type { Subject } from './use-bars'

/** The words of an act on a party: a walk-in is removed where a booking is cancelled. */
export function nameWork<Work extends string>({
  work,
  party,
}: {
  work: Work
  party: Subject['party']
}): Work | 'REMOVE_WALK_IN' {
  return work === 'CANCEL' && party.walkIn ? 'REMOVE_WALK_IN' : work
}

/** Describes acts that have no answer yet. */
export function useQueueWords() {
  const { words, formatTime, nameParty, sizeParty, nameAct: nameOnParty } = useWords()
  const { words: lineWords } = useWaitingWords()

  /** `김민수 님 입장`, `웨이팅 17번 입장` */
  const describeWork = (subject: Subject): string => {
    const { work, isUndo, party, tableNumber = 0, ticketNumber = 0 } = subject
    const table = fillIn(words.grid.table, { number: tableNumber })
    const values = { name: nameParty(party), size: sizeParty(party), table }
    const what = isTicketWork(work)
      ? fillIn(lineWords.what[work], { number: ticketNumber })
      : fillIn(words.bars.what[nameWork({ work, party })], values)
    return isUndo ? fillIn(words.bars.whatUndo, { what }) : what
  }

  /** The act alone, where its party is obvious. */
  const nameAct = ({ act: { work }, isWalkIn }: { act: PendingAct; isWalkIn: boolean }): string => {
    if (work.kind === 'MOVE') return nameOnParty({ act: work.act, isWalkIn })
    if (work.kind === 'LATE') return words.late.title
    if (work.kind === 'CHANGE') return words.change.open
    return work.kind === 'TICKET' ? lineWords.acts[work.act] : words.bars.undo
  }

  /** The act's progress, and when it was tapped. */
  const describeWaiting = (act: PendingAct): string => {
    const rest = act.wasSent ? 'UNKNOWN' : 'UNSENT'
    const state = act.isSending ? 'SENDING' : rest
    return fillIn(words.queue[state], { time: formatTime(act.tappedAt) })
  }
  return { words, nameAct, describeWork, describeWaiting }
}
