import clsx from 'clsx'
import type { TicketStatus } from '@/domain/line/types'
import type { Messages } from '@/lib/i18n/messages'

/** Shape and word carry the status; colour only helps. */
const shapes: Record<TicketStatus, string> = {
  WAITING: 'border-2 border-dashed border-waiting text-waiting',
  POSTPONED: 'border-2 border-dashed border-waiting text-waiting',
  CALLED: 'border-2 border-confirmed text-confirmed',
  LAST_CALLED: 'border-2 border-accent bg-accent text-on-accent',
  SEATED: 'border-2 border-confirmed bg-confirmed text-raised',
  CANCELLED: 'border-2 border-line text-quiet line-through',
  LAPSED: 'hatched border-2 border-line bg-raised text-quiet',
}

export function TicketMark({
  status,
  words,
}: {
  status: TicketStatus
  words: Messages['line']['ticket']['status']
}) {
  return (
    <span
      className={clsx(
        'inline-flex shrink-0 items-center rounded-full px-3 py-0.5 text-15 font-semibold whitespace-nowrap',
        shapes[status],
      )}
    >
      {words[status]}
    </span>
  )
}
