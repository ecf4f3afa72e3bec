'use client'

import { type ReactNode, useState } from 'react'
import { splitWaiting } from '@/domain/line/waiting.rules'
import type { Waiting } from '@/domain/line/waiting.types'
import { WaitingList } from './line/waiting-list'
import { type Side, SideTabs } from './side-tabs'

/** Beside the tables: the reservations, and the line if there is one. */
export function SideLists({
  waiting,
  isLineFirst,
  isLineOnly,
  children,
}: {
  /** Null: there is no line, or the board shows another date. */
  waiting: Waiting | null
  isLineFirst: boolean
  /** The restaurant takes no bookings and has only a line. */
  isLineOnly: boolean
  /** The list of the reservations. */
  children: ReactNode
}) {
  const [side, setSide] = useState<Side>(isLineFirst ? 'LINE' : 'PARTIES')
  if (!waiting) return children
  if (isLineOnly) return <WaitingList waiting={waiting} />
  return (
    <div className="flex flex-col lg:h-full lg:min-h-0">
      <SideTabs
        side={side}
        waiting={splitWaiting(waiting.tickets).inLine.length}
        onChoose={setSide}
      />
      <div className="lg:min-h-0 lg:grow">
        {side === 'LINE' ? <WaitingList waiting={waiting} /> : children}
      </div>
    </div>
  )
}
