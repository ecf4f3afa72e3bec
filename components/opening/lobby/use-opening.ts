'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type News, poll, type Repeating } from '@/components/ui/client/poll'
import { serverClock } from '@/components/ui/client/server-clock'
import { useRenewal } from '@/components/ui/client/use-renewal'
import { useByServerClock } from '@/components/ui/client/use-server-now'
import { decideStage, planNextLook } from '@/domain/opening/lobby.rules'
import type { Opening, OpeningState } from '@/domain/opening/schema'

export type LiveOpening = {
  opening: Opening
  /** The stage at this moment. Null: the page has only its own snapshot. */
  stage: OpeningState | null
  /** Requests fail, or the server itself shows old data. */
  isCutOff: boolean
  askNow: (delayMs?: number) => void
}

/** Pages whose countdown ends at the same instant spread their requests over this stretch. */
const SPREAD_MS = 800

/** Before the opening a countdown runs and needs the time; afterwards nothing does. */
const needsTime = ({ state }: Opening) => state === 'ANNOUNCED' || state === 'LOBBY'

const planRestMs = ({ value, asOfMs }: News<Opening>) =>
  planNextLook({
    opening: value,
    nowMs: serverClock.readMs() ?? asOfMs,
    jitter: Math.random(),
  })

/** Final whatever the clock says, so a cached page may show it before any live reading. */
const isFinal = (state: OpeningState) => state === 'CANCELLED' || state === 'OVER'

/** Follows an opening's public snapshot; `initial` is the page's own and may be old. */
export function useOpening(initial: Opening): LiveOpening {
  const [news, setNews] = useState<News<Opening> | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const polling = useRef<Repeating>(undefined)
  const renewIfGone = useRenewal()
  const { id } = initial
  useEffect(() => {
    polling.current = poll<Opening>({
      url: `/api/v1/openings/${id}`,
      credentials: 'omit',
      onNews: (heard) => {
        setNews(heard)
        setHasFailed(false)
      },
      onFailure: (problem) => {
        setHasFailed(true)
        renewIfGone(problem)
      },
      needsTime,
      planRestMs,
    })
    return polling.current.stop
  }, [id, renewIfGone])
  const askNow = useCallback((delayMs?: number) => polling.current?.askNow(delayMs), [])
  const opening = news?.value ?? initial
  const decide = useCallback(
    ({ nowMs }: { nowMs: number }) => decideStage({ opening, nowMs }),
    [opening],
  )
  const decided = useByServerClock(decide)
  const first = isFinal(initial.state) ? initial.state : null
  const stage = news === null ? first : (decided ?? first)
  // A stage has begun that the last snapshot could not know.
  const isBehind = news !== null && stage !== null && stage !== opening.state
  useEffect(() => {
    if (isBehind) askNow(Math.random() * SPREAD_MS)
  }, [isBehind, askNow])
  return { opening, stage, isCutOff: hasFailed || news?.isCurrent === false, askNow }
}
