'use client'

import { useSyncExternalStore } from 'react'

/**
 * The width from which tables and lists stand side by side, as `lg` in the classes. Not the
 * orientation: on some tablets a keyboard on the screen would turn it.
 */
const WIDE = '(min-width: 1024px)'

function watch(tell: () => void) {
  const wide = window.matchMedia(WIDE)
  wide.addEventListener('change', tell)
  return () => wide.removeEventListener('change', tell)
}

/** False until the browser has been asked. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    watch,
    () => window.matchMedia(WIDE).matches,
    () => false,
  )
}
