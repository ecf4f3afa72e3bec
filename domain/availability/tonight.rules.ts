import type { RestaurantTonight, TonightState } from './tonight.schema'

export type TonightFacts = Pick<
  RestaurantTonight,
  'restaurantId' | 'serviceDate' | 'timeZone' | 'opening'
> & {
  hasTables: boolean
  isScheduled: boolean
  isBookingsOn: boolean
  /** Null: no opening, or it has passed. */
  opensAt: string | null
  /** Today's slots that have not begun. */
  coming: number
  /** Of those, how many seat the party. */
  fitting: number
  /** Of those, how many are held and await confirmation. */
  held: number
  /** The start times of free fitting slots, earliest first, without duplicates. */
  freeTimes: string[]
  /** The first free fitting slot of a later date that can be booked now. */
  next: { startsAt: string; serviceDate: string } | null
}

const SHOWN_TIMES = 3
/** Today has nothing for the party, but another date may. */
const LOOKS_AHEAD: TonightState[] = ['OVER', 'FULL', 'HELD', 'MISFIT', 'CLOSED']

/** What a diner can expect of the rest of today, for one line of a list. */
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
  const { restaurantId, serviceDate, timeZone, opensAt, freeTimes, opening } = facts
  const state = decideTonight(facts)
  const isFree = state === 'FREE'
  const next = LOOKS_AHEAD.includes(state) ? facts.next : null
  return {
    restaurantId,
    serviceDate,
    timeZone,
    state,
    freeTimes: isFree ? freeTimes.slice(0, SHOWN_TIMES) : [],
    moreTimes: isFree ? Math.max(0, freeTimes.length - SHOWN_TIMES) : 0,
    opensAt: state === 'OPENS_LATER' ? opensAt : null,
    nextFreeAt: next?.startsAt ?? null,
    nextFreeDate: next?.serviceDate ?? null,
    opening,
  }
}
