import type { ServiceDate } from './types'

/** A date as the overview shows it. */
export type DayOverview = {
  date: ServiceDate
  isScheduled: boolean
  /** By its schedule or by a closure. */
  isClosed: boolean
  /** The ordinary week has no hours on it. */
  isDayOff: boolean
  /** Null: nothing was said, or it is not closed. */
  closedBecause: string | null
  /** ISO 8601. Null: bookable as soon as the horizon reaches it. */
  opensAt: string | null
  tables: number
  /** At how many different times parties are seated. */
  times: number
  free: number
  taken: number
}

export type DaySlot = {
  id: string
  tableId: string
  tableNumber: number
  minParty: number
  maxParty: number
  /** ISO 8601, UTC. */
  startsAt: string
  endsAt: string
  state: 'FREE' | 'HELD' | 'TAKEN' | 'BLOCKED' | 'OVER'
}

export type DaySchedule = { overview: DayOverview; slots: DaySlot[] }

/** Whether a restaurant has what a schedule is made of, and a schedule. */
export type Readiness = {
  hasHours: boolean
  hasTables: boolean
  hasSchedule: boolean
  /** The service goes on making the dates behind the last one. */
  keepsSchedule: boolean
}
