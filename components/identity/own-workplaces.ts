'use client'

import { useState } from 'react'
import { ask } from '@/components/ui/client/ask'

/**
 * Whether the visitor is staff somewhere without being an owner. The session does not know, and a
 * cached page must not wait for it, so the menu asks once when it opens.
 */
export function useOwnWorkplaces() {
  const [hasSome, setHasSome] = useState(false)
  const [isAsked, setIsAsked] = useState(false)
  const find = async () => {
    if (isAsked) return
    setIsAsked(true)
    const answer = await ask<{ items: unknown[] }>({ url: '/api/v1/workplaces' })
    if (answer.kind === 'value') return setHasSome(answer.value.items.length > 0)
    // The menu works without it, and asks again the next time it opens.
    setIsAsked(false)
  }
  return { hasSome, ask: find }
}
