'use client'

import { Button } from '@/components/ui/button'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { OwnTurn } from '@/domain/opening/lobby.rules'
import { AlreadyBooked, BookedEnd, CancelledEnd, OverEnd, SoldOutEnd } from './ends'
import { EnterAction } from './enter-action'
import { PlaceCard } from './place-card'
import { TurnReminder } from './reminder-switch'
import {
  AnnouncedStage,
  CohortStage,
  DrawingStage,
  FirstStage,
  LateStage,
  LobbyStage,
  WaitingStage,
} from './stages'
import { nameTimes } from './times'
import type { LiveOpening } from './use-opening'
import type { usePlace } from './use-place'
import type { useTurn } from './use-turn'
import type { OpeningRestaurant, Told } from './words'

type Current = Told & {
  live: Pick<LiveOpening, 'opening' | 'stage'>
  restaurant: OpeningRestaurant
  place: ReturnType<typeof usePlace>
  own: OwnTurn | 'unknown' | null
  turn: ReturnType<typeof useTurn>
  isSignedOut: boolean
  /** The account has booked, on whichever device. */
  isDone: boolean
  /** The key that browsers subscribe to. Null: the operator has not set up push. */
  pushKey: string | null
}

/** The page's main content, before and after the visitor's own five minutes. */
export function CurrentStage(props: Current) {
  const { live, restaurant, place, isDone, locale, words } = props
  const { opening, stage } = live
  const told = { restaurant, locale, words }
  const shown = { ...live, timeZone: restaurant.timeZone, locale, words }
  const reservationId = place.state.phase === 'in' ? place.state.place.reservationId : null
  if (isDone && reservationId !== null && stage !== null)
    return (
      <BookedEnd reservationId={reservationId} opening={opening} locale={locale} words={words} />
    )
  if (place.state.phase === 'booked' && stage !== null && stage !== 'CANCELLED')
    return (
      <AlreadyBooked
        reservationId={place.state.reservationId}
        isBefore={stage === 'ANNOUNCED' || stage === 'LOBBY'}
        opening={opening}
        {...told}
      />
    )
  switch (stage) {
    case null:
      return <FirstStage {...shown} />
    case 'CANCELLED':
      return <CancelledEnd opening={opening} {...told} />
    case 'OVER':
      return <OverEnd {...told} />
    case 'SOLD_OUT':
      return <SoldOutEnd opening={opening} {...told} />
    case 'ANNOUNCED':
      return <AnnouncedStage {...shown} />
    case 'LOBBY':
      return (
        <LobbyStage {...shown}>
          <OwnPart {...props} isLate={false} />
        </LobbyStage>
      )
    case 'DRAWING':
      return (
        <DrawingStage {...shown}>
          <OwnPart {...props} isLate />
        </DrawingStage>
      )
    case 'OPEN':
      return <OpenStage {...props} />
  }
}

/** The button to enter, or the confirmation of being in. */
function OwnPart(props: Current & { isLate: boolean }) {
  const { live, restaurant, place, isSignedOut, isLate, locale, words } = props
  const { opening, stage } = live
  const { timeZone } = restaurant
  const times = nameTimes({ opening, timeZone, locale })
  const next = opening.orderBy === 'DRAW' ? words.place.next : words.place.nextArrival
  const { state } = place
  if (state.phase === 'booked') return null
  if (state.phase !== 'in')
    return (
      <EnterAction
        state={state}
        isSignedIn={!isSignedOut}
        time={times.time}
        isLate={isLate}
        isDrawn={opening.orderBy === 'DRAW'}
        enter={place.enter}
        locale={locale}
        words={words}
      />
    )
  return (
    <>
      <PlaceCard
        entry={state.place.entry}
        isJustEntered={state.isJustEntered}
        onFocus={place.settle}
        next={stage === 'LOBBY' ? fillIn(next, times) : null}
        isSignedOut={isSignedOut}
        onSignIn={place.signIn}
        timeZone={timeZone}
        locale={locale}
        words={words}
      />
      <OwnReminder {...props} />
    </>
  )
}

/** Signed out, a diner can't ask, and signs in to keep the turn anyway. */
function OwnReminder({ live, restaurant, isSignedOut, pushKey, locale, words }: Current) {
  if (isSignedOut) return null
  const { opening } = live
  const { timeZone } = restaurant
  return (
    <TurnReminder
      opening={opening}
      timeZone={timeZone}
      pushKey={pushKey}
      locale={locale}
      words={words}
    />
  )
}

function OpenStage(props: Current) {
  const { live, restaurant, place, own, turn, isSignedOut, locale, words } = props
  const shown = { ...live, timeZone: restaurant.timeZone, locale, words }
  if (place.state.phase !== 'in')
    return (
      <LateStage {...shown}>
        <OwnPart {...props} isLate />
      </LateStage>
    )
  if (turn.isDue) return <DueTurn {...props} />
  const { entry } = place.state.place
  if (own === null && !entry.inLobby && entry.number === null)
    return (
      <CohortStage {...shown} entry={entry}>
        <PlaceCard
          entry={entry}
          isJustEntered={place.state.isJustEntered}
          onFocus={place.settle}
          next={null}
          isSignedOut={isSignedOut}
          onSignIn={place.signIn}
          timeZone={restaurant.timeZone}
          locale={locale}
          words={words}
        />
      </CohortStage>
    )
  if (own === null || own === 'unknown')
    return (
      <DrawingStage {...shown}>
        <p className="text-center">{words.turn.finding}</p>
      </DrawingStage>
    )
  return (
    <WaitingStage {...shown} own={own} entry={place.state.place.entry}>
      <PlaceCard
        entry={place.state.place.entry}
        isJustEntered={place.state.isJustEntered}
        onFocus={place.settle}
        next={null}
        isSignedOut={isSignedOut}
        onSignIn={place.signIn}
        timeZone={restaurant.timeZone}
        locale={locale}
        words={words}
      />
      <OwnReminder {...props} />
    </WaitingStage>
  )
}

/** The turn has come; only an answer or signing in keeps the visitor from the board. */
function DueTurn({ place, turn, isSignedOut, words }: Current) {
  const { phase } = turn.state
  const { mine } = words
  if (isSignedOut || phase === 'signed-out')
    return (
      <StatusMessage
        tone="waiting"
        title={words.turn.comeSignedOut}
        actions={
          <Button size="large" isWide onClick={place.signIn}>
            {words.place.signIn}
          </Button>
        }
      />
    )
  if (phase === 'failed')
    return (
      <StatusMessage
        tone="refusal"
        title={turn.state.phase === 'failed' ? (turn.state.refused.title ?? mine.failed) : ''}
        actions={
          <Button isWide onClick={turn.takeAgain}>
            {words.refused.again}
          </Button>
        }
      />
    )
  return <StatusMessage tone="waiting" title={words.turn.come} />
}
