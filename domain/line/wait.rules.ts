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
 * 1. The expected wait: the parties ahead plus one's own, times the minutes between two calls. This
 *    is the queue-length predictor of Ibrahim and Whitt (Real-Time Delay Estimation Based on Delay
 *    History, M&SOM 11(3), 2009), with a learned rate: calls of the last hour and of similar past
 *    evenings, weighted as by a gamma prior.
 * 2. The past error: each past wait as a share of the wait expected for it. The outer tenths of
 *    these shares give the range, and similar occasions count more. This is split conformal
 *    prediction, weighted and localised (Tibshirani et al. 2019; Guan 2023); a party that left
 *    early counts as having waited at least so long (Kaplan and Meier 1958; Candès, Lei and Ren
 *    2023).
 *
 * Every length is in minutes. Nothing here knows a clock or a store.
 */

/** The calls of this many recent minutes show how fast tables turn now. */
export const RECENT_MINUTES = 60
/**
 * How many days back it looks, and how many waits it uses per evening and in all, spread over the
 * evening's numbers.
 */
export const PAST_DAYS = 56
export const WAITS_PER_EVENING = 15
export const MOST_PAST_WAITS = 400

/** With fewer than these there is no quote, only a general phrase. */
const LEAST_WAITS = 30
const LEAST_EVENINGS = 5
/** Past evenings count as this many calls. */
const PRIOR_CALLS = 6
/**
 * The default pace for a restaurant without history: one call in this many minutes, weighing as
 * much as one real call.
 */
const ANY_PACE_MINUTES = 5
/** Four ranges out of five. */
const HOLDS = 0.8
/** The weight of a wait of another party class, of the next class of place, or of long ago. */
const OTHER_PARTY = 0.25
const OTHER_PLACE = 0.5
const HALF_LIFE_DAYS = 28
/** This many similar waits say enough about one place. */
const LEAST_ALIKE = 15
/** Beyond this, a number is no help. */
const LONGEST_MINUTES = 360

/** Parties are seated by table size: up to two, up to four, more. */
const PARTY_CLASSES = [2, 4, null]
/** None ahead, one, two or three, four to seven…: the share varies with the logarithm. */
export const AHEAD_CLASSES = 9

/** The largest party of each class. Null: any size. */
export function listPartyClasses(): (number | null)[] {
  return PARTY_CLASSES
}

export function classifyParty(partySize: number): number {
  return PARTY_CLASSES.findIndex((most) => most === null || partySize <= most)
}

export function classifyAhead(ahead: number): number {
  return Math.min(AHEAD_CLASSES - 1, 32 - Math.clz32(ahead))
}

/** How similar two hours of a week are, from 0 to 1. */
function compareHours(
  one: { weekday: number; hour: number },
  other: { weekday: number; hour: number },
): number {
  const apart = Math.abs(one.hour - other.hour)
  const hours = 0.7 ** Math.min(apart, 24 - apart)
  if (one.weekday === other.weekday) return hours
  return hours * (isWeekend(one.weekday) === isWeekend(other.weekday) ? 0.6 : 0.3)
}

/** Friday evening belongs to the weekend. */
const isWeekend = (weekday: number) => weekday >= 5

/** Minutes between two calls at this weekday and hour, from recent calls and the past. */
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
  // The past weighs as many calls as it has seen, but never more than the prior.
  const trust = Math.min(PRIOR_CALLS, calls) / calls
  return (trust * minutes + recent.minutes) / (trust * calls + recent.calls)
}

/** How much a past wait says about an occasion regardless of place, from 0 to 1. */
function weigh({ past, occasion }: { past: PastWait; occasion: Omit<WaitOccasion, 'ahead'> }) {
  const isSameSize = classifyParty(past.partySize) === classifyParty(occasion.partySize)
  const ofParty = isSameSize ? 1 : OTHER_PARTY
  const ofAge = 0.5 ** (past.daysAgo / HALF_LIFE_DAYS)
  return ofParty * ofAge * compareHours(past, occasion)
}

type Weighed = { share: number; weight: number; isCensored: boolean; ofAhead: number }

/** The weight of a wait that began this many classes of place away. */
const OF_PLACE = Array.from({ length: AHEAD_CLASSES }, (_, apart) => OTHER_PLACE ** apart)

/**
 * The narrowest span of shares that holds four of five such waits, with the wait to come counted as
 * outside it; null when the past has too little weight to tell. `sorted` by share.
 */
function findShares(sorted: Weighed[], ofAhead: number): WaitShares | null {
  const weights = sorted.map(
    (past) => past.weight * (OF_PLACE[Math.abs(past.ofAhead - ofAhead)] ?? 0),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  // The effective number of equal weights (Kish); the wait to come weighs as one of them.
  const next = weights.reduce((sum, weight) => sum + weight * weight, 0) / total
  if (!(total / next >= LEAST_ALIKE)) return null
  const called = readCalled({ sorted, weights, total })
  const needed = HOLDS * (1 + next / total)
  let best: WaitShares | null = null
  let from = 0
  for (const { share: high, before, until } of called) {
    // Advances the lower end as long as the span still holds enough.
    for (; until - (called[from + 1]?.before ?? 1) >= needed; from += 1);
    const { share: low, before: below } = called[from] ?? { share: high, before }
    const isNarrower = best === null || high - low < best.high - best.low
    if (until - below >= needed && isNarrower) best = { low, high }
  }
  return best
}

/**
 * The part of all waits that was over before each share, and including it, with the waits of
 * parties that left early censored (Kaplan and Meier).
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
 * The range of shares of the expected wait for such a party, by class of place; null when there is
 * not enough history.
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

/** The expected wait with this many uncalled parties ahead. */
export function expectMinutes({
  estimate,
  ahead,
}: {
  estimate: Pick<WaitEstimate, 'minutesPerParty'>
  ahead: number
}): number {
  return (ahead + 1) * estimate.minutesPerParty
}

/**
 * The range to quote, rounded as people say it: minutes up to ten, then fives. Null: no quote, only
 * a general phrase.
 */
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
