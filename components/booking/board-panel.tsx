'use client'

import { useState } from 'react'
import { BoardTimes } from '@/components/availability/board-times'
import { DateChoice } from '@/components/availability/date-choice'
import { PartyChoice } from '@/components/availability/party-choice'
import { useBoard } from '@/components/availability/use-board'
import { useChoice } from '@/components/availability/use-choice'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Board } from '@/domain/availability/board.schema'
import { listBookableDates } from '@/domain/availability/offer.rules'
import { hideOwnSoftHold } from '@/domain/availability/soft-hold.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { readServiceDay } from '@/lib/i18n/moment'
import { BookingSheet } from './booking-sheet'

export type BoardWords = Pick<Messages['booking'], 'board' | 'sheet'>
export type BookableRestaurant = {
  id: string
  phone: string
  minParty: number
  maxParty: number
  sameDayOnly: boolean
  horizonDays: number
}

/**
 * A restaurant's live board: party size, day, and one tap on a time. The page carries the board it
 * was made with, which is readable before the script runs or without it.
 */
export function BoardPanel({
  restaurant,
  initial,
  locale,
  words: { board: words, sheet },
}: {
  restaurant: BookableRestaurant
  initial: Board
  locale: Locale
  words: BoardWords
}) {
  const { choice, choose } = useChoice(restaurant)
  const heard = useBoard({ restaurantId: restaurant.id, date: choice.date, initial })
  const [ownSlotId, setOwnSlotId] = useState<string | null>(null)
  const board = heard.board && hideOwnSoftHold({ board: heard.board, ownSlotId })
  const live = { ...heard, board }
  const [today, setToday] = useState(initial.serviceDate)
  if (choice.date === null && live.board && live.board.serviceDate !== today)
    setToday(live.board.serviceDate)
  const { nowMs } = live
  const date = choice.date ?? today
  const dates = listBookableDates({ ...restaurant, today })
  return (
    <section aria-labelledby="book" className="flex flex-col gap-5">
      <h2 id="book" className="text-20 font-bold">
        {words.title}
      </h2>
      <PartyChoice
        size={choice.partySize}
        min={restaurant.minParty}
        max={restaurant.maxParty}
        onChoose={(partySize) => choose({ partySize })}
        words={words}
      />
      {restaurant.sameDayOnly ? (
        <OnlyToday
          day={readServiceDay({ date: today, now: nowMs, timeZone: initial.timeZone, locale })}
          words={words}
        />
      ) : (
        <DateChoice
          dates={dates}
          chosen={date}
          nowMs={nowMs}
          timeZone={initial.timeZone}
          onChoose={(chosen) => choose({ date: chosen === today ? null : chosen })}
          locale={locale}
          words={words}
        />
      )}
      <noscript>
        <StatusMessage tone="quiet" title={fillIn(words.noScript, { phone: restaurant.phone })} />
      </noscript>
      <BoardTimes
        live={live}
        date={date}
        partySize={choice.partySize}
        isOnlyToday={restaurant.sameDayOnly}
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
        locale={locale}
        words={{ ...sheet, soldOut: words.soldOut }}
      />
    </section>
  )
}

function OnlyToday({
  day: { near, date },
  words,
}: {
  day: ReturnType<typeof readServiceDay>
  words: BoardWords['board']
}) {
  return (
    <div className="flex flex-col gap-1">
      <p className="flex items-baseline justify-between gap-4">
        <span className="font-semibold">{words.date}</span>
        <span key={near} className="text-20 font-bold tabular-nums">
          {near} <span className="font-medium">{date}</span>
        </span>
      </p>
      <p className="text-15 text-quiet">{words.onlyToday}</p>
    </div>
  )
}
