import type { z } from 'zod'
import type { day, dayParty, daySlot } from './schema'

export type Day = z.infer<typeof day>
export type DayParty = z.infer<typeof dayParty>
export type DaySlot = z.infer<typeof daySlot>
export type DayTable = Day['tables'][number]
