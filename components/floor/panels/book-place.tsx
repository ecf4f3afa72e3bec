'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { useBoardWords } from '@/components/floor/words/words-provider'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { fillIn } from '@/components/ui/words'
import { listFreeTables, minutesOf, readMinutes, readWall } from '@/domain/floor/off-plan.rules'
import { listCallerTables, listCallerTimes, pickFirstTime } from '@/domain/floor/phone.rules'
import { formatTime } from '@/lib/i18n/moment'
import { type FreeTime, FreeTimeFields } from './free-time'

/** Time and table: those of the tapped cell, until staff choose others; a table by best fit. */
export function usePlace({ slotId, partySize }: { slotId: string | null; partySize: number }) {
  const day = useBoardView()
  const { timeZone } = useBoardWords()
  const { slots, nowMs } = day
  const [picked, setPicked] = useState<{
    forSlot: string | null
    startsAt: string | null
    tableNumber: number | null
    /** Null: a time of the plan. */
    freeTime: FreeTime | null
  } | null>(null)
  const times = listCallerTimes({ day, nowMs })
  const tapped = slots.find((slot) => slot.slotId === slotId)
  const own = picked?.forSlot === slotId ? picked : null
  const planned = own?.startsAt ?? tapped?.startsAt ?? pickFirstTime({ times, nowMs })
  const freeTime = own?.freeTime ?? null
  const startsAt = freeTime ? readWall({ day: { ...day, timeZone }, ...freeTime }) : planned
  const minutes = freeTime && readMinutes(freeTime.minutes)
  const asked = { day, partySize, nowMs }
  const listTables = () => {
    if (startsAt === null) return []
    if (!freeTime) return listCallerTables({ ...asked, startsAt })
    return minutes === null ? [] : listFreeTables({ ...asked, startsAt, minutes })
  }
  const tables = listTables()
  const wished = own ? own.tableNumber : (tapped?.tableNumber ?? null)
  const table = tables.find(({ tableNumber }) => tableNumber === wished) ?? tables[0] ?? null
  const isGone = wished !== null && tables.length > 0 && table?.tableNumber !== wished
  const pick = (
    part: Partial<Pick<NonNullable<typeof picked>, 'startsAt' | 'tableNumber' | 'freeTime'>>,
  ) => setPicked({ forSlot: slotId, startsAt: planned, tableNumber: wished, freeTime, ...part })
  const openFreeTime = () => {
    const slot = slots.find((one) => one.startsAt === planned)
    // A seating that runs has begun before anybody could come now.
    const at = planned === null ? null : Math.max(Date.parse(planned), nowMs)
    const wall = at === null ? '' : formatTime({ at, timeZone })
    pick({ freeTime: { wall, minutes: slot ? String(minutesOf(slot)) : '' } })
  }
  return { times, startsAt, minutes, freeTime, tables, table, isGone, pick, openFreeTime }
}

/** When and where: from the plan, or at a time of the staff's own choice. */
export function PlaceFields({ place }: { place: ReturnType<typeof usePlace> }) {
  const { words, nameTime } = useWords()
  const { times, startsAt, minutes, freeTime, tables, table, pick, openFreeTime } = place
  const isTyped = freeTime !== null && startsAt !== null && minutes !== null
  return (
    <div className="flex flex-col gap-3">
      {freeTime && (
        <FreeTimeFields time={freeTime} onChange={(typed) => pick({ freeTime: typed })} />
      )}
      {freeTime && !isTyped && <p className="text-quiet">{words.freeTime.bad}</p>}
      {isTyped && tables.length === 0 && <p className="text-refusal">{words.freeTime.full}</p>}
      {!freeTime && startsAt === null && <p className="text-quiet">{words.phone.none}</p>}
      <div className={clsx('grid gap-3 empty:hidden', !freeTime && 'grid-cols-2')}>
        {!freeTime && startsAt !== null && (
          <SelectField
            label={words.phone.time}
            value={startsAt}
            className="min-h-16 text-20 tabular-nums"
            onChange={(event) => pick({ startsAt: event.target.value })}
          >
            {[...new Set([...times, startsAt])].toSorted().map((time) => (
              <option key={time} value={time}>
                {nameTime(time)}
              </option>
            ))}
          </SelectField>
        )}
        {(freeTime ? tables.length > 0 : startsAt !== null) && (
          <SelectField
            label={words.phone.table}
            value={table?.tableNumber ?? ''}
            className="min-h-16 text-20 tabular-nums"
            onChange={(event) => pick({ tableNumber: Number(event.target.value) })}
          >
            {tables.map(({ tableNumber, maxParty }) => (
              <option key={tableNumber} value={tableNumber}>
                {fillIn(words.phone.tableChoice, { number: tableNumber, seats: maxParty })}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <Button tone="outline" onClick={() => (freeTime ? pick({ freeTime: null }) : openFreeTime())}>
        {freeTime ? words.freeTime.close : words.freeTime.open}
      </Button>
    </div>
  )
}
