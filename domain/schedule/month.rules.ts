import type { ServiceDate } from './types'

export type DayState = 'NONE' | 'CLOSED' | 'CLOSED_TAKEN' | 'DAY_OFF' | 'FULL' | 'OPEN'

/** A date's state at a glance, for its owner. */
export function nameDayState(day: DayOverview): DayState {
  if (day.isClosed) return day.taken > 0 ? 'CLOSED_TAKEN' : 'CLOSED'
  if (!day.isScheduled) return day.isDayOff ? 'DAY_OFF' : 'NONE'
  return day.free === 0 && day.taken > 0 ? 'FULL' : 'OPEN'
}

const MONTH = /^(\d{4})-(\d{2})$/

/** The month named in an address, or else the month of a date. */
export function readMonth({ asked, today }: { asked: unknown; today: string }): string {
  const match = typeof asked === 'string' ? MONTH.exec(asked) : null
  const isMonth = match && Number(match[2]) >= 1 && Number(match[2]) <= 12
  const isNear = match && Math.abs(Number(match[1]) - Number(today.slice(0, 4))) <= 2
  return isMonth && isNear ? match[0] : today.slice(0, 7)
}

export function moveMonth({ month, by }: { month: string; by: number }): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const at = new Date(Date.UTC(year, number - 1 + by, 1))
  return at.toISOString().slice(0, 7)
}

export function spanMonth(month: string): { from: string; to: string } {
  const last = Date.parse(`${moveMonth({ month, by: 1 })}-01`) - 86_400_000
  return { from: `${month}-01`, to: new Date(last).toISOString().slice(0, 10) }
}

/** A date as the overview shows it. */
export type DayOverview = {
  date: ServiceDate
  isScheduled: boolean
  /** Closed by its schedule or by a closure. */
  isClosed: boolean
  /** The regular week has no hours on this day. */
  isDayOff: boolean
  /** Null: no reason was given, or it is not closed. */
  closedBecause: string | null
  /** ISO 8601. Null: bookable as soon as the horizon reaches it. */
  opensAt: string | null
  tables: number
  /** The number of different seating times. */
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

/** Whether a restaurant has a schedule, and everything needed to make one. */
export type Readiness = {
  hasHours: boolean
  hasTables: boolean
  hasSchedule: boolean
  /** The service extends the schedule automatically. */
  keepsSchedule: boolean
}
