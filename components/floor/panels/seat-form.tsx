'use client'

import { useState } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import { countMinutesLeft, countSeats } from '@/domain/floor/walk-in.rules'
import { leadWith, listSeats, nameSeats, proposeSeats } from '@/domain/floor/walk-in-now.rules'
import type { WaitingTicket } from '@/domain/line/waiting.types'
import { SlotChoice } from './walk-in-panel'

/**
 * Seats a party: the free tables with the best fit or a combination preselected, each with its next
 * booking. Without a schedule, and for take-away, one button is enough.
 */
export function SeatForm({
  ticket: { partySize, dining },
  isPending,
  onSeat,
}: {
  ticket: Pick<WaitingTicket, 'partySize' | 'dining'>
  isPending: boolean
  onSeat: (seats: { slotIds: string[]; tableNumbers?: number[] }) => void
}) {
  const { words, nameTime, nameMinutes } = useWaitingWords()
  const day = useBoardView()
  const { nowMs } = day
  const [picked, setPicked] = useState<string[] | null>(null)
  const takesTable =
    dining === 'IN_STORE' && day.slots.some((slot) => Date.parse(slot.endsAt) > nowMs)
  if (!takesTable)
    return (
      <Button size="large" isWide disabled={isPending} onClick={() => onSeat({ slotIds: [] })}>
        {words.seat.doPlain}
      </Button>
    )
  const best = proposeSeats({ day, partySize, nowMs })
  const chosenIds = picked ?? best.map(({ slotId }) => slotId)
  const choices = leadWith({
    seats: listSeats({ day, chosenIds, nowMs }),
    tableNumbers: best.map(({ tableNumber }) => tableNumber),
  })
  const chosen = choices.filter(({ slotId }) => chosenIds.includes(slotId))
  const seats = countSeats(chosen)
  const isTooMany = chosen.length > 0 && partySize > seats
  const tables = [...new Set(chosen.map(({ tableNumber }) => tableNumber))].join(', ')
  const toggle = (slotId: string) =>
    setPicked(
      chosenIds.includes(slotId) ? chosenIds.filter((id) => id !== slotId) : [...chosenIds, slotId],
    )
  return (
    <div className="flex flex-col gap-2">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 font-semibold">{words.seat.title}</legend>
        {choices.length === 0 && <p className="text-quiet">{words.seat.none}</p>}
        {choices.map((slot) => {
          const left = countMinutesLeft({ day, slot, nowMs })
          const time = left && nameTime(left.nextAt)
          return (
            <SlotChoice
              key={slot.slotId}
              slot={slot}
              isChosen={chosen.includes(slot)}
              hint={
                left && time && fillIn(words.seat.next, { time, length: nameMinutes(left.minutes) })
              }
              onToggle={toggle}
            />
          )
        })}
      </fieldset>
      <p role="status" className="text-15 font-medium text-refusal empty:hidden">
        {isTooMany && fillIn(words.seat.tooMany, { seats })}
      </p>
      <Button
        size="large"
        isWide
        disabled={isPending || chosen.length === 0 || isTooMany}
        onClick={() => onSeat(nameSeats(chosen))}
      >
        {chosen.length === 0
          ? words.seat.choose
          : fillIn(words.seat.do, { count: chosen.length, tables })}
      </Button>
    </div>
  )
}
