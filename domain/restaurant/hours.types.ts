import type { z } from 'zod'
import type { hoursChange, hoursStretch } from './hours.schema'

export type HoursStretch = z.infer<typeof hoursStretch>
export type HoursChange = z.infer<typeof hoursChange>

/** What is wrong with a stretch, and which one it is. */
export type HoursFault = {
  reason: 'hours-empty' | 'hours-overlap' | 'before-day-cut' | 'beyond-day-cut'
  stretch: HoursStretch
}
