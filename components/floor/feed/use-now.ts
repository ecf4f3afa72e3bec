'use client'

import { useEffect } from 'react'
import { serverClock } from '@/components/ui/client/server-clock'
import { readSteadyMs } from '@/components/ui/client/steady-clock'
import { useServerNow } from '@/components/ui/client/use-server-now'

const STEP_MS = 10_000

/**
 * The present by the database's clock, in steps of ten seconds so that the board is not redrawn
 * every second. It runs on while no answers arrive.
 */
export function useNow(asOf: string): number {
  const asOfMs = Date.parse(asOf)
  // The page brings the time itself, in case the network fails from here on.
  useEffect(() => {
    serverClock.learn({ toldMs: asOfMs, askedAtMs: 0, heardAtMs: readSteadyMs() })
  }, [asOfMs])
  const nowMs = useServerNow({ everyMs: STEP_MS }) ?? asOfMs
  return Math.floor(Math.max(nowMs, asOfMs) / STEP_MS) * STEP_MS
}
