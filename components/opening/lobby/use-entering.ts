'use client'

import { type RefObject, useCallback, useRef } from 'react'
import { type Pause, pause } from '@/components/ui/client/retry'
import { serverClock } from '@/components/ui/client/server-clock'
import { readSteadyMs } from '@/components/ui/client/steady-clock'
import { drawEntryWaitMs } from '@/domain/opening/entering.rules'
import type { Opening, OpeningEntry } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import { type Asked, askOpening, readEntry } from './ask-opening'
import { keepWish, takeWish } from './kept-place'
import { useIsHere } from './turn-times'

export type Entering = {
  phase: 'entering'
  /** The service is busy, and the page asks again. */
  isWaiting: boolean
  /** When this phone enters: by the steady clock, and as it was told at first. Null: at once. */
  planned: { atMs: number; seconds: number } | null
}
type Newest = { opening: Opening; mayEnter: boolean }

/** A shorter wait is over before it is read. */
const WORTH_SAYING_MS = 1_000

/**
 * Enters at a place of this phone's own among those who enter, drawn anew for each try, and asks
 * until there is an answer. `say` and `hear` must keep their identity.
 */
export function useEntering({
  opening,
  mayEnter,
  locale,
  say,
  hear,
}: Newest & {
  locale: Locale
  say: (state: Entering) => void
  /** Null: there is none, because nobody can enter any more. */
  hear: (answer: Asked<OpeningEntry> | null) => void
}): () => Promise<void> {
  const openingId = opening.id
  const isEntering = useRef(false)
  const newest = useRef<Newest>({ opening, mayEnter })
  newest.current = { opening, mayEnter }
  const isHere = useIsHere()
  return useCallback(async () => {
    if (isEntering.current) return
    isEntering.current = true
    const isWanted = () => isHere() && newest.current.mayEnter
    const wait = (wished: Pause) => waitForPlace({ ...wished, newest, say })
    // A page that is loaded again in the meantime enters by itself.
    keepWish(openingId)
    await wait({ waitMs: 0, canHurry: false })
    const answer = isWanted()
      ? await askOpening({ path: 'entries', read: readEntry, openingId, locale, isWanted, wait })
      : null
    isEntering.current = false
    if (!isHere()) return
    takeWish(openingId)
    hear(answer)
  }, [openingId, locale, isHere, say, hear])
}

/** Waits as long as the service has asked for, and for this phone's own place. */
async function waitForPlace({
  waitMs,
  canHurry,
  newest,
  say,
}: Pause & {
  newest: RefObject<Newest>
  say: (state: Entering) => void
}): Promise<void> {
  const nowMs = serverClock.readMs()
  const plannedMs =
    nowMs === null || document.visibilityState === 'hidden'
      ? 0
      : drawEntryWaitMs({ opening: newest.current.opening, nowMs, random: Math.random() })
  const untilMs = Math.max(plannedMs, waitMs)
  const planned = { atMs: readSteadyMs() + untilMs, seconds: Math.ceil(untilMs / 1000) }
  const isPlanned = plannedMs >= WORTH_SAYING_MS
  say({
    phase: 'entering',
    isWaiting: !isPlanned && waitMs > 0,
    planned: isPlanned ? planned : null,
  })
  await Promise.all([pause({ waitMs, canHurry }), waitInView(plannedMs)])
}

/** A page that is put away waits no longer: its timers may stand still until it is looked at again. */
function waitInView(waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, waitMs)
    function end() {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', end)
      resolve()
    }
    document.addEventListener('visibilitychange', end)
  })
}
