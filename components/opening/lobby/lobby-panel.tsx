'use client'

import { useState } from 'react'
import { useVisitor } from '@/components/identity/visitor'
import { useIsOffline } from '@/components/ui/offline-notice'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useTabTitle } from '@/components/ui/use-tab-title'
import type { Opening, OpeningState } from '@/domain/opening/schema'
import type { Messages } from '@/lib/i18n/messages'
import { Announcement } from './announcement'
import { CurrentStage } from './current-stage'
import { TurnStage, useBoardReady } from './turn-stage'
import { useOpening } from './use-opening'
import { useOwnBooking } from './use-own-booking'
import { useOwnTurn } from './use-own-turn'
import { usePlace } from './use-place'
import { useTurn } from './use-turn'
import type { LazyTurnBoard, OpeningRestaurant, Told } from './words'

/** Stages in which this account may have booked with its turn, here or on another device. */
const MAY_HAVE_BOOKED = new Set<OpeningState | null>(['OPEN', 'SOLD_OUT', 'OVER'])

/**
 * An opening on one phone, from the announcement to the end. Of others the phone knows only the
 * public snapshot; of its own place it has the receipt. From both it computes when its turn comes.
 */
export function LobbyPanel({
  initial,
  restaurant,
  board: { TurnBoard, load },
  pushKey,
  locale,
  words,
  boardWords,
}: Told & {
  initial: Opening
  restaurant: OpeningRestaurant
  board: LazyTurnBoard
  /** The key that browsers subscribe to. Null: the operator has not set up push. */
  pushKey: string | null
  boardWords: Pick<Messages['booking'], 'board' | 'sheet'>
}) {
  const { opening, stage, isCutOff, askNow } = useOpening(initial)
  const visitor = useVisitor()
  const place = usePlace({ opening, stage, visitor, locale })
  const mine = place.state.phase === 'in' ? place.state.place : null
  const own = useOwnTurn({ opening, entry: mine?.entry ?? null })
  const isSignedIn = visitor !== null && visitor !== undefined
  /** The reservation made on this very page, whose outcome stays in view. */
  const [madeHere, setMadeHere] = useState<string | null>(null)
  const isDone = mine !== null && mine.reservationId !== null && mine.reservationId !== madeHere
  const turn = useTurn({
    openingId: opening.id,
    stage,
    place: mine,
    own,
    isSignedIn,
    isWanted: !isDone,
    keep: place.keep,
    askNow,
    locale,
  })
  useOwnBooking({
    openingId: opening.id,
    place: mine,
    stage,
    isAsked: isSignedIn && turn.hasCome && MAY_HAVE_BOOKED.has(stage),
    isInUse: turn.state.phase === 'mine' && mine?.reservationId === null,
    keep: place.keep,
    locale,
  })
  const hasBoard = useStays(turn.state.phase === 'mine' && !isDone) && !isDone
  useBoardReady({ isSoon: mine !== null && (stage === 'DRAWING' || stage === 'OPEN'), load })
  useTabTitle(turn.isDue && !isDone ? words.mine.tab : null)
  const computed = own === 'unknown' ? null : own
  const { timeZone } = restaurant
  return (
    <section
      aria-label={words.page.panel}
      data-tells-offline
      // On a phone it fills the first screen, so that no change of its height moves what is below.
      className="flex flex-col gap-5 rounded-card border border-line bg-raised p-5 max-lg:min-h-[calc(100dvh-300px)] md:p-6"
    >
      <Announcement
        place={place.state}
        own={computed}
        turn={turn.state}
        opening={opening}
        stage={stage}
        timeZone={timeZone}
        locale={locale}
        words={words}
      />
      {hasBoard && mine && stage !== 'CANCELLED' ? (
        <TurnStage
          turn={turn.state}
          takeAgain={turn.takeAgain}
          onBooked={(reservationId) => {
            setMadeHere(reservationId)
            place.keep({ ...mine, reservationId })
          }}
          opening={opening}
          stage={stage}
          restaurant={restaurant}
          TurnBoard={TurnBoard}
          locale={locale}
          words={words}
          boardWords={boardWords}
        />
      ) : (
        <CurrentStage
          live={{ opening, stage }}
          place={place}
          own={own}
          turn={turn}
          isSignedOut={visitor === null}
          isDone={isDone}
          pushKey={pushKey}
          restaurant={restaurant}
          locale={locale}
          words={words}
        />
      )}
      <Connection isCutOff={isCutOff} words={words.page} />
    </section>
  )
}

/** Stays true once true: the page never removes what a visitor is using. */
function useStays(isNow: boolean): boolean {
  const [hasBeen, setHasBeen] = useState(false)
  if (isNow && !hasBeen) setHasBeen(true)
  return hasBeen || isNow
}

/** Says that the network is gone, and that no place is lost by it. */
function Connection({ isCutOff, words }: { isCutOff: boolean; words: Told['words']['page'] }) {
  const isOffline = useIsOffline()
  return (
    <LiveArea className="empty:hidden">
      {(isOffline || isCutOff) && (
        <StatusMessage tone="waiting" title={isOffline ? words.offline : words.cutOff} />
      )}
    </LiveArea>
  )
}
