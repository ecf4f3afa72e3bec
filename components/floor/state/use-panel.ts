'use client'

import { useCallback, useState } from 'react'
import type { Block } from '@/domain/floor/grid.rules'
import type { DayParty } from '@/domain/floor/schema'

/** What lies open beside the board. */
export type Panel =
  | { kind: 'PARTY'; reservationId: string; isCheckedIn: boolean }
  | { kind: 'WALK_IN'; slotIds: string[] }
  | { kind: 'BLOCKED'; slotId: string }
  | { kind: 'TICKET'; ticketId: string }
  | { kind: 'LINE' }
  | { kind: 'SCAN' }
  | { kind: 'MORE' }
  | null

function toggle(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]
}

export function usePanel(first: Panel) {
  const [panel, setPanel] = useState<Panel>(first)
  const close = useCallback(() => setPanel(null), [])
  const open = useCallback((next: NonNullable<Panel>) => setPanel(next), [])
  const openParty = useCallback(({ reservationId }: DayParty) => {
    setPanel({ kind: 'PARTY', reservationId, isCheckedIn: false })
  }, [])
  /** With the walk-in panel open, tables are added to it and taken out again. */
  const toggleSlot = useCallback((slotId: string) => {
    setPanel((before) => ({
      kind: 'WALK_IN',
      slotIds: toggle(before?.kind === 'WALK_IN' ? before.slotIds : [], slotId),
    }))
  }, [])
  const choose = useCallback(
    ({ party, kind, slotIds: [slotId] }: Block) => {
      if (party) openParty(party)
      else if (slotId && kind === 'BLOCKED') setPanel({ kind, slotId })
      else if (slotId) toggleSlot(slotId)
    },
    [openParty, toggleSlot],
  )
  return { panel, close, open, openParty, toggleSlot, choose }
}
