'use client'

import type { ReactNode } from 'react'
import type { Day, DayParty } from '@/domain/board/day/types'
import type { ReservationAct } from '@/domain/booking/types'
import { PartyPanel } from './party-panel'
import type { WalkInWish } from './use-acts'
import type { Panel } from './use-panel'
import { WalkInPanel } from './walk-in-panel'

/** A party, or a walk-in in the making; nothing when nothing is open or the party is of another day. */
export function OpenPanel({
  panel,
  day,
  onToggle,
  onSeat,
  ...rest
}: {
  panel: Panel
  day: Day
  nowMs: number
  pending: ReadonlySet<string>
  over: ReactNode
  onAct: (party: DayParty, act: ReservationAct) => void
  onToggle: (slotId: string) => void
  onSeat: (wish: WalkInWish) => void
  onClose: () => void
}) {
  const { nowMs, pending, over, onAct, onClose } = rest
  if (panel?.kind === 'WALK_IN')
    return (
      <WalkInPanel
        day={day}
        nowMs={nowMs}
        chosenIds={panel.slotIds}
        isPending={pending.has('WALK_IN')}
        over={over}
        onToggle={onToggle}
        onSeat={onSeat}
        onClose={onClose}
      />
    )
  const party = day.parties.find(({ reservationId }) => reservationId === panel?.reservationId)
  if (!party) return null
  return (
    <PartyPanel
      key={party.reservationId}
      party={party}
      nowMs={nowMs}
      pending={pending}
      over={over}
      onAct={onAct}
      onClose={onClose}
    />
  )
}
