/** Shares of all people (as on 10 October 2024): before the opening, and in its first seconds. */
export const LOBBY_SHARE = 0.7
/** How long those take who come after the opening. */
export const LATE_SECONDS = 10
export const PARTIES: [share: number, partySize: number][] = [
  [0.08, 1],
  [0.5, 2],
  [0.12, 3],
  [0.2, 4],
  [0.05, 5],
  [0.05, 6],
]

/** Where in the lobby one of those who come early arrives, from 0 to 1: denser towards its end. */
export const placeArrival = (roll: number): number => Math.sqrt(roll)

/** How many have come that many seconds after the opening (negative: before it), on average. */
export function countArrived({
  people,
  lobbySeconds,
  lateSeconds,
  atSeconds,
}: {
  people: number
  lobbySeconds: number
  lateSeconds: number
  atSeconds: number
}): number {
  const early = people * LOBBY_SHARE
  if (atSeconds >= 0) return early + (people - early) * Math.min(1, atSeconds / lateSeconds)
  // The inverse of `placeArrival`.
  return early * Math.max(0, 1 + atSeconds / lobbySeconds) ** 2
}

export function pick<T>(shares: [number, T][], roll: number): T | null {
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
