'use client'

import clsx from 'clsx'
import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { LAST_DATE_YEARS, nameDayAfter } from '@/domain/floor/phone.rules'
import { FreeTimeFields } from './free-time'
import { TableToggles } from './table-toggles'
import type { Place } from './use-place'

const choice = 'min-h-16 rounded-small border px-3 tabular-nums transition-colors'

/** Today and tomorrow with one tap, any other date in the browser's own calendar. */
function DateField({ place: { date, pick } }: { place: Place }) {
  const { words, formatDate, nameDayBriefly } = useWords()
  const { today, nowMs } = useBoardView()
  const near = [today, nameDayAfter(today)]
  const choose = (next: string) =>
    pick({ date: next, startsAt: null, tableNumbers: null, freeTime: null })
  return (
    <fieldset className="flex gap-2">
      <legend className="mb-1.5 font-medium">
        {fillIn(words.phone.date, { date: formatDate(date) })}
      </legend>
      {near.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={day === date}
          onClick={() => choose(day)}
          className={clsx(
            choice,
            'grow text-17 font-semibold whitespace-nowrap',
            day === date
              ? 'border-ink bg-ink text-paper'
              : 'border-line bg-paper text-ink hover:border-quiet',
          )}
        >
          {nameDayBriefly({ date: day, today, nowMs })}
        </button>
      ))}
      <input
        type="date"
        aria-label={words.phone.otherDate}
        value={date}
        min={today}
        max={`${Number(today.slice(0, 4)) + LAST_DATE_YEARS}-12-31`}
        onChange={({ target: { value } }) => value !== '' && choose(value)}
        className={clsx(
          choice,
          'min-w-0 grow-2 bg-raised text-15',
          near.includes(date) ? 'border-line text-quiet' : 'border-2 border-ink text-ink',
        )}
      />
    </fieldset>
  )
}

/** Why there is nothing to choose yet, or nothing at all; empty: there is. */
function useMissing({ dayState, hasSlots, startsAt, minutes, freeTime, tables }: Place): string {
  const { words } = useWords()
  if (dayState !== 'READY') return words.phone.states[dayState]
  if (freeTime) {
    if (startsAt === null || minutes === null) return words.freeTime.bad
    return tables.length === 0 ? words.freeTime.full : ''
  }
  if (!hasSlots) return words.phone.noSchedule
  if (startsAt === null) return words.phone.none
  return tables.length === 0 ? words.phone.timeGone : ''
}

function TimeField({ place: { date, times, startsAt, pick } }: { place: Place }) {
  const { words, nameTime } = useWords()
  if (startsAt === null) return null
  return (
    <SelectField
      label={words.phone.time}
      value={startsAt}
      className="min-h-16 text-20 tabular-nums"
      onChange={(event) => pick({ startsAt: event.target.value })}
    >
      {times.map((time) => (
        <option key={time} value={time}>
          {nameTime(time, date)}
        </option>
      ))}
    </SelectField>
  )
}

function TableField({
  place: { tables, chosen, isProposed, pick },
  partySize,
}: {
  place: Place
  partySize: number
}) {
  const { words } = useWords()
  if (tables.length === 0) return null
  return (
    <TableToggles
      label={words.phone.table}
      tables={tables}
      chosen={chosen}
      isProposed={isProposed}
      partySize={partySize}
      onChoose={(tableNumbers) => pick({ tableNumbers })}
    />
  )
}

/** When and where: every field is set already, so that a hurried caller is asked for nothing twice. */
export function PlaceFields({ place, partySize }: { place: Place; partySize: number }) {
  const { words } = useWords()
  const { dayState, freeTime, pick, openFreeTime } = place
  const missing = useMissing(place)
  return (
    <div className="flex flex-col gap-3">
      <DateField place={place} />
      {freeTime && (
        <FreeTimeFields time={freeTime} onChange={(typed) => pick({ freeTime: typed })} />
      )}
      <LiveArea className="text-quiet empty:hidden">{missing}</LiveArea>
      {dayState === 'READY' && (
        <>
          {!freeTime && <TimeField place={place} />}
          <TableField place={place} partySize={partySize} />
          <Button
            tone="outline"
            onClick={() => (freeTime ? pick({ freeTime: null }) : openFreeTime())}
          >
            {freeTime ? words.freeTime.close : words.freeTime.open}
          </Button>
        </>
      )}
    </div>
  )
}
