'use client'

import { useEffect, useRef, useState } from 'react'
import { BoardTimes } from '@/components/availability/board-times'
import { DateChoice } from '@/components/availability/date-choice'
import { PartyChoice } from '@/components/availability/party-choice'
import { useBoard } from '@/components/availability/use-board'
import { useKeptTurn } from '@/components/opening/lobby/use-kept-turn'
import { Button } from '@/components/ui/button'
import { makeKey } from '@/components/ui/client/ask'
import { TextArea, TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { listBookableDates } from '@/domain/availability/offer.rules'
import { changeLinkedReservation, changeOwnReservation } from '@/domain/booking/actions'
import type { OwnChange } from '@/domain/booking/change.schema'
import { nameMoment } from '@/lib/i18n/moment'
import type { ChangeableReservation, Changing } from './changing'

type Wish = {
  date: string
  /** Null: the present time, which has to be chosen anew on another date. */
  startsAt: string | null
  partySize: number
  note: string
  allergies: string
}

/** What differs from the reservation as it is. */
function readChange({ wish, reservation }: { wish: Wish; reservation: ChangeableReservation }) {
  const note = wish.note.trim()
  const allergies = wish.allergies.trim()
  const change: OwnChange = {
    ...(wish.date !== reservation.serviceDate && { serviceDate: wish.date }),
    ...(wish.startsAt !== null &&
      wish.startsAt !== reservation.startsAt && { startsAt: wish.startsAt }),
    ...(wish.partySize !== reservation.partySize && { partySize: wish.partySize }),
    ...(note !== (reservation.note ?? '') && { note: note || null }),
    ...(allergies !== (reservation.allergies ?? '') && { allergies: allergies || null }),
  }
  const isTimeMissing = change.serviceDate !== undefined && wish.startsAt === null
  if (Object.keys(change).length === 0 || isTimeMissing) return null
  return { ...change, sequence: reservation.sequence }
}

/** One key for one wish, however often it is sent: an answer may be lost. */
function useKeys() {
  const last = useRef({ wish: '', key: '' })
  return (change: OwnChange) => {
    const wish = JSON.stringify(change)
    if (last.current.wish !== wish) last.current = { wish, key: makeKey() }
    return last.current.key
  }
}

/** The choices of a booking, filled with the reservation as it is. */
export function ChangeForm({
  by,
  reservation,
  restaurant,
  today,
  locale,
  words: { board: boardWords, change: words, sheet },
  onRunning,
  onDone,
}: Changing & {
  onRunning: (isRunning: boolean) => void
  onDone: () => void
}) {
  // What is not chosen follows the reservation, which staff may change meanwhile.
  const [chosen, setChosen] = useState<Partial<Wish>>({})
  const wish: Wish = {
    date: reservation.serviceDate,
    startsAt: null,
    partySize: reservation.partySize,
    note: reservation.note ?? '',
    allergies: reservation.allergies ?? '',
    ...chosen,
  }
  const put = (part: Partial<Wish>) => setChosen((before) => ({ ...before, ...part }))
  const { run, isRunning, refusal } = useAction(words)
  const keyOf = useKeys()
  const live = useBoard({ restaurantId: restaurant.id, date: wish.date, initial: null })
  useEffect(() => onRunning(isRunning), [isRunning, onRunning])
  const kept = useKeptTurn(live.board?.openingId ?? null)
  // A mailed link has no account, which a turn belongs to.
  const turn = 'token' in by ? null : kept
  const { timeZone } = restaurant
  const nameOf = (at: string, serviceDate: string) =>
    nameMoment({ at, serviceDate, timeZone, locale })
  const present = nameOf(reservation.startsAt, reservation.serviceDate)
  const change = readChange({ wish, reservation })
  const submit = () => {
    if (!change) return
    const done = () => onDone()
    if ('token' in by) run(() => changeLinkedReservation({ ...by, change, locale }), done)
    else run(() => changeOwnReservation({ ...by, key: keyOf(change), turn, change, locale }), done)
  }
  const isSameDate = wish.date === reservation.serviceDate
  const presentAt = isSameDate ? reservation.startsAt : null
  const dates = listBookableDates({ ...restaurant, today })
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <p className="text-quiet">
        {fillIn(words.present, { when: present, count: reservation.partySize })}
      </p>
      <PartyChoice
        size={wish.partySize}
        min={Math.min(restaurant.minParty, reservation.partySize)}
        max={Math.max(restaurant.maxParty, reservation.partySize)}
        onChoose={(partySize) => put({ partySize })}
        words={boardWords}
      />
      <DateChoice
        dates={
          dates.includes(reservation.serviceDate) ? dates : [reservation.serviceDate, ...dates]
        }
        chosen={wish.date}
        nowMs={live.asOfMs || Date.parse(`${today}T12:00:00Z`)}
        timeZone={timeZone}
        onChoose={(date) => put({ date, startsAt: null })}
        locale={locale}
        words={boardWords}
      />
      <BoardTimes
        live={live}
        date={wish.date}
        partySize={wish.partySize}
        isOnlyToday={restaurant.sameDayOnly}
        gate={turn === null ? 'on-its-page' : 'open'}
        marks={{
          chosen: wish.startsAt ?? presentAt,
          present: reservation.startsAt,
          words: { chosen: words.chosenTime, present: words.presentTime },
        }}
        onChoose={(startsAt) => put({ startsAt: startsAt === presentAt ? null : startsAt })}
        locale={locale}
        words={boardWords}
      />
      <TextField
        label={sheet.allergies}
        value={wish.allergies}
        maxLength={200}
        autoComplete="off"
        disabled={isRunning}
        onChange={(event) => put({ allergies: event.target.value })}
      />
      <TextArea
        label={sheet.note}
        value={wish.note}
        maxLength={500}
        disabled={isRunning}
        onChange={(event) => put({ note: event.target.value })}
      />
      {/* Below the dates, times and fields it would be out of sight on a phone. */}
      <div
        data-stays-below
        className="sticky bottom-0 -mx-5 -mb-8 flex flex-col gap-2 border-t border-line bg-raised px-5 pt-3 pb-5 md:-mb-5"
      >
        <p role="status" className="font-semibold empty:hidden">
          {wish.startsAt !== null &&
            fillIn(words.chosen, {
              when: nameOf(wish.startsAt, wish.date),
              count: wish.partySize,
            })}
          {wish.startsAt === null &&
            (isSameDate ? fillIn(words.keepsTime, { when: present }) : words.chooseTime)}
        </p>
        <LiveArea className="empty:hidden">
          {refusal?.reason === 'changed-meanwhile' && (
            <StatusMessage
              tone="waiting"
              title={fillIn(words.meanwhile, { when: present, count: reservation.partySize })}
            />
          )}
          {refusal && refusal.reason !== 'changed-meanwhile' && (
            <StatusMessage
              tone="refusal"
              title={refusal.reason === 'no-turn' ? words.gateShut : refusal.words}
            >
              {refusal.reason !== 'unavailable' && fillIn(words.stays, { when: present })}
            </StatusMessage>
          )}
        </LiveArea>
        <Button type="submit" size="large" isWide disabled={isRunning || !change}>
          {isRunning ? words.changing : words.submit}
        </Button>
      </div>
    </form>
  )
}
