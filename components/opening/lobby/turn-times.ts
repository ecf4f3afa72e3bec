'use client'

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useByServerClock } from '@/components/ui/client/use-server-now'

/**
 * Whether an instant has come; null while unknown. An answer about an earlier `at` must not survive
 * even one render, or the page would ask for its turn twice.
 */
export function useHasCome({
  atMs,
  isForAll = false,
}: {
  atMs: number | null
  /** True: waits until every server process agrees, because one that lags would refuse. */
  isForAll?: boolean
}): boolean | null {
  const decide = useCallback(
    ({ nowMs, latestMs }: { nowMs: number; latestMs: number }) =>
      `${atMs} ${atMs !== null && (isForAll ? latestMs : nowMs) >= atMs}` as const,
    [atMs, isForAll],
  )
  const decided = useByServerClock(decide)
  if (atMs === null || decided === null || !decided.startsWith(`${atMs} `)) return null
  return decided === `${atMs} true`
}

/** Whether a turn ran out while this page showed it. */
export function useRunOut({
  isMine,
  isOver,
  expiresAt,
}: {
  isMine: boolean
  isOver: boolean
  expiresAt: string | null
}) {
  const [seenAt, setSeenAt] = useState<string | null>(null)
  if (isMine && seenAt !== expiresAt) setSeenAt(expiresAt)
  const forgetRunOut = useCallback(() => setSeenAt(null), [])
  return { hasRunOut: isOver && seenAt !== null && seenAt === expiresAt, forgetRunOut }
}

function watchVisibility(tell: () => void) {
  document.addEventListener('visibilitychange', tell)
  return () => document.removeEventListener('visibilitychange', tell)
}

export function useIsVisible(): boolean {
  return useSyncExternalStore(
    watchVisibility,
    () => document.visibilityState === 'visible',
    () => false,
  )
}

/** Counts how often the page has come into view again, as after a look at another page or app. */
export function useVisits(): number {
  const [visits, setVisits] = useState(0)
  const isVisible = useIsVisible()
  const wasVisible = useRef(true)
  useEffect(() => {
    if (isVisible && !wasVisible.current) setVisits((count) => count + 1)
    wasVisible.current = isVisible
  }, [isVisible])
  return visits
}

/** Whether the page is still mounted, for answers that arrive late. */
export function useIsHere(): () => boolean {
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  return useCallback(() => isHere.current, [])
}
