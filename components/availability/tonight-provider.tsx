'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import type { Tonight } from '@/domain/availability/tonight.schema'

type Known = {
  tonight: Tonight
  /** The page's own reading, which decided what the list holds. */
  first: Tonight
  /** By the database's clock. Undefined on a cached page, which may be a night old, until a live reading. */
  nowMs: number | undefined
}
export const TonightContext = createContext<Known | null>(null)

/** The list is of another date, or holds a restaurant that nobody outside may see any more. */
const isOutdated = ({ first, news }: { first: Tonight; news: Tonight }) =>
  news.restaurants.length < first.restaurants.length ||
  news.restaurants[0]?.serviceDate !== first.restaurants[0]?.serviceDate

/**
 * Tonight's free tables for all restaurants of a list. The page carries a timed reading from when
 * it was made; from then on one request keeps the whole list fresh.
 */
export function TonightProvider({
  first,
  isFresh = false,
  children,
}: {
  first: Tonight
  /** The page was made for this visitor, not kept for everyone. */
  isFresh?: boolean
  children: ReactNode
}) {
  const [heard, setHeard] = useState<{ first: Tonight; news: Tonight } | null>(null)
  const [nowMs, setNowMs] = useState(isFresh ? Date.parse(first.asOf) : undefined)
  const router = useRouter()
  const isRenewed = useRef(false)
  useEffect(() => {
    if (first.restaurants.length === 0) return
    let isWanted = true
    let stop: (() => void) | undefined
    const hear = (news: Tonight) => {
      setHeard({ first, news })
      if (!isOutdated({ first, news }) || isRenewed.current) return
      // Once: the visit has had the page made anew, and if it could not be, its words are true.
      isRenewed.current = true
      router.refresh()
    }
    // The list is readable before this loads; if it never does, the list still shows its time.
    import('./tonight-feed').then(
      ({ followTonight }) => {
        if (isWanted) stop = followTonight({ first, onNews: hear, onTime: setNowMs })
      },
      () => {},
    )
    return () => {
      isWanted = false
      stop?.()
    }
  }, [first, router])
  const tonight = heard?.first === first ? heard.news : first
  return <TonightContext value={{ tonight, first, nowMs }}>{children}</TonightContext>
}

export function useTonight(): Known {
  const known = useContext(TonightContext)
  if (!known) throw new Error('what is free tonight is told inside a TonightProvider')
  return known
}
