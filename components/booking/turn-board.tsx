'use client'

import { useState } from 'react'
import { BoardTimes } from '@/components/availability/board-times'
import { PartyChoice } from '@/components/availability/party-choice'
import { useBoard } from '@/components/availability/use-board'
import { useChoice } from '@/components/availability/use-choice'
import type { TurnBoardProps } from '@/components/opening/lobby/words'
import { hideOwnSoftHold } from '@/domain/availability/soft-hold.rules'
import { readLocalDate } from '@/lib/i18n/moment'
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
  // After midnight the service date is yesterday's calendar date, so the board shows the date.
  const today = board ? readLocalDate({ at: live.asOfMs, timeZone: board.timeZone }) : serviceDate
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
        today={today}
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
        today={today}
        choice={choice}
        onChoose={(startsAt) => choose({ startsAt })}
        onHold={setOwnSlotId}
        gate={{ turn, onTurnOver, onBooked }}
        locale={locale}
        words={{ ...sheet, today: words.today, tomorrow: words.tomorrow, soldOut: words.soldOut }}
      />
    </div>
  )
}
