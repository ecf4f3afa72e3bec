'use client'

import dynamic from 'next/dynamic'
import {
  useBoardControls,
  useBoardLive,
  useBoardView,
} from '@/components/floor/state/board-context'
import type { Panel } from '@/components/floor/state/use-panel'
import { ActsPanel } from './acts-panel'
import { BlockedPanel } from './blocked-panel'
import { BookPanel } from './book-panel'
import { ChangePanel } from './change-panel'
import { CloseTablesPanel } from './close-tables-panel'
import { ClosuresPanel } from './closures-panel'
import { LineSettingPanel } from './line-setting-panel'
import { MorePanel } from './more-panel'
import { PartyPanel } from './party-panel'
import { ShiftNotePanel } from './shift-note-panel'
import { TicketPanel } from './ticket-panel'
import { WalkInPanel } from './walk-in-panel'

const ScanPanel = dynamic(() => import('./scan-panel').then((file) => file.ScanPanel), {
  ssr: false,
})

function OpenParty({
  reservationId,
  isCheckedIn,
}: {
  reservationId: string
  isCheckedIn: boolean
}) {
  const { parties } = useBoardView()
  const party = parties.find((candidate) => candidate.reservationId === reservationId)
  if (!party) return null
  return <PartyPanel key={reservationId} party={party} isCheckedIn={isCheckedIn} />
}

function OpenChange({ reservationId, slotId }: { reservationId: string; slotId: string | null }) {
  const { parties } = useBoardView()
  const party = parties.find((candidate) => candidate.reservationId === reservationId)
  if (!party) return null
  return <ChangePanel key={reservationId} party={party} slotId={slotId} />
}

function OpenTicket({ ticketId }: { ticketId: string }) {
  const { waiting } = useBoardLive()
  const ticket = waiting?.tickets.find(({ id }) => id === ticketId)
  if (!ticket) return null
  return <TicketPanel key={ticketId} ticket={ticket} />
}

function OpenBlocked({ slotId }: { slotId: string }) {
  const { slots } = useBoardView()
  const slot = slots.find((candidate) => candidate.slotId === slotId)
  if (!slot) return null
  return <BlockedPanel slot={slot} />
}

function OpenScan() {
  const { openPanel } = useBoardControls()
  return (
    <ScanPanel
      onFound={(reservationId) => openPanel({ kind: 'PARTY', reservationId, isCheckedIn: true })}
    />
  )
}

/** The panel beside the board; renders nothing for a party of another day. */
export function OpenPanel({ panel }: { panel: NonNullable<Panel> }) {
  switch (panel.kind) {
    case 'PARTY':
      return <OpenParty reservationId={panel.reservationId} isCheckedIn={panel.isCheckedIn} />
    case 'CHANGE':
      return <OpenChange reservationId={panel.reservationId} slotId={panel.slotId} />
    case 'WALK_IN':
      return <WalkInPanel chosenIds={panel.slotIds} />
    case 'BOOK':
      return <BookPanel slotId={panel.slotIds[0] ?? null} />
    case 'BLOCKED':
      return <OpenBlocked slotId={panel.slotId} />
    case 'SHIFT_NOTE':
      return <ShiftNotePanel />
    case 'TICKET':
      return <OpenTicket ticketId={panel.ticketId} />
    case 'LINE':
      return <LineSettingPanel />
    case 'SCAN':
      return <OpenScan />
    case 'ACTS':
      return <ActsPanel />
    case 'CLOSURES':
      return <ClosuresPanel />
    case 'CLOSE_TABLES':
      return <CloseTablesPanel />
    case 'MORE':
      return <MorePanel />
  }
}
