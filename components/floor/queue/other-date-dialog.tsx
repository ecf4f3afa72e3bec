'use client'

import { useWords } from '@/components/floor/words/use-words'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { fillIn } from '@/components/ui/words'
import type { Doubt } from './use-acts'
import { useQueueWords } from './use-queue-words'

/** Asks once before staff act on a party of another date, and names the date. */
export function OtherDateDialog({
  doubt,
  today,
  onInsist,
  onLeave,
}: {
  doubt: Doubt
  /** The service date that runs now. */
  today: string
  onInsist: (doubt: Doubt) => void
  onLeave: () => void
}) {
  const { words, formatDate } = useWords()
  const { describeWork } = useQueueWords()
  const { otherDate } = words
  return (
    <ConfirmDialog
      key={doubt.act.key}
      isOpen
      tone="main"
      title={fillIn(otherDate.title, { date: formatDate(doubt.serviceDate) })}
      confirm={otherDate.insist}
      cancel={otherDate.leave}
      closeLabel={words.bars.close}
      isRunning={false}
      onConfirm={() => onInsist(doubt)}
      onClose={onLeave}
    >
      {fillIn(otherDate.text, {
        date: formatDate(doubt.serviceDate),
        running: formatDate(today),
        what: describeWork(doubt.subject),
      })}
    </ConfirmDialog>
  )
}
