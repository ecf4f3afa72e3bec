import type { z } from 'zod'
import type { tableToRetire } from './schema'

export type TableToRetire = z.infer<typeof tableToRetire>
