'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type News, poll, type Repeating } from '@/components/ui/client/poll'
import { serverClock } from '@/components/ui/client/server-clock'
import { useByServerClock } from '@/components/ui/client/use-server-now'
import { decideStage, planNextLook } from '@/domain/opening/lobby.rules'
import type { Opening, OpeningState } from '@/domain/opening/schema'

export type LiveOpening = {
  opening: Opening
  /** What it is at this moment. Null: only the page's own snapshot is there. */
  stage: OpeningState | null
  /** Asking fails, or the server itself shows something old. */
  isCutOff: boolean
  askNow: (delayMs?: number) => void
}

/** Those whose countdown ends in the same instant ask over this stretch. */
const SPREAD_MS = 800

/** Before the opening a countdown runs; afterwards nothing needs the time again and again. */
const needsTime = ({ state }: Opening) => state === 'ANNOUNCED' || state === 'LOBBY'

const planRestMs = ({ value, asOfMs }: News<Opening>) =>
  planNextLook({
    opening: value,
    nowMs: serverClock.readMs() ?? asOfMs,
    jitter: Math.random(),
  })

/** Over for good, whatever the clock says: a page that was kept may show it before anything is heard. */
const isFinal = (state: OpeningState) => state === 'CANCELLED' || state === 'OVER'

/** Follows the public snapshot of an opening; `initial` is what the page came with, of whenever. */
export function useOpening(initial: Opening): LiveOpening {
  const [news, setNews] = useState<News<Opening> | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const polling = useRef<Repeating>(undefined)
  const { id } = initial
  useEffect(() => {
    polling.current = poll<Opening>({
      url: `/api/v1/openings/${id}`,
      credentials: 'omit',
      onNews: (heard) => {
        setNews(heard)
        setHasFailed(false)
      },
      onFailure: () => setHasFailed(true),
      needsTime,
      planRestMs,
    })
    return polling.current.stop
  }, [id])
  const askNow = useCallback((delayMs?: number) => polling.current?.askNow(delayMs), [])
  const opening = news?.value ?? initial
  const decide = useCallback(
    ({ nowMs }: { nowMs: number }) => decideStage({ opening, nowMs }),
    [opening],
  )
  const decided = useByServerClock(decide)
  const first = isFinal(initial.state) ? initial.state : null
  const stage = news === null ? first : (decided ?? first)
  // Something has begun that the last snapshot could not know of.
  const isBehind = news !== null && stage !== null && stage !== opening.state
  useEffect(() => {
    if (isBehind) askNow(Math.random() * SPREAD_MS)
  }, [isBehind, askNow])
  return { opening, stage, isCutOff: hasFailed || news?.isCurrent === false, askNow }
}
