'use client'

import { useEffect, useState } from 'react'
import { useVisitor } from '@/components/identity/visitor'
import { type KeptPlace, readPlace, watchPlace } from './kept-place'
import { useHasCome } from './turn-times'

/**
 * The visitor's right to book behind an opening's gate, as this device keeps it, for other pages than the
 * opening's own. Null: there is none, it is over, or it is another account's.
 */
export function useKeptTurn(openingId: string | null): string | null {
  const visitor = useVisitor()
  const [place, setPlace] = useState<KeptPlace | null>(null)
  useEffect(() => {
    if (openingId === null) return setPlace(null)
    const look = () => setPlace(readPlace(openingId))
    look()
    return watchPlace(openingId, look)
  }, [openingId])
  const { turn, expiresAt } = place?.turn ?? { turn: null, expiresAt: null }
  const isOver = useHasCome({ atMs: expiresAt === null ? null : Date.parse(expiresAt) })
  return place?.accountId === visitor?.id && isOver === false ? turn : null
}
