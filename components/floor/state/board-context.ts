'use client'

import { type Context, createContext, use } from 'react'
import type { Trouble } from '@/components/floor/feed/watched-feed'
import type { PendingAct } from '@/components/floor/queue/act-sender'
import type { Doubt } from '@/components/floor/queue/use-acts'
import type { AuthorState } from '@/components/floor/queue/use-author'
import type { Bar } from '@/components/floor/queue/use-bars'
import type { DayChange } from '@/domain/floor/change.rules'
import type { Day } from '@/domain/floor/schema'
import type { Waiting } from '@/domain/line/waiting.types'
import type { BoardIdentity } from './board-identity'
import type { ActControls } from './use-act-controls'
import type { Panel, PanelControls } from './use-panel'

/** Stays the same object while the board is open: the board's identity and every act on it. */
export type BoardControls = PanelControls &
  ActControls & {
    identity: BoardIdentity
    /** Who acts, on a shared tablet by their PIN. Null: nobody said so, and nothing is done. */
    authorise: AuthorState['authorise']
    /** After a changed setting, reloads the page and the board with it. */
    reload: () => void
  }

/** The data of tables and lists; stays the same object after a poll without news. */
export type BoardView = Pick<
  Day,
  | 'restaurantId'
  | 'serviceDate'
  | 'today'
  | 'closed'
  | 'tables'
  | 'combinations'
  | 'areas'
  | 'floorPlan'
  | 'closures'
  | 'slots'
  | 'parties'
> & {
  /** The present by the database's clock, in steps of ten seconds. */
  nowMs: number
  /** Recent changes by others, each with the end of its mark. */
  marks: ReadonlyMap<string, number>
  /** Acts that have no answer yet. */
  queued: PendingAct[]
  /** The keys by which buttons find their pending act; see `keyOf`. */
  pending: ReadonlySet<string>
  /** Reservations and slots with an act that has no answer yet. */
  waitingIds: ReadonlySet<string>
}

/** Changes with each poll. */
export type BoardLive = {
  day: Day
  /** Null: the board is live. */
  trouble: Trouble | null
  /** The newest change by another person, for screen readers. */
  news: DayChange | null
  /** Today's line. Null: the restaurant has none. */
  waiting: Waiting | null
  /** The same line while the board shows today, otherwise null. */
  shownLine: Waiting | null
  panel: Panel
  bars: Bar[]
  /** An act on another date's party about which staff are asked. Null: none. */
  doubt: Doubt | null
  author: AuthorState
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
/** For parts that must follow each poll; memoising a component that reads this is pointless. */
export const useBoardLive = () => useProvided(LiveContext)
