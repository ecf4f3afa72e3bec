'use client'

import { useMemo } from 'react'
import type {
  CancelReason,
  Doubt,
  TicketWish,
  useActs,
  WalkInWish,
} from '@/components/floor/queue/use-acts'
import { useStable } from '@/components/ui/use-stable'
import type { ReservationAct } from '@/domain/booking/types'
import type { InsistedAct } from '@/domain/floor/insist.rules'
import type { PlaceChange } from '@/domain/floor/queue.rules'
import type { Day, DayParty } from '@/domain/floor/schema'
import type { StaffTicketAct, WaitingTicket } from '@/domain/line/waiting.types'
import type { Panel, PanelControls } from './use-panel'

/** The party of a panel. */
const idOf = (panel: Panel) => (panel && 'reservationId' in panel ? panel.reservationId : null)

/** The staff's acts as stable functions; the panel closes once its act is done or queued. */
export function useActControls({
  day,
  acts,
  panel,
  panelControls: { openTicket, closePanelOf },
}: {
  day: Day
  acts: ReturnType<typeof useActs>
  /** The open one, as it was when staff tapped. */
  panel: Panel
  panelControls: PanelControls
}) {
  const ofParty = ({ reservationId }: Pick<DayParty, 'reservationId'>) =>
    idOf(panel) === reservationId ? panel : null
  const actOnParty = useStable(
    async (party: DayParty, work: ReservationAct, why?: CancelReason) => {
      const opened = ofParty(party)
      if (await acts.act(party, work, why)) closePanelOf(opened)
    },
  )
  const changeParty = useStable(
    async (party: Pick<DayParty, 'reservationId'>, wish: PlaceChange) => {
      const opened = ofParty(party)
      if (await acts.change(party, wish)) closePanelOf(opened)
    },
  )
  const sayLate = useStable(async (party: DayParty, minutes: number) => {
    const opened = ofParty(party)
    if (await acts.sayLate(party, minutes)) closePanelOf(opened)
  })
  const actOnTicket = useStable(async (wish: TicketWish) => {
    if (await acts.actOnTicket(wish)) closePanelOf(panel)
  })
  const seatWalkIn = useStable(async (wish: WalkInWish) => {
    if (await acts.seatWalkIn(wish)) closePanelOf(panel)
  })
  const blockSlot = useStable(async (slotId: string, isBlocked: boolean) => {
    if (await acts.block(slotId, isBlocked)) closePanelOf(panel)
  })
  const tapTicket = useStable((ticket: WaitingTicket, work: StaffTicketAct) => {
    // Eating in needs a table first; take-away does not.
    const isAtTable = ticket.dining === 'IN_STORE' && day.slots.length > 0
    if (work === 'SEAT' && isAtTable) return openTicket(ticket)
    void acts.actOnTicket({ ticket, act: work })
  })
  const insist = useStable(async (doubt: Doubt) => {
    if (await acts.insist(doubt)) closePanelOf(panel)
  })
  const insistOnAct = useStable(async ({ barId, again }: { barId: string; again: InsistedAct }) => {
    const opened = ofParty(again)
    acts.drop(barId)
    const asked =
      'change' in again ? acts.change(again, again.change) : acts.correctAnyway(again.correction)
    if (await asked) closePanelOf(opened)
  })
  const { leaveDoubt } = acts
  const undo = useStable(acts.undo)
  const dropBar = useStable(acts.drop)
  const takeBack = useStable(acts.takeBack)
  const tellBooked = useStable((told: Parameters<typeof acts.tellBooked>[0]) => {
    acts.tellBooked(told)
    closePanelOf(panel?.kind === 'BOOK' ? panel : null)
  })
  return useMemo(
    () => ({
      actOnParty,
      sayLate,
      changeParty,
      actOnTicket,
      seatWalkIn,
      blockSlot,
      tapTicket,
      insist,
      insistOnAct,
      leaveDoubt,
      undo,
      dropBar,
      takeBack,
      tellBooked,
    }),
    [
      actOnParty,
      sayLate,
      changeParty,
      actOnTicket,
      seatWalkIn,
      blockSlot,
      tapTicket,
      insist,
      insistOnAct,
      leaveDoubt,
      undo,
      dropBar,
      takeBack,
      tellBooked,
    ],
  )
}

export type ActControls = ReturnType<typeof useActControls>
