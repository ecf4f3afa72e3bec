import type { z } from 'zod'
import type { checkIn } from './check-in.schema'

export type CheckIn = z.infer<typeof checkIn>
