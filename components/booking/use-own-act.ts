'use client'

import { useState, useTransition } from 'react'
import type { OwnAct } from '@/domain/booking/types'

/** Runs an act on one's own reservation; what it was refused for, or that it got lost, is kept in words. */
export function useOwnAct({ failed }: { failed: string }) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isRunning, startRunning] = useTransition()
  const run = (act: () => Promise<OwnAct>, onDone?: () => void) =>
    startRunning(async () => {
      setRefusal(null)
      try {
        const answer = await act()
        if (answer.ok) onDone?.()
        else setRefusal(answer.words)
      } catch {
        setRefusal(failed)
      }
    })
  return { run, isRunning, refusal }
}
