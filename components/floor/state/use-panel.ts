'use client'

import { type Dispatch, type SetStateAction, useMemo, useState } from 'react'
import type { Block } from '@/domain/floor/grid.rules'
import { isForCallers } from '@/domain/floor/phone.rules'
import type { DayParty } from '@/domain/floor/schema'
import type { WaitingTicket } from '@/domain/line/waiting.types'

/** The panel open beside the board. */
export type Panel =
  | { kind: 'PARTY'; reservationId: string; isCheckedIn: boolean }
  /** A party that is being moved, and the cell that staff tapped or dropped it on. Null: none yet. */
  | { kind: 'CHANGE'; reservationId: string; slotId: string | null }
  | { kind: 'WALK_IN'; slotIds: string[] }
  /** A booking for a caller, at the tapped slot; none: staff choose. */
  | { kind: 'BOOK'; slotIds: string[] }
  | { kind: 'BLOCKED'; slotId: string }
  | { kind: 'TICKET'; ticketId: string }
  | { kind: 'LINE' }
  | { kind: 'SCAN' }
  | { kind: 'MORE' }
  /** What is closed, and where its parties could go. */
  | { kind: 'CLOSURES' }
  | { kind: 'CLOSE_TABLES' }
  | { kind: 'SHIFT_NOTE' }
  /** Who did what on the board's date. */
  | { kind: 'ACTS' }
  | null

type Tapped = { block: Block; nowMs: number }

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
  /** A free cell is booked for a caller if its time is to come, and else for the door. */
  const open = ({ block, nowMs }: Tapped, before: Panel): Panel => {
    const { party, kind, startsAt } = block
    const [slotId = ''] = block.slotIds
    if (party) return { kind: 'PARTY', reservationId: party.reservationId, isCheckedIn: false }
    if (kind === 'BLOCKED') return { kind, slotId }
    const isBooking = before?.kind === 'BOOK' || isForCallers({ startsAt, nowMs })
    if (before?.kind !== 'WALK_IN' && isBooking) return { kind: 'BOOK', slotIds: [slotId] }
    const chosen = before?.kind === 'WALK_IN' ? before.slotIds : []
    return { kind: 'WALK_IN', slotIds: toggle(chosen, slotId) }
  }
  /** While a party is being moved, a tap on a cell says where to. */
  const chooseBlock = (tapped: Tapped) =>
    setPanel((before) =>
      before?.kind === 'CHANGE'
        ? { ...before, slotId: tapped.block.slotIds[0] ?? null }
        : open(tapped, before),
    )
  /** `slotId`: the cell on which the party was dropped. */
  const moveParty = ({ reservationId }: DayParty, slotId: string | null = null) =>
    setPanel({ kind: 'CHANGE', reservationId, slotId })
  return {
    openPanel: (next: NonNullable<Panel>) => setPanel(next),
    openTicket: ({ id }: WaitingTicket) => setPanel({ kind: 'TICKET', ticketId: id }),
    closePanel: () => setPanel(null),
    /** Once an act has its answer: what staff have opened since stays. */
    closePanelOf: (opened: Panel) => setPanel((before) => (before === opened ? null : before)),
    openParty,
    moveParty,
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
