import type { z } from 'zod'
import type { tonight } from './tonight.schema'

/** What a list says of restaurants for the rest of today: the same bytes for everybody. */
export type Tonight = z.infer<typeof tonight>
export type RestaurantTonight = Tonight['restaurants'][number]
export type TonightState = RestaurantTonight['state']
