'use client'

import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Opening, OpeningState } from '@/domain/opening/schema'
import type { Messages } from '@/lib/i18n/messages'
import { formatTime } from '@/lib/i18n/moment'
import { Countdown } from './hero'
import type { TurnState } from './use-turn'
import type { LazyTurnBoard, OpeningRestaurant, Told } from './words'

/** Loads the board early, so that no turn begins by waiting for a script. */
export function useBoardReady({ isSoon, load }: { isSoon: boolean; load: LazyTurnBoard['load'] }) {
  useEffect(() => {
    // A failed load is retried when the board is drawn.
    if (isSoon) void load().catch(() => {})
  }, [isSoon, load])
}

/** The visitor's own five minutes: the remaining time and the board. */
export function TurnStage({
  opening,
  stage,
  restaurant,
  turn,
  takeAgain,
  onBooked,
  TurnBoard,
  locale,
  words,
  boardWords,
}: Told & {
  opening: Opening
  stage: OpeningState | null
  restaurant: OpeningRestaurant
  turn: TurnState
  takeAgain: () => void
  onBooked: (reservationId: string) => void
  TurnBoard: LazyTurnBoard['TurnBoard']
  boardWords: Pick<Messages['booking'], 'board' | 'sheet'>
}) {
  const isOver = stage === 'OVER'
  return (
    <div className="flex flex-col gap-5">
      {isOver || stage === 'SOLD_OUT' ? (
        <StatusMessage tone="quiet" title={isOver ? words.mine.over : words.mine.soldOut} />
      ) : (
        <TurnBar
          turn={turn}
          timeZone={restaurant.timeZone}
          takeAgain={takeAgain}
          words={words.mine}
        />
      )}
      <Suspense fallback={<Skeleton className="h-72 w-full" />}>
        <TurnBoard
          restaurant={restaurant}
          serviceDate={opening.serviceDate}
          turn={turn.phase === 'mine' ? turn.turn : null}
          onTurnOver={takeAgain}
          onBooked={onBooked}
          locale={locale}
          words={boardWords}
        />
      </Suspense>
    </div>
  )
}

/** Stays visible while the visitor scrolls the board. */
function TurnBar({
  turn,
  timeZone,
  takeAgain,
  words,
}: {
  turn: TurnState
  timeZone: string
  takeAgain: () => void
  words: Told['words']['mine']
}) {
  if (turn.phase !== 'mine')
    return (
      <StatusMessage
        tone={turn.phase === 'failed' ? 'refusal' : 'waiting'}
        title={turn.phase === 'failed' ? (turn.refused.title ?? words.failed) : words.ranOut}
        actions={
          <Button size="large" isWide disabled={turn.phase === 'asking'} onClick={takeAgain}>
            {turn.phase === 'asking' ? words.asking : words.again}
          </Button>
        }
      >
        <p className="text-15">{words.ranOutNext}</p>
      </StatusMessage>
    )
  return (
    <div className="sticky top-2 z-5 flex items-center justify-between gap-4 rounded-small border-2 border-accent bg-raised px-4 py-2">
      <div className="min-w-0">
        <TurnHeading>{words.title}</TurnHeading>
        <p className="text-15 text-quiet tabular-nums">
          {fillIn(words.text, { time: formatTime({ at: turn.expiresAt, timeZone }) })}
        </p>
      </div>
      <p className="text-44 leading-tight font-bold tabular-nums">
        <Countdown at={turn.expiresAt} label={words.left} isShort />
      </p>
    </div>
  )
}

/** If the focused element is gone, focus moves to this heading. */
function TurnHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h2 ref={heading} tabIndex={-1} className="text-20 font-bold outline-none">
      {children}
    </h2>
  )
}
