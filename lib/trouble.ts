import { log } from './log'

const QUIET_MS = 60_000

/** What can go wrong with a store or a service outside that people are served without. */
export const troubleKinds = [
  'redis refuses a command',
  ...(['mail server away', 'push server away', 'slack server away'] as const),
] as const
export type TroubleKind = (typeof troubleKinds)[number]

type Seen = { total: number; sinceWarning: number; nextWarningMs: number }

// Kept across bundles, so that a process counts once.
const held = globalThis as typeof globalThis & { bobjoolTrouble?: Map<TroubleKind, Seen> }
held.bobjoolTrouble ??= new Map()
const seen = held.bobjoolTrouble

/**
 * Counts it, and warns of its kind at most once a minute with how many came since the last warning:
 * an outage is told at once, and does not fill the log.
 */
export function noteTrouble(
  { kind, problem }: { kind: TroubleKind; problem: string },
  nowMs = performance.now(),
): void {
  const known = seen.get(kind) ?? { total: 0, sinceWarning: 0, nextWarningMs: nowMs }
  known.total += 1
  known.sinceWarning += 1
  seen.set(kind, known)
  if (nowMs < known.nextWarningMs) return
  log.warn({ problem, times: known.sinceWarning }, kind)
  known.nextWarningMs = nowMs + QUIET_MS
  known.sinceWarning = 0
}

/** How often each kind came since this process started. */
export function countTroubles(): Partial<Record<TroubleKind, number>> {
  return Object.fromEntries([...seen].map(([kind, { total }]) => [kind, total]))
}
