import clsx from 'clsx'
import type { ReservationStatus } from '@/domain/booking/types'
import type { Messages } from '@/lib/i18n/messages'

/** Shape and word carry the status; colour only helps. */
const shapes: Record<ReservationStatus, string> = {
  HELD: 'border-2 border-dashed border-waiting text-waiting',
  CONFIRMED: 'border-2 border-confirmed text-confirmed',
  SEATED: 'border-2 border-confirmed bg-confirmed text-raised',
  LEFT: 'border-2 border-line bg-line text-quiet',
  EXPIRED: 'border-2 border-line text-quiet line-through',
  CANCELLED: 'border-2 border-line text-quiet line-through',
  NO_SHOW: 'hatched border-2 border-line bg-raised text-quiet',
}

export function StatusMark({
  status,
  words,
}: {
  status: ReservationStatus
  words: Messages['booking']['status']
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
