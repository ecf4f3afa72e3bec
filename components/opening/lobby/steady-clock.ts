'use client'

import { useEffect, useState } from 'react'

/** Runs evenly whatever the phone's clock is set to, from an origin that means nothing. */
export const readSteadyMs = () => performance.now()

/**
 * The database's clock as this device knows it, in milliseconds since 1970: `offsetMs` added to its
 * own steady clock, which nobody can set. Read anew `everyMs`; null until it has begun.
 */
export function useServerClock({
  offsetMs,
  everyMs = 250,
}: {
  /** Null: nobody has told the time yet. */
  offsetMs: number | null
  everyMs?: number
}): number | null {
  const [nowMs, setNowMs] = useState<number | null>(null)
  useEffect(() => {
    if (offsetMs === null) return setNowMs(null)
    const read = () => setNowMs(readSteadyMs() + offsetMs)
    read()
    const timer = setInterval(read, everyMs)
    return () => clearInterval(timer)
  }, [offsetMs, everyMs])
  return nowMs
}

/** What the clock decides, looked at often but drawn only when it changes. Null: no time is known. */
export function useByClock<T extends string | boolean>({
  offsetMs,
  decide,
}: {
  offsetMs: number | null
  decide: (nowMs: number) => T
}): T | null {
  const [decided, setDecided] = useState<T | null>(null)
  useEffect(() => {
    if (offsetMs === null) return setDecided(null)
    const look = () => setDecided(decide(readSteadyMs() + offsetMs))
    look()
    const timer = setInterval(look, 200)
    return () => clearInterval(timer)
  }, [offsetMs, decide])
  return decided
}
