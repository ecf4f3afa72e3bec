import type { DayOverview } from './month.types'

export type DayState = 'NONE' | 'CLOSED' | 'CLOSED_TAKEN' | 'DAY_OFF' | 'FULL' | 'OPEN'

/** What an owner has to know of a date at a glance. */
export function nameDayState(day: DayOverview): DayState {
  if (day.isClosed) return day.taken > 0 ? 'CLOSED_TAKEN' : 'CLOSED'
  if (!day.isScheduled) return day.isDayOff ? 'DAY_OFF' : 'NONE'
  return day.free === 0 && day.taken > 0 ? 'FULL' : 'OPEN'
}

const MONTH = /^(\d{4})-(\d{2})$/

/** The month that an address names, or else that of a date. */
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
