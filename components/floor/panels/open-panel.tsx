'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import type { PendingAct } from '@/components/floor/queue/act-sender'
import type { TicketWish, WalkInWish } from '@/components/floor/queue/use-acts'
import type { BoardIdentity } from '@/components/floor/state/board-identity'
import type { Panel } from '@/components/floor/state/use-panel'
import type { ReservationAct } from '@/domain/booking/types'
import { laneOf } from '@/domain/floor/queue.rules'
import type { Day, DayParty } from '@/domain/floor/schema'
import type { Waiting } from '@/domain/line/waiting.types'
import { BlockedPanel } from './blocked-panel'
import { LineSettingPanel } from './line-setting-panel'
import { MorePanel } from './more-panel'
import { PartyPanel } from './party-panel'
import { TicketPanel } from './ticket-panel'
import { WalkInPanel } from './walk-in-panel'

const ScanPanel = dynamic(() => import('./scan-panel').then((file) => file.ScanPanel), {
  ssr: false,
})

type Props = {
  panel: Panel
  day: Day
  /** Null: the restaurant has no line. */
  waiting: Waiting | null
  nowMs: number
  identity: BoardIdentity
  pending: ReadonlySet<string>
  queued: PendingAct[]
  over: ReactNode
  onAct: (party: DayParty, act: ReservationAct) => void
  onTicketAct: (wish: TicketWish) => void
  onTakeBack: (key: string) => void
  onToggle: (slotId: string) => void
  onSeat: (wish: WalkInWish) => void
  onBlock: (slotId: string, isBlocked: boolean) => void
  onOpen: (panel: NonNullable<Panel>) => void
  onChanged: () => void
  onClose: () => void
}

function OpenParty({
  panel,
  identity,
  queued,
  onChanged,
  ...rest
}: Props & { panel: { kind: 'PARTY'; reservationId: string; isCheckedIn: boolean } }) {
  const { day, nowMs, pending, over, onAct, onTakeBack, onClose } = rest
  const party = day.parties.find(({ reservationId }) => reservationId === panel.reservationId)
  if (!party) return null
  return (
    <PartyPanel
      key={party.reservationId}
      {...{ party, nowMs, pending, over, onAct, onTakeBack, onClose }}
      queued={queued.filter((act) => laneOf(act) === party.reservationId)}
      isCheckedIn={panel.isCheckedIn}
      locale={identity.locale}
      onNoted={onChanged}
    />
  )
}

function OpenTicket({
  day,
  waiting,
  ticketId,
  queued,
  onTicketAct,
  ...rest
}: Props & { ticketId: string }) {
  const { nowMs, pending, over, onClose } = rest
  const ticket = waiting?.tickets.find(({ id }) => id === ticketId)
  if (!ticket) return null
  return (
    <TicketPanel
      key={ticketId}
      {...{ ticket, day, nowMs, pending, over, onClose }}
      queued={queued.filter((act) => laneOf(act) === ticketId)}
      onAct={onTicketAct}
    />
  )
}

function OpenBlocked({ day, slotId, pending, over, onBlock, onClose }: Props & { slotId: string }) {
  const slot = day.slots.find((candidate) => candidate.slotId === slotId)
  if (!slot) return null
  return (
    <BlockedPanel
      {...{ slot, over, onClose }}
      isPending={pending.has(slotId)}
      onUnblock={() => onBlock(slotId, false)}
    />
  )
}

/** What lies open beside the board; nothing for a party of another day. */
export function OpenPanel(props: Props) {
  const { panel, day, nowMs, identity, pending, over } = props
  const { onToggle, onSeat, onBlock, onOpen, onChanged, onClose } = props
  const { locale } = identity
  switch (panel?.kind) {
    case 'PARTY':
      return <OpenParty {...props} panel={panel} />
    case 'WALK_IN':
      return (
        <WalkInPanel
          {...{ day, nowMs, over, onToggle, onSeat, onClose }}
          chosenIds={panel.slotIds}
          isPending={pending.has('WALK_IN')}
          onBlock={(slotId) => onBlock(slotId, true)}
        />
      )
    case 'BLOCKED':
      return <OpenBlocked {...props} slotId={panel.slotId} />
    case 'TICKET':
      return <OpenTicket {...props} ticketId={panel.ticketId} />
    case 'LINE':
      return (
        <LineSettingPanel
          {...{ locale, over, onChanged, onClose }}
          restaurantId={day.restaurantId}
          slug={identity.slug}
          waiting={props.waiting}
          canSettle={identity.canSettle}
        />
      )
    case 'SCAN':
      return (
        <ScanPanel
          {...{ day, locale, over, onClose }}
          origin={identity.origin}
          onFound={(reservationId) => onOpen({ kind: 'PARTY', reservationId, isCheckedIn: true })}
        />
      )
    case 'MORE':
      return (
        <MorePanel
          {...{ day, locale, over, onChanged, onClose }}
          slug={identity.slug}
          canSettle={identity.canSettle}
          onOpenLine={() => onOpen({ kind: 'LINE' })}
        />
      )
    default:
      return null
  }
}
