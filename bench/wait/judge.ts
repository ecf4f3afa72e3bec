import type { CallGaps, HourGaps, PastWait } from '@/domain/line/types'
import {
  estimatePace,
  expectMinutes,
  listShares,
  MOST_PAST_WAITS,
  PAST_DAYS,
  quoteWait,
  RECENT_MINUTES,
  WAITS_PER_EVENING,
} from '@/domain/line/wait.rules'
import { type LineRestaurant, type Party, playEvening } from './evening'

/** How many evenings make the history, and how many are then quoted by it. */
const PAST_EVENINGS = 42
const JUDGED_EVENINGS = 14

export interface Judgement {
  /** Ranges quoted whose outcome is known. */
  told: number
  held: number
  /** Waits longer than quoted, of the same. */
  late: number
  /** Quotes without a range. */
  open: number
  /** Mean width of the ranges. */
  widthMinutes: number
  /** Mean width of places × average, stretched after the fact until it held as often as ours. */
  naiveWidthMinutes: number
}

interface Evening {
  day: number
  weekday: number
  parties: Party[]
}

/**
 * Plays a restaurant's evenings and quotes every joining party, by what was known at that moment.
 * `later`: the restaurant after its history, if it changes.
 */
export function judgeRestaurant({
  restaurant: before,
  later = before,
  seed,
}: {
  restaurant: LineRestaurant
  later?: LineRestaurant
  seed: number
}): Judgement {
  const history: PastWait[] = []
  const gaps: HourGaps[] = []
  const naive = { minutes: 0, calls: 0 }
  const judged: Judged[] = []
  for (let day = 0; day < PAST_EVENINGS + JUDGED_EVENINGS; day += 1) {
    const weekday = (day % 7) + 1
    const restaurant = day < PAST_EVENINGS ? before : later
    const parties = playEvening({ restaurant, weekday, seed: seed * 1_000 + day })
    const evening = { day, weekday, parties }
    const waits = tellEvening({ restaurant, evening, history, gaps })
    const average = naive.minutes / Math.max(1, naive.calls)
    if (day >= PAST_EVENINGS)
      for (const wait of waits) judged.push({ ...wait, naive: (wait.ahead + 1) * average })
    const step = Math.ceil(waits.length / WAITS_PER_EVENING)
    for (const [index, wait] of waits.entries()) {
      if (index % step === 0) history.push(wait.past)
    }
    for (const gap of listGaps(parties)) {
      const hour = restaurant.opensAtHour + Math.floor(gap.at / 60)
      addGap({ gaps, weekday, hour, minutes: gap.minutes })
      naive.minutes += gap.minutes
      naive.calls += 1
    }
  }
  return summarise(judged)
}

function addGap({
  gaps,
  weekday,
  hour,
  minutes,
}: Omit<HourGaps, 'calls'> & { gaps: HourGaps[] }): void {
  const known = gaps.find((gap) => gap.weekday === weekday && gap.hour === hour)
  const gap = known ?? { weekday, hour, minutes: 0, calls: 0 }
  if (!known) gaps.push(gap)
  gap.minutes += minutes
  gap.calls += 1
}

interface Told {
  ahead: number
  quote: { fromMinutes: number; toMinutes: number } | null
  /** Minutes until the party's turn, had it stayed. */
  due: number
  past: PastWait & { takenAt: number }
}
type Judged = Told & { /** Places × average, in minutes. */ naive: number }

/** Every party of one evening as it joins; the outcome of the others so far is known. */
function tellEvening({
  restaurant,
  evening: { day, weekday, parties },
  history,
  gaps,
}: {
  restaurant: LineRestaurant
  evening: Evening
  history: PastWait[]
  gaps: HourGaps[]
}): Told[] {
  const told: Told[] = []
  const isJudged = day >= PAST_EVENINGS
  const before = history
    .slice(-MOST_PAST_WAITS)
    .map((wait) => ({ ...wait, daysAgo: day - Number(wait.serviceDate) }))
    .filter(({ daysAgo }) => daysAgo <= PAST_DAYS)
  for (const party of parties) {
    const now = party.takenAt
    const hour = restaurant.opensAtHour + Math.floor(now / 60)
    const ahead = parties.filter(
      (one) => one.takenAt < now && (one.calledAt ?? one.leftAt ?? Infinity) > now,
    ).length
    const pace = estimatePace({ recent: countRecent({ parties, now }), past: gaps, weekday, hour })
    const endedAt = party.calledAt ?? party.leftAt
    const waitedMinutes = endedAt === null ? 600 : endedAt - now
    const due = (party.dueAt ?? 600) - now
    const waited = party.calledAt === null ? null : party.calledAt - now
    const occasion = { ahead, partySize: party.partySize, weekday, hour }
    // Of parties that still wait, only how long they have waited is known.
    const today = told.map(({ past }) =>
      past.waitedMinutes <= now - past.takenAt
        ? past
        : { ...past, waitedMinutes: now - past.takenAt, isCensored: true },
    )
    const waits = [...before, ...today].slice(-MOST_PAST_WAITS)
    const shares = listShares({ ...occasion, waits: isJudged ? waits : [] })
    const estimate = { minutesPerParty: pace, shares }
    const basisMinutes = expectMinutes({ estimate, ahead })
    told.push({
      ahead,
      due,
      quote: quoteWait({ estimate, ahead }),
      past: {
        ...occasion,
        basisMinutes,
        waitedMinutes,
        daysAgo: 0,
        isCensored: waited === null,
        serviceDate: String(day),
        takenAt: now,
      },
    })
  }
  return told
}

/** From call to call while the next party had already been waiting. */
function listGaps(parties: Party[]): { at: number; minutes: number }[] {
  const calls = parties
    .filter((party) => party.calledAt !== null)
    .toSorted((one, other) => Number(one.calledAt) - Number(other.calledAt))
  return calls.flatMap((party, index) => {
    const before = calls[index - 1]?.calledAt
    if (before == null || party.calledAt === null || party.takenAt > before) return []
    return [{ at: party.calledAt, minutes: party.calledAt - before }]
  })
}

/** The gaps of the last hour, and the one that is still open. */
function countRecent({ parties, now }: { parties: Party[]; now: number }): CallGaps {
  const known = parties.filter(({ calledAt }) => calledAt !== null && calledAt <= now)
  const recent = listGaps(known).filter(({ at }) => at > now - RECENT_MINUTES)
  const last = Math.max(...known.map(({ calledAt }) => Number(calledAt)))
  const isWaiting = parties.some(
    ({ takenAt, calledAt, leftAt }) => takenAt <= last && (calledAt ?? leftAt ?? Infinity) > now,
  )
  const open = isWaiting ? Math.min(now - last, RECENT_MINUTES) : 0
  return {
    minutes: recent.reduce((sum, { minutes }) => sum + minutes, 0) + open,
    calls: recent.length,
  }
}

function summarise(judged: Judged[]): Judgement {
  const quoted = judged.flatMap((one) => (one.quote ? [{ ...one, quote: one.quote }] : []))
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const held = quoted.filter(
    ({ due, quote }) => quote.fromMinutes <= due && due <= quote.toMinutes,
  ).length
  const shares = quoted.map(({ due, naive }) => due / naive).toSorted((one, other) => one - other)
  const tail = Math.round((quoted.length - held) / 2)
  const stretched = (shares.at(-1 - tail) ?? 0) - (shares[tail] ?? 0)
  return {
    told: quoted.length,
    held,
    late: quoted.filter(({ due, quote }) => due > quote.toMinutes).length,
    open: judged.length - quoted.length,
    widthMinutes: mean(quoted.map(({ quote }) => quote.toMinutes - quote.fromMinutes)),
    naiveWidthMinutes: mean(quoted.map(({ naive }) => naive * stretched)),
  }
}
