'use client'

import { useEffect, useState } from 'react'
import { ask } from '@/components/ui/client/ask'

export type KnownVisitor = {
  id: string
  name: string
  role: 'DINER' | 'OWNER' | 'ADMIN'
  /** An owner whom no admin has approved yet. */
  awaitsApproval: boolean
}

let asked: Promise<KnownVisitor | null> | undefined
const listeners = new Set<() => void>()

async function askWhoLooks(): Promise<KnownVisitor | null> {
  const answer = await ask<{ user: KnownVisitor | null }>({ url: '/api/v1/session' })
  if (answer.kind !== 'value') throw new Error('the session is not known')
  return answer.value.user
}

/** The session has changed: whoever shows the visitor asks again. */
export function forgetVisitor(): void {
  asked = undefined
  for (const ask of listeners) ask()
}

/**
 * Who looks at the page; undefined while that is not known. Pages that a shared cache keeps are the
 * same for everybody, so the browser asks after it has painted, once for all who want to know.
 */
export function useVisitor(): KnownVisitor | null | undefined {
  const [visitor, setVisitor] = useState<KnownVisitor | null>()
  useEffect(() => {
    let isWanted = true
    const ask = () => {
      asked ??= askWhoLooks()
      asked.then(
        (known) => isWanted && setVisitor(known),
        () => {
          // Unknown stays nobody here; each act finds out for itself. The next page asks again.
          asked = undefined
          if (isWanted) setVisitor(null)
        },
      )
    }
    ask()
    listeners.add(ask)
    return () => {
      isWanted = false
      listeners.delete(ask)
    }
  }, [])
  return visitor
}
