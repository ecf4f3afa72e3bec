'use client'

import { useEffect, useState } from 'react'
import { readSteadyMs } from '@/components/ui/client/steady-clock'
import { useStable } from '@/components/ui/use-stable'

/** How long before it starts over the tablet says so. */
const TOLD_SECONDS = 10

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
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    if (!isWatching) return
    let untilMs = 0
    const begin = () => {
      untilMs = readSteadyMs() + afterMs
      setLeft(null)
    }
    const look = () => {
      const seconds = Math.ceil((untilMs - readSteadyMs()) / 1_000)
      if (seconds <= 0) {
        begin()
        tell()
      } else setLeft(seconds <= TOLD_SECONDS ? seconds : null)
    }
    begin()
    const timer = setInterval(look, 250)
    window.addEventListener('pointerdown', begin)
    window.addEventListener('keydown', begin)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pointerdown', begin)
      window.removeEventListener('keydown', begin)
    }
  }, [afterMs, isWatching, tell])
  return isWatching ? left : null
}
