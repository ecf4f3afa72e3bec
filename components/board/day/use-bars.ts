'use client'

import { useCallback, useEffect, useState } from 'react'
import type { Day, DayParty } from '@/domain/board/day/types'
import type { ReservationAct, ReservationStatus } from '@/domain/booking/types'
import type { Answer } from './ask-api'

const MOST_BARS = 3

/** What was done to whom; `isUndo`: what was done is that it was taken back. */
export type Subject = {
  work: ReservationAct | 'WALK_IN'
  isUndo: boolean
  party: Pick<DayParty, 'name' | 'walkIn' | 'partySize'>
}

/** A server that still works on an act has answered or given up by then. */
const SETTLED_WITHIN_MS = 5_000

/**
 * What the bar at the bottom says about an act. DONE can be taken back, SETTLED no more. NOT_SENT
 * never left this device; an UNKNOWN one did, and the following readings of the day tell its fate.
 */
export type Bar = Subject & { id: string } & (
    | { kind: 'DONE'; act: Moved; untilMs: number }
    | { kind: 'SETTLED' | 'NOT_SENT' }
    | { kind: 'REFUSED'; words: string; isSignedOut: boolean }
    | { kind: 'UNKNOWN' | 'NOT_DONE'; sinceMs: number; isDone: (day: Day) => boolean }
  )
export type DoneBar = Extract<Bar, { kind: 'DONE' }>

export type Moved = { id: string; status: ReservationStatus; actId: string }
export type Failure = Exclude<Answer<Moved>, { kind: 'done' }>

function describeFailure({ failure, isDone }: { failure: Failure; isDone: (day: Day) => boolean }) {
  if (failure.kind === 'unsent') return { kind: 'NOT_SENT' as const }
  if (failure.kind === 'unknown')
    return { kind: 'UNKNOWN' as const, sinceMs: performance.now(), isDone }
  return { ...failure, kind: 'REFUSED' as const }
}

/** What a reading of the day tells about an act whose answer was lost. */
function settle({ bar, day }: { bar: Bar; day: Day }): Bar {
  if (bar.kind !== 'UNKNOWN' && bar.kind !== 'NOT_DONE') return bar
  const { id, work, isUndo, party } = bar
  if (bar.isDone(day)) return { id, work, isUndo, party, kind: 'SETTLED' }
  const isStillPossible = performance.now() - bar.sinceMs < SETTLED_WITHIN_MS
  return isStillPossible || bar.kind === 'NOT_DONE' ? bar : { ...bar, kind: 'NOT_DONE' }
}

/**
 * The bars, at most three, the newest last. One with the same id replaces the one before, so that an
 * act has one bar from its beginning to its end.
 */
export function useBars({ day, isLive }: { day: Day; isLive: boolean }) {
  const [bars, setBars] = useState<Bar[]>([])
  const put = useCallback((bar: Bar) => {
    setBars((before) => [...before.filter(({ id }) => id !== bar.id), bar].slice(-MOST_BARS))
  }, [])
  const drop = useCallback((id: string) => {
    setBars((before) => before.filter((bar) => bar.id !== id))
  }, [])
  const putFailure = (told: {
    id: string
    subject: Subject
    failure: Failure
    isDone: (day: Day) => boolean
  }) => {
    put({ ...told.subject, id: told.id, ...describeFailure(told) })
  }

  useEffect(() => {
    if (!isLive) return
    for (const bar of bars) {
      const settled = settle({ bar, day })
      if (settled !== bar) put(settled)
    }
  }, [bars, put, day, isLive])
  return { bars, put, putFailure, drop }
}
