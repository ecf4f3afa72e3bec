const LOW_BATTERY = 0.15
const MOST_CLOCK_ERROR_MS = 60_000
const MINUTE_MS = 60_000

/** Whether the tablet may go out before the evening does. `level` from 0 to 1. */
export function isBatteryLow({ level, charging }: { level: number; charging: boolean }): boolean {
  return !charging && level < LOW_BATTERY
}

/**
 * By how many whole minutes the tablet's clock is ahead of the server's, below zero when it is behind.
 * Zero up to a minute, which an answer may take on its way.
 */
export function countMinutesAhead({
  deviceMs,
  serverMs,
}: {
  deviceMs: number
  serverMs: number
}): number {
  const aheadMs = deviceMs - serverMs
  return Math.abs(aheadMs) > MOST_CLOCK_ERROR_MS ? Math.round(aheadMs / MINUTE_MS) : 0
}
