import type { z } from 'zod'
import type { serviceDate, wallTime } from './schema'

export type ServiceDate = z.infer<typeof serviceDate>
export type WallTime = z.infer<typeof wallTime>

/** The parts of a table that a schedule needs. */
export type SeatedTable = { id: string; minParty: number; maxParty: number }

/** One table for one stretch of time, planned but not yet stored. */
export type PlannedSlot = {
  tableId: string
  startsAt: Date
  endsAt: Date
  minParty: number
  maxParty: number
}

/**
 * A seating that a clock change leaves no room for: its time does not exist that night, the
 * previous one still occupies the table, or it would end after closing.
 */
export type LeftOutSeating = {
  wallTime: WallTime
  reason: 'time-does-not-exist' | 'previous-still-seated' | 'ends-after-closing'
}

export type SlotPlan =
  | { ok: true; slots: PlannedSlot[]; leftOut: LeftOutSeating[] }
  | { ok: false; reason: 'seatings-overlap'; wallTimes: [WallTime, WallTime] }

/** The actor for the audit log. Absent: the service itself acts. */
export type ScheduleAuthor = { accountId: string; role: 'OWNER' | 'STAFF' | 'ADMIN' }

export type ScheduleRefusal = {
  ok: false
  reason:
    | 'not-found'
    | 'no-tables'
    | 'no-schedule'
    | 'schedule-exists'
    | 'before-day-cut'
    | 'seatings-overlap'
    | 'overlaps-other-date'
}

export type MadeSchedule =
  | { ok: true; slotCount: number; leftOut: LeftOutSeating[] }
  | ScheduleRefusal
