'use client'

import { useState } from 'react'

/**
 * Whether somebody works for a restaurant without owning one. The session does not know, and a cached
 * page must not wait for it: asked when the menu is opened, once.
 */
export function useOwnWorkplaces() {
  const [hasSome, setHasSome] = useState(false)
  const [isAsked, setIsAsked] = useState(false)
  const ask = async () => {
    if (isAsked) return
    setIsAsked(true)
    try {
      const response = await fetch('/api/v1/workplaces')
      if (!response.ok) throw new Error(`the workplaces answered ${response.status}`)
      const { items }: { items: unknown[] } = await response.json()
      setHasSome(items.length > 0)
    } catch {
      // The menu is whole without it; the next time it is opened asks again.
      setIsAsked(false)
    }
  }
  return { hasSome, ask }
}
