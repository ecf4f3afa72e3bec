'use client'

import { useState } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useBoardWords } from '@/components/floor/words/words-provider'
import type { Sized } from '@/domain/booking/table-choice.rules'
import { listFreeTables, minutesOf, readMinutes, readWall } from '@/domain/floor/off-plan.rules'
import { listCallerTables, listCallerTimes, pickFirstTime } from '@/domain/floor/phone.rules'
import { countSeatsTogether, proposeTables } from '@/domain/floor/together.rules'
import { formatTime } from '@/lib/i18n/moment'
import type { FreeTime } from './free-time'
import { type BookingDay, useBookingDay } from './use-booking-day'

/** What staff have set; null is chosen for them. */
type Choice = {
  date: string
  startsAt: string | null
  /** Those that staff have tapped here. */
  tableNumbers: number[] | null
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
  /**
   * By number: the wished tables, or those that fit best where those can't be had or the tapped cell is
   * too small. Empty: there is none.
   */
  chosen: number[]
  /** How many guests the chosen ones seat. */
  seats: number
  /** Staff have not tapped them here. */
  isProposed: boolean
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
    tableNumbers: null,
    freeTime: null,
  }
  const choice = picked?.forSlot === slotId ? picked.choice : preset
  return {
    choice,
    // Its table is the wish until staff name others; on another date it says nothing.
    tappedTable: choice.date === preset.date ? (tapped?.tableNumber ?? null) : null,
    choose: (next: Choice) => setPicked({ forSlot: slotId, choice: next }),
  }
}

/** Date, time and tables: those of the tapped cell until staff choose others; else by best fit. */
export function usePlace({
  slotId,
  partySize,
}: {
  slotId: string | null
  partySize: number
}): Place {
  const { nowMs } = useBoardView()
  const { timeZone, dayCutMinutes } = useBoardWords()
  const { choice, tappedTable, choose } = useChoice(slotId)
  const { date, tableNumbers, freeTime } = choice
  const read = useBookingDay(date)
  const day = read.state === 'READY' ? read.day : { tables: [], slots: [], combinations: [] }
  const times = listCallerTimes({ day, nowMs })
  const planned = choice.startsAt ?? pickFirstTime({ times, nowMs })
  const startsAt = freeTime
    ? readWall({ day: { serviceDate: date, timeZone, dayCutMinutes }, ...freeTime })
    : planned
  const minutes = freeTime && readMinutes(freeTime.minutes)
  const asked = { day, partySize, nowMs }
  const listTables = () => {
    if (startsAt === null) return []
    if (!freeTime) return listCallerTables({ ...asked, startsAt })
    return minutes === null ? [] : listFreeTables({ ...asked, startsAt, minutes })
  }
  const tables = listTables()
  const tapped = tappedTable === null ? [] : [tappedTable]
  const wished = tableNumbers ?? tapped
  const canHave = wished.every((number) => tables.some((table) => table.tableNumber === number))
  // A cell was tapped before anybody said for how many; a table tapped here is meant, if it is small.
  const isMeant =
    tableNumbers !== null || countSeatsTogether({ tables, tableNumbers: tapped }) >= partySize
  const isWished = wished.length > 0 && canHave && isMeant
  const { combinations } = day
  const chosen = isWished ? wished : proposeTables({ tables, partySize, combinations, tappedTable })
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
    chosen,
    seats: countSeatsTogether({ tables, tableNumbers: chosen }),
    isProposed: tableNumbers === null || !canHave,
    isReplaced: !canHave && tables.length > 0,
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
