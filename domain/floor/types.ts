import type { z } from 'zod'
import type { StaffRestaurant } from '@/domain/restaurant/types'
import type { ServiceDate } from '@/domain/schedule/types'
import type { day, dayParty, daySlot } from './schema'

export type Day = z.infer<typeof day>
export type DayParty = z.infer<typeof dayParty>
export type DaySlot = z.infer<typeof daySlot>
export type DayTable = Day['tables'][number]

/** What the address asks to be opened beside the board: a party whose code was read, or the camera. */
export type FirstPanel =
  | { kind: 'PARTY'; reservationId: string; isCheckedIn: true }
  | { kind: 'SCAN' }
  | null

/** Whose day `/owner` has to show to whoever looks at it. */
export type DayHouse =
  | { state: 'SIGNED_OUT' }
  | { state: 'NO_RESTAURANT' }
  | { state: 'NOT_FOUND' }
  | {
      state: 'LINE_ONLY' | 'READY'
      restaurant: StaffRestaurant
      restaurants: StaffRestaurant[]
      /** There are more than these. */
      hasMore: boolean
      /** Null: none was asked for, so the board moves on with the restaurant's day. */
      date: ServiceDate | null
      accountId: string
      firstPanel: FirstPanel
    }
