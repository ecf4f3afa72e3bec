'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { KnownVisitor } from '@/components/identity/visitor'
import { linkToSignIn } from '@/domain/identity/rules'
import type { Opening, OpeningEntry, OpeningState } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import { type Asked, askOpening, type Refused, readOwnEntry } from './ask-opening'
import {
  type KeptPlace,
  keepPlace,
  keepWish,
  readPlace,
  readReceiptAccount,
  takeWish,
  watchPlace,
} from './kept-place'
import { useVisits } from './turn-times'
import { type Entering, useEntering } from './use-entering'

export type PlaceState =
  /** `unknown`: still being found out. `out`: this account has certainly not entered. */
  | { phase: 'unknown' | 'out' }
  | Entering
  | { phase: 'refused'; refused: Refused }
  /** This account has a reservation of that date, so it can't take part. */
  | { phase: 'booked'; reservationId: string }
  | { phase: 'in'; place: KeptPlace; isJustEntered: boolean }

/** While visitors can be in the opening and a place matters. */
const isRunning = (stage: OpeningState | null) =>
  stage === 'LOBBY' || stage === 'DRAWING' || stage === 'OPEN'

function makePlace(entry: OpeningEntry, reservationId: string | null = null): KeptPlace {
  return { accountId: readReceiptAccount(entry.receipt) ?? '', entry, turn: null, reservationId }
}

/**
 * A visitor's place in an opening: this device's copy, or else the service's. A receipt of another
 * account is ignored; a signed-out visitor sees the one stored here.
 */
export function usePlace({
  opening,
  stage,
  visitor,
  locale,
}: {
  opening: Opening
  stage: OpeningState | null
  /** Undefined: not known yet. Null: the visitor is signed out. */
  visitor: KnownVisitor | null | undefined
  locale: Locale
}) {
  const openingId = opening.id
  const [state, setState] = useState<PlaceState>({ phase: 'unknown' })
  const mayEnter = isRunning(stage)
  const visitorId = visitor === undefined ? undefined : (visitor?.id ?? null)

  const show = useCallback((place: KeptPlace, isJustEntered = false) => {
    setState({ phase: 'in', place, isJustEntered })
  }, [])
  const keep = useCallback(
    (place: KeptPlace, isJustEntered = false) => {
      keepPlace(openingId, place)
      show(place, isJustEntered)
    },
    [openingId, show],
  )

  const settle = useCallback(() => {
    setState((now) => (now.phase === 'in' ? { ...now, isJustEntered: false } : now))
  }, [])

  const say = useCallback((entering: Entering) => {
    // Another tab may have entered in the meantime.
    setState((now) => (now.phase === 'in' ? now : entering))
  }, [])
  const hear = useCallback(
    (answer: Asked<OpeningEntry> | null) => {
      if (answer?.ok) keep(makePlace(answer.value), true)
      else if (!answer) setState((now) => (now.phase === 'entering' ? { phase: 'out' } : now))
      else if (answer.refused.reason === 'signed-out') goToSignIn({ openingId, locale })
      else setState(stateOf(answer.refused) ?? { phase: 'refused', refused: answer.refused })
    },
    [openingId, locale, keep],
  )
  const enter = useEntering({ opening, mayEnter, locale, say, hear })

  useEffect(() => {
    const look = () => {
      const kept = readPlace(openingId)
      if (kept && (!visitorId || kept.accountId === visitorId)) show(kept)
      return kept !== null && (!visitorId || kept.accountId === visitorId)
    }
    if (!look()) setState({ phase: visitorId === null ? 'out' : 'unknown' })
    return watchPlace(openingId, look)
  }, [openingId, visitorId, show])

  const { phase } = state
  const isOut = phase === 'unknown' || phase === 'out' || phase === 'booked'
  const isWanted = isOut && Boolean(visitorId) && stage !== null && stage !== 'CANCELLED'
  useFinding({ isWanted, mayEnter, openingId, locale, enter, keep, setState })

  return {
    state,
    enter: () => (visitorId ? void enter() : goToSignIn({ openingId, locale })),
    /** Signing in returns here, to the same place. */
    signIn: () => goToSignIn({ openingId, locale }),
    keep,
    /** The result of entering has received the focus and must not take it again. */
    settle,
  }
}

function stateOf({ reason, reservationId }: Refused): PlaceState | null {
  return reason === 'already-booked' && reservationId !== null
    ? { phase: 'booked', reservationId }
    : null
}

/**
 * Asks on each visit whether the visitor has entered, or can't. A visitor who pressed enter before
 * signing in enters now.
 */
function useFinding({
  isWanted,
  mayEnter,
  openingId,
  locale,
  enter,
  keep,
  setState,
}: {
  isWanted: boolean
  mayEnter: boolean
  openingId: string
  locale: Locale
  enter: () => Promise<void>
  keep: (place: KeptPlace) => void
  setState: (state: PlaceState) => void
}) {
  const visit = useVisits()
  const isEnterable = useRef(mayEnter)
  isEnterable.current = mayEnter
  // biome-ignore lint/correctness/useExhaustiveDependencies: each visit asks again
  useEffect(() => {
    if (!isWanted) return
    if (isEnterable.current && takeWish(openingId)) return void enter()
    let isHere = true
    const asked = askOpening({
      path: 'entries/me',
      read: readOwnEntry,
      openingId,
      locale,
      isWanted: () => isHere,
    })
    void asked.then((answer) => {
      if (!isHere) return
      if (answer?.ok) keep(makePlace(answer.value.entry, answer.value.reservationId))
      else if (answer) setState(stateOf(answer.refused) ?? { phase: 'out' })
    })
    return () => {
      isHere = false
    }
  }, [isWanted, visit, openingId, locale, enter, keep, setState])
}

/** After signing in, entering continues by itself. */
function goToSignIn({ openingId, locale }: { openingId: string; locale: Locale }) {
  keepWish(openingId)
  window.location.assign(linkToSignIn({ returnPath: window.location.pathname, locale }))
}
