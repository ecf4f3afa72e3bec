'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { repeat } from '@/components/ui/client/poll'

const EVERY_MS = 15_000

/** While an opening on this page has people waiting, a visible page reloads now and then. */
export function Watch({ isRunning }: { isRunning: boolean }) {
  const router = useRouter()
  useEffect(() => {
    if (!isRunning) return
    const { stop } = repeat({
      act: async () => router.refresh(),
      planRest: () => EVERY_MS,
      firstRestMs: EVERY_MS,
    })
    return stop
  }, [isRunning, router])
  return null
}
