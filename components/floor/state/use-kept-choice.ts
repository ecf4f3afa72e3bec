'use client'

import { useCallback, useSyncExternalStore } from 'react'

const CHANGED = 'bobjool:kept-choice'

function watch(tell: () => void) {
  window.addEventListener(CHANGED, tell)
  return () => window.removeEventListener(CHANGED, tell)
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/**
 * One of several, stored on this device; the first one unless another was chosen. With storage
 * switched off it is always the first.
 */
export function useKeptChoice<Choice extends string>({
  key,
  choices,
}: {
  key: string
  choices: readonly [Choice, ...Choice[]]
}): [Choice, (choice: Choice) => void] {
  const [first] = choices
  const choice = useSyncExternalStore(
    watch,
    () => choices.find((known) => known === read(key)) ?? first,
    () => first,
  )
  const change = useCallback(
    (next: Choice) => {
      try {
        localStorage.setItem(key, next)
      } catch {
        // As above.
      }
      window.dispatchEvent(new Event(CHANGED))
    },
    [key],
  )
  return [choice, change]
}
