/** Functions whose statement is put together while they run, and why it can't be read from the source. */
export const DYNAMIC: Record<string, string> = {
  searchReservations: 'its conditions are those that were asked for; its tests ask for each',
  readPool: 'its callers are checked in its place, by the name of their `Reading`',
  readingIn: 'its callers are checked in its place, by the name of their `Reading`',
  callDatabase: 'its callers are checked in its place',
  callPatiently: 'its callers are checked in its place',
}

/** Columns that may hold null, in statements whose own conditions or whose writers leave none. */
export const PROVEN_NOT_NULL: Record<string, string[]> = {
  findLinkedReservation: ['dinerId'],
  /** Every act on a reservation names its restaurant. */
  readAct: ['restaurantId'],
  readRoleBefore: ['role'],
  /** The acts that can be taken back all begin at a status. */
  readTicketAct: ['fromStatus'],
  /** An opening that is drawn was frozen before. */
  readLogFacts: ['entryCount', 'entriesHash', 'orderSeed'],
}
