import { addDays, todayOf } from '@/domain/schedule/rules'
import type { ServiceDate } from '@/domain/schedule/types'
import type { Day } from './schema'

const MINUTE_MS = 60_000

/** The dates that stay readable without a network: today and tomorrow. */
export function listKeptDates(today: ServiceDate): ServiceDate[] {
  return [today, addDays({ date: today, days: 1 })]
}

/** Names a kept board; of guests it says nothing. */
export function nameKept({ slug, date }: { slug: string; date: ServiceDate }): string {
  return `${slug} ${date}`
}

/** The restaurant's slug, which has no space. */
export function slugOfKept(id: string): string {
  return id.slice(0, id.lastIndexOf(' '))
}

/**
 * The present by the database's clock, as far as a device knows it on its own: when the board was
 * read, and what has passed since by the device's clock. Never before the board.
 */
export function estimateNowMs({
  asOf,
  keptAtMs,
  nowMs,
}: {
  asOf: string
  /** By the device's clock, as `nowMs`. */
  keptAtMs: number
  nowMs: number
}): number {
  return Date.parse(asOf) + Math.max(0, nowMs - keptAtMs)
}

type Kept = {
  keptAtMs: number
  day: Pick<Day, 'serviceDate' | 'timeZone' | 'dayCutMinutes' | 'asOf'>
}

/**
 * Of one restaurant's kept boards, the newest first, the one for a date; none: for the service that
 * runs. After the day cut yesterday's tomorrow is today.
 */
export function chooseKept<Board extends Kept>({
  boards,
  date,
  nowMs,
}: {
  boards: Board[]
  date: string | null
  /** By the device's clock. */
  nowMs: number
}): { board: Board | null; today: ServiceDate; dates: ServiceDate[] } | null {
  const [newest] = boards
  if (!newest) return null
  const { timeZone, dayCutMinutes, asOf } = newest.day
  const now = new Date(estimateNowMs({ asOf, keptAtMs: newest.keptAtMs, nowMs }))
  const today = todayOf({ now, timeZone, dayCutMinutes })
  const wanted = date ?? today
  const board = boards.find(({ day }) => day.serviceDate === wanted) ?? null
  const dates = boards.map(({ day }) => day.serviceDate).toSorted()
  return { board, today, dates }
}

/** How soon the other kept date is read again: it changes seldom, and every tablet reads it. */
export const OTHER_DATE_MS = 5 * MINUTE_MS
