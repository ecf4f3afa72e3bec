'use client'

import { type Context, createContext, use } from 'react'
import type { Trouble } from '@/components/floor/feed/watched-feed'
import type { PendingAct } from '@/components/floor/queue/act-sender'
import type { Bar } from '@/components/floor/queue/use-bars'
import type { DayChange } from '@/domain/floor/change.rules'
import type { Day } from '@/domain/floor/schema'
import type { Waiting } from '@/domain/line/waiting.types'
import type { BoardIdentity } from './board-identity'
import type { ActControls } from './use-act-controls'
import type { Panel, PanelControls } from './use-panel'

/** The same object while the board is open: who stands before it, and all that can be done on it. */
export type BoardControls = PanelControls &
  ActControls & {
    identity: BoardIdentity
    /** A setting was changed: the page is asked for anew, and the board with it. */
    reload: () => void
  }

/** What tables and lists are drawn from: the same object after a poll that brings nothing new. */
export type BoardView = Pick<
  Day,
  'restaurantId' | 'serviceDate' | 'today' | 'tables' | 'slots' | 'parties'
> & {
  /** The present by the database's clock, in steps of ten seconds. */
  nowMs: number
  /** What others changed lately, and until when it is marked. */
  marks: ReadonlyMap<string, number>
  /** What was tapped and has no answer yet. */
  queued: PendingAct[]
  /** By what a button knows that its act is on the way; see `keyOf`. */
  pending: ReadonlySet<string>
  /** Reservations and slots for which something was tapped that has no answer yet. */
  waitingIds: ReadonlySet<string>
}

/** What each poll brings anew. */
export type BoardLive = {
  day: Day
  /** Null: the board is live. */
  trouble: Trouble | null
  /** The newest change by somebody else, to be read out. */
  news: DayChange | null
  /** Today's line. Null: the restaurant has none. */
  waiting: Waiting | null
  /** The same, where the board shows today. */
  shownLine: Waiting | null
  panel: Panel
  bars: Bar[]
}

export const ControlsContext = createContext<BoardControls | null>(null)
export const ViewContext = createContext<BoardView | null>(null)
export const LiveContext = createContext<BoardLive | null>(null)

function useProvided<Value>(context: Context<Value | null>): Value {
  const value = use(context)
  if (value === null) throw new Error('This is a part of the board, and stands outside of it.')
  return value
}

export const useBoardControls = () => useProvided(ControlsContext)
export const useBoardView = () => useProvided(ViewContext)
/** For what has to follow each poll; anything that is memoised would be so in vain. */
export const useBoardLive = () => useProvided(LiveContext)
