'use client'

import { useEffect } from 'react'

/**
 * Shows news in the tab's title, for a visitor looking at another tab. Null: the page's own title.
 */
export function useTabTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return
    const before = document.title
    document.title = `${title} · ${before}`
    return () => {
      // Another page may have set its own title by now.
      if (document.title.startsWith(title)) document.title = before
    }
  }, [title])
}
