import { type AskedSlot, rankTables, type TableStay } from '@/domain/booking/table-choice.rules'
import type { Day, DaySlot } from './schema'

const MINUTE_MS = 60_000
/** A free table is for those at the door until this time before its seating begins. */
const WALK_IN_MINUTES = 15

const DAY_MS = 86_400_000
/** Staff may write down a booking until the end of the year after next. */
export const LAST_DATE_YEARS = 2

type Tables = Pick<Day, 'slots' | 'tables'>

/** The calendar date after another one. */
export function nameDayAfter(date: string): string {
  return new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10)
}

/** Whether a caller can be written down for a date: today or later, in a year that is no slip of a finger. */
export function isWithinReach({ date, today }: { date: string; today: string }): boolean {
  const years = Number(date.slice(0, 4)) - Number(today.slice(0, 4))
  return date.length === today.length && date >= today && years <= LAST_DATE_YEARS
}

/** Whether a tap on a free cell means a booking: its time is to come, not about to begin. */
export function isForCallers({ startsAt, nowMs }: { startsAt: string; nowMs: number }): boolean {
  return Date.parse(startsAt) - nowMs > WALK_IN_MINUTES * MINUTE_MS
}

function toAsked({ day, slot, nowMs }: { day: Tables; slot: DaySlot; nowMs: number }): AskedSlot {
  const { slotId: id, tableNumber, minParty, maxParty, state } = slot
  const startsAt = new Date(slot.startsAt)
  const endsAt = new Date(slot.endsAt)
  return {
    id,
    tableNumber,
    minParty,
    maxParty,
    startsAt,
    endsAt,
    isFree: state === 'FREE',
    hasBegun: startsAt.getTime() <= nowMs,
    isOver: endsAt.getTime() <= nowMs,
    isOccupied: day.tables.some(
      ({ number, seatedReservationId }) => number === tableNumber && seatedReservationId !== null,
    ),
  }
}

/**
 * The tables that a caller can have at a time, the best fit first; those that are too small come last,
 * the largest of them first. The server judges by the same rules.
 */
export function listCallerTables({
  day,
  startsAt,
  partySize,
  nowMs,
}: {
  day: Tables
  startsAt: string
  partySize: number
  nowMs: number
}): TableStay[] {
  const ranked = rankTables({
    slots: day.slots
      .filter((slot) => slot.startsAt === startsAt)
      .map((slot) => toAsked({ day, slot, nowMs })),
    startsAt: new Date(startsAt),
    minutes: null,
    partySize,
    insists: true,
  })
  return ranked.ok ? ranked.value : []
}

/** The times at which any table can still be had, in order. */
export function listCallerTimes({ day, nowMs }: { day: Tables; nowMs: number }): string[] {
  const times = [...new Set(day.slots.map(({ startsAt }) => startsAt))].toSorted()
  return times.filter(
    (startsAt) => listCallerTables({ day, startsAt, partySize: 1, nowMs }).length > 0,
  )
}

/** The time that the panel begins with: that of the tapped cell, else the next one to come. */
export function pickFirstTime({ times, nowMs }: { times: string[]; nowMs: number }): string | null {
  return times.find((time) => Date.parse(time) > nowMs) ?? times.at(-1) ?? null
}

const ofTable = ['slot-taken', 'table-occupied']

/**
 * The tables of a refused booking were taken, and others are proposed in their place: staff are told both
 * in one, not to choose what is chosen already.
 */
export function isAnotherTableNow({
  reason,
  refused,
  proposed,
}: {
  reason: string | null
  refused: number[]
  proposed: number[]
}): boolean {
  if (reason === null || !ofTable.includes(reason)) return false
  return proposed.length > 0 && proposed.join() !== refused.join()
}
