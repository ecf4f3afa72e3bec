import type { z } from 'zod'
import type { tableToRetire } from './retire-table.schema'

export type TableToRetire = z.infer<typeof tableToRetire>
