import type {
  CallGaps,
  HourGaps,
  PastWait,
  Quote,
  WaitEstimate,
  WaitOccasion,
  WaitShares,
} from './types'

/**
 * The wait as a range that should hold four times out of five. Two steps (docs/decisions/0020):
 *
 * 1. What is expected: the parties ahead and one's own, times the minutes between two calls. The
 *    queue-length predictor of Ibrahim and Whitt (Real-Time Delay Estimation Based on Delay History,
 *    M&SOM 11(3), 2009), whose rate is learned: calls of the last hour and of past evenings like this
 *    one, weighed as by a gamma prior.
 * 2. How far that was off before: the shares of past waits in what was expected of them, those of
 *    like occasions counting more, give the range by their outer tenths. This is split conformal
 *    prediction, weighted and localised (Tibshirani et al. 2019; Guan 2023); who left early counts as
 *    having waited at least so long (Kaplan and Meier 1958; Candès, Lei and Ren 2023).
 *
 * Every length is in minutes. Nothing here knows a clock or a store.
 */

/** Of the last so many minutes the calls say how fast tables turn now. */
export const RECENT_MINUTES = 60
/**
 * How far it is looked back, and how many waits of an evening and in all: spread over its numbers.
 */
export const PAST_DAYS = 56
export const WAITS_PER_EVENING = 15
export const MOST_PAST_WAITS = 400

/** Fewer than these are no history: an open word is told instead. */
const LEAST_WAITS = 30
const LEAST_EVENINGS = 5
/** What past evenings say counts as so many calls. */
const PRIOR_CALLS = 6
/** Where nothing is known of a restaurant, one call in so many minutes; it weighs as much as one. */
const ANY_PACE_MINUTES = 5
/** Four ranges out of five. */
const HOLDS = 0.8
/** What a wait of another class of party, of the next class of place, or of long ago counts. */
const OTHER_PARTY = 0.25
const OTHER_PLACE = 0.5
const HALF_LIFE_DAYS = 28
/** So many alike say enough about one place. */
const LEAST_ALIKE = 15
/** Beyond it a number helps nobody. */
const LONGEST_MINUTES = 360

/** Parties are seated by the size of tables: up to two, up to four, more. */
const PARTY_CLASSES = [2, 4, null]
/** Nobody ahead, one, two or three, four to seven…: the share varies with the logarithm. */
export const AHEAD_CLASSES = 9

/** The largest party of each class; null: any. */
export function listPartyClasses(): (number | null)[] {
  return PARTY_CLASSES
}

export function classifyParty(partySize: number): number {
  return PARTY_CLASSES.findIndex((most) => most === null || partySize <= most)
}

export function classifyAhead(ahead: number): number {
  return Math.min(AHEAD_CLASSES - 1, 32 - Math.clz32(ahead))
}

/** How alike two hours of a week are, from 0 to 1. */
function compareHours(
  one: { weekday: number; hour: number },
  other: { weekday: number; hour: number },
): number {
  const apart = Math.abs(one.hour - other.hour)
  const hours = 0.7 ** Math.min(apart, 24 - apart)
  if (one.weekday === other.weekday) return hours
  return hours * (isWeekend(one.weekday) === isWeekend(other.weekday) ? 0.6 : 0.3)
}

/** Friday's evening is a weekend's. */
const isWeekend = (weekday: number) => weekday >= 5

/** Minutes between two calls at this weekday and hour, by now and by the past. */
export function estimatePace({
  recent,
  past,
  weekday,
  hour,
}: {
  recent: CallGaps
  past: HourGaps[]
  weekday: number
  hour: number
}): number {
  let minutes = ANY_PACE_MINUTES
  let calls = 1
  for (const gaps of past) {
    const weight = compareHours(gaps, { weekday, hour })
    minutes += weight * gaps.minutes
    calls += weight * gaps.calls
  }
  // The past weighs as much as it has seen, and never more than the prior.
  const trust = Math.min(PRIOR_CALLS, calls) / calls
  return (trust * minutes + recent.minutes) / (trust * calls + recent.calls)
}

/** How much a past wait says about such an occasion whatever the place, from 0 to 1. */
function weigh({ past, occasion }: { past: PastWait; occasion: Omit<WaitOccasion, 'ahead'> }) {
  const isSameSize = classifyParty(past.partySize) === classifyParty(occasion.partySize)
  const ofParty = isSameSize ? 1 : OTHER_PARTY
  const ofAge = 0.5 ** (past.daysAgo / HALF_LIFE_DAYS)
  return ofParty * ofAge * compareHours(past, occasion)
}

type Weighed = { share: number; weight: number; isCensored: boolean; ofAhead: number }

/** What a wait counts that began so many classes of place away. */
const OF_PLACE = Array.from({ length: AHEAD_CLASSES }, (_, apart) => OTHER_PLACE ** apart)

/**
 * The narrowest span of shares in which four of five such waits lie, with the wait to come counted
 * in as outside of it; null where the past has too little weight to say so. `sorted` by share.
 */
function findShares(sorted: Weighed[], ofAhead: number): WaitShares | null {
  const weights = sorted.map(
    (past) => past.weight * (OF_PLACE[Math.abs(past.ofAhead - ofAhead)] ?? 0),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  // As many equal ones would say as much (Kish); the wait to come weighs as one of them.
  const next = weights.reduce((sum, weight) => sum + weight * weight, 0) / total
  if (!(total / next >= LEAST_ALIKE)) return null
  const called = readCalled({ sorted, weights, total })
  const needed = HOLDS * (1 + next / total)
  let best: WaitShares | null = null
  let from = 0
  for (const { share: high, before, until } of called) {
    // Without this one at its lower end the span would hold too few.
    for (; until - (called[from + 1]?.before ?? 1) >= needed; from += 1);
    const { share: low, before: below } = called[from] ?? { share: high, before }
    const isNarrower = best === null || high - low < best.high - best.low
    if (until - below >= needed && isNarrower) best = { low, high }
  }
  return best
}

/**
 * What part of all waits was over before each share and with it, whoever left early counted out in
 * time.
 */
function readCalled({
  sorted,
  weights,
  total,
}: {
  sorted: Weighed[]
  weights: number[]
  total: number
}): { share: number; before: number; until: number }[] {
  const called: { share: number; before: number; until: number }[] = []
  let atRisk = total
  let left = 1
  for (const [index, { share, isCensored }] of sorted.entries()) {
    const weight = weights[index] ?? 0
    if (!isCensored) {
      const before = 1 - left
      left *= Math.max(0, 1 - weight / atRisk)
      called.push({ share, before, until: 1 - left })
    }
    atRisk -= weight
  }
  return called
}

/**
 * Between which shares of what is expected the wait of such a party lies, by class of place; null
 * where there is not enough history to tell.
 */
export function listShares({
  waits,
  ...occasion
}: Omit<WaitOccasion, 'ahead'> & { waits: PastWait[] }): (WaitShares | null)[] {
  const evenings = new Set(waits.map(({ serviceDate }) => serviceDate)).size
  const isEnough = waits.length >= LEAST_WAITS && evenings >= LEAST_EVENINGS
  const sorted = isEnough
    ? waits
        .map((past) => ({
          share: past.waitedMinutes / past.basisMinutes,
          weight: weigh({ past, occasion }),
          isCensored: past.isCensored,
          ofAhead: classifyAhead(past.ahead),
        }))
        .sort((one, other) => one.share - other.share)
    : []
  return OF_PLACE.map((_, ofAhead) => findShares(sorted, ofAhead))
}

/** What is expected of whoever has so many uncalled parties ahead. */
export function expectMinutes({
  estimate,
  ahead,
}: {
  estimate: Pick<WaitEstimate, 'minutesPerParty'>
  ahead: number
}): number {
  return (ahead + 1) * estimate.minutesPerParty
}

/** The range to tell, as people say it: minutes up to ten, then fives. Null: an open word. */
export function quoteWait({
  estimate,
  ahead,
}: {
  estimate: WaitEstimate
  ahead: number
}): Quote | null {
  const shares = estimate.shares[classifyAhead(ahead)]
  if (!shares) return null
  const expected = expectMinutes({ estimate, ahead })
  const fromMinutes = sayMinutes(expected * shares.low)
  const toMinutes = sayMinutes(expected * shares.high)
  if (toMinutes > LONGEST_MINUTES) return null
  return { fromMinutes, toMinutes: Math.max(toMinutes, fromMinutes + (fromMinutes < 10 ? 1 : 5)) }
}

function sayMinutes(minutes: number): number {
  return minutes < 10 ? Math.round(minutes) : Math.round(minutes / 5) * 5
}
