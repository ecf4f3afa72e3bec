'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { serverClock } from '@/components/ui/client/server-clock'
import type { OwnTurn } from '@/domain/opening/lobby.rules'
import type { OpeningState } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import { askOpening, type Refused, readEntry, readTurn } from './ask-opening'
import type { KeptPlace } from './kept-place'
import { useHasCome, useIsHere, useIsVisible, useRunOut } from './turn-times'

export type TurnState =
  /** The turn has not come, or its answer is on the way. */
  | { phase: 'ahead' | 'asking' | 'signed-out' }
  | { phase: 'mine'; turn: string; expiresAt: string }
  /** The page had the turn and it ran out. */
  | { phase: 'ran-out' }
  | { phase: 'failed'; refused: Refused }

type Asking = {
  openingId: string
  place: KeptPlace | null
  keep: (place: KeptPlace) => void
  askNow: () => void
  locale: Locale
}

/** The pause before a second look that should explain a refusal. */
const LOOK_AGAIN_MS = 1_500
const EXPLAINED_BY_SNAPSHOT = new Set(['sold-out', 'opening-over', 'not-found'])

/** Asks for the turn, and interprets each answer. */
function useTurnRequest({ openingId, place, keep, askNow, locale }: Asking) {
  const [answered, setAnswered] = useState<TurnState>({ phase: 'ahead' })
  /** The time the service gave when asked too early; it overrides the phone's own. */
  const [toldMs, setToldMs] = useState<number | null>(null)
  const isRenewed = useRef(false)
  const isHere = useIsHere()

  function wait(untilMs: number) {
    setToldMs(Math.max(untilMs, (serverClock.readMs() ?? 0) + LOOK_AGAIN_MS))
    setAnswered({ phase: 'ahead' })
  }

  /** Fetches a new receipt when the service rejects this one, as after a change of its key. */
  async function renew({ kept, refused }: { kept: KeptPlace; refused: Refused }) {
    const found = isRenewed.current
      ? null
      : await askOpening({
          path: 'entries/me',
          read: readEntry,
          openingId,
          locale,
          isWanted: isHere,
        })
    isRenewed.current = true
    if (!found?.ok) return setAnswered({ phase: 'failed', refused })
    keep({ ...kept, entry: found.value })
    wait(0)
  }

  async function ask() {
    if (!place) return
    setAnswered({ phase: 'asking' })
    const body = { receipt: place.entry.receipt }
    const answer = await askOpening({
      path: 'turn',
      read: readTurn,
      openingId,
      body,
      locale,
      isWanted: isHere,
    })
    if (answer?.ok) {
      keep({ ...place, turn: answer.value })
      setAnswered({ phase: 'ahead' })
    } else if (answer) await hear(answer.refused, place)
  }

  async function hear(refused: Refused, kept: KeptPlace) {
    if (refused.reason === 'not-your-turn') return wait(Date.parse(refused.at ?? '') || 0)
    if (refused.reason === 'signed-out') return setAnswered({ phase: 'signed-out' })
    if (refused.reason === 'receipt-unknown') return renew({ kept, refused })
    if (!EXPLAINED_BY_SNAPSHOT.has(refused.reason)) return setAnswered({ phase: 'failed', refused })
    askNow()
    wait(0)
  }

  return { answered, toldMs, ask }
}

/**
 * Takes the turn the moment it comes, if the page is visible: the five minutes start then, so a
 * phone in a pocket does not lose them. A turn that ran out on the screen is requested again by
 * hand.
 */
export function useTurn({
  stage,
  own,
  isSignedIn,
  isWanted,
  ...asking
}: Asking & {
  stage: OpeningState | null
  own: OwnTurn | 'unknown' | null
  isSignedIn: boolean
  /** False: the visitor has booked and wants nothing more. */
  isWanted: boolean
}): { state: TurnState; hasCome: boolean; isDue: boolean; takeAgain: () => void } {
  const { place } = asking
  const { answered, toldMs, ask } = useTurnRequest(asking)
  const isVisible = useIsVisible()

  const expiresAt = place?.turn?.expiresAt ?? null
  const expiresMs = expiresAt === null ? null : Date.parse(expiresAt)
  const isOver = useHasCome({ atMs: expiresMs })
  const isMine = isOver === false
  const { hasRunOut, forgetRunOut } = useRunOut({ isMine, isOver: isOver === true, expiresAt })

  const computedMs = own === null || own === 'unknown' ? 0 : own.turnMs
  const dueMs = own === null ? null : Math.max(toldMs ?? 0, computedMs)
  const hasCome = useHasCome({ atMs: dueMs, isForAll: true })
  const isDue = stage === 'OPEN' && place !== null && hasCome === true
  const needsOne = expiresAt === null || (isOver === true && !hasRunOut)
  const isReady = isWanted && isSignedIn && isVisible
  const mayAsk = isDue && isReady && needsOne && answered.phase === 'ahead'

  const asks = useRef(ask)
  asks.current = ask
  useEffect(() => {
    if (mayAsk) void asks.current()
  }, [mayAsk])
  const takeAgain = useCallback(() => {
    forgetRunOut()
    void asks.current()
  }, [forgetRunOut])

  const state = decideState({ place, isMine, hasRunOut, answered })
  return { state, hasCome: place !== null && hasCome === true, isDue, takeAgain }
}

function decideState({
  place,
  isMine,
  hasRunOut,
  answered,
}: {
  place: KeptPlace | null
  isMine: boolean
  hasRunOut: boolean
  answered: TurnState
}): TurnState {
  if (isMine && place?.turn) return { phase: 'mine', ...place.turn }
  if (answered.phase !== 'ahead') return answered
  return hasRunOut ? { phase: 'ran-out' } : answered
}
