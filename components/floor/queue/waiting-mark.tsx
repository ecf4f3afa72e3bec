'use client'

import { ClockIcon } from '@/components/ui/icons'
import { fillIn } from '@/components/ui/words'
import type { PendingAct } from './act-sender'
import { useQueueWords } from './use-queue-words'

/** Shown on the party itself: the tapped act, its progress and its time. */
export function WaitingMark({ act, isWalkIn = false }: { act: PendingAct; isWalkIn?: boolean }) {
  const { words, nameAct, describeWaiting } = useQueueWords()
  return (
    <span className="flex items-start gap-1.5 text-15 font-semibold text-waiting tabular-nums">
      <ClockIcon />
      {fillIn(words.queue.mark, { what: nameAct({ act, isWalkIn }), state: describeWaiting(act) })}
    </span>
  )
}
