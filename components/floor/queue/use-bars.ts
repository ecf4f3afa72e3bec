'use client'

import { useCallback, useState } from 'react'
import type { ReservationAct } from '@/domain/booking/types'
import type { TicketWork } from '@/domain/floor/queue.rules'
import type { DayParty } from '@/domain/floor/schema'
import type { Moved } from './act-sender'

const MOST_BARS = 3

/** What was done to whom; `isUndo`: what was done is that it was taken back. */
export type Subject = {
  work: ReservationAct | 'WALK_IN' | 'BLOCK' | 'UNBLOCK' | TicketWork
  isUndo: boolean
  party: Pick<DayParty, 'name' | 'walkIn' | 'partySize'>
  /** Of the slot that was blocked or opened. */
  tableNumber?: number
  /** Of the ticket, if it is about one. */
  ticketNumber?: number
}

/**
 * What the bar at the bottom says about an act that has its answer. DONE can be taken back, SETTLED
 * no more. NOT_SENT: an undo without a network, which would come too late. OUTDATED was kept from a
 * day that is over. CHECK_NOTE: done, but the words about the party were lost with a page.
 */
export type Bar = Subject & { id: string } /** `untilMs` by the database's clock. */ & (
    | { kind: 'DONE'; act: Moved; untilMs: number }
    | { kind: 'SETTLED' | 'NOT_SENT' | 'CHECK_NOTE' }
    | { kind: 'OUTDATED'; wasSent: boolean }
    | { kind: 'REFUSED'; words: string; present: Moved['status'] | null }
  )
export type DoneBar = Extract<Bar, { kind: 'DONE' }>

/**
 * The bars, at most three, the newest last. One with the same id replaces the one before, so that an
 * act has one bar from its beginning to its end.
 */
export function useBars() {
  const [bars, setBars] = useState<Bar[]>([])
  const put = useCallback((bar: Bar) => {
    setBars((before) => [...before.filter(({ id }) => id !== bar.id), bar].slice(-MOST_BARS))
  }, [])
  const drop = useCallback((id: string) => {
    setBars((before) => before.filter((bar) => bar.id !== id))
  }, [])
  return { bars, put, drop }
}
