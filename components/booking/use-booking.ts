'use client'

import { useEffect, useRef, useState } from 'react'
import { pause } from '@/components/ui/pause'
import type { WhyAgain } from '@/domain/booking/attempt.rules'
import type { Locale } from '@/lib/i18n/locale'
import {
  type Attempt,
  type BookingWish,
  type Placed,
  type Refused,
  startAttempt,
  tryToBook,
} from './ask-to-book'

export type BookingState =
  | { phase: 'idle' }
  /** `after`: why it is asked again; null at first. */
  | { phase: 'asking'; after: WhyAgain | null }
  | { phase: 'waiting'; why: WhyAgain; seconds: number; untilMs: number }
  | { phase: 'booked'; placed: Placed }
  | { phase: 'refused'; refused: Refused }
  | { phase: 'unknown' }

/** Books, and asks again by itself under the same key until there is an answer. */
export function useBooking({ turn = null, locale }: { turn?: string | null; locale: Locale }) {
  const [state, setState] = useState<BookingState>({ phase: 'idle' })
  const current = useRef<Attempt | null>(null)
  // A turn may be renewed while an attempt runs; each try carries the newest.
  const newestTurn = useRef(turn)
  newestTurn.current = turn
  useEffect(
    () => () => {
      current.current = null
    },
    [],
  )

  async function pursue(attempt: Attempt) {
    current.current = attempt
    let after: WhyAgain | null = null
    for (let tries = 1; ; tries += 1) {
      setState({ phase: 'asking', after })
      const step = await tryToBook({ attempt, turn: newestTurn.current, tries, locale })
      if (current.current !== attempt) return
      if (step.kind !== 'again') return settle(step)
      after = step.why
      const seconds = Math.max(1, Math.ceil(step.waitMs / 1000))
      setState({ phase: 'waiting', why: after, seconds, untilMs: Date.now() + step.waitMs })
      await pause(step.waitMs)
      if (current.current !== attempt) return
    }
  }

  function settle(step: Exclude<Awaited<ReturnType<typeof tryToBook>>, { kind: 'again' }>) {
    if (step.kind === 'booked') setState({ phase: 'booked', placed: step.placed })
    else if (step.kind === 'refused') setState({ phase: 'refused', refused: step.refused })
    else setState({ phase: 'unknown' })
  }

  return {
    state,
    book: (wish: BookingWish) => pursue(startAttempt(wish)),
    /** Asks once more for the outcome of the same attempt. */
    askAgain: () => current.current && pursue(current.current),
    /** Stops asking; the outcome stays unknown. */
    stop: () => {
      const attempt = current.current
      // A new object ends the running loop and keeps the key for whoever asks again.
      current.current = attempt && { ...attempt }
      setState({ phase: 'unknown' })
    },
    reset: () => {
      current.current = null
      setState({ phase: 'idle' })
    },
  }
}
