import type { z } from 'zod'
import type { tableChange, tablesToAdd } from './table.schema'

export type TablesToAdd = z.infer<typeof tablesToAdd>
export type TableChange = z.infer<typeof tableChange>

/** A table in use. */
export type Table = { id: string; number: number; minParty: number; maxParty: number }

/** Tables for the same parties: what a diner's choice is made among. */
export type TableClass = { minParty: number; maxParty: number; tables: Table[] }
