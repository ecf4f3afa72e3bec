'use client'

import { type Dispatch, type SetStateAction, useMemo, useState } from 'react'
import type { Block } from '@/domain/floor/grid.rules'
import type { DayParty } from '@/domain/floor/schema'
import type { WaitingTicket } from '@/domain/line/waiting.types'

/** The panel open beside the board. */
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

function makeControls(setPanel: Dispatch<SetStateAction<Panel>>) {
  const openParty = ({ reservationId }: DayParty) =>
    setPanel({ kind: 'PARTY', reservationId, isCheckedIn: false })
  /** While the walk-in panel is open, a tap adds a table or removes it. */
  const toggleSlot = (slotId: string) =>
    setPanel((before) => ({
      kind: 'WALK_IN',
      slotIds: toggle(before?.kind === 'WALK_IN' ? before.slotIds : [], slotId),
    }))
  const chooseBlock = ({ party, kind, slotIds: [slotId] }: Block) => {
    if (party) openParty(party)
    else if (slotId && kind === 'BLOCKED') setPanel({ kind, slotId })
    else if (slotId) toggleSlot(slotId)
  }
  return {
    openPanel: (next: NonNullable<Panel>) => setPanel(next),
    openTicket: ({ id }: WaitingTicket) => setPanel({ kind: 'TICKET', ticketId: id }),
    closePanel: () => setPanel(null),
    openParty,
    toggleSlot,
    chooseBlock,
  }
}

export type PanelControls = ReturnType<typeof makeControls>

export function usePanel(first: Panel) {
  const [panel, setPanel] = useState<Panel>(first)
  const panelControls = useMemo(() => makeControls(setPanel), [])
  return { panel, panelControls }
}
