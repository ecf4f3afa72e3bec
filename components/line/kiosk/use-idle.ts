'use client'

import { useEffect, useState } from 'react'
import { readSteadyMs } from '@/components/ui/client/steady-clock'
import { useSecondsUntil } from '@/components/ui/client/use-server-now'
import { useStable } from '@/components/ui/use-stable'

/** How long before it starts over the tablet says so. */
const TOLD_SECONDS = 10
const NEVER_MS = Number.POSITIVE_INFINITY

/**
 * After a time without a touch, starts over for the next guest. Returns the seconds left once there
 * are at most ten, otherwise null.
 */
export function useIdle({
  afterMs,
  isWatching,
  onIdle,
}: {
  afterMs: number
  isWatching: boolean
  onIdle: () => void
}): number | null {
  const tell = useStable(onIdle)
  const [untilMs, setUntilMs] = useState(NEVER_MS)
  const left = useSecondsUntil(untilMs)
  useEffect(() => {
    if (!isWatching) return
    const begin = () => setUntilMs(readSteadyMs() + afterMs)
    begin()
    window.addEventListener('pointerdown', begin)
    window.addEventListener('keydown', begin)
    return () => {
      setUntilMs(NEVER_MS)
      window.removeEventListener('pointerdown', begin)
      window.removeEventListener('keydown', begin)
    }
  }, [afterMs, isWatching])
  const isOver = isWatching && left === 0
  useEffect(() => {
    if (!isOver) return
    setUntilMs(NEVER_MS)
    tell()
  }, [isOver, tell])
  const isTold = isWatching && left !== null && left > 0 && left <= TOLD_SECONDS
  return isTold ? left : null
}
