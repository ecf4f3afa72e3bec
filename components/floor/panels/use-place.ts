'use client'

import { useState } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useBoardWords } from '@/components/floor/words/words-provider'
import type { Sized } from '@/domain/booking/table-choice.rules'
import { listFreeTables, minutesOf, readMinutes, readWall } from '@/domain/floor/off-plan.rules'
import { listCallerTables, listCallerTimes, pickFirstTime } from '@/domain/floor/phone.rules'
import { formatTime } from '@/lib/i18n/moment'
import type { FreeTime } from './free-time'
import { type BookingDay, useBookingDay } from './use-booking-day'

/** What staff have set; null is chosen for them. */
type Choice = {
  date: string
  startsAt: string | null
  tableNumber: number | null
  /** Null: a time of the plan. */
  freeTime: FreeTime | null
}

export type Place = {
  date: string
  dayState: BookingDay['state']
  hasSlots: boolean
  times: string[]
  /** Null: the date has no time left, or none was typed. */
  startsAt: string | null
  /** Null: as long as the seating, or no length was typed. */
  minutes: number | null
  freeTime: FreeTime | null
  tables: Sized[]
  /** The wished table, or the best fit where that can't be had. */
  table: Sized | null
  /** Staff wished for another table. */
  isReplaced: boolean
  pick: (part: Partial<Choice>) => void
  openFreeTime: () => void
}

/** What staff have chosen; a tap on another cell of the board is a new choice. */
function useChoice(slotId: string | null) {
  const { slots, serviceDate, today } = useBoardView()
  const [picked, setPicked] = useState<{ forSlot: string | null; choice: Choice } | null>(null)
  const tapped = slots.find((slot) => slot.slotId === slotId)
  const isOver = serviceDate < today
  const preset: Choice = {
    date: isOver ? today : serviceDate,
    startsAt: tapped?.startsAt ?? null,
    tableNumber: tapped?.tableNumber ?? null,
    freeTime: null,
  }
  const choice = picked?.forSlot === slotId ? picked.choice : preset
  return { choice, choose: (next: Choice) => setPicked({ forSlot: slotId, choice: next }) }
}

/** Date, time and table: those of the tapped cell until staff choose others; a table by best fit. */
export function usePlace({
  slotId,
  partySize,
}: {
  slotId: string | null
  partySize: number
}): Place {
  const { nowMs } = useBoardView()
  const { timeZone } = useBoardWords()
  const { choice, choose } = useChoice(slotId)
  const { date, tableNumber, freeTime } = choice
  const read = useBookingDay(date)
  const day = read.state === 'READY' ? read.day : { tables: [], slots: [] }
  const times = listCallerTimes({ day, nowMs })
  const planned = choice.startsAt ?? pickFirstTime({ times, nowMs })
  const startsAt = freeTime
    ? readWall({ day: { ...day, serviceDate: date, timeZone }, ...freeTime })
    : planned
  const minutes = freeTime && readMinutes(freeTime.minutes)
  const asked = { day, partySize, nowMs }
  const listTables = () => {
    if (startsAt === null) return []
    if (!freeTime) return listCallerTables({ ...asked, startsAt })
    return minutes === null ? [] : listFreeTables({ ...asked, startsAt, minutes })
  }
  const tables = listTables()
  const wished = tables.find((table) => table.tableNumber === tableNumber)
  const pick = (part: Partial<Choice>) => choose({ ...choice, startsAt: planned, ...part })
  return {
    date,
    dayState: read.state,
    hasSlots: day.slots.length > 0,
    times: planned === null ? times : [...new Set([...times, planned])].toSorted(),
    startsAt,
    minutes,
    freeTime,
    tables,
    table: wished ?? tables[0] ?? null,
    isReplaced: tableNumber !== null && !wished && tables.length > 0,
    pick,
    openFreeTime: () => {
      const slot = day.slots.find((one) => one.startsAt === planned)
      // A seating that runs has begun before anybody could come now.
      const at = planned === null ? null : Math.max(Date.parse(planned), nowMs)
      const wall = at === null ? '' : formatTime({ at, timeZone })
      pick({ freeTime: { wall, minutes: slot ? String(minutesOf(slot)) : '' } })
    },
  }
}
