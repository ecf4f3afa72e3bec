import type { z } from 'zod'
import type { StaffRestaurant } from '@/domain/restaurant/types'
import type { day, dayParty, daySlot } from './schema'

export type Day = z.infer<typeof day>
export type DayParty = z.infer<typeof dayParty>
export type DaySlot = z.infer<typeof daySlot>
export type DayTable = Day['tables'][number]

/** What `/owner` has to show to whoever looks at it. */
export type DayPage =
  | { state: 'SIGNED_OUT' }
  | { state: 'NO_RESTAURANT' }
  | { state: 'NOT_FOUND' }
  | { state: 'LINE_ONLY'; restaurant: StaffRestaurant; restaurants: StaffRestaurant[] }
  | {
      state: 'READY'
      restaurant: StaffRestaurant
      restaurants: StaffRestaurant[]
      day: Day
      /** No date was asked for: the board moves on with the restaurant's day. */
      isFollowingToday: boolean
    }
