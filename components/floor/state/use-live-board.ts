'use client'

import { useMemo, useRef } from 'react'
import { useDay } from '@/components/floor/feed/use-day'
import { useWaiting } from '@/components/floor/feed/use-waiting'
import { type TicketWish, useActs, type WalkInWish } from '@/components/floor/queue/use-acts'
import { useStable } from '@/components/ui/use-stable'
import type { ReservationAct } from '@/domain/booking/types'
import { listMarked } from '@/domain/floor/queue.rules'
import type { Day, DayParty } from '@/domain/floor/schema'
import type { StaffTicketAct, Waiting, WaitingTicket } from '@/domain/line/waiting.types'
import type { BoardIdentity } from './board-identity'
import { type Panel, usePanel } from './use-panel'

type Options = {
  initialDay: Day
  initialWaiting: Waiting | null
  isFollowingToday: boolean
  identity: BoardIdentity
  firstPanel: Panel
}

type Acts = ReturnType<typeof useActs>
type OpenPanel = ReturnType<typeof usePanel>

/** What staff do; the panel it was done in closes once the act is away. */
function useTaps({ day, acts, panel }: { day: Day; acts: Acts; panel: OpenPanel }) {
  const { open, close } = panel
  const onAct = useStable(async (party: DayParty, work: ReservationAct) => {
    if (await acts.act(party, work)) close()
  })
  const onTicketAct = async (wish: TicketWish) => {
    if (await acts.actOnTicket(wish)) close()
  }
  const onSeat = async (wish: WalkInWish) => {
    if (await acts.seatWalkIn(wish)) close()
  }
  const onBlock = async (slotId: string, isBlocked: boolean) => {
    if (await acts.block(slotId, isBlocked)) close()
  }
  const onOpenTicket = useStable(({ id }: WaitingTicket) => open({ kind: 'TICKET', ticketId: id }))
  const onOpenLine = useStable(() => open({ kind: 'LINE' }))
  const onTapTicket = useStable((ticket: WaitingTicket, work: StaffTicketAct) => {
    // Where somebody sits down is chosen first; whoever takes food along only goes.
    const isAtTable = ticket.dining === 'IN_STORE' && day.slots.length > 0
    if (work === 'SEAT' && isAtTable) return onOpenTicket(ticket)
    void acts.actOnTicket({ ticket, act: work })
  })
  return { onAct, onTicketAct, onSeat, onBlock, onOpenTicket, onOpenLine, onTapTicket }
}

/** The day and today's line, both live, with what lies open beside them and every act of the staff. */
export function useLiveBoard(options: Options) {
  const { initialDay, initialWaiting, isFollowingToday, identity, firstPanel } = options
  const { accountId, locale } = identity
  const ownIds = useRef(new Set<string>())
  const live = useDay({ initialDay, isFollowingToday, locale, ownIds })
  const line = useWaiting({ initial: initialWaiting, locale })
  const { day, changeDay } = live
  const refresh = () => {
    live.refresh()
    line.refresh()
  }
  const changeLine = line.change
  const acts = useActs({ day, accountId, locale, ownIds, changeDay, changeLine, refresh })
  const panel = usePanel(firstPanel)
  const taps = useTaps({ day, acts, panel })
  const { queued } = acts
  const waitingIds = useMemo(
    () => new Set(queued.filter(({ isTold }) => isTold).flatMap(listMarked)),
    [queued],
  )
  const { waiting } = line
  // The line is always today's.
  const shownLine = waiting?.serviceDate === day.serviceDate ? waiting : null
  return { ...live, waiting, shownLine, refresh, acts, waitingIds, panel, taps }
}
