import type { DayParty, DayTable } from './types'

/**
 * What stands in a cell. GONE: over, and a party was there. OVER: over, and nobody was; both
 * can't be taken any more.
 */
export type BlockKind = 'FREE' | 'HELD' | 'TAKEN' | 'BLOCKED' | 'GONE' | 'OVER'

/** One slot, or the neighbouring slots of one table that one party has. */
export type Block = {
  kind: BlockKind
  tableNumber: number
  slotIds: string[]
  minParty: number
  maxParty: number
  startsAt: string
  endsAt: string
  /** Null: nobody is or was there. */
  party: DayParty | null
}

export type GridRow = { table: DayTable; blocks: Block[] }

type Stretch = { startMs: number; endMs: number; offset: number; length: number }

/** Instants as places on an axis, in minutes; hours in which no table is offered are cut short. */
export type TimeScale = {
  stretches: Stretch[]
  total: number
  shortestSlotMinutes: number
}
