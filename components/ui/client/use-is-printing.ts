'use client'

import { useSyncExternalStore } from 'react'

const readIsPrinting = () => window.matchMedia('print').matches

function watchPrinting(tell: () => void) {
  const media = window.matchMedia('print')
  media.addEventListener('change', tell)
  // Some browsers lay the paper out before they tell of the change.
  window.addEventListener('beforeprint', tell)
  window.addEventListener('afterprint', tell)
  return () => {
    media.removeEventListener('change', tell)
    window.removeEventListener('beforeprint', tell)
    window.removeEventListener('afterprint', tell)
  }
}

/** True while the page is on its way to paper. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(watchPrinting, readIsPrinting, () => false)
}
