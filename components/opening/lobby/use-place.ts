'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { KnownVisitor } from '@/components/identity/visitor'
import { linkToSignIn } from '@/domain/identity/rules'
import type { OpeningEntry, OpeningState } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import { askOpening, type Refused, readEntry, readOwnEntry } from './ask-opening'
import {
  type KeptPlace,
  keepPlace,
  keepWish,
  readPlace,
  readReceiptAccount,
  takeWish,
  watchPlace,
} from './kept-place'
import { useIsHere, useVisits } from './turn-times'

export type PlaceState =
  /** `unknown`: still being found out. `out`: this account has certainly not entered. */
  | { phase: 'unknown' | 'out' }
  | { phase: 'entering'; isWaiting: boolean }
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
  openingId,
  stage,
  visitor,
  locale,
}: {
  openingId: string
  stage: OpeningState | null
  /** Undefined: not known yet. Null: the visitor is signed out. */
  visitor: KnownVisitor | null | undefined
  locale: Locale
}) {
  const [state, setState] = useState<PlaceState>({ phase: 'unknown' })
  const isHere = useIsHere()
  const isEntering = useRef(false)
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

  const enter = useCallback(async () => {
    if (isEntering.current) return
    isEntering.current = true
    setState({ phase: 'entering', isWaiting: false })
    const answer = await askOpening({
      path: 'entries',
      read: readEntry,
      openingId,
      locale,
      isWanted: isHere,
      onWait: () => setState({ phase: 'entering', isWaiting: true }),
    })
    isEntering.current = false
    if (answer?.ok) keep(makePlace(answer.value), true)
    else if (answer?.refused.reason === 'signed-out') goToSignIn({ openingId, locale })
    else if (answer)
      setState(stateOf(answer.refused) ?? { phase: 'refused', refused: answer.refused })
  }, [openingId, locale, isHere, keep])

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
