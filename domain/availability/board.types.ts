export type SlotState = 'FREE' | 'HELD' | 'TAKEN' | 'BLOCKED'
export type BoardState = 'OPEN' | 'NOT_OPEN_YET' | 'SOLD_OUT' | 'BOOKINGS_OFF' | 'CLOSED' | 'PAST'

export type BoardSlot = {
  slotId: string
  tableNumber: number
  minParty: number
  maxParty: number
  state: SlotState
  /** Held only softly: somebody is confirming, and whoever books first has it. */
  isSoftHeld?: true
}
export type BoardTime = { startsAt: string; slots: BoardSlot[] }

/** The public board of a service date: the same bytes for everybody, nothing personal in it. */
export type Board = {
  restaurantId: string
  serviceDate: string
  timeZone: string
  version: string
  /** When this was true, by the database's clock. */
  asOf: string
  /** Null: it has no opening, or none that is still to come matters. */
  opensAt: string | null
  /** Null: whoever comes may book. Otherwise booking needs a turn of this opening. */
  openingId: string | null
  state: BoardState
  /** The server paces the crowd: ask again after this long, plus jitter. */
  pollAfterMs: number
  /** Times still to come. */
  times: BoardTime[]
}
