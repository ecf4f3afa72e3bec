import type { RestaurantTonight, TonightState } from './tonight.schema'

export type TonightFacts = Pick<RestaurantTonight, 'restaurantId' | 'serviceDate' | 'timeZone'> & {
  hasTables: boolean
  isScheduled: boolean
  isBookingsOn: boolean
  /** Null: no opening, or one that has been. */
  opensAt: string | null
  /** Slots of today that have not begun. */
  coming: number
  /** Those of them that seat the party. */
  fitting: number
  /** Those of the fitting ones that somebody is confirming. */
  held: number
  /** When a fitting one is free, earliest first, each time once. */
  freeTimes: string[]
}

const SHOWN_TIMES = 3

/** What a diner can expect of the rest of today, as one line of a list. */
export function decideTonight(facts: TonightFacts): TonightState {
  if (!facts.hasTables) return 'LINE_ONLY'
  if (!facts.isScheduled) return 'CLOSED'
  if (!facts.isBookingsOn) return 'BOOKINGS_OFF'
  if (facts.coming === 0) return 'OVER'
  if (facts.fitting === 0) return 'MISFIT'
  if (facts.opensAt) return 'OPENS_LATER'
  if (facts.freeTimes.length > 0) return 'FREE'
  return facts.held > 0 ? 'HELD' : 'FULL'
}

export function summariseTonight(facts: TonightFacts): RestaurantTonight {
  const { restaurantId, serviceDate, timeZone, opensAt, freeTimes } = facts
  const state = decideTonight(facts)
  const isFree = state === 'FREE'
  return {
    restaurantId,
    serviceDate,
    timeZone,
    state,
    freeTimes: isFree ? freeTimes.slice(0, SHOWN_TIMES) : [],
    moreTimes: isFree ? Math.max(0, freeTimes.length - SHOWN_TIMES) : 0,
    opensAt: state === 'OPENS_LATER' ? opensAt : null,
  }
}
