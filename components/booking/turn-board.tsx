'use client'

import { useState } from 'react'
import { BoardTimes } from '@/components/availability/board-times'
import { PartyChoice } from '@/components/availability/party-choice'
import { useBoard } from '@/components/availability/use-board'
import { useChoice } from '@/components/availability/use-choice'
import type { TurnBoardProps } from '@/components/opening/lobby/words'
import { hideOwnSoftHold } from '@/domain/availability/soft-hold.rules'
import { BookingSheet } from './booking-sheet'

/** The board of the opening's one date, for the diner whose turn it is. */
export function TurnBoard({
  restaurant,
  serviceDate,
  turn,
  onTurnOver,
  onBooked,
  locale,
  words: { board: words, sheet },
}: TurnBoardProps) {
  const { choice, choose } = useChoice(restaurant)
  const heard = useBoard({ restaurantId: restaurant.id, date: serviceDate, initial: null })
  const [ownSlotId, setOwnSlotId] = useState<string | null>(null)
  const board = heard.board && hideOwnSoftHold({ board: heard.board, ownSlotId })
  const live = { ...heard, board }
  return (
    <div className="flex flex-col gap-5">
      <PartyChoice
        size={choice.partySize}
        min={restaurant.minParty}
        max={restaurant.maxParty}
        onChoose={(partySize) => choose({ partySize })}
        words={words}
      />
      <BoardTimes
        live={live}
        date={serviceDate}
        partySize={choice.partySize}
        isOnlyToday
        gate={turn === null ? 'shut' : 'open'}
        onChoose={(startsAt) => choose({ startsAt })}
        locale={locale}
        words={words}
      />
      <BookingSheet
        restaurant={restaurant}
        live={live}
        choice={choice}
        onChoose={(startsAt) => choose({ startsAt })}
        onHold={setOwnSlotId}
        gate={{ turn, onTurnOver, onBooked }}
        locale={locale}
        words={{ ...sheet, soldOut: words.soldOut }}
      />
    </div>
  )
}
