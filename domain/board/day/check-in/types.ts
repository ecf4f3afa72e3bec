import type { z } from 'zod'
import type { checkIn } from './schema'

export type CheckIn = z.infer<typeof checkIn>
