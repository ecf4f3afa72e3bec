import type { z } from 'zod'
import type { dateToClose, dateToReopen } from './closure.schema'

export type DateToClose = z.infer<typeof dateToClose>
export type DateToReopen = z.infer<typeof dateToReopen>

/** A single date on which a restaurant is closed although its week says otherwise. */
export type Closure = { date: string; reason: string | null }
