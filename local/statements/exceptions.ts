/** Functions that build their statement at run time, and why it can't be read from the source. */
export const DYNAMIC: Record<string, string> = {
  searchReservations: 'its conditions are those that were asked for; its tests ask for each',
  readPool: 'its callers are checked in its place, by the name of their `Reading`',
  readingIn: 'its callers are checked in its place, by the name of their `Reading`',
  askAnswers: 'its callers are checked in its place',
  createCall: 'its callers are checked in its place',
  callPatiently: 'its callers are checked in its place',
}

/**
 * Nullable columns that are never null here, because of the statement's conditions or its writers.
 */
export const PROVEN_NOT_NULL: Record<string, string[]> = {
  /** Every act on a reservation names its restaurant. */
  readAct: ['restaurantId'],
  readRoleBefore: ['role'],
  /** Every act that can be undone has a status before it. */
  readTicketAct: ['fromStatus'],
  /** A place is whole, or there is none. */
  listPlaces: ['x', 'y', 'shape'],
  listPlacesIn: ['x', 'y', 'shape'],
  /** A drawn opening has been frozen before. */
  readLogFacts: ['entryCount', 'entriesHash', 'orderSeed'],
}
