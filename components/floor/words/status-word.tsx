import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { ReservationStatus } from '@/domain/booking/types'

const marks: Record<ReservationStatus, string> = {
  HELD: 'border-2 border-dashed border-waiting',
  CONFIRMED: 'bg-quiet',
  SEATED: 'bg-confirmed',
  LEFT: 'border-2 border-quiet',
  EXPIRED: 'border-2 border-quiet',
  CANCELLED: 'border-2 border-refusal',
  NO_SHOW: 'bg-refusal',
}

/** A status in its shape, colour and word, as on the board. */
export function StatusWord({
  status,
  isLate,
  children,
}: {
  status: ReservationStatus
  isLate: boolean
  children: ReactNode
}) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap tabular-nums',
        isLate ? 'font-semibold text-waiting' : 'text-ink',
      )}
    >
      <span
        aria-hidden="true"
        className={clsx('size-3 rounded-full', isLate ? 'bg-waiting' : marks[status])}
      />
      {children}
    </span>
  )
}
