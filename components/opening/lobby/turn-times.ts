'use client'

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useByClock } from './steady-clock'

/**
 * Whether an instant has come; null while that is not known. What was decided of another instant is
 * no answer, not for one drawing: a turn would be asked for twice.
 */
export function useHasCome({
  offsetMs,
  atMs,
}: {
  offsetMs: number | null
  atMs: number | null
}): boolean | null {
  const decide = useCallback(
    (nowMs: number) => `${atMs} ${atMs !== null && nowMs >= atMs}` as const,
    [atMs],
  )
  const decided = useByClock({ offsetMs, decide })
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

/** Whether the page is still there, for answers that come late. */
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
