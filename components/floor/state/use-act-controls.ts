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
import type { InsistedChange } from '@/domain/floor/insist.rules'
import type { PlaceChange } from '@/domain/floor/queue.rules'
import type { Day, DayParty } from '@/domain/floor/schema'
import type { StaffTicketAct, WaitingTicket } from '@/domain/line/waiting.types'
import type { PanelControls } from './use-panel'

/** The staff's acts as stable functions; the panel closes once its act is done or queued. */
export function useActControls({
  day,
  acts,
  panelControls: { openTicket, closePanel },
}: {
  day: Day
  acts: ReturnType<typeof useActs>
  panelControls: PanelControls
}) {
  const actOnParty = useStable(
    async (party: DayParty, work: ReservationAct, why?: CancelReason) => {
      if (await acts.act(party, work, why)) closePanel()
    },
  )
  const changeParty = useStable(async (party: DayParty, wish: PlaceChange) => {
    if (await acts.change(party, wish)) closePanel()
  })
  const sayLate = useStable(async (party: DayParty, minutes: number) => {
    if (await acts.sayLate(party, minutes)) closePanel()
  })
  const actOnTicket = useStable(async (wish: TicketWish) => {
    if (await acts.actOnTicket(wish)) closePanel()
  })
  const seatWalkIn = useStable(async (wish: WalkInWish) => {
    if (await acts.seatWalkIn(wish)) closePanel()
  })
  const blockSlot = useStable(async (slotId: string, isBlocked: boolean) => {
    if (await acts.block(slotId, isBlocked)) closePanel()
  })
  const tapTicket = useStable((ticket: WaitingTicket, work: StaffTicketAct) => {
    // Eating in needs a table first; take-away does not.
    const isAtTable = ticket.dining === 'IN_STORE' && day.slots.length > 0
    if (work === 'SEAT' && isAtTable) return openTicket(ticket)
    void acts.actOnTicket({ ticket, act: work })
  })
  const insist = useStable(async (doubt: Doubt) => {
    if (await acts.insist(doubt)) closePanel()
  })
  const insistOnChange = useStable(
    async ({ barId, again }: { barId: string; again: InsistedChange }) => {
      acts.drop(barId)
      if (await acts.change(again, again.change)) closePanel()
    },
  )
  const { leaveDoubt } = acts
  const undo = useStable(acts.undo)
  const dropBar = useStable(acts.drop)
  const takeBack = useStable(acts.takeBack)
  const tellBooked = useStable((told: Parameters<typeof acts.tellBooked>[0]) => {
    acts.tellBooked(told)
    closePanel()
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
      insistOnChange,
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
      insistOnChange,
      leaveDoubt,
      undo,
      dropBar,
      takeBack,
      tellBooked,
    ],
  )
}

export type ActControls = ReturnType<typeof useActControls>
