import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { ReservationStatus } from '@/domain/booking/types'
import type { Lateness } from '@/domain/floor/party.rules'

const marks: Record<ReservationStatus, string> = {
  HELD: 'border-2 border-dashed border-waiting',
  CONFIRMED: 'bg-quiet',
  SEATED: 'bg-confirmed',
  LEFT: 'border-2 border-quiet',
  EXPIRED: 'border-2 border-quiet',
  CANCELLED: 'border-2 border-refusal',
  NO_SHOW: 'bg-refusal',
}

const late: Record<Exclude<Lateness, 'ON_TIME'>, { word: string; mark: string }> = {
  LATE: { word: 'font-semibold text-waiting', mark: 'bg-waiting' },
  VERY_LATE: { word: 'font-semibold text-refusal', mark: 'bg-refusal' },
}

/** A status in its shape, colour and word, as on the board. */
export function StatusWord({
  status,
  lateness,
  children,
}: {
  status: ReservationStatus
  lateness: Lateness
  children: ReactNode
}) {
  const look = lateness === 'ON_TIME' ? null : late[lateness]
  return (
    <span
      className={clsx('inline-flex items-baseline gap-1.5 tabular-nums', look?.word ?? 'text-ink')}
    >
      <span
        aria-hidden="true"
        className={clsx('size-3 shrink-0 rounded-full', look?.mark ?? marks[status])}
      />
      {children}
    </span>
  )
}
