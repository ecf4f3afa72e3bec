'use client'

import { useEffect, useState } from 'react'

const STEP_MS = 10_000

/**
 * The present by the database's clock, in steps of ten seconds so that the board is not drawn anew
 * each second. Goes on while no answers come.
 */
export function useNow(asOf: string): number {
  const asOfMs = Date.parse(asOf)
  const [drift, setDrift] = useState({ asOfMs, ms: 0 })
  useEffect(() => {
    const sinceMs = performance.now()
    const timer = setInterval(() => setDrift({ asOfMs, ms: performance.now() - sinceMs }), STEP_MS)
    return () => clearInterval(timer)
  }, [asOfMs])
  const driftMs = drift.asOfMs === asOfMs ? drift.ms : 0
  return Math.floor((asOfMs + driftMs) / STEP_MS) * STEP_MS
}
