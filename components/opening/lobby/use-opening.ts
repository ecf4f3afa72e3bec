'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { followSnapshot, type SnapshotNews } from '@/components/ui/snapshot-feed'
import { decideStage, planNextLook } from '@/domain/opening/lobby.rules'
import type { Opening, OpeningState } from '@/domain/opening/schema'
import { readSteadyMs, useByClock } from './steady-clock'

export type LiveOpening = {
  opening: Opening
  /** What it is at this moment. Null: only the page's own snapshot is there, and no time. */
  stage: OpeningState | null
  /** Add to this device's steady clock to get the database's. Null: not known yet. */
  offsetMs: number | null
  /** So much later a process of the server may know the database's clock than this device does. */
  uncertaintyMs: number
  /** Asking fails, or the server itself shows something old. */
  isCutOff: boolean
  askNow: (delayMs?: number) => void
}

/** Those whose countdown ends in the same instant ask over this stretch. */
const SPREAD_MS = 800

/** Before the opening a countdown runs; afterwards nothing needs the time again and again. */
const needsTime = ({ state }: Opening) => state === 'ANNOUNCED' || state === 'LOBBY'

const planPauseMs = ({ snapshot, heardAtMs, clockOffsetMs }: SnapshotNews<Opening>) =>
  planNextLook({
    opening: snapshot,
    nowMs: heardAtMs + clockOffsetMs,
    jitter: Math.random(),
  })

/** Over for good, whatever the clock says: a page that was kept may show it before anything is heard. */
const isFinal = (state: OpeningState) => state === 'CANCELLED' || state === 'OVER'

/** Follows the public snapshot of an opening; `initial` is what the page came with, of whenever. */
export function useOpening(initial: Opening): LiveOpening {
  const [news, setNews] = useState<SnapshotNews<Opening> | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const feed = useRef<ReturnType<typeof followSnapshot>>(undefined)
  const { id } = initial
  useEffect(() => {
    feed.current = followSnapshot<Opening>({
      url: `/api/v1/openings/${id}`,
      onNews: (heard) => {
        setNews(heard)
        setHasFailed(false)
      },
      onFailure: () => setHasFailed(true),
      needsTime,
      planPauseMs,
      readClock: readSteadyMs,
    })
    return feed.current.stop
  }, [id])
  const askNow = useCallback((delayMs?: number) => feed.current?.askNow(delayMs), [])
  const opening = news?.snapshot ?? initial
  const offsetMs = news?.clockOffsetMs ?? null
  const decide = useCallback((nowMs: number) => decideStage({ opening, nowMs }), [opening])
  const decided = useByClock({ offsetMs, decide })
  const first = isFinal(initial.state) ? initial.state : null
  const stage = offsetMs === null ? first : (decided ?? first)
  // Something has begun that the last snapshot could not know of.
  const isBehind = news !== null && stage !== null && stage !== opening.state
  useEffect(() => {
    if (isBehind) askNow(Math.random() * SPREAD_MS)
  }, [isBehind, askNow])
  return {
    opening,
    stage,
    offsetMs,
    uncertaintyMs: news?.clockUncertaintyMs ?? 0,
    isCutOff: hasFailed || news?.isCurrent === false,
    askNow,
  }
}
