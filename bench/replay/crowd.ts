/** How one diner behaves; all others are patient and have a good connection. */
export type Manner =
  | 'calm'
  /** Taps again when nothing comes at once. */
  | 'impatient'
  /** Hangs up in the middle of entering and comes back. */
  | 'lost-entering'
  /** Enters, loses the phone, and comes back on another one with only the account. */
  | 'lost-waiting'
  /** Hangs up in the middle of booking and asks again with the same key. */
  | 'lost-booking'
  /** Hammers entries, turns and bookings, and ignores Retry-After. */
  | 'bot'

export interface Phone {
  /** Milliseconds from the opening at which the page is opened; negative: before it. */
  arrivesMs: number
  manner: Manner
  partySize: number
}

export interface CrowdPlan {
  diners: number
  /** How long the arrivals before the opening take. */
  lobbyMs: number
  /** How long the arrivals after the opening take. */
  lateMs: number
  seed: number
}

/** Shares of all diners (as on 10 October 2024): before the opening, and in its first seconds. */
const LOBBY_SHARE = 0.7
const MANNERS: [share: number, manner: Manner][] = [
  [0.02, 'bot'],
  [0.1, 'impatient'],
  [0.05, 'lost-entering'],
  [0.05, 'lost-waiting'],
  [0.05, 'lost-booking'],
]
const PARTIES: [share: number, partySize: number][] = [
  [0.08, 1],
  [0.5, 2],
  [0.12, 3],
  [0.2, 4],
  [0.05, 5],
  [0.05, 6],
]

/** Every diner in the order of arrival: the same crowd for the same seed. */
export function planCrowd({ diners, lobbyMs, lateMs, seed }: CrowdPlan): Phone[] {
  const roll = makeDice(seed)
  const early = Math.round(diners * LOBBY_SHARE)
  const phones = Array.from({ length: diners }, (_, index): Phone => {
    // Denser towards the opening, as the square root of an even share is.
    const share = roll()
    const arrivesMs = index < early ? -lobbyMs * (1 - Math.sqrt(share)) : lateMs * share
    const isEarly = index < early
    return {
      // No diner plans to arrive in the last second; only latecomers do.
      arrivesMs: isEarly ? Math.min(arrivesMs, -1) : arrivesMs,
      manner: pick(MANNERS, roll()) ?? 'calm',
      partySize: pick(PARTIES, roll()) ?? 2,
    }
  })
  return phones.sort((one, other) => one.arrivesMs - other.arrivesMs)
}

function pick<T>(shares: [number, T][], roll: number): T | null {
  let rest = roll
  for (const [share, value] of shares) {
    if (rest < share) return value
    rest -= share
  }
  return null
}

/** Mulberry32: small, even enough, and the same everywhere. */
export function makeDice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
