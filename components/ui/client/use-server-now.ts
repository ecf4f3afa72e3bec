'use client'

import { useCallback, useEffect, useState } from 'react'
import { serverClock } from './server-clock'
import { readSteadyMs } from './steady-clock'

/**
 * What a clock says, read anew `everyMs` and with each better reading of the server's; drawn only
 * when it changes. `read` has to stay the same function. Null until it has begun.
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

/** The database's clock as this page knows it. Null: nobody has told the time yet. */
export function useServerNow({ everyMs = 250 }: { everyMs?: number } = {}): number | null {
  return useReadAnew({ read: readNow, everyMs })
}

/** What the server's clock decides, looked at often. `decide` has to stay the same function. */
export function useByServerClock<T extends string | boolean>(
  decide: (now: {
    nowMs: number
    /** As the last process of the server may know it. */
    latestMs: number
  }) => T,
): T | null {
  const read = useCallback(() => {
    const [nowMs, latestMs] = [serverClock.readMs(), serverClock.readLatestMs()]
    return nowMs === null || latestMs === null ? null : decide({ nowMs, latestMs })
  }, [decide])
  return useReadAnew({ read, everyMs: 200 })
}

/** Whole seconds until an instant of the steady clock, never below zero. Null until it has begun. */
export function useSecondsUntil(untilMs: number): number | null {
  const read = useCallback(
    () => Math.max(0, Math.ceil((untilMs - readSteadyMs()) / 1_000)),
    [untilMs],
  )
  return useReadAnew({ read, everyMs: 250 })
}
