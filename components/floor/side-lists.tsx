'use client'

import { type ReactNode, useState } from 'react'
import { splitWaiting } from '@/domain/line/waiting.rules'
import type { StaffTicketAct, Waiting, WaitingTicket } from '@/domain/line/waiting.types'
import { WaitingList } from './line/waiting-list'
import type { PendingAct } from './queue/act-sender'
import { type Side, SideTabs } from './side-tabs'

/** Beside the tables: who has booked, and who stands in line where there is one. */
export function SideLists({
  waiting,
  isLineFirst,
  isLineOnly,
  children,
  ...rest
}: {
  /** Null: there is no line, or the board shows another date. */
  waiting: Waiting | null
  isLineFirst: boolean
  /** There is nothing to book: the line is all there is. */
  isLineOnly: boolean
  /** The list of the reservations. */
  children: ReactNode
  nowMs: number
  pending: ReadonlySet<string>
  queued: PendingAct[]
  onOpen: (ticket: WaitingTicket) => void
  onAct: (ticket: WaitingTicket, act: StaffTicketAct) => void
  onChangeLine: () => void
}) {
  const [side, setSide] = useState<Side>(isLineFirst ? 'LINE' : 'PARTIES')
  if (!waiting) return children
  if (isLineOnly) return <WaitingList waiting={waiting} {...rest} />
  return (
    <div className="flex flex-col lg:h-full lg:min-h-0">
      <SideTabs
        side={side}
        waiting={splitWaiting(waiting.tickets).inLine.length}
        onChoose={setSide}
      />
      <div className="lg:min-h-0 lg:grow">
        {side === 'LINE' ? <WaitingList waiting={waiting} {...rest} /> : children}
      </div>
    </div>
  )
}
