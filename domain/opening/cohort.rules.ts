import type { OpeningRate } from './schema'
import { findTurnMs } from './turn.rules'

/** How long a cohort of latecomers is, in openings announced from now on. */
export const COHORT_SECONDS = 20
/** From the end of a lobby or a cohort until nobody can count for it any more: see `enter_opening`. */
export const FREEZE_AFTER_MS = 2_000
/** From that end until the first round of the beacon that may decide the order. */
export const ROUND_AFTER_MS = 6_000

/** When a cohort ends, in milliseconds since 1970; the lobby is cohort 0. */
export function findCohortEndMs({
  opensAt,
  cohort,
  cohortSeconds,
}: {
  opensAt: Date | string
  cohort: number
  cohortSeconds: number
}): number {
  return new Date(opensAt).getTime() + cohort * cohortSeconds * 1000
}

/** A frozen cohort of latecomers. */
export type Cohort = {
  cohort: number
  entryCount: number
  entriesHash: string
  /** Null: not drawn yet. */
  orderSeed: string | null
  drawnAt: string | null
}

/** Those whose order is known. */
export function listDrawn<One extends Pick<Cohort, 'orderSeed' | 'drawnAt'>>(
  cohorts: One[],
): (One & { orderSeed: string; drawnAt: string })[] {
  return cohorts.flatMap((cohort) => {
    const { orderSeed, drawnAt } = cohort
    return orderSeed !== null && drawnAt !== null ? [{ ...cohort, orderSeed, drawnAt }] : []
  })
}

/** Entries whose order was drawn together: those of the lobby, or of one cohort. */
type Draw = { drawnAt: string; entryCount: number }

/**
 * From when the turns of each cohort come, and by when all have, in milliseconds since 1970: behind those of
 * the lobby and of all earlier cohorts, and never before its own draw. `lobby` and `cohorts` are drawn.
 */
export function layCohorts<Cohort extends Draw>({
  lobby,
  cohorts,
  rates,
}: {
  lobby: Draw
  /** In their order. */
  cohorts: Cohort[]
  rates: OpeningRate[]
}): { lobbyEndMs: number; laid: (Cohort & { turnsFromMs: number; turnsEndMs: number })[] } {
  const endOf = ({ entryCount, fromMs }: { entryCount: number; fromMs: number }) =>
    findTurnMs({ place: entryCount, rates, drawnAt: new Date(fromMs).toISOString() })
  const lobbyEndMs = endOf({ ...lobby, fromMs: Date.parse(lobby.drawnAt) })
  let endMs = lobbyEndMs
  const laid = cohorts.map((cohort) => {
    const turnsFromMs = Math.max(endMs, Date.parse(cohort.drawnAt))
    endMs = endOf({ ...cohort, fromMs: turnsFromMs })
    return { ...cohort, turnsFromMs, turnsEndMs: endMs }
  })
  return { lobbyEndMs, laid }
}

/**
 * How many may wait for a draw when draws end and all of them are let in at once: those of one second, so
 * that nobody waits for a draw that decides nothing, and nobody is part of a crowd.
 */
export function countLetInAtOnce({ rates, atMs }: { rates: OpeningRate[]; atMs: number }): number {
  const past = rates.filter(({ fromAt }) => Date.parse(fromAt) <= atMs)
  return Math.max(1, Math.floor((past.at(-1) ?? rates[0])?.turnsPerSecond ?? 0))
}

/**
 * When somebody has to look at an opening next, so that what is over freezes before its round is known and is
 * drawn soon after, in milliseconds since 1970. Null: nothing is to come, or nobody waits for it.
 */
export function findNextLookMs({
  opensAt,
  now,
  cohortSeconds,
  isFrozen,
  nextDrawMs,
  undrawn,
}: {
  opensAt: Date
  now: Date
  cohortSeconds: number
  /** Whether the lobby is. */
  isFrozen: boolean
  /** When a frozen one can be drawn. Null: all are. */
  nextDrawMs: number | null
  /** How many latecomers are in no frozen cohort. */
  undrawn: number
}): number | null {
  const openMs = opensAt.getTime()
  if (!isFrozen) return openMs + FREEZE_AFTER_MS
  if (nextDrawMs !== null) return nextDrawMs
  if (undrawn === 0) return null
  const lengthMs = cohortSeconds * 1000
  const over = Math.floor((now.getTime() - FREEZE_AFTER_MS - openMs) / lengthMs)
  return openMs + Math.max(1, over + 1) * lengthMs + FREEZE_AFTER_MS
}
