'use client'

import { useEffect, useState } from 'react'
import { ask } from '@/components/ui/client/ask'
import { isKeptForOther } from './kept/kept-for'

export type KnownVisitor = {
  id: string
  name: string
  role: 'DINER' | 'OWNER' | 'ADMIN'
  /** An owner who still awaits an admin's approval. */
  awaitsApproval: boolean
}

let asked: Promise<KnownVisitor | null> | undefined
const listeners = new Set<() => void>()

async function askWhoLooks(): Promise<KnownVisitor | null> {
  const answer = await ask<{ user: KnownVisitor | null }>({ url: '/api/v1/session' })
  if (answer.kind !== 'value') throw new Error('the session is not known')
  const { user } = answer.value
  // What the board keeps for its session goes, however this visitor came: signed out, or as another.
  if (isKeptForOther(user?.id ?? null))
    import('./kept/kept-store').then(({ dropKept }) => dropKept()).catch(() => {})
  return user
}

/** Call when the session has changed: each part that shows the visitor asks again. */
export function forgetVisitor(): void {
  asked = undefined
  for (const ask of listeners) ask()
}

/**
 * The visitor of this page; undefined until known. Pages in a shared cache are the same for every
 * visitor, so the browser asks after the first paint, once for all parts.
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
          // Unknown counts as signed out here; each act checks for itself, and the next page asks
          // again.
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
