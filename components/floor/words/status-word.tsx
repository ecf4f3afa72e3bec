import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { ReservationStatus } from '@/domain/booking/types'
import type { Lateness } from '@/domain/floor/party.rules'
import type { TicketStatus } from '@/domain/line/types'

/** Dashes are longer than a mark this small has room for; dots go round it. */
const marks: Record<ReservationStatus, string> = {
  HELD: 'border-2 border-dotted border-waiting',
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

function Marked({
  mark,
  word = 'text-ink',
  children,
}: {
  mark: string
  word?: string | undefined
  children: ReactNode
}) {
  return (
    <span className={clsx('inline-flex items-baseline gap-1.5 tabular-nums', word)}>
      <span aria-hidden="true" className={clsx('size-3 shrink-0 rounded-full', mark)} />
      {children}
    </span>
  )
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
    <Marked mark={look?.mark ?? marks[status]} word={look?.word}>
      {children}
    </Marked>
  )
}

const called: Record<TicketStatus, { mark: string; word?: string }> = {
  WAITING: { mark: 'bg-quiet' },
  POSTPONED: { mark: 'border-2 border-dotted border-waiting' },
  CALLED: { mark: 'border-2 border-confirmed', word: 'font-semibold text-confirmed' },
  LAST_CALLED: { mark: 'bg-accent', word: 'font-semibold text-accent' },
  SEATED: { mark: 'bg-confirmed' },
  CANCELLED: { mark: 'border-2 border-refusal' },
  LAPSED: { mark: 'bg-refusal', word: 'text-refusal' },
}

/** The status of a party in line, by the same marks. */
export function TicketWord({ status, children }: { status: TicketStatus; children: ReactNode }) {
  return <Marked {...called[status]}>{children}</Marked>
}
