'use client'

import { useEffect } from 'react'

/**
 * Keeps the screen on until the returned function is called. The browser lets go whenever the page
 * is hidden, so it is asked again when the page is back. Where it is unsupported or refused (a low
 * battery), the screen sleeps as it would.
 */
export function keepAwake(): () => void {
  if (!('wakeLock' in navigator)) return () => {}
  let isOver = false
  let held: WakeLockSentinel | null = null
  const ask = async () => {
    if (document.hidden || isOver || (held && !held.released)) return
    const got = await navigator.wakeLock.request('screen').catch(() => null)
    if (isOver) await got?.release()
    else held = got
  }
  void ask()
  document.addEventListener('visibilitychange', ask)
  return () => {
    isOver = true
    document.removeEventListener('visibilitychange', ask)
    void held?.release()
  }
}

/** Keeps the screen on while `isWanted`. */
export function useWakeLock(isWanted = true): void {
  useEffect(() => (isWanted ? keepAwake() : undefined), [isWanted])
}
