'use client'

import { useState, useTransition } from 'react'
import type { ActionAnswer } from '@/lib/problems/result'

export type ActionRefusal = Extract<ActionAnswer<unknown>, { ok: false }>

/**
 * Runs a server action. A refusal is kept until the next try; a lost answer (no network, a new
 * release) becomes `failed`, in the page's words.
 */
export function useAction({ failed }: { failed: string }) {
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null)
  const [isRunning, startRunning] = useTransition()
  const run = <T>(act: () => Promise<ActionAnswer<T>>, onDone?: (value: T) => void) =>
    startRunning(async () => {
      setRefusal(null)
      try {
        const answer = await act()
        if (answer.ok) onDone?.(answer.value)
        else setRefusal(answer)
      } catch {
        setRefusal({ ok: false, reason: 'unavailable', words: failed, details: {} })
      }
    })
  return { run, isRunning, refusal }
}
