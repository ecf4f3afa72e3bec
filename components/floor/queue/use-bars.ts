'use client'

import { useCallback, useState } from 'react'
import type { ReservationAct } from '@/domain/booking/types'
import type { InsistedAct } from '@/domain/floor/insist.rules'
import type { PlaceChange, TicketWork } from '@/domain/floor/queue.rules'
import type { DayParty } from '@/domain/floor/schema'
import type { Moved, OtherBooking, PresentPlace } from './act-sender'

const MOST_BARS = 3

/** The act and its party; `isUndo` marks the undo of that act. */
export type Subject = {
  work: ReservationAct | 'WALK_IN' | 'BOOK' | 'CHANGE' | 'BLOCK' | 'UNBLOCK' | 'LATE' | TicketWork
  isUndo: boolean
  party: Pick<DayParty, 'name' | 'walkIn' | 'partySize'>
  /** What a change made another. */
  changed?: PlaceChange
  /** The one with which it changes places. */
  swapped?: Subject['party']
  /** The table of a blocked or reopened slot. */
  tableNumber?: number
  /** Where a walk-in was seated. Absent: the board doesn't know. */
  tableNumbers?: number[]
  /** How late the party has said it will be. */
  lateMinutes?: number
  /** The time that a caller has booked, maybe of another date than the board's. */
  booked?: { at: string; serviceDate: string }
  /** The number of the ticket, if the act is about one. */
  ticketNumber?: number
  /** No notice reaches the party: staff call it themselves. */
  isUntold?: boolean
}

/**
 * The bar for an answered act. DONE can be undone, SETTLED no longer. NOT_SENT: an undo without a
 * network, which would arrive too late. OUTDATED: stored on a day that is over. CHECK_NOTE: done,
 * but the note on the party was lost with its page. DONE_ALREADY: the other tablet wished the same.
 * UNCHANGED: it was as staff wished it.
 * CHANGED_MEANWHILE: it wished something else first, and the party is where that says.
 */
export type Bar = Subject & {
  id: string
  /** What the act was about; see `laneOf`. Absent: no later act settles it. */
  lane?: string
} /** `untilMs` by the database's clock. */ & (
    | { kind: 'DONE'; act: Moved; untilMs: number }
    | { kind: 'SETTLED' | 'NOT_SENT' | 'CHECK_NOTE' | 'UNCHANGED' }
    | { kind: 'OUTDATED'; wasSent: boolean }
    | { kind: 'DONE_ALREADY'; present: Moved['status'] }
    | { kind: 'CHANGED_MEANWHILE'; place: PresentPlace }
    | {
        kind: 'REFUSED'
        words: string
        reason: string
        present: Moved['status'] | null
        /** The change or correction as staff may insist on it. Null: they can't. */
        again: InsistedAct | null
        /** The reservation in the way. Null: something else is. */
        other: OtherBooking | null
        /** The tables at which others sit. Empty: that is not why. */
        occupied: number[]
      }
  )
export type DoneBar = Extract<Bar, { kind: 'DONE' }>

const solved: readonly Bar['kind'][] = ['REFUSED', 'NOT_SENT', 'DONE_ALREADY']

/** The bars that a later act has not answered: what went wrong with a party is over once something goes right. */
export function withoutSolved({ bars, lanes }: { bars: Bar[]; lanes: string[] }): Bar[] {
  return bars.filter(
    ({ kind, lane }) => !(solved.includes(kind) && lane !== undefined && lanes.includes(lane)),
  )
}

/**
 * The bars, at most three, the newest last. A new bar replaces one with the same id, so an act has
 * one bar from beginning to end.
 */
export function useBars() {
  const [bars, setBars] = useState<Bar[]>([])
  const put = useCallback((bar: Bar) => {
    setBars((before) => [...before.filter(({ id }) => id !== bar.id), bar].slice(-MOST_BARS))
  }, [])
  const drop = useCallback((id: string) => {
    setBars((before) => before.filter((bar) => bar.id !== id))
  }, [])
  const solve = useCallback((lanes: string[]) => {
    setBars((before) => withoutSolved({ bars: before, lanes }))
  }, [])
  return { bars, put, drop, solve }
}
