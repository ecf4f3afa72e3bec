'use client'

import { useEffect, useState } from 'react'

export type KnownVisitor = { id: string; name: string; role: 'DINER' | 'OWNER' | 'ADMIN' }

let asked: Promise<KnownVisitor | null> | undefined

async function askWhoLooks(): Promise<KnownVisitor | null> {
  const response = await fetch('/api/v1/session', { headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`the session answered ${response.status}`)
  const { user }: { user: KnownVisitor | null } = await response.json()
  return user
}

/**
 * Who looks at the page; undefined while that is not known. Pages that a shared cache keeps are the
 * same for everybody, so the browser asks after it has painted, once for all who want to know.
 */
export function useVisitor(): KnownVisitor | null | undefined {
  const [visitor, setVisitor] = useState<KnownVisitor | null>()
  useEffect(() => {
    let isWanted = true
    asked ??= askWhoLooks()
    asked.then(
      (known) => isWanted && setVisitor(known),
      () => {
        // Unknown stays nobody here; each act finds out for itself. The next page asks again.
        asked = undefined
        if (isWanted) setVisitor(null)
      },
    )
    return () => {
      isWanted = false
    }
  }, [])
  return visitor
}
