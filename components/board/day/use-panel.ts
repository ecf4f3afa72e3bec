'use client'

import { useCallback, useState } from 'react'
import type { Block } from '@/domain/board/day/grid/types'
import type { DayParty } from '@/domain/board/day/types'

/** What lies open beside the board. */
export type Panel =
  | { kind: 'PARTY'; reservationId: string }
  | { kind: 'WALK_IN'; slotIds: string[] }
  | null

function toggle(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]
}

export function usePanel() {
  const [panel, setPanel] = useState<Panel>(null)
  const close = useCallback(() => setPanel(null), [])
  const openParty = useCallback(({ reservationId }: DayParty) => {
    setPanel({ kind: 'PARTY', reservationId })
  }, [])
  const openWalkIn = useCallback(() => setPanel({ kind: 'WALK_IN', slotIds: [] }), [])
  /** With the walk-in panel open, tables are added to it and taken out again. */
  const toggleSlot = useCallback((slotId: string) => {
    setPanel((open) => ({
      kind: 'WALK_IN',
      slotIds: toggle(open?.kind === 'WALK_IN' ? open.slotIds : [], slotId),
    }))
  }, [])
  const choose = useCallback(
    ({ party, slotIds: [slotId] }: Block) => {
      if (party) openParty(party)
      else if (slotId) toggleSlot(slotId)
    },
    [openParty, toggleSlot],
  )
  return { panel, close, openParty, openWalkIn, toggleSlot, choose }
}
