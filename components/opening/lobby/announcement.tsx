'use client'

import { useCallback } from 'react'
import { useByServerClock } from '@/components/ui/client/use-server-now'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { OwnTurn } from '@/domain/opening/lobby.rules'
import type { Opening, OpeningState } from '@/domain/opening/schema'
import { formatDate, formatSeconds } from '@/lib/i18n/moment'
import { nameTimes } from './times'
import type { PlaceState } from './use-place'
import type { TurnState } from './use-turn'
import type { Told } from './words'

const MINUTE_MS = 60_000

/** Announces a change once and politely to screen readers; never a running countdown. */
export function Announcement({
  opening,
  stage,
  place,
  own,
  turn,
  timeZone,
  locale,
  words,
}: Told & {
  opening: Opening
  stage: OpeningState | null
  place: PlaceState
  own: OwnTurn | null
  turn: TurnState
  timeZone: string
}) {
  const expiresAt = turn.phase === 'mine' ? turn.expiresAt : null
  const isLastMinute = useByServerClock(
    useCallback(
      ({ nowMs }) => expiresAt !== null && Date.parse(expiresAt) - nowMs < MINUTE_MS,
      [expiresAt],
    ),
  )
  const sayTurn = () => {
    if (turn.phase === 'mine') return isLastMinute ? words.mine.lastMinute : words.mine.title
    return turn.phase === 'ran-out' ? `${words.mine.ranOut}. ${words.mine.ranOutNext}` : ''
  }
  const sayStage = () => {
    const times = nameTimes({ opening, timeZone, locale })
    const isIn = place.phase === 'in'
    if (place.phase === 'booked' && stage !== 'CANCELLED') return fillIn(words.already.title, times)
    switch (stage) {
      case 'ANNOUNCED':
        return fillIn(words.announced.said, times)
      case 'LOBBY':
        return isIn ? words.place.in : fillIn(words.lobby.said, times)
      case 'DRAWING':
        return opening.orderBy === 'DRAW' ? words.drawing.labelDraw : words.drawing.labelArrival
      case 'OPEN': {
        if (!isIn || !own) return fillIn(words.late.label, times)
        const time = formatSeconds({ at: own.turnMs, timeZone })
        return fillIn(words.turn.sentence, { time })
      }
      case 'SOLD_OUT':
        return fillIn(words.soldOut.spoken, {
          day: formatDate({ date: opening.serviceDate, locale }),
        })
      case 'OVER':
        return words.over.title
      case 'CANCELLED':
        return words.cancelled.title
      default:
        return ''
    }
  }
  return <LiveArea className="sr-only">{sayTurn() || sayStage()}</LiveArea>
}
