import type { BoardIdentity } from '@/components/floor/state/board-identity'
import type { Day } from '@/domain/floor/schema'
import type { Waiting } from '@/domain/line/waiting.types'
import type { SharedTablet } from '@/domain/restaurant/pin.schema'
import type { StaffRestaurant } from '@/domain/restaurant/types'

/** What the board's page knows beside the day. */
export type BoardHead = {
  restaurant: StaffRestaurant
  restaurants: StaffRestaurant[]
  /** There are more restaurants than the list holds. */
  hasMore: boolean
  identity: BoardIdentity
  /** What a shared tablet asks with. Null: the device is one person's. */
  tablet: SharedTablet | null
  /** Which build's shape the kept board has; another one's is not read. */
  shape: string
}

export type KeptBoard = BoardHead & {
  day: Day
  /** The line at that time. Null: the restaurant has none. */
  waiting: Waiting | null
}
