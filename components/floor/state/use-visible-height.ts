'use client'

import { useEffect } from 'react'

/**
 * Gives the board the height that can be seen, so that nothing of it lies behind a keyboard on the
 * screen, which the browser's own units leave out. A zoomed page is no smaller.
 */
export function useVisibleHeight() {
  useEffect(() => {
    const seen = window.visualViewport
    if (!seen) return
    const { style } = document.documentElement
    const fit = () => {
      style.setProperty('--visible-height', `${Math.round(seen.height * seen.scale)}px`)
      // Browsers push the page up for its keyboard; the board has made room already.
      if (seen.scale === 1) window.scrollTo(0, 0)
    }
    seen.addEventListener('resize', fit)
    return () => {
      seen.removeEventListener('resize', fit)
      style.removeProperty('--visible-height')
    }
  }, [])
}
