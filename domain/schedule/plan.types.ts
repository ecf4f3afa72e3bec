import type { z } from 'zod'
import type { HoursStretch } from '@/domain/restaurant/hours.types'
import type { Table } from '@/domain/restaurant/table.types'
import type { dayPreview, planRange, planToApply, schedulePreview } from './plan.schema'
import type { LeftOutSeating, PlannedSlot, ServiceDate } from './types'

export type PlanRange = z.infer<typeof planRange>
export type PlanToApply = z.infer<typeof planToApply>
export type DayPreview = z.infer<typeof dayPreview>
export type SchedulePreview = z.infer<typeof schedulePreview>

/** Everything about a restaurant that its schedule is made of, as it was at one instant. */
export type PlanningHouse = {
  id: string
  version: number
  timeZone: string
  dayCutMinutes: number
  seatingMinutes: number
  sameDayOnly: boolean
  horizonDays: number
  /** By a repeating opening or by the rules. Null: as soon as the horizon reaches the date. */
  opensMinutes: number | null
  opensDaysBefore: number
  /** By the database's clock. */
  now: Date
  today: ServiceDate
  hours: HoursStretch[]
  closures: { date: ServiceDate; reason: string | null }[]
  tables: Table[]
  /** Those that were announced; their dates open with them. */
  openings: { date: ServiceDate; opensAt: string }[]
}

/** A slot that is there. `isTaken`: a party has it, and no run-out hold. */
export type ExistingSlot = PlannedSlot & {
  id: string
  serviceDate: ServiceDate
  tableNumber: number
  isTaken: boolean
  blocked: boolean
}

export type ExistingDay = { serviceDate: ServiceDate; opensAt: Date | null; closed: boolean }

export type SlotToAdd = PlannedSlot & { blocked: boolean }

/** What making the schedule of one date anew would do. */
export type DayChange = {
  serviceDate: ServiceDate
  state: DayPreview['state']
  added: SlotToAdd[]
  removed: ExistingSlot[]
  kept: ExistingSlot[]
  takenCount: number
  conflicts: ExistingSlot[]
  crowdedOutCount: number
  leftOut: LeftOutSeating[]
  opensAt: Date | null
  opensAtChanges: boolean
  closedBecause: string | null
}
