'use client'

import { useCallback, useEffect, useState } from 'react'
import { serverClock } from './server-clock'
import { readSteadyMs } from './steady-clock'

/**
 * Reads a clock every `everyMs` and after each better server time, and rerenders only on a change.
 * `read` must keep its identity. Null until mounted.
 */
export function useReadAnew<T extends string | number | boolean>({
  read,
  everyMs,
}: {
  read: () => T | null
  everyMs: number
}): T | null {
  const [shown, setShown] = useState<T | null>(null)
  useEffect(() => {
    const look = () => setShown(read())
    look()
    const timer = setInterval(look, everyMs)
    const forget = serverClock.watch(look)
    return () => {
      clearInterval(timer)
      forget()
    }
  }, [read, everyMs])
  return shown
}

const readNow = () => serverClock.readMs()

/** The database's clock as this page knows it. Null: no answer has carried the time yet. */
export function useServerNow({ everyMs = 250 }: { everyMs?: number } = {}): number | null {
  return useReadAnew({ read: readNow, everyMs })
}

/** A decision by the server's clock, re-evaluated often. `decide` must keep its identity. */
export function useByServerClock<T extends string | boolean>(
  decide: (now: {
    nowMs: number
    /** The time of the server process that is furthest behind. */
    latestMs: number
  }) => T,
): T | null {
  const read = useCallback(() => {
    const [nowMs, latestMs] = [serverClock.readMs(), serverClock.readLatestMs()]
    return nowMs === null || latestMs === null ? null : decide({ nowMs, latestMs })
  }, [decide])
  return useReadAnew({ read, everyMs: 200 })
}

/** Whole seconds until an instant of the steady clock, never below zero. Null until mounted. */
export function useSecondsUntil(untilMs: number): number | null {
  const read = useCallback(
    () => Math.max(0, Math.ceil((untilMs - readSteadyMs()) / 1_000)),
    [untilMs],
  )
  return useReadAnew({ read, everyMs: 250 })
}
