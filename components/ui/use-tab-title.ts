'use client'

import { useEffect } from 'react'

/** Whoever looks at another tab sees it there. Null: the page's own title. */
export function useTabTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return
    const before = document.title
    document.title = `${title} · ${before}`
    return () => {
      // Another page may have its own by now.
      if (document.title.startsWith(title)) document.title = before
    }
  }, [title])
}
