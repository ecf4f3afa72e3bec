'use client'

import { useCallback, useSyncExternalStore } from 'react'

export type Hand = 'left' | 'right'

const KEY = 'bobjool.hand'
const CHANGED = 'bobjool:hand'

function watch(tell: () => void) {
  window.addEventListener(CHANGED, tell)
  return () => window.removeEventListener(CHANGED, tell)
}

/** With storage switched off the free hand is the right one. */
function readHand(): Hand {
  try {
    return localStorage.getItem(KEY) === 'left' ? 'left' : 'right'
  } catch {
    return 'right'
  }
}

/** The side of the free hand, where list and panels appear; stored on this device. */
export function useHand(): [Hand, (hand: Hand) => void] {
  const hand = useSyncExternalStore(watch, readHand, () => 'right' as const)
  const change = useCallback((next: Hand) => {
    try {
      localStorage.setItem(KEY, next)
    } catch {
      // As above.
    }
    window.dispatchEvent(new Event(CHANGED))
  }, [])
  return [hand, change]
}
