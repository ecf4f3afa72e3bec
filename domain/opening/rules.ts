import type { OpeningState } from './schema'

/** The state of an opening at an instant of the database's clock. */
export function decideOpeningState(facts: {
  lobbyOpensAt: Date
  opensAt: Date
  gateUntil: Date
  isDrawn: boolean
  isCancelled: boolean
  isSoldOut: boolean
  now: Date
}): OpeningState {
  if (facts.isCancelled) return 'CANCELLED'
  if (facts.now < facts.lobbyOpensAt) return 'ANNOUNCED'
  if (facts.now < facts.opensAt) return 'LOBBY'
  if (facts.isSoldOut) return 'SOLD_OUT'
  if (facts.now >= facts.gateUntil) return 'OVER'
  return facts.isDrawn ? 'OPEN' : 'DRAWING'
}

const MINUTE_MS = 60_000

/**
 * How long a page waits before its next poll, so that the server paces the crowd. A place needs no
 * polling, so polls are frequent only when something is about to be published.
 */
export function paceOpeningPolls({
  state,
  opensAt,
  now,
}: {
  state: OpeningState
  opensAt: Date
  now: Date
}): number {
  const leftMs = opensAt.getTime() - now.getTime()
  switch (state) {
    case 'ANNOUNCED':
    case 'LOBBY':
      return leftMs <= MINUTE_MS ? 5_000 : Math.min(30_000, Math.round(leftMs / 10))
    case 'DRAWING':
      return 1_500
    case 'OPEN':
      return 3_000
    default:
      return 30_000
  }
}
