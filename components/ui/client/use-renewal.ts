'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import type { Problem } from './ask'

/**
 * Renews a cached page whose live state is gone: what it shows has been hidden since, and this visit
 * has had the page made anew. Polls tell it of each failure, so that their rests pace it.
 */
export function useRenewal(): (problem: Problem | null) => void {
  const router = useRouter()
  return useCallback(
    (problem) => {
      if (problem?.status === 404) router.refresh()
    },
    [router],
  )
}
