'use client'

import { useState } from 'react'
import { ask } from '@/components/ui/client/ask'

/**
 * Whether somebody works for a restaurant without owning one. The session does not know, and a cached
 * page must not wait for it: asked when the menu is opened, once.
 */
export function useOwnWorkplaces() {
  const [hasSome, setHasSome] = useState(false)
  const [isAsked, setIsAsked] = useState(false)
  const find = async () => {
    if (isAsked) return
    setIsAsked(true)
    const answer = await ask<{ items: unknown[] }>({ url: '/api/v1/workplaces' })
    if (answer.kind === 'value') return setHasSome(answer.value.items.length > 0)
    // The menu is whole without it; the next time it is opened asks again.
    setIsAsked(false)
  }
  return { hasSome, ask: find }
}
