import type { z } from 'zod'
import type { opening, openingEntry, openingRate, openingState } from './schema'

export type Opening = z.infer<typeof opening>
export type OpeningRate = z.infer<typeof openingRate>
export type OpeningState = z.infer<typeof openingState>
export type OpeningEntry = z.infer<typeof openingEntry>
