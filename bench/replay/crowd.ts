import { LOBBY_SHARE, makeDice, PARTIES, pick, placeArrival } from '@/domain/opening/crowd.rules'

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
  /** The share of those who hammer. */
  botShare: number
  seed: number
}

const MANNERS: [share: number, manner: Manner][] = [
  [0.1, 'impatient'],
  [0.05, 'lost-entering'],
  [0.05, 'lost-waiting'],
  [0.05, 'lost-booking'],
]

/** Every diner in the order of arrival: the same crowd for the same seed. */
export function planCrowd({ diners, lobbyMs, lateMs, botShare, seed }: CrowdPlan): Phone[] {
  const roll = makeDice(seed)
  const manners: typeof MANNERS = [[botShare, 'bot'], ...MANNERS]
  const early = Math.round(diners * LOBBY_SHARE)
  const phones = Array.from({ length: diners }, (_, index): Phone => {
    const share = roll()
    const arrivesMs = index < early ? -lobbyMs * (1 - placeArrival(share)) : lateMs * share
    const isEarly = index < early
    return {
      // No diner plans to arrive in the last second; only latecomers do.
      arrivesMs: isEarly ? Math.min(arrivesMs, -1) : arrivesMs,
      manner: pick(manners, roll()) ?? 'calm',
      partySize: pick(PARTIES, roll()) ?? 2,
    }
  })
  return phones.sort((one, other) => one.arrivesMs - other.arrivesMs)
}
