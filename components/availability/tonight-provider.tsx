'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Tonight } from '@/domain/availability/tonight.schema'

type Known = { tonight: Tonight; isLive: boolean }
const TonightContext = createContext<Known | null>(null)

/**
 * Tonight's free tables for all restaurants of a list. The page carries a timed reading from when
 * it was made; from then on one request keeps the whole list fresh.
 */
export function TonightProvider({ first, children }: { first: Tonight; children: ReactNode }) {
  const [heard, setHeard] = useState<{ first: Tonight; news: Tonight } | null>(null)
  useEffect(() => {
    if (first.restaurants.length === 0) return
    let isWanted = true
    let stop: (() => void) | undefined
    // The list is readable before this loads; if it never does, the list still shows its time.
    import('./tonight-feed').then(
      ({ followTonight }) => {
        if (isWanted) stop = followTonight({ first, onNews: (news) => setHeard({ first, news }) })
      },
      () => {},
    )
    return () => {
      isWanted = false
      stop?.()
    }
  }, [first])
  const news = heard?.first === first ? heard.news : null
  return (
    <TonightContext value={{ tonight: news ?? first, isLive: news !== null }}>
      {children}
    </TonightContext>
  )
}

export function useTonight(): Known {
  const known = useContext(TonightContext)
  if (!known) throw new Error('what is free tonight is told inside a TonightProvider')
  return known
}
